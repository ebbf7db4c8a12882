/**
 * Lines that a mail program has wrapped when their marks of quotation stood before them already: the first piece has its marks, and what goes on
 * has one less, or none. So do programs that take a mark for text (RFC 3676 4.5 has the others keep the depth of a paragraph). What they leave:
 * - a line with marks has one with fewer right below it, and then goes on with as many as before, though nobody answers without an empty line;
 * - each piece but the last is as full as can be, since the next word would not have had room.
 */

import type { Span } from '../values.ts';
import { blank, carriageReturn, greaterThan } from './characters.ts';
import { rowStart } from './lineSurvey.ts';
import { standsAt } from './occurrences.ts';

/** @returns The line ends in the place of a blank, each with the marks below it. */
export function findQuotedWraps(text: string): Span[] {
  const wraps: Span[] = [];
  /** Where the last one ends that was wrapped. */
  let wrappedEnd = -farthestWrapped;
  let start = text.charCodeAt(0) === greaterThan ? 0 : nextMarked(text, 0);
  while (start >= 0) {
    const pieces = piecesFrom(text, start);
    const last = pieces.at(-1) as Piece;
    if (isWrapped(text, pieces, start - wrappedEnd < farthestWrapped)) {
      for (const [index, { start: next, first }] of pieces.slice(1).entries()) wraps.push({ start: (pieces[index] as Piece).end, end: next + first });
      wrappedEnd = last.end;
    }
    start = nextMarked(text, Math.max(last.start, start));
  }
  return wraps;
}

/** Within so many characters one line that was wrapped speaks for the next. */
const farthestWrapped = 1000;
const [narrowest, widest] = [40, 110];
const mostPieces = 24;

/** A line of a text, without the carriage return and blanks at its end. */
interface Piece extends Span {
  readonly depth: number;
  /** Where the text begins behind the marks. */
  readonly first: number;
}

function nextMarked(text: string, from: number): number {
  const found = text.indexOf('\n>', from);
  return found < 0 ? -1 : found + 1;
}

/** A line with marks, and those below it that have one less, as far as they can go on with it. */
function piecesFrom(text: string, start: number): Piece[] {
  const pieces = [pieceAt(text, start)];
  const { depth } = pieces[0] as Piece;
  for (let newline = text.indexOf('\n', start); newline >= 0 && pieces.length < mostPieces; newline = text.indexOf('\n', newline + 1)) {
    const piece = pieceAt(text, newline + 1);
    const from = piece.start + piece.first;
    if (piece.depth !== depth - 1 || from >= piece.end || piece.end - piece.start > widest || !canGoOn(text, from)) break;
    pieces.push(piece);
  }
  return pieces;
}

function pieceAt(text: string, start: number): Piece {
  const newline = text.indexOf('\n', start);
  let end = newline < 0 ? text.length : newline;
  while (end > start && (text.charCodeAt(end - 1) === carriageReturn || text.charCodeAt(end - 1) === blank)) end--;
  let [first, depth, at] = [0, 0, start];
  while (at < end && text.charCodeAt(at) === greaterThan) {
    depth++;
    at += text.charCodeAt(at + 1) === blank ? 2 : 1;
    first = at - start;
  }
  return { start, end, depth, first };
}

function canGoOn(text: string, at: number): boolean {
  return !' \t\r\n|#`*'.includes(text.charAt(at)) && !standsAt(text, otherSide, at) && !standsAt(text, rowStart, at);
}

/** In a session that is shown with the signs of quotation the server speaks so. */
const otherSide = /<[-=~ *]/y;

function isWrapped(text: string, pieces: readonly Piece[], isBelowWrapped: boolean): boolean {
  const last = pieces.at(-1) as Piece;
  const { depth } = pieces[0] as Piece;
  if (pieces.length < 2 || depth === 0) return false;
  const width = Math.max(...pieces.map(({ start, end, first }) => (text.slice(start + first, end).includes(' ') ? end - start : 0)));
  const isFull = pieces.slice(0, -1).every((piece, index) => piece.end - piece.start + 1 + wordLength(text, pieces[index + 1] as Piece) > width);
  if (width < narrowest || width > widest || !isFull) return false;
  // Who asks is answered, and who is quoted next is named.
  if ('?!'.includes(text.charAt((pieces[0] as Piece).end - 1)) || text.charAt(last.end - 1) === ':') return false;
  const newline = text.indexOf('\n', last.end);
  return newline < 0 || pieceAt(text, newline + 1).depth < depth ? isBelowWrapped : true;
}

function wordLength(text: string, { start, first, end }: Piece): number {
  const found = text.indexOf(' ', start + first);
  return (found < 0 || found > end ? end : found) - start - first;
}
