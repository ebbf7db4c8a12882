/** Reads one segment of a file: what a thread does for the command line. */

import { createTextReader, type Part } from '../analysis/textReader.ts';
import { type ByteRange, readChunks, shortenedFile } from '../files/chunks.ts';
import { decoderOf } from '../files/encoding.ts';
import { readable } from '../files/path.ts';
import { createTextBuffer } from '../files/textBuffer.ts';
import { openText, type Piece } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

import { type FoundPart, type ReadOptions, readPieces } from './fileScan.ts';
import { PartLocator } from './partLocator.ts';
import type { Segment } from './segments.ts';
import { belowLength } from './segments.ts';

/** What there is to say of a segment when it has been read. */
export interface SegmentEnd {
  /** How many lines begin in it behind the first, and its size, where it is not all of the file. */
  readonly lines: number;
  readonly bytes: number;
  /** False where the file is no text. */
  readonly isText: boolean;
  /**
   * Whether the segment could be cut where it was, and the next one can rely on the header of the file: rows of one kind, and no other
   * header among them. Where it is not, nothing was read from there on.
   */
  readonly isSound: boolean;
}

/** What a segment gives as it is read: the findings of each part, though there are none, and in the end what there is to say of it all. */
export type SegmentReading = AsyncGenerator<FoundPart | SegmentEnd>;

/**
 * Reads a segment. The lines of its findings count from its first.
 * @throws What the file system says, after all that was read before.
 */
export function readSegment(segment: Segment, knowledge: KnowledgeBase, options: ReadOptions): SegmentReading {
  return segment.isWhole ? readWhole(segment, knowledge, options) : readStretch(segment, knowledge, options);
}

async function* readWhole({ path }: Segment, knowledge: KnowledgeBase, options: ReadOptions): SegmentReading {
  const open = (): ReturnType<typeof openText> => openText(path, options.encoding);
  const pieces = await open();
  if (pieces) yield* readPieces(pieces, { file: readable(path), path, open, isOnDisk: true }, knowledge, options);
  yield { lines: 0, bytes: 0, isText: pieces !== undefined, isSound: true };
}

async function* readStretch(segment: Segment, knowledge: KnowledgeBase, { timeZone, filter }: ReadOptions): SegmentReading {
  const { path, start, end, context, header } = segment;
  const stretch = (from: number, to: number): AsyncIterable<Piece> => decodeStretch(segment, { start: from, end: to });
  const reader = createTextReader(knowledge, createTextBuffer());
  const above = start === 0 ? [] : [stretch(0, header), stretch(context, start)];
  for (const pieces of above) for await (const { text } of pieces) reader.addAbove(text);
  let size = 0;
  let length = 0;
  let fault: { readonly error: unknown } | undefined;
  const parts = async function* (): AsyncGenerator<Part> {
    try {
      for await (const { text, bytes } of stretch(start, end)) {
        size += bytes;
        length += text.length;
        const part = reader.add(text);
        if (part) yield part;
      }
      if (size < end - start) throw shortenedFile();
      // What stands below the segment is only looked at: it is no part of it.
      for await (const { text } of stretch(end, end + belowLength)) {
        const part = reader.add(text);
        if (part) yield part;
      }
    } catch (error) {
      fault = { error };
    }
    yield reader.end();
  };
  const locator = new PartLocator(readable(path), filter);
  const ending = (isSound: boolean): SegmentEnd => ({ lines: locator.lines, bytes: end - start, isText: true, isSound });
  let read = 0;
  for await (const part of parts()) {
    const own = Math.min(part.end, part.from + length - read);
    if (!part.isCuttable || hasHeader(part.text, start === 0 && read === 0 ? header : part.from, own)) return yield ending(false);
    read += own - part.from;
    for (const found of locator.locate(part, size, own)) {
      // What other rows of the file say of its day is known only to whoever reads all of the file.
      if (timeZone && found.findings.some(({ localTime }) => localTime !== undefined)) return yield ending(false);
      yield found;
    }
  }
  if (fault) throw fault.error;
  yield ending(true);
}

/** Whether columns are named anew between two offsets. No more than six characters are searched for. */
function hasHeader(text: string, from: number, to: number): boolean {
  for (let at = text.indexOf('#Field', from); at >= 0 && at < to; at = text.indexOf('#Field', at + 1)) {
    if (text.startsWith('#Fields:', at) && (at === 0 || text[at - 1] === '\n')) return true;
  }
  return false;
}

async function* decodeStretch({ path, encoding = 'utf8' }: Segment, stretch: ByteRange): AsyncGenerator<Piece> {
  const decoder = decoderOf(encoding, stretch.start === 0);
  for await (const chunk of readChunks(path, stretch)) yield { text: decoder.write(chunk), bytes: chunk.length };
  yield { text: decoder.end(), bytes: 0 };
}
