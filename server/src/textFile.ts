/** Reads files as text for the command line: finds them below folders, leaves out what is no text, and decodes the rest. */

import { isUtf8 } from 'node:buffer';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import iconv from 'iconv-lite';

export interface TextFile {
  readonly text: string;
  /** The size before decoding. */
  readonly bytes: number;
}

/**
 * Reads one file whole, unpacked where it is compressed with gzip.
 * @returns The text, or undefined where the file is no text: it has NUL bytes among its first 4 KB and is not UTF-16.
 * @throws What the file system says, and RangeError where the text is longer than a string can be.
 */
export async function readTextFile(path: string): Promise<TextFile | undefined> {
  const handle = await open(path);
  try {
    // A pipe cannot be read twice, so only of a regular file the head is looked at first.
    if ((await handle.stat()).isFile()) {
      const head = Buffer.alloc(headLength);
      const { bytesRead } = await handle.read(head, 0, headLength, 0);
      if (!isGzip(head) && isBinary(head.subarray(0, bytesRead))) return undefined;
    }
    const stored = await handle.readFile();
    const bytes = isGzip(stored) ? await unzip(stored, { maxOutputLength: longestText }) : stored;
    return isBinary(bytes.subarray(0, headLength)) ? undefined : { text: decode(bytes), bytes: bytes.length };
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

/**
 * Decodes a log: UTF-8 and UTF-16 with or without byte order mark, and Windows-1252 where it is none of these,
 * since Exchange and Windows PowerShell 5.1 write each of them. The mark is not part of the text.
 */
export function decode(bytes: Uint8Array): string {
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encodingOf(bytes));
}

/** Whether bytes from the beginning of a file show that it is no text. NUL bytes at the end alone are space that IIS reserves in its logs. */
export function isBinary(head: Uint8Array): boolean {
  if (markedEncoding(head) !== undefined || unmarkedUtf16(head) !== undefined) return false;
  const firstNul = head.indexOf(0);
  return firstNul !== -1 && head.subarray(firstNul).some((byte) => byte !== 0);
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

type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'windows-1252';

const headLength = 4096;

function encodingOf(bytes: Uint8Array): Encoding {
  return markedEncoding(bytes) ?? unmarkedUtf16(bytes.subarray(0, headLength)) ?? (isUtf8(withoutCutCharacter(bytes)) ? 'utf8' : 'windows-1252');
}

/** By the byte order mark (RFC 3629, 6; RFC 2781, 3.2). */
function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf8';
  return undefined;
}

/**
 * UTF-16 without mark shows itself by NUL bytes on one side of its code units only, since even a log in Japanese
 * has blanks, digits and codes. Numbers in a binary file look alike, but make control characters that no log has.
 */
function unmarkedUtf16(head: Uint8Array): Encoding | undefined {
  const units = Math.floor(head.length / 2);
  let evenNuls = 0;
  let oddNuls = 0;
  let controls = 0;
  for (let unit = 0; unit < units; unit += 1) {
    const even = head[unit * 2] as number;
    const odd = head[unit * 2 + 1] as number;
    if (even === 0) evenNuls += 1;
    if (odd === 0) oddNuls += 1;
    if ((even === 0 && isControl(odd)) || (odd === 0 && isControl(even))) controls += 1;
  }
  if (controls > 0) return undefined;
  if (oddNuls >= units / 10 && oddNuls > 0 && evenNuls === 0) return 'utf16le';
  if (evenNuls >= units / 10 && evenNuls > 0 && oddNuls === 0) return 'utf16be';
  return undefined;
}

/** NUL and the other controls of ASCII but for tab, line ends, form feed and ESC. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
}

/** A log that is being written may end in the middle of a character: that alone does not make it another encoding. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? bytes.subarray(0, -back) : bytes;
    }
  }
  return bytes;
}
