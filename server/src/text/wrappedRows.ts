/** Rows of a log that a mail program has wrapped between words, as wide as its lines are. */

import type { Span } from '../values.ts';
import { areBrokenByTerminal } from './brokenLines.ts';
import { blank, carriageReturn } from './characters.ts';
import { type LineNumbers, rowStart } from './lineSurvey.ts';
import { standsAt } from './occurrences.ts';
import { beginsProgramLine, isLeftOpen } from './programLines.ts';

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
    if (start < wrappedEnd || length < narrowest || length > widest + 1) continue;
    const lines: Lines = { text, newlines, isWithin };
    const own = standsAt(text, rowStart, start) ? wrapsOf(lines, line, wrappedEnd === start) : beginsProgramLine(text, start) ? wrapsOfProgram(lines, line) : [];
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
function wrapsOf(whole: Lines, first: number, isBelowWrapped: boolean): Span[] {
  const { lines, wraps, below, hanging } = piecesOf(whole, first, () => false);
  const broken = lines.slice(0, -1);
  if (broken.length === 0 || !areFull(lines, hanging) || areBrokenByTerminal(broken)) return [];
  if (broken.length > 1 || isOpen(lines[0] as string)) return wraps;
  // What announces or asks something is somebody's own line.
  const isOwnLine = /[:?!] {0,8}$/.test(lines[1] as string);
  return !isOwnLine && (isBelowWrapped || standsAt(whole.text, rowStart, below)) ? wraps : [];
}

/** The same of a program's line that begins with no time: as many pieces as are full, if the first leaves something open, or the next begins as no sentence does. */
function wrapsOfProgram(whole: Lines, first: number): Span[] {
  const { lines, wraps, hanging } = piecesOf(whole, first, (start) => beginsProgramLine(whole.text, start));
  let count = lines.length;
  while (count > 1 && !areFull(lines.slice(0, count), hanging)) count--;
  if (count < 2 || areBrokenByTerminal(lines.slice(0, count - 1))) return [];
  return isLeftOpen(lines[0] as string) || /^ {0,16}[\p{Ll}\d<('"]/u.test(lines[1] as string) ? wraps.slice(0, count - 1) : [];
}

interface Pieces {
  readonly lines: readonly string[];
  readonly wraps: Span[];
  /** Where the line below them begins. */
  readonly below: number;
  /** How far all lines but the first are indented. */
  readonly hanging: number;
}

/** A line, and those below it that may go on with it. */
function piecesOf({ text, newlines, isWithin }: Lines, first: number, beginsOther: (start: number) => boolean): Pieces {
  const lines: string[] = [];
  const wraps: Span[] = [];
  let start = (newlines[first - 1] ?? -1) + 1;
  let hanging = 0;
  for (let line = first; line <= newlines.length && lines.length < mostLines; line++) {
    const newline = newlines[line] ?? text.length;
    if (line === first + 1) hanging = indentationAt(text, start);
    if (line > first) {
      const isRest =
        newline > start && indentationAt(text, start) === hanging && goesOn(text, start + hanging) && newline - start <= widest + 1 && isWithin(start - 1) && !beginsOther(start);
      if (!isRest) break;
      wraps.push({ start: start - 1 - endBlanks(text, start - 1), end: start + hanging });
    }
    lines.push(text.slice(start, text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline));
    start = newline + 1;
  }
  return { lines, wraps, below: start, hanging };
}

/** Whether each of the lines but the last is as full as can be. */
function areFull(lines: readonly string[], hanging: number): boolean {
  // A word that is longer than a line stands alone in one, and there says how wide a page may be.
  const width = Math.max(...lines.map((line) => (line.includes(' ', hanging) ? line.trimEnd().length : 0)));
  const hasLongWord = lines.some((line, index) => index > 0 && !line.trim().includes(' ') && line.trim().length >= narrowestPage);
  if (width < (hasLongWord ? narrowest : narrowestPage)) return false;
  return lines.slice(0, -1).every((line, index) => line.trimEnd().length + 1 + wordLength(lines[index + 1] as string, hanging) > width);
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
