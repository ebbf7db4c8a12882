/** Splits comma-separated rows and knows where each cell stands, which a CSV library does not say: a test holds it against one. */

import { carriageReturn, comma, doubleQuote, lineFeed } from '../../text/characters.ts';
import type { Excerpt } from '../../text/excerpt.ts';
import { offsetBelow } from '../../text/lineEnds.ts';
import { type Notation, resolve } from '../../text/notation.ts';
import { reachBelow } from '../../text/seam.ts';
import type { Span } from '../../values.ts';

/**
 * Writes start and end of each cell to `bounds` (RFC 4180: a quoted cell may hold delimiters and line breaks, and a doubled quote is one).
 * A quote that is not closed as far below as a record can depend on takes the rest of its line, not the rest of the log.
 * @param limit Where the row ends at the latest: the end of its line where no cell may hold a line break.
 * @returns Where the row ends, its line break not included.
 */
export function splitRow(text: string, start: number, limit: number, bounds: number[], delimiter = comma): number {
  bounds.length = 0;
  for (let at = start; ; ) {
    const end = splitCell(text, at, limit, bounds, delimiter);
    if (end >= limit || text.charCodeAt(end) === lineFeed) return end > start && isReturn(text, end) ? end - 1 : end;
    at = end + 1;
  }
}

/**
 * Adds start and end of the cell that begins at an offset to `bounds`.
 * @returns Where its delimiter stands, or the line break, or the limit.
 */
export function splitCell(text: string, at: number, limit: number, bounds: number[], delimiter = comma): number {
  let end = at;
  if (text.charCodeAt(at) === doubleQuote && at < limit) {
    const close = closingQuote(text, at + 1, limit);
    end = close ?? lineLimit(text, at + 1, limit);
    bounds.push(at + 1, end);
    while (end < limit && text.charCodeAt(end) !== delimiter && text.charCodeAt(end) !== lineFeed) end++;
    return end;
  }
  while (end < limit) {
    const code = text.charCodeAt(end);
    if (code === delimiter || code === lineFeed) break;
    end++;
  }
  bounds.push(at, end > at && isReturn(text, end) ? end - 1 : end);
  return end;
}

/** A cell's text with doubled quotes undone, each character at its place. */
export function cellExcerpt(text: string, cell: Span): Excerpt {
  return resolve(text, cell, doubledQuotes);
}

const doubledQuotes: Notation = {
  sign: '""',
  length: (text, at, end) => (text.charCodeAt(at + 1) === doubleQuote && at + 1 < end ? 2 : 1),
  code: () => doubleQuote,
};

/**
 * The quote that closes a cell, doubled quotes passed over: it is searched for, since a cell in quotes may be long.
 * Where one pair follows another, to look at them is quicker.
 */
function closingQuote(text: string, from: number, limit: number): number | undefined {
  const cells = limit < text.length ? text.slice(0, limit) : text;
  for (let at = cells.indexOf('"', from); at >= 0; at = cells.indexOf('"', at)) {
    // A part of the text does not know what stands farther below.
    if (at - from > longestCell && at > offsetBelow(cells, from, longestCell)) return undefined;
    do {
      if (cells.charCodeAt(at + 1) !== doubleQuote) return at;
      at += 2;
    } while (cells.charCodeAt(at) === doubleQuote);
  }
  return undefined;
}

/** Half of the reach, since carriage returns are not counted, and each line may have one. */
const longestCell = reachBelow / 2;

function lineLimit(text: string, from: number, limit: number): number {
  let end = from;
  while (end < limit && text.charCodeAt(end) !== lineFeed) end++;
  return end > from && isReturn(text, end) ? end - 1 : end;
}

function isReturn(text: string, end: number): boolean {
  return text.charCodeAt(end - 1) === carriageReturn && text.charCodeAt(end) === lineFeed;
}
