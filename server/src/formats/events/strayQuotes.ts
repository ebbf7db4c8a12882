/** Finds where a row's message ends whose own quotes were not doubled, as scripts and pages write it: there is no other sign than the row below. */

import { carriageReturn, doubleQuote, lineFeed } from '../../text/characters.ts';
import { nextLine } from '../../text/lines.ts';
import { reachBelow } from '../../text/seam.ts';
import { isDate } from './record.ts';

/** Whether more stands behind a quote than what ends a cell, so that it closes none. */
export function isStray(text: string, quote: number, separator: string): boolean {
  if (text.charCodeAt(quote) !== doubleQuote || quote + 1 >= text.length) return false;
  const behind = text.charCodeAt(quote + 1);
  return behind !== lineFeed && behind !== carriageReturn && behind !== separator.charCodeAt(0);
}

/**
 * The quote that closes a message: the last character above the next row, or of the text.
 * @param stray A quote within the message.
 * @returns Undefined where something else stands there, or no row begins as far below as an event may depend on.
 */
export function quoteAboveRow(text: string, stray: number, separator: string): number | undefined {
  for (let line = nextLine(text, stray); line - stray < farthest; line = nextLine(text, line)) {
    if (line < text.length && !beginsRow(text, line, separator)) continue;
    let last = line - 1;
    while (last > stray && isBlank(text.charCodeAt(last))) last--;
    return last > stray && text.charCodeAt(last) === doubleQuote ? last : undefined;
  }
  return undefined;
}

/** Half of the reach, as for a cell. */
const farthest = reachBelow / 2;

/** Whether a line begins with level and date, as every row does. */
function beginsRow(text: string, line: number, separator: string): boolean {
  const [level = '', date, behind] = text.slice(line, line + 120).split(separator, 3);
  return date !== undefined && behind !== undefined && level.length <= 40 && !level.includes('\n') && isDate(date);
}

const isBlank = (code: number): boolean => code === 0x20 || code === lineFeed || code === carriageReturn;
