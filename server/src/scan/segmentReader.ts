/** Reads one segment of a file: what a thread does for the command line. */

import { type Located, Locator } from '../analysis/located.ts';
import { createTextReader, type Part } from '../analysis/textReader.ts';
import { readChunks, type Stretch } from '../files/chunks.ts';
import { createDecoder, type EncodingOptions } from '../files/encoding.ts';
import { openText, type Piece } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { reachBelow } from '../text/seam.ts';
import type { Segment } from './segments.ts';

/** What there is to say of a segment when it has been read. */
export interface SegmentEnd {
  /** How many lines begin in it behind the first. */
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

export interface FoundPart {
  /** Their lines count from the segment's first. */
  readonly findings: readonly Located[];
  /** So many bytes of the segment have been read. */
  readonly bytes: number;
}

/** @throws What the file system says. */
export function readSegment(segment: Segment, knowledge: KnowledgeBase, encoding: EncodingOptions): SegmentReading {
  return segment.isWhole ? readWhole(segment, knowledge, encoding) : readStretch(segment, knowledge, encoding);
}

async function* readWhole({ path }: Segment, knowledge: KnowledgeBase, encoding: EncodingOptions): SegmentReading {
  const pieces = await openText(path, encoding);
  if (!pieces) {
    yield { lines: 0, bytes: 0, isText: false, isSound: true };
    return;
  }
  const reader = createTextReader(knowledge);
  const locator = new Locator(path);
  let size = 0;
  for await (const { text, bytes } of pieces) {
    size += bytes;
    const part = reader.add(text);
    if (part) yield { ...locatePart(locator, part), bytes: size };
  }
  const last = locatePart(locator, reader.end());
  yield { ...last, bytes: size };
  yield { lines: last.lines, bytes: size, isText: true, isSound: true };
}

async function* readStretch(segment: Segment, knowledge: KnowledgeBase, encoding: EncodingOptions): SegmentReading {
  const { path, start, end, context, header } = segment;
  const stretch = (from: number, to: number): AsyncIterable<Piece> => decodeStretch(path, { start: from, end: to }, encoding);
  const reader = createTextReader(knowledge);
  const above = start === 0 ? [] : [stretch(0, header), stretch(context, start)];
  for (const pieces of above) for await (const { text } of pieces) reader.addAbove(text);
  let size = 0;
  let length = 0;
  const parts = async function* (): AsyncGenerator<Part> {
    for await (const { text, bytes } of stretch(start, end)) {
      size += bytes;
      length += text.length;
      const part = reader.add(text);
      if (part) yield part;
    }
    // What stands below the segment is only looked at: it is no part of it.
    for await (const { text } of stretch(end, end + 4 * reachBelow)) {
      const part = reader.add(text);
      if (part) yield part;
    }
    yield reader.end();
  };
  const locator = new Locator(path);
  let isSound = true;
  let read = 0;
  let lines = 0;
  for await (const part of parts()) {
    const own = Math.min(part.end, part.from + length - read);
    isSound = part.isCuttable && !hasHeader(part.text, start === 0 && read === 0 ? header : part.from, own);
    if (!isSound) break;
    read += own - part.from;
    const located = locatePart(locator, part, own);
    lines = located.lines;
    yield { ...located, bytes: size };
  }
  yield { lines, bytes: end - start, isText: true, isSound };
}

/** Whether columns are named anew between two offsets. A search for more than six characters would take V8 many times as long. */
function hasHeader(text: string, from: number, to: number): boolean {
  for (let at = text.indexOf('#Field', from); at >= 0 && at < to; at = text.indexOf('#Field', at + 1)) {
    if (text.startsWith('#Fields:', at) && (at === 0 || text[at - 1] === '\n')) return true;
  }
  return false;
}

/** The findings of the next part above an offset, and how many lines have begun until there behind the first. */
function locatePart(locator: Locator, part: Part, end = part.end): { readonly findings: readonly Located[]; readonly lines: number } {
  locator.begin(part);
  const findings: Located[] = [];
  for (const finding of part.findings) if (finding.record.mark.start < end) findings.push(locator.locate(finding));
  return { findings, lines: locator.end(end) - 1 };
}

async function* decodeStretch(path: string, stretch: Stretch, encoding: EncodingOptions): AsyncGenerator<Piece> {
  const decoder = createDecoder(encoding);
  for await (const chunk of readChunks(path, stretch)) yield { text: decoder.write(chunk), bytes: chunk.length };
  yield { text: decoder.end(), bytes: 0 };
}
