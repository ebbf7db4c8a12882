/** Finds the files that a scan reads: those that are named, and those below folders. */

import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isStandardInput } from './chunks.ts';
import { type FilePath, joined, openable, readable } from './path.ts';

/** A file to read: by its name as given, or as found below a given folder. */
export interface FoundFile {
  /** What it is called wherever it is shown: U+FFFD stands for what is no UTF-8. */
  readonly file: string;
  /** What it is opened by. */
  readonly path: FilePath;
  /** Whether it was named by the user and not found in a folder. */
  readonly isGiven: boolean;
}

/** Called for what cannot be opened; the listing goes on. */
type Unreadable = (path: string, error: unknown) => void;

/**
 * Lists the files of paths, folders recursively in the order of their names (by UTF-16 code unit, on every system the same).
 * Links are followed unless they lead back into the given folder, where their target is found anyway; no folder is entered twice.
 * Only ordinary files are read, since a device may never end.
 * @param readsPipes Whether a pipe that is named is read, too: one that nobody writes to keeps the process from ending by itself.
 */
export async function* findFiles(paths: Iterable<string>, unreadable: Unreadable, readsPipes = false): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    try {
      const status = await stat(path);
      if (status.isDirectory()) yield* filesBelow(path, unreadable);
      else if (status.isFile() || (readsPipes && (status.isFIFO() || isStandardInput(status)))) yield { file: path, path, isGiven: true };
      else throw new Error(`${status.isFIFO() ? 'a pipe' : 'a device or a socket'}, not an ordinary file`);
    } catch (error) {
      unreadable(path, error);
    }
  }
}

/** A folder that is being gone through. */
interface OpenFolder {
  /** What stands before the names of its entries. */
  readonly prefix: FilePath;
  readonly entries: Iterator<Entry>;
  /** Whether a link leads here. */
  readonly isLinked: boolean;
}

interface Entry {
  readonly name: FilePath;
  readonly dirent: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;
}

/** The last two are Windows' own, at the top of each drive. */
const skippedFolders = new Set(['node_modules', '.git', 'system volume information', '$recycle.bin']);

/** The folders above the one that is gone through stand in a list and not on the stack of calls, since they can be thousands. */
async function* filesBelow(top: string, unreadable: Unreadable): AsyncGenerator<FoundFile> {
  const root = await realPathOf(top).catch(() => undefined);
  // Only a link leads to a folder twice, so those behind links are remembered, and the one at the top, through which they can lead back.
  const entered = new Set([await identityOf(top).catch(() => undefined)]);
  const open: OpenFolder[] = [{ prefix: join(top, '-').slice(0, -1), entries: await entriesOf(top), isLinked: false }];
  const enter = async (path: FilePath, isLinked: boolean): Promise<void> => {
    const identity = isLinked ? await identityOf(path) : undefined;
    if (identity !== undefined && entered.has(identity)) return;
    if (identity !== undefined) entered.add(identity);
    open.push({ prefix: joined(path, sep), entries: await entriesOf(path), isLinked });
  };
  for (let folder = open.at(-1); folder; folder = open.at(-1)) {
    const { value: entry } = folder.entries.next() as IteratorResult<Entry, undefined>;
    if (!entry) {
      open.pop();
      continue;
    }
    const path = joined(folder.prefix, entry.name);
    try {
      const { dirent } = entry;
      const isLink = dirent.isSymbolicLink();
      const status = isLink ? await stat(openable(path)) : dirent;
      if (isLink && (await leadsInto(root, path))) continue;
      if (status.isFile()) yield { file: readable(path), path, isGiven: false };
      else if (status.isDirectory() && !skippedFolders.has(readable(entry.name).toLowerCase())) await enter(path, isLink || folder.isLinked);
    } catch (error) {
      unreadable(readable(path), error);
    }
  }
}

async function entriesOf(folder: FilePath): Promise<Iterator<Entry>> {
  const dirents = await readdir(openable(folder), { withFileTypes: true, encoding: 'buffer' });
  const entries = dirents.map((dirent) => ({ dirent, ...nameOf(dirent.name) }));
  entries.sort((one, other) => (one.shown < other.shown ? -1 : one.shown > other.shown ? 1 : Buffer.compare(one.bytes, other.bytes)));
  return entries.values();
}

function nameOf(bytes: Buffer): { readonly bytes: Buffer; readonly shown: string; readonly name: FilePath } {
  const shown = bytes.toString();
  return { bytes, shown, name: isUtf8(bytes) ? shown : bytes };
}

/** False where the system cannot say where a link leads, as on some drives of Windows: then its target is read under both names. */
async function leadsInto(root: string | undefined, path: FilePath): Promise<boolean> {
  const target = await realPathOf(path).catch(() => undefined);
  return root !== undefined && target !== undefined && (target === root || target.startsWith(root.endsWith(sep) ? root : root + sep));
}

/** What two paths have in common that lead to the same folder. Where nothing tells, a link to a folder is not followed, since it could lead in a circle. */
async function identityOf(folder: FilePath): Promise<string> {
  const { dev, ino } = await stat(openable(folder), { bigint: true });
  // Some drives of Windows have no numbers for files.
  return ino === 0n ? realPathOf(folder) : `${dev} ${ino}`;
}

/** The path without links, to be compared only: each character is a byte. */
function realPathOf(path: FilePath): Promise<string> {
  return realpath(openable(path), 'latin1');
}
