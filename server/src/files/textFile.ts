/** Reads files as text for the command line: finds them below folders, leaves out what is no text, and decodes the rest. */

import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { readChunks } from './chunks.ts';
import { createDecoder, type EncodingOptions, headLength, isBinary } from './encoding.ts';
import { refuseOutlookFile } from './outlookFile.ts';
import type { TextPiece } from './textBuffer.ts';

/** A piece of a file's text, to be used before the next one is asked for. */
export interface Piece {
  readonly text: TextPiece;
  /** The size before decoding, unpacked. */
  readonly bytes: number;
}

/**
 * Opens one file as text, unpacked where it is compressed with gzip. It is read as the pieces are taken, so it needs the memory of one.
 * @param encoding What it is taken for where it is neither UTF-8 nor UTF-16.
 * @returns undefined where the file is no text: it has NUL bytes among its first 4 KB and is not UTF-16.
 * @throws What the file system says, and what there is to do about an Outlook message file.
 */
export async function openText(path: string, encoding: EncodingOptions = {}): Promise<AsyncIterable<Piece> | undefined> {
  return textOf(readChunks(path), path, encoding);
}

/**
 * Decodes bytes that come in chunks, each of which is used before the next one is asked for.
 * @param name What the file is called, for the message that says what to do about it.
 */
export async function textOf(chunks: AsyncIterable<Uint8Array>, name: string, encoding: EncodingOptions = {}): Promise<AsyncIterable<Piece> | undefined> {
  const stored = await lookAhead(chunks);
  const refusal = stored.head && refuseOutlookFile(stored.head, name);
  if (refusal) {
    await stored.stop();
    throw refusal;
  }
  const content = stored.head && isGzip(stored.head) ? await lookAhead(unzip(stored.all)) : stored;
  if (content.head && isBinary(content.head.subarray(0, headLength), encoding)) {
    await content.stop();
    return undefined;
  }
  return decodeChunks(content.all, encoding);
}

async function* decodeChunks(chunks: AsyncIterable<Uint8Array>, encoding: EncodingOptions): AsyncGenerator<Piece> {
  const decoder = createDecoder(encoding);
  for await (const chunk of chunks) yield { text: decoder.write(chunk), bytes: chunk.length };
  yield { text: decoder.end(), bytes: 0 };
}

interface Ahead {
  /** The first chunk, absent where there is none. */
  readonly head: Uint8Array | undefined;
  /** All chunks, the first one included. */
  readonly all: AsyncIterable<Uint8Array>;
  readonly stop: () => Promise<unknown>;
}

async function lookAhead(chunks: AsyncIterable<Uint8Array>): Promise<Ahead> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (!first.done) yield first.value;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head: first.done ? undefined : first.value, all: all(), stop: async () => iterator.return?.() };
}

async function* unzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // The stream reads ahead, so each chunk needs memory of its own.
  const copies = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) yield Buffer.from(chunk);
  };
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  const done = pipeline(Readable.from(copies()), unpacked);
  // What went wrong comes out of the loop below.
  done.catch(() => undefined);
  for await (const chunk of unpacked) yield chunk as Uint8Array;
  await done;
}

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
