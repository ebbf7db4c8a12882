/** The ends of lines: LF, CRLF and CR say the same. None of them changes what is found, where, or how far around a place it is looked for. */

import { lineFeed } from './characters.ts';

/**
 * A text whose lines end with a carriage return alone, as on old Macintoshes, with line feeds instead; any other text as it is. Each offset
 * stays what it is. In a text with line feeds such a character is a blank to the formats: a server may have written it.
 */
export function withLinesOfReturns(text: string): string {
  // Nearly every text has a line feed, and it is found at once. A run is replaced as one, since each piece takes its time.
  return !text.includes('\n') && text.includes('\r') ? text.replace(/\r+/g, (run) => '\n'.repeat(run.length)) : text;
}

/** The offset that stands some characters below another one, the line ends counted as one each; no further than a limit. */
export function offsetBelow(text: string, from: number, count: number, limit: number = text.length): number {
  if (limit - from <= count) return limit;
  let end = from + count;
  // What stands behind the window is not looked at: it may be megabytes without a line end.
  for (let at = from; at < end; ) {
    const extra = countReturns(text.slice(at, end), text.charCodeAt(end));
    at = end;
    end = Math.min(limit, end + extra);
  }
  return end;
}

/** The offset that stands some characters above another one, the line ends counted as one each; no further than a limit. */
export function offsetAbove(text: string, from: number, count: number, limit = 0): number {
  if (from - limit <= count) return limit;
  let start = from - count;
  for (let at = from; at > start; ) {
    const extra = countReturns(text.slice(start, at), text.charCodeAt(at));
    at = start;
    start = Math.max(limit, start - extra);
  }
  return start;
}

/** The characters below an offset as far as they are wanted, with LF as their line end. */
export function textBelow(text: string, from: number, count: number, limit: number = text.length): string {
  return withFeeds(text.slice(from, offsetBelow(text, from, count, limit)));
}

/** The characters above an offset as far as they are wanted, with LF as their line end. */
export function textAbove(text: string, from: number, count: number, limit = 0): string {
  return withFeeds(text.slice(offsetAbove(text, from, count, limit), from));
}

function withFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

/** How many carriage returns of a piece belong to a line feed; `next` is the code of the character behind it. */
function countReturns(piece: string, next: number): number {
  let count = 0;
  for (let at = piece.indexOf('\r'); at >= 0; at = piece.indexOf('\r', at + 1)) {
    if ((at + 1 < piece.length ? piece.charCodeAt(at + 1) : next) === lineFeed) count++;
  }
  return count;
}
