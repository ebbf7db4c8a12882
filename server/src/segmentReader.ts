/** Reads one segment of a file: what a thread does for the command line. */

import type { TextPiece } from './analysis/textBuffer.ts';
import { createTextReader, type Part } from './analysis/textReader.ts';
import { createDecoder, type EncodingOptions } from './encoding.ts';
import { readChunks, type Stretch } from './fileChunks.ts';
import { reachBelow } from './formats/logFormat.ts';
import type { KnowledgeBase } from './knowledge/knowledgeBase.ts';
import { type Located, Locator } from './report/located.ts';
import type { Segment } from './segments.ts';
import { openText } from './textFile.ts';

/** What there is to say of a segment when it has been read. */
export interface SegmentEnd {
  /** How many lines begin in it behind the first. */
  readonly lines: number;
  readonly bytes: number;
  /** False where the file is no text. */
  readonly isText: boolean;
  /**
   * Whether the segment could be cut where it was, and the next one can rely on the header of the file: rows of one kind, and no other
   * header among them.
   */
  readonly isSound: boolean;
}

/**
 * Takes the findings of each part, though there are none; what it throws ends the reading. Their lines count from the segment's first. Their
 * strings may keep the text of the part in memory.
 */
export type TakeFindings = (findings: readonly Located[]) => void;

/** @throws What the file system says. */
export async function readSegment(segment: Segment, knowledge: KnowledgeBase, encoding: EncodingOptions, takeFindings: TakeFindings): Promise<SegmentEnd> {
  return segment.isWhole ? readWhole(segment, knowledge, encoding, takeFindings) : readStretch(segment, knowledge, encoding, takeFindings);
}

async function readWhole({ path }: Segment, knowledge: KnowledgeBase, encoding: EncodingOptions, takeFindings: TakeFindings): Promise<SegmentEnd> {
  const pieces = await openText(path, encoding);
  if (!pieces) return { lines: 0, bytes: 0, isText: false, isSound: true };
  const reader = createTextReader(knowledge);
  const locate = locateParts(path, takeFindings);
  let size = 0;
  for await (const { text, bytes } of pieces) {
    size += bytes;
    const part = reader.add(text);
    if (part) locate(part);
  }
  const lines = locate(reader.end());
  return { lines, bytes: size, isText: true, isSound: true };
}

async function readStretch(segment: Segment, knowledge: KnowledgeBase, encoding: EncodingOptions, takeFindings: TakeFindings): Promise<SegmentEnd> {
  const { path, start, end, context, header } = segment;
  const reader = createTextReader(knowledge);
  const stretch = (from: number, to: number): AsyncIterable<TextPiece> => decodeStretch(path, { start: from, end: to }, encoding);
  const locate = locateParts(path, takeFindings);
  let isSound = true;
  let length = 0;
  let read = 0;
  const take = (part: Part | undefined, limit: number): number => {
    if (!part) return 0;
    const own = Math.min(part.end, part.from + limit);
    isSound &&= part.isCuttable && !hasHeader(part.text, start === 0 && read === 0 ? header : part.from, own);
    read += part.end - part.from;
    return locate({ ...part, end: own, findings: part.findings.filter(({ record }) => record.mark.start < own) });
  };
  const above = start === 0 ? [] : [stretch(0, header), stretch(context, start)];
  for (const pieces of above) for await (const piece of pieces) reader.addAbove(piece);
  for await (const piece of stretch(start, end)) {
    length += piece.length;
    take(reader.add(piece), Number.POSITIVE_INFINITY);
  }
  // What stands below the segment is only looked at: it is no part of it.
  for await (const piece of stretch(end, end + 4 * reachBelow)) take(reader.add(piece), Math.max(0, length - read));
  const lines = take(reader.end(), Math.max(0, length - read));
  return { lines, bytes: end - start, isText: true, isSound };
}

/** Whether columns are named anew between two offsets. A search for more than six characters would take V8 many times as long. */
function hasHeader(text: string, from: number, to: number): boolean {
  for (let at = text.indexOf('#Field', from); at >= 0 && at < to; at = text.indexOf('#Field', at + 1)) {
    if (text.startsWith('#Fields:', at) && (at === 0 || text[at - 1] === '\n')) return true;
  }
  return false;
}

/** Gives a function that locates the findings of the next part, and says how many lines have begun behind the first. */
function locateParts(path: string, takeFindings: TakeFindings): (part: Part) => number {
  const locator = new Locator(path);
  return (part) => {
    locator.begin(part);
    const found: Located[] = [];
    for (const finding of part.findings) found.push(locator.locate(finding));
    takeFindings(found);
    return locator.end(part.end) - 1;
  };
}

async function* decodeStretch(path: string, stretch: Stretch, encoding: EncodingOptions): AsyncGenerator<TextPiece> {
  const decoder = createDecoder(encoding);
  for await (const chunk of readChunks(path, stretch)) yield decoder.write(chunk);
  yield decoder.end();
}
