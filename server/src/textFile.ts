/** Reads files as text for the command line: finds them below folders, leaves out what is no text, and decodes the rest. */

import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { decode, type EncodingOptions, headLength, isBinary } from './encoding.ts';

export interface TextFile {
  readonly text: string;
  /** The size before decoding. */
  readonly bytes: number;
}

/**
 * Reads one file whole, unpacked where it is compressed with gzip.
 * @param encoding What it is taken for where it is neither UTF-8 nor UTF-16.
 * @returns The text, or undefined where the file is no text: it has NUL bytes among its first 4 KB and is not UTF-16.
 * @throws What the file system says, and RangeError where the text is longer than a string can be.
 */
export async function readTextFile(path: string, encoding: EncodingOptions = {}): Promise<TextFile | undefined> {
  const handle = await open(path);
  try {
    // A pipe cannot be read twice, so only of a regular file the head is looked at first.
    if ((await handle.stat()).isFile()) {
      const head = Buffer.alloc(headLength);
      const { bytesRead } = await handle.read(head, 0, headLength, 0);
      if (!isGzip(head) && isBinary(head.subarray(0, bytesRead), encoding)) return undefined;
    }
    const stored = await handle.readFile();
    const bytes = isGzip(stored) ? await unzip(stored, { maxOutputLength: longestText }) : stored;
    return isBinary(bytes.subarray(0, headLength), encoding) ? undefined : { text: decode(bytes, encoding), bytes: bytes.length };
  } finally {
    await handle.close();
  }
}

const unzip = promisify(gunzip);

/** A small archive can hold any amount of zeros: no more is unpacked than a string can be long. */
const longestText = 512 * 1024 * 1024;

/** By its first bytes (RFC 1952, 2.3.1), since a rotated log may have any name. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** A file to read: by its name as given, or as found below a given folder. */
export interface FoundFile {
  readonly file: string;
  /** Whether it was named by the user and not found in a folder. */
  readonly isGiven: boolean;
}

/**
 * Lists the files of paths, folders recursively in the order of their names (by UTF-16 code unit, on every system the same).
 * Links are followed unless they lead back into the given folder, where their target is found anyway; no folder is entered twice.
 * @param unreadable Called for what cannot be opened; the listing goes on.
 */
export async function* findFiles(paths: Iterable<string>, unreadable: (path: string, error: unknown) => void): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    try {
      if ((await stat(path)).isDirectory()) yield* filesBelow(path, { root: await realpath(path), entered: new Set(), unreadable });
      else yield { file: path, isGiven: true };
    } catch (error) {
      unreadable(path, error);
    }
  }
}

interface Walk {
  readonly root: string;
  readonly entered: Set<string>;
  readonly unreadable: (path: string, error: unknown) => void;
}

const skippedFolders = new Set(['node_modules', '.git']);

async function* filesBelow(folder: string, walk: Walk): AsyncGenerator<FoundFile> {
  const real = await realpath(folder);
  if (walk.entered.has(real)) return;
  walk.entered.add(real);
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    try {
      if (entry.isSymbolicLink() && isInside(await realpath(path), walk.root)) continue;
      const status = entry.isSymbolicLink() ? await stat(path) : entry;
      if (status.isFile()) yield { file: path, isGiven: false };
      else if (status.isDirectory() && !skippedFolders.has(entry.name)) yield* filesBelow(path, walk);
    } catch (error) {
      walk.unreadable(path, error);
    }
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
