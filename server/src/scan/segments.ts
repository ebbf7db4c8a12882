/** Splits large files into segments that can be read at the same time, each by a thread of its own. */

import { type FileHandle, open, stat } from 'node:fs/promises';
import { type ByteRange, readChunks } from '../files/chunks.ts';
import { codedAs, type EncodingOptions, firstBeyondAscii, sampleLength } from '../files/encoding.ts';
import { headLength, isBinary, unicodeOf } from '../files/head.ts';
import { type FilePath, openable } from '../files/path.ts';
import { reachBelow } from '../text/seam.ts';

/** A stretch of a file in bytes, between two line breaks. */
export interface Segment {
  readonly path: FilePath;
  readonly start: number;
  readonly end: number;
  /** From here on the text is read, to know what the rows of the segment refer to; the beginning of the file for its first segment. */
  readonly context: number;
  /** The bytes at the beginning of the file that name the columns, for all segments but the first. */
  readonly header: number;
  /** What the file is read in, as whoever reads it from its beginning finds it; absent for a whole file, whose reader finds it. */
  readonly encoding?: string;
  /** Whether the segment is all of the file. */
  readonly isWhole: boolean;
  /** Whether no other one follows. */
  readonly isLast: boolean;
}

const segmentLength = 32 * 1024 * 1024;
/** More than what a row can depend on above it, whatever the encoding. */
const contextLength = 1024 * 1024;
/** A line that is longer than this is no line of a log. */
const longestLine = 256 * 1024;

/** What stands below a segment is looked at as well, over so many bytes. */
export const belowLength = 4 * reachBelow;

/**
 * The segments of a file. One for a file that is short, that is no plain file, or that does not begin as a log of Exchange's with one header:
 * only of those it is known beforehand what a row in the middle means.
 *
 * The first character that is not ASCII decides in what the file is read, wherever it stands. It is looked for here, just ahead of the reader
 * of each segment, so that all of them read as one would that reads the file in order.
 * @param length About so many bytes a segment has.
 */
export async function* planSegments(path: FilePath, encoding: EncodingOptions = {}, length = segmentLength): AsyncGenerator<Segment> {
  // Why it cannot be read, its reader will be told.
  const plan = await planCuts(path, encoding, length).catch(() => undefined);
  if (!plan) {
    yield { path, start: 0, end: 0, context: 0, header: 0, isWhole: true, isLast: true };
    return;
  }
  let known = plan.encoding;
  let looked = 0;
  for (const [index, segment] of plan.segments.entries()) {
    const stretch = { start: looked, end: segment.end + belowLength };
    known ??= await findEncoding(path, stretch, encoding).catch(() => undefined);
    looked = stretch.end;
    yield { ...segment, path, encoding: known ?? 'utf8', isWhole: false, isLast: index === plan.segments.length - 1 };
  }
}

type Cut = Pick<Segment, 'start' | 'end' | 'context' | 'header'>;

interface Plan {
  readonly segments: readonly Cut[];
  /** Where the file's beginning shows it. */
  readonly encoding: string | undefined;
}

/** undefined for what stays whole. */
async function planCuts(path: FilePath, options: EncodingOptions, length: number): Promise<Plan | undefined> {
  const status = await stat(openable(path));
  if (!status.isFile() || status.size < 2 * length) return undefined;
  const handle = await open(openable(path));
  try {
    const beginning = await readAt(handle, 0, 16_384);
    const head = beginning.subarray(0, headLength);
    const encoding = unicodeOf(head, options);
    const header = headerLength(beginning);
    if (header === undefined || isBinary(head, options) || (encoding !== undefined && encoding !== 'utf8')) return undefined;
    return { encoding, segments: await cut(handle, status.size, header, length) };
  } finally {
    await handle.close();
  }
}

/** How many bytes the header lines have, where a file begins with them and they name the columns. */
function headerLength(beginning: Buffer): number | undefined {
  const found = /^(?:\u00EF\u00BB\u00BF)?(?:#[^\n]*\n){1,16}(?=\d{4}-\d\d-\d\dT)/.exec(beginning.toString('latin1'))?.[0];
  return found?.includes('\n#Fields:') ? found.length : undefined;
}

/** The encoding that the first character tells which is not ASCII; undefined where there is none in a stretch. */
async function findEncoding(path: FilePath, { start, end }: ByteRange, options: EncodingOptions): Promise<string | undefined> {
  let at = start;
  for await (const chunk of readChunks(path, { start, end })) {
    const first = firstBeyondAscii(chunk);
    if (first < chunk.length) return codedAs(await readSample(path, at + first), options);
    at += chunk.length;
  }
  return undefined;
}

async function readSample(path: FilePath, start: number): Promise<Buffer> {
  const handle = await open(openable(path));
  try {
    return await readAt(handle, start, sampleLength);
  } finally {
    await handle.close();
  }
}

async function cut(handle: FileHandle, size: number, header: number, length: number): Promise<Cut[]> {
  const segments: Cut[] = [];
  for (let start = 0; start < size; ) {
    const wanted = start + length;
    // The last segment takes what would be too short for one of its own.
    const end = wanted + length / 2 >= size ? size : await lineStartFrom(handle, wanted, size);
    const context = start === 0 ? 0 : Math.max(header, await lineStartFrom(handle, Math.max(0, start - contextLength), size));
    segments.push({ start, end, context, header });
    start = end;
  }
  return segments;
}

/** Where the first line begins behind an offset; the end of the file where none does within the length of a line. */
async function lineStartFrom(handle: FileHandle, offset: number, size: number): Promise<number> {
  const newline = (await readAt(handle, offset, longestLine)).indexOf(0x0a);
  return newline < 0 ? size : offset + newline + 1;
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
