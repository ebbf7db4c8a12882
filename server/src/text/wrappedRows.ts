/** Rows of a log that a mail program has wrapped between words, as wide as its lines are. */

import { areBrokenByTerminal } from './brokenLines.ts';
import { blank, carriageReturn } from './characters.ts';
import { standsAt } from './occurrences.ts';

/** How most logs of lines begin a row: the priority of syslog, a date and a time, seconds since 1970 or in TAI64N. */
const rowStart =
  /(?:<\d{1,3}>1? ?)?(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d|\d{10}\.\d{3,6} |\[\d{4}-\d\d-\d\d[T ]\d\d:\d\d:)|@[0-9a-f]{24} /y;

/** Of narrower lines nothing can be told, and no mail program makes wider ones. */
const [narrowest, widest] = [30, 170];
/** Pages of text are wider than this. */
const narrowestPage = 50;
/** A row is wrapped into so many lines at most, and looked at no further. */
const mostLines = 24;

/**
 * The line ends that stand in the place of a blank: each line of the row but the last is as full as can be, since the first word of the next one
 * would not have had room. A row of two lines shows that by itself of any text below it: there a bracket, a quotation or a sentence must go on.
 * @param newlines The offsets of all line feeds.
 */
export function findWraps(text: string, newlines: readonly number[]): number[] {
  const wraps: number[] = [];
  let first = text.charCodeAt(0);
  for (let line = 0, start = 0; line < newlines.length; line++) {
    const newline = newlines[line] as number;
    const next = text.charCodeAt(newline + 1);
    // The rows of a log begin with the same character, from one minute to the next.
    if (first !== next && mayBeginRow(text, start, first) && newline - start >= narrowest && newline - start <= widest + 1 && standsAt(text, rowStart, start)) {
      const count = countWraps(text, newlines, line, start);
      for (let wrap = line; wrap < line + count; wrap++) wraps.push(newlines[wrap] as number);
    }
    start = newline + 1;
    first = next;
  }
  return wraps;
}

/** A digit, a sign before one, or the three letters of a day or a month: what is written otherwise need not be looked at. */
function mayBeginRow(text: string, start: number, code: number): boolean {
  if (code < lowestSign) return false;
  return code <= highestSign || code === bracket || text.charCodeAt(start + 3) === blank;
}

/** From the digits to the commercial at, and the bracket. */
const [lowestSign, highestSign, bracket] = [0x30, 0x40, 0x5b];

/** Of how many lines below it the first one is a part. */
function countWraps(text: string, newlines: readonly number[], first: number, start: number): number {
  const lines: string[] = [];
  for (let line = first, from = start; line <= newlines.length && lines.length < mostLines; line++) {
    const newline = newlines[line] ?? text.length;
    if (line > first && (newline === from || !goesOn(text, from) || newline - from > widest + 1)) break;
    lines.push(text.slice(from, text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline));
    from = newline + 1;
  }
  const broken = lines.slice(0, -1);
  // A word that is longer than a line stands alone in one.
  const width = Math.max(...lines.map((line) => (line.includes(' ') ? line.length : 0)));
  const isFull = broken.every((line, index) => line.length + 1 + wordLength(lines[index + 1] as string) > width);
  if (broken.length === 0 || width < narrowestPage || !isFull || areBrokenByTerminal(broken)) return 0;
  return broken.length > 1 || isOpen(lines[0] as string) ? broken.length : 0;
}

/** Whether a line can be the rest of a row: it begins none, and is neither indented nor quoted, no comment, and not written for its looks. */
function goesOn(text: string, start: number): boolean {
  return !otherBeginnings.has(text.charAt(start)) && !standsAt(text, rowStart, start);
}

const otherBeginnings = new Set([...' \t\r>#`*_|', '']);

function wordLength(line: string): number {
  const end = line.indexOf(' ');
  return end < 0 ? line.length : end;
}

function isOpen(line: string): boolean {
  return /[:=]$/.test(line) || line.lastIndexOf('(') > line.lastIndexOf(')') || line.lastIndexOf('[') > line.lastIndexOf(']') || line.split('"').length % 2 === 0;
}
