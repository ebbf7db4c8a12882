/**
 * The lines of a log that a terminal has broken at its width, in the middle of a word as well, so that nothing is lost but that they were one.
 * A line is taken for the rest of the one above where that is exactly as wide as terminals are, and begins with a time, as this does not; or where
 * the break itself tells.
 */

import type { Beginnings } from './bareText.ts';
import { carriageReturn, greaterThan } from './characters.ts';
import { isTerminalWidth, type LineNumbers, rowStart } from './lineSurvey.ts';
import { standsAt } from './occurrences.ts';
import { isBrokenByTerminal } from './terminalBreaks.ts';

/** Whether lines are broken where a terminal ends: each of them is just as wide. */
export function areBrokenByTerminal(lines: readonly string[]): boolean {
  return isTerminalWidth(lines[0]?.length ?? 0) && lines.every(({ length }) => length === lines[0]?.length);
}

/**
 * The line ends that a terminal has made, as what stands before the lines below them.
 * @param candidates The lines that are as wide as a terminal.
 * @param isWithin Whether the line below a line end stands in the same quotation or block.
 */
export function findBroken(text: string, newlines: readonly number[], candidates: LineNumbers, isWithin: (newline: number) => boolean): Beginnings {
  const ends: Beginnings = { lines: [], behind: [] };
  let from = 0;
  for (const line of candidates) {
    const start = (newlines[line - 1] ?? -1) + 1;
    if (line < from || line >= newlines.length || !isRest(text, start, newlines[line] as number)) continue;
    if (!standsAt(text, rowStart, start) && !isBrokenByTerminal({ text, newlines }, line)) continue;
    from = addBroken({ text, newlines, isWithin }, line, start, ends) + 1;
  }
  return ends;
}

interface Broken {
  readonly text: string;
  readonly newlines: readonly number[];
  readonly isWithin: (newline: number) => boolean;
}

/**
 * Adds the ends of the lines that go on with the next one, from one that begins with a time.
 * @returns The last line of what was one.
 */
function addBroken({ text, newlines, isWithin }: Broken, first: number, start: number, ends: Beginnings): number {
  const width = lineEndAt(text, newlines[first] as number) - start;
  if (!isTerminalWidth(width) || !isWidestBelow(text, newlines, first, width)) return first;
  let line = first;
  for (let from = start; line < first + mostBroken && lineEndAt(text, newlines[line] as number) - from === width; line++) {
    const newline = newlines[line] as number;
    if (!isRest(text, from, newline) || !isWithin(newline)) break;
    ends.lines.push(lineEndAt(text, newline));
    ends.behind.push(newline + 1);
    from = newline + 1;
  }
  return Math.min(line, newlines.length - 1);
}

/** No line of a mail system is broken into more. */
const mostBroken = 100;

/** Whether the line below can go on with this one: what is indented or quoted is something else, but for the end of an address. */
function isRest(text: string, start: number, newline: number): boolean {
  if (text.charCodeAt(newline + 1) === greaterThan) {
    const line = text.slice(start, newline);
    return line.lastIndexOf('<') > line.lastIndexOf('>');
  }
  return standsAt(text, rest, newline + 1) && !standsAt(text, rowStart, newline + 1);
}

const rest = / ?\S/y;

function lineEndAt(text: string, newline: number): number {
  return text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline;
}

/** Whether no line of the paragraph is wider: a terminal has broken all of them. */
function isWidestBelow(text: string, newlines: readonly number[], first: number, width: number): boolean {
  for (let line = first + 1; line < first + farthestLooked; line++) {
    const start = (newlines[line - 1] as number) + 1;
    const end = lineEndAt(text, newlines[line] ?? text.length);
    if (end - start > width) return false;
    if (end <= start || line >= newlines.length) return true;
  }
  return true;
}

const farthestLooked = 12;
