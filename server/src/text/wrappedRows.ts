/** Rows of a log that a mail program has wrapped between words, as wide as its lines are. */

import { areBrokenByTerminal } from './brokenLines.ts';
import { carriageReturn } from './characters.ts';
import { type LineNumbers, rowStart } from './lineSurvey.ts';
import { standsAt } from './occurrences.ts';

/** Of narrower lines nothing can be told, and no mail program makes wider ones. */
const [narrowest, widest] = [30, 170];
/** Pages of text are wider than this. */
const narrowestPage = 50;
/** A row is wrapped into so many lines at most, and looked at no further. */
const mostLines = 24;

/**
 * The line ends that stand in the place of a blank: each line of the row but the last is as full as can be, since the first word of the next one
 * would not have had room. Of a row of two lines any text below it may look so: there a bracket, a quotation or a sentence must go on, or
 * other rows stand right below it, or one above it that was wrapped.
 * @param newlines The offsets of all line feeds.
 * @param candidates The lines that may be rows, and the next one none.
 */
export function findWraps(text: string, newlines: readonly number[], candidates: LineNumbers): number[] {
  const wraps: number[] = [];
  /** Where the last row ends that was wrapped. */
  let wrappedEnd = -1;
  for (const line of candidates) {
    const start = (newlines[line - 1] ?? -1) + 1;
    const length = (newlines[line] ?? text.length) - start;
    if (start < wrappedEnd || length < narrowest || length > widest + 1 || !standsAt(text, rowStart, start)) continue;
    const count = countWraps(text, newlines, line, wrappedEnd === start);
    for (let wrap = line; wrap < line + count; wrap++) wraps.push(newlines[wrap] as number);
    if (count > 0) wrappedEnd = (newlines[line + count] ?? text.length) + 1;
  }
  return wraps;
}

/** Of how many lines below it the first one is a part. */
function countWraps(text: string, newlines: readonly number[], first: number, isBelowWrapped: boolean): number {
  const lines: string[] = [];
  let start = (newlines[first - 1] ?? -1) + 1;
  for (let line = first; line <= newlines.length && lines.length < mostLines; line++) {
    const newline = newlines[line] ?? text.length;
    if (line > first && (newline === start || !goesOn(text, start) || newline - start > widest + 1)) break;
    lines.push(text.slice(start, text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline));
    start = newline + 1;
  }
  const broken = lines.slice(0, -1);
  // A word that is longer than a line stands alone in one.
  const width = Math.max(...lines.map((line) => (line.includes(' ') ? line.length : 0)));
  const isFull = broken.every((line, index) => line.length + 1 + wordLength(lines[index + 1] as string) > width);
  if (broken.length === 0 || width < narrowestPage || !isFull || areBrokenByTerminal(broken)) return 0;
  if (broken.length > 1 || isOpen(lines[0] as string)) return broken.length;
  // What announces or asks something is somebody's own line.
  const isOwnLine = /[:?!] {0,8}$/.test(lines[1] as string);
  return !isOwnLine && (isBelowWrapped || standsAt(text, rowStart, start)) ? 1 : 0;
}

/** Whether a line can be the rest of a row: it begins none, and is neither indented nor quoted, no comment, and not written for its looks. */
function goesOn(text: string, start: number): boolean {
  return !otherBeginnings.has(text.charAt(start)) && !standsAt(text, rowStart, start);
}

const otherBeginnings = new Set([...' \t\r>#`*_|\\', '']);

function wordLength(line: string): number {
  const end = line.indexOf(' ');
  return end < 0 ? line.length : end;
}

function isOpen(line: string): boolean {
  return /[:=]$/.test(line) || line.lastIndexOf('(') > line.lastIndexOf(')') || line.lastIndexOf('[') > line.lastIndexOf(']') || line.split('"').length % 2 === 0;
}
