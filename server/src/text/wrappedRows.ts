/** Rows of a log that a mail program has wrapped between words, as wide as its lines are. */

import type { Span } from '../values.ts';
import { areBrokenByTerminal } from './brokenLines.ts';
import { blank, carriageReturn } from './characters.ts';
import { type LineNumbers, rowStart } from './lineSurvey.ts';
import { standsAt } from './occurrences.ts';

/** Of narrower lines nothing can be told, and no mail program makes wider ones. */
const [narrowest, widest] = [30, 170];
/** Pages of text are wider than this. */
const narrowestPage = 50;
/** A row is wrapped into so many lines at most, and looked at no further. */
const mostLines = 24;

/**
 * The line ends that stand in the place of a blank, with the indentation of the lines below: each line of the row but the last is as full as can
 * be, since the first word of the next one would not have had room. Of a row of two lines any text below it may look so: there a bracket, a
 * quotation or a sentence must go on, or other rows stand right below it, or one above it that was wrapped.
 * @param newlines The offsets of all line feeds.
 * @param candidates The lines that may be rows, and the next one none.
 * @param isWithin Whether the line below a line end stands in the same quotation or block.
 */
export function findWraps(text: string, newlines: readonly number[], candidates: LineNumbers, isWithin: (newline: number) => boolean): Span[] {
  const wraps: Span[] = [];
  /** Where the last row ends that was wrapped. */
  let wrappedEnd = -1;
  for (const line of candidates) {
    const start = (newlines[line - 1] ?? -1) + 1;
    const length = (newlines[line] ?? text.length) - start;
    if (start < wrappedEnd || length < narrowest || length > widest + 1 || !standsAt(text, rowStart, start)) continue;
    const own = wrapsOf({ text, newlines, isWithin }, line, wrappedEnd === start);
    for (const wrap of own) wraps.push(wrap);
    if (own.length > 0) wrappedEnd = (newlines[line + own.length] ?? text.length) + 1;
  }
  return wraps;
}

interface Lines {
  readonly text: string;
  readonly newlines: readonly number[];
  readonly isWithin: (newline: number) => boolean;
}

/** The line ends within a row whose first line is known. */
function wrapsOf({ text, newlines, isWithin }: Lines, first: number, isBelowWrapped: boolean): Span[] {
  const lines: string[] = [];
  const wraps: Span[] = [];
  let start = (newlines[first - 1] ?? -1) + 1;
  /** How far all lines but the first are indented. */
  let hanging = 0;
  for (let line = first; line <= newlines.length && lines.length < mostLines; line++) {
    const newline = newlines[line] ?? text.length;
    if (line === first + 1) hanging = indentationAt(text, start);
    if (line > first) {
      const isRest = newline > start && indentationAt(text, start) === hanging && goesOn(text, start + hanging) && newline - start <= widest + 1 && isWithin(start - 1);
      if (!isRest) break;
      wraps.push({ start: start - 1 - endBlanks(text, start - 1), end: start + hanging });
    }
    lines.push(text.slice(start, text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline));
    start = newline + 1;
  }
  const broken = lines.slice(0, -1);
  // A word that is longer than a line stands alone in one.
  const width = Math.max(...lines.map((line) => (line.includes(' ', hanging) ? line.trimEnd().length : 0)));
  const isFull = broken.every((line, index) => line.trimEnd().length + 1 + wordLength(lines[index + 1] as string, hanging) > width);
  if (broken.length === 0 || width < narrowestPage || !isFull || areBrokenByTerminal(broken)) return [];
  if (broken.length > 1 || isOpen(lines[0] as string)) return wraps;
  // What announces or asks something is somebody's own line.
  const isOwnLine = /[:?!] {0,8}$/.test(lines[1] as string);
  return !isOwnLine && (isBelowWrapped || standsAt(text, rowStart, start)) ? wraps : [];
}

/** By how many blanks a line is indented, as far as what hangs from a row is. */
function indentationAt(text: string, start: number): number {
  let length = 0;
  while (length < farthestHanging && text.charCodeAt(start + length) === blank) length++;
  return length;
}

/** As wide as the time at the beginning of a row. */
const farthestHanging = 16;

/** How many characters before a line end show nothing. */
function endBlanks(text: string, newline: number): number {
  let length = 0;
  while (length < farthestHanging && (text.charCodeAt(newline - 1 - length) === blank || text.charCodeAt(newline - 1 - length) === carriageReturn)) length++;
  return length;
}

/** Whether a line can be the rest of a row: it begins none, and is not indented further, nor quoted, no comment, and not written for its looks. */
function goesOn(text: string, start: number): boolean {
  return !otherBeginnings.has(text.charAt(start)) && !standsAt(text, rowStart, start);
}

const otherBeginnings = new Set([...' \t\r>#`*_|\\', '']);

function wordLength(line: string, start: number): number {
  const end = line.indexOf(' ', start);
  return (end < 0 ? line.length : end) - start;
}

function isOpen(line: string): boolean {
  return /[:=]$/.test(line) || line.lastIndexOf('(') > line.lastIndexOf(')') || line.lastIndexOf('[') > line.lastIndexOf(']') || line.split('"').length % 2 === 0;
}
