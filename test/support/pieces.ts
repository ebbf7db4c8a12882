/** Reads a text that comes in pieces, as the command line reads a file. */

import { placeFinding } from '../../server/src/analysis/findings.ts';
import { type Located, Locator } from '../../server/src/analysis/located.ts';
import { createTextReader, type Part, type PartLengths } from '../../server/src/analysis/textReader.ts';
import { joinOrders, noOrders, ordersOf } from '../../server/src/analysis/times/recordTimes.ts';
import type { TimeZone } from '../../server/src/analysis/times/timeZone.ts';
import { createTextBuffer, type TextPiece } from '../../server/src/files/textBuffer.ts';
import { projectKnowledgeBase } from './project.ts';

/** The pieces of a text, by turns as strings and, where they can be, as Latin-1 in memory that is used again. */
export function* piecesOf(text: string, length: number): Generator<TextPiece> {
  const memory = Buffer.alloc(length);
  for (let at = 0, turn = 0; at < text.length; at += length, turn += 1) {
    const piece = text.slice(at, at + length);
    if (turn % 5 === 4 || /[^\u0000-\u00ff]/.test(piece)) yield piece;
    else yield memory.subarray(0, memory.write(piece, 'latin1'));
  }
}

/** What was found, in how many parts, and the length of the longest text that was read at once. */
export interface PiecesReading {
  readonly findings: Located[];
  readonly parts: number;
  readonly longest: number;
}

/**
 * @param lengths Those of a file where there are none.
 * @param zone Where it is given, the text is read twice: the first time to learn what its dates show.
 */
export function readInPieces(text: string, piece: number, lengths?: PartLengths, zone?: TimeZone): PiecesReading {
  let orders = noOrders;
  if (zone)
    readParts(text, piece, lengths, ({ records }) => {
      orders = joinOrders(orders, ordersOf(records));
    });
  const locator = new Locator('a.log');
  const findings: Located[] = [];
  let parts = 0;
  let longest = 0;
  readParts(text, piece, lengths, (part) => {
    parts += 1;
    longest = Math.max(longest, part.text.length);
    locator.begin(part);
    for (const finding of part.findings) findings.push(locator.locate(zone ? placeFinding(finding, orders, zone) : finding));
    locator.end(part.end);
  });
  return { findings, parts, longest };
}

function readParts(text: string, piece: number, lengths: PartLengths | undefined, take: (part: Part) => void): void {
  const reader = createTextReader(projectKnowledgeBase(), createTextBuffer(), { ...(lengths && { lengths }) });
  for (const one of piecesOf(text, piece)) {
    const part = reader.add(one);
    if (part) take(part);
  }
  take(reader.end());
}
