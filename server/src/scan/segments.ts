/** Splits large files into segments that can be read at the same time, each by a thread of its own. */

import { type FileHandle, open, stat } from 'node:fs/promises';

/** A stretch of a file in bytes, between two line breaks. */
export interface Segment {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** From here on the text is read, to know what the rows of the segment refer to; the beginning of the file for its first segment. */
  readonly context: number;
  /** The bytes at the beginning of the file that name the columns, for all segments but the first. */
  readonly header: number;
  /** Whether the segment is all of the file. */
  readonly isWhole: boolean;
}

const segmentLength = 32 * 1024 * 1024;
/** More than what a row can depend on above it, whatever the encoding. */
const contextLength = 1024 * 1024;
/** A line that is longer than this is no line of a log. */
const longestLine = 256 * 1024;

/**
 * The segments of a file. One for a file that is short, that is no plain file, or that does not begin as a log of Exchange's with one header:
 * only of those it is known beforehand what a row in the middle means.
 * @param length About so many bytes a segment has.
 */
export async function planSegments(path: string, length = segmentLength): Promise<Segment[]> {
  const status = await stat(path).catch(() => undefined);
  const size = status?.isFile() ? status.size : 0;
  const whole: Segment = { path, start: 0, end: size, context: 0, header: 0, isWhole: true };
  if (size < 2 * length) return [whole];
  const handle = await open(path).catch(() => undefined);
  if (!handle) return [whole];
  try {
    const header = await headerLength(handle);
    return header === undefined ? [whole] : await cut(handle, { path, size, header, length });
  } finally {
    await handle.close();
  }
}

/** How many bytes the header lines have, where a file begins with them and they name the columns. */
async function headerLength(handle: FileHandle): Promise<number | undefined> {
  const text = (await readAt(handle, 0, 16_384)).toString('latin1');
  const found = /^(?:\u00EF\u00BB\u00BF)?(?:#[^\n]*\n){1,16}(?=\d{4}-\d\d-\d\dT)/.exec(text)?.[0];
  return found?.includes('\n#Fields:') ? found.length : undefined;
}

interface Plan {
  readonly path: string;
  readonly size: number;
  readonly header: number;
  readonly length: number;
}

async function cut(handle: FileHandle, { path, size, header, length }: Plan): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (let start = 0; start < size; ) {
    const wanted = start + length;
    // The last segment takes what would be too short for one of its own.
    const end = wanted + length / 2 >= size ? size : await lineStartFrom(handle, wanted, size);
    const context = start === 0 ? 0 : Math.max(header, await lineStartFrom(handle, Math.max(0, start - contextLength), size));
    segments.push({ path, start, end, context, header, isWhole: false });
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
