/** What one look at the ends of all lines tells: nearly every line of a log is one that nothing has to be taken from, and need not be looked at again. */

import {
  apostrophe,
  asterisk,
  blank,
  carriageReturn,
  colon,
  dollar,
  doubleQuote,
  graveAccent,
  greaterThan,
  lessThan,
  numberSign,
  recordSeparator,
  slash,
  underscore,
  verticalBar,
} from './characters.ts';
import { Numbers } from './numbers.ts';

/** Numbers of lines, in order. */
export type LineNumbers = ArrayLike<number> & Iterable<number>;

/** The lines in which something may stand; the others have nothing of it. */
export interface LineSurvey {
  /** Those that end with blanks or a second carriage return, or with a sign that may be there for looks. */
  readonly unclean: LineNumbers;
  /** Those that begin with `<`, or end as a tag does: lines of a page's source. */
  readonly tagged: LineNumbers;
  /** Those that begin as a row of a log may, and the next one does not; and those as wide as a page, with one that is not indented below. */
  readonly wrapped: LineNumbers;
  /** Those that are as wide as a terminal. */
  readonly broken: LineNumbers;
  /** Those at which a block may begin: below an empty line, one that announces it, or one that is told to. */
  readonly apart: LineNumbers;
  readonly isQuoted: boolean;
}

/** The widths of terminals that nobody has made wider or narrower. */
export const terminalWidths: readonly number[] = [80, 100, 120, 132, 160];
const isWidth = Array.from({ length: Math.max(...terminalWidths) + 2 }, (_, width) => terminalWidths.includes(width));

export function isTerminalWidth(width: number): boolean {
  return isWidth[width] === true;
}

/** @param newlines The offsets of all line feeds. */
export function surveyLines(text: string, newlines: readonly number[]): LineSurvey {
  apart.add(0);
  let first = text.charCodeAt(0);
  let isQuoted = first === greaterThan;
  for (let line = 0, start = 0; line <= newlines.length; line++) {
    const newline = newlines[line] ?? text.length;
    let end = newline;
    let last = text.charCodeAt(end - 1);
    if (last === carriageReturn) last = text.charCodeAt(--end - 1);
    const next = text.charCodeAt(newline + 1);
    if (isLooks(last) || (last === blank && !isCleanBehind(text.charCodeAt(end - 2))) || (last === carriageReturn && end > start)) unclean.add(line);
    if (first === lessThan || (last === greaterThan && mayEndTag(text, end))) tagged.add(line);
    if (first !== next) {
      if (mayBeginRow(text, start, first) || isPage(end - start, next)) wrapped.add(line);
      isQuoted ||= next === greaterThan;
    }
    if (isWidth[end - start]) broken.add(line);
    if (line < newlines.length && (last === colon || isEmpty(text, start, end) || next === recordSeparator || announces(first))) apart.add(line + 1);
    start = newline + 1;
    first = next;
  }
  return { unclean: unclean.take(), tagged: tagged.take(), wrapped: wrapped.take(), broken: broken.take(), apart: apart.take(), isQuoted };
}

const [unclean, tagged, wrapped, broken, apart] = [new Numbers(), new Numbers(), new Numbers(), new Numbers(), new Numbers()];

/** How most logs of lines begin a row: the priority of syslog, a date and a time, seconds since 1970 or in TAI64N. */
export const rowStart =
  /(?:<\d{1,3}>1? ?)?(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d|\d{10}\.\d{3,6} |\[\d{4}-\d\d-\d\d[T ]\d\d:\d\d:)|@[0-9a-f]{24} /y;

/** A sign that Markdown puts around a line. */
export function isLooks(code: number): boolean {
  return code === graveAccent || code === asterisk || code === underscore || code === verticalBar;
}

/** Whether a character leaves a line clean that has one blank behind it, as consoles and events write many. */
function isCleanBehind(code: number): boolean {
  return code > blank && !isLooks(code);
}

/** Whether a line has nothing but blanks. */
function isEmpty(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) > blank) return false;
  return true;
}

/** Whether what ends with `>` may be a tag: its name, no longer than that of a table's body, or the quotation mark of a value. An address is none. */
function mayEndTag(text: string, end: number): boolean {
  const last = text.charCodeAt(end - 2);
  if (last === doubleQuote || last === apostrophe || last === slash) return true;
  for (let at = end - 3; at >= end - longestName; at--) if (text.charCodeAt(at) === lessThan) return true;
  return false;
}

const longestName = '</tbody>'.length;

/** Whether a line that begins with a character may announce a block: a prompt, or a fence. */
function announces(first: number): boolean {
  return first === dollar || first === numberSign || first === graveAccent;
}

/** Whether a line may be wrapped, by how wide it is and what the next one begins with. */
function isPage(width: number, next: number): boolean {
  return width >= narrowestPage && width <= widestPage && next > blank;
}

const [narrowestPage, widestPage] = [40, 104];

/** A digit, a sign before one, or the three letters of a day or a month: what is written otherwise is no row. */
function mayBeginRow(text: string, start: number, code: number): boolean {
  if (code < lowestSign) return false;
  return code <= highestSign || code === bracket || text.charCodeAt(start + 3) === blank;
}

/** From the digits to the commercial at, and the bracket. */
const [lowestSign, highestSign, bracket] = [0x30, 0x40, 0x5b];
