/** Where the scratch file stands for clients without our commands, and what it holds. */

import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { scratchScriptName } from '../protocol.ts';
import type { Encoding, ScratchFile } from '../service/index.ts';
import { createPositions, LogText } from '../service/index.ts';

/**
 * The scratch file's address: the one that the setting names, else one in the workspace, else one beside the log.
 * @param setting An absolute path, one relative to the folder, or empty.
 * @returns undefined where there is no folder to put it in.
 */
export function scratchUri(setting: string, folder: string | undefined, log: string): string | undefined {
  if (/^(?:[A-Za-z]:[\\/]|[\\/])/.test(setting)) return pathToFileURL(setting).href;
  const base = folder ?? (log.startsWith('file:') ? log.slice(0, log.lastIndexOf('/')) : undefined);
  if (!base) return undefined;
  const name = setting === '' ? scratchScriptName : setting.split(/[\\/]/).map(encodeURIComponent).join('/');
  return base.endsWith('/') ? `${base}${name}` : `${base}/${name}`;
}

/** The scratch file as it stands: as the editor has it, else as the disk has it, else empty. */
export function openScratchFile(uri: string, opened: LogText | undefined, encoding: Encoding): ScratchFile {
  const path = pathOf(uri);
  const exists = opened !== undefined || (path !== undefined && existsSync(path));
  const text = opened ?? LogText.create(uri, 'powershell', 0, exists && path ? decodeScript(readFileSync(path)) : '');
  const positions = createPositions(text, encoding);
  return { uri, exists, version: opened?.version ?? null, text: text.getText(), range: (offset) => positions.range({ start: offset, end: offset }) };
}

/** A share of another computer (`file://host/…`) is a path on Windows only. */
function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** A script as an editor shows it: without the byte order mark of Windows PowerShell, and in the code page it falls back to. */
function decodeScript(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : isUtf8(bytes) ? 'utf-8' : 'windows-1252';
  return new TextDecoder(encoding).decode(bytes);
}
