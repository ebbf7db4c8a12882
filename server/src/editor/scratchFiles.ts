/** Where the scratch file stands for clients without our commands, and what it holds. */

import { addressKey, addressOfPath, type Platform, pathOfAddress } from '../files/address.ts';
import { asThisComputer } from '../files/codePage.ts';
import { decode } from '../files/encoding.ts';
import { reasonOf } from '../files/faults.ts';
import { readOrdinaryFile } from '../files/ordinaryFile.ts';
import { isPath, isRooted, pathOfSetting } from '../files/settingPath.ts';
import { scratchScriptName } from '../protocol/editor.ts';
import type { Encoding, ScratchFile } from '../service/index.ts';
import { createPositions, LogText } from '../service/index.ts';

/**
 * The scratch file's address: the one that the setting names, else one in the workspace, else one beside the log.
 * @param setting A path, one in the home folder (`~/…`), one relative to the folder, or empty. What is no path counts as empty.
 * @returns undefined where there is no folder to put it in.
 */
export function scratchUri(setting: string, folder: string | undefined, log: string, platform: Platform = process.platform): string | undefined {
  const named = isPath(setting, platform) ? setting : '';
  const base = folder ?? (log.startsWith('file:') ? log.slice(0, log.lastIndexOf('/')) : undefined);
  if (isRooted(named, platform)) {
    const path = pathOfSetting(named, base && pathOfAddress(base, platform), platform);
    return path && addressOfPath(path, platform);
  }
  if (!base) return undefined;
  // The folder keeps the spelling that the editor has for it.
  const name = named === '' ? scratchScriptName : named.split(/[\\/]/).map(encodeURIComponent).join('/');
  try {
    return new URL(name, base.endsWith('/') ? base : `${base}/`).href;
  } catch {
    return undefined;
  }
}

/** In bytes. Nobody writes so much, and the whole of it is read whenever a quick fix is chosen. */
const largestScript = 16_000_000;

/** What must be known of an open document. */
interface Opened {
  readonly uri: string;
  readonly text: LogText;
}

/**
 * The scratch file as it stands: as the editor has it, whatever it writes in the place of this address, else as the disk has it, else empty.
 * @throws Error with a sentence for the user where what stands there cannot be read.
 */
export async function openScratchFile(uri: string, documents: readonly Opened[], encoding: Encoding): Promise<ScratchFile> {
  const key = addressKey(uri);
  const opened = documents.find((document) => document.uri === uri) ?? documents.find((document) => addressKey(document.uri) === key);
  const stored = opened ? undefined : await readScript(uri);
  const text = opened?.text ?? LogText.create(uri, 'powershell', 0, stored ?? '');
  const positions = createPositions(text, encoding);
  return {
    uri: text.uri,
    exists: opened !== undefined || stored !== undefined,
    version: opened?.text.version ?? null,
    text: text.getText(),
    range: (offset) => positions.range({ start: offset, end: offset }),
  };
}

/** A script as an editor shows it: without byte order mark, and as this computer writes where it is not Unicode; undefined where there is none. */
async function readScript(uri: string): Promise<string | undefined> {
  const path = pathOfAddress(uri);
  if (path === undefined) return undefined;
  try {
    return decode(await readOrdinaryFile(path, largestScript), asThisComputer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The scratch script ${path} cannot be extended: ${reasonOf(error)}. Move it away, or name another file in the setting mailflowLens.scratchScript.`);
  }
}
