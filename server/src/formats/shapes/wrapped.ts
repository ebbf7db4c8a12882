/**
 * Joins a value that PowerShell's Format-List has wrapped at the width of the console.
 * In English, French, German, Italian, Portuguese and Spanish a line breaks behind a blank, which stays at its end, and inside a word only
 * where the word is longer than a line. In all other languages it breaks wherever the width is reached (PowerShell, StringManipulationHelper).
 */

import { type Excerpt, joinRuns, literalExcerpt, type Run, unwrapLines } from '../../text/excerpt.ts';
import { lineEnd, lineStart, nextLine } from '../../text/lines.ts';
import type { Span } from '../../values.ts';
import { placesTaken } from './columnTable.ts';

/** The value on one line: a line break that is PowerShell's inside a word is nothing, any other is one blank. */
export function unwrapValue(text: string, value: Span): Excerpt {
  if (!text.slice(value.start, value.end).includes('\n')) return literalExcerpt(text, value);
  const lines = linesOf(text, value);
  const isInWord = breaksInWords(text, lines);
  if (!isInWord.includes(true)) return unwrapLines(text, value);
  const runs: Run[] = [];
  for (const [index, { start, end }] of lines.entries()) {
    const written = text.slice(start, end);
    const kept = isInWord[index] ? written : written.trimEnd();
    if (kept !== '') runs.push({ text: kept, start, end: start + kept.length, literal: true });
    const next = lines[index + 1];
    if (next && !isInWord[index]) runs.push({ text: ' ', start: start + kept.length, end: next.start, literal: false });
  }
  return joinRuns(runs);
}

/** The stretches of the lines without what all of them are indented by: a blank more is the value's own, as are those at the ends. */
function linesOf(text: string, value: Span): Span[] {
  const lines: Span[] = [];
  let indent = Number.POSITIVE_INFINITY;
  for (let start = value.start; start < value.end || lines.length === 0; start = nextLine(text, start)) {
    const end = Math.min(lineEnd(text, start), value.end);
    const blank = /^[ \t>]*/.exec(text.slice(start, end))?.[0].length ?? 0;
    if (lines.length > 0 && blank < end - start) indent = Math.min(indent, blank);
    lines.push({ start, end });
  }
  return lines.map(({ start, end }, index) => ({ start: index === 0 ? start : Math.min(start + indent, end), end }));
}

/** The widths of lists in consoles that nobody has made wider, one place less where the last one stays free. */
const usualWidths = [79, 80, 119, 120];

/** For each line whether it goes on in the next one without a blank. */
function breaksInWords(text: string, lines: readonly Span[]): boolean[] {
  const broken = lines.slice(0, -1);
  if (broken.length < 1 || broken.length > mostLines) return [];
  const widths = broken.map(({ start, end }) => placesTaken(text, start, end));
  const widest = Math.max(...widths);
  const isFull = broken.map((_, index) => widths[index] === widest);
  const endsBlank = broken.map(({ end }) => text[end - 1] === ' ');
  // Where the blanks at the ends of lines are kept, a line without one is broken inside a word.
  if (endsBlank.includes(true)) return isFull.map((full, index) => full && !endsBlank[index]);
  // Where they were lost, only the even edge tells. Two lines can be even by chance.
  const indented = lines[1]?.start ?? 0;
  const edge = widest + indented - lineStart(text, indented);
  const isEven = isFull.every((full) => full) && (broken.length > 2 || (broken.length === 2 && usualWidths.includes(edge)));
  return isEven ? isFull : [];
}

const mostLines = 400;
