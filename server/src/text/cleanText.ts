/** A text without what copying and pasting has left in it that no reader sees, or would say. */

import type { Span } from '../values.ts';
import { BareText } from './bareText.ts';
import { backslash, blank, carriageReturn, graveAccent, verticalBar } from './characters.ts';
import { isLooks, type LineSurvey, surveyLines } from './lineSurvey.ts';
import { withPlainMarks } from './typographicMarks.ts';

/**
 * Cleans each line by itself, so that any part of a text gives the same part of the clean one:
 * - blanks of word processors and web pages (U+00A0, U+2000 to U+200A, U+202F, U+205F, U+3000) are blanks;
 * - what has no width is not there: joiners, marks of direction;
 * - blanks at the end of a line are not there; tabs may be cells that are empty, and stay;
 * - neither are the carriage returns before the one of a line end, which a text has whose line ends were made twice;
 * - nor what tells a terminal its colours (ECMA-48, 5.4);
 * - neither is what Markdown puts around a line that is code, or stressed, or the one cell of a row (CommonMark 0.31.2, 6.1 and 6.2; GitHub's tables);
 * - nor the backslash before signs that Markdown has a use for (2.4).
 * @param newlines The offsets of all line feeds.
 * @param survey What is known of the lines.
 * @returns undefined where the text is clean.
 */
export function cleaned(written: string, newlines: readonly number[], survey: LineSurvey): BareText | undefined {
  const text = withPlainMarks(withPlainBlanks(written));
  const { unclean } = text === written ? survey : surveyLines(text, newlines);
  const cuts: Span[] = [];
  for (const line of unclean) cutLine(text, (newlines[line - 1] ?? -1) + 1, newlines[line] ?? text.length, cuts);
  cutUnseen(text, cuts);
  cutColours(text, cuts);
  cutEscapes(text, cuts);
  return cuts.length === 0 && text === written ? undefined : withoutCuts(text, cuts);
}

/** No string of Latin-1 has any of the others, and to see that costs nothing. */
const wideBlanks = /[\u2000-\u200A\u202F\u205F\u3000]/g;
const noBreakSpace = '\u00A0';

function withPlainBlanks(text: string): string {
  const plain = text.includes(noBreakSpace) ? text.replaceAll(noBreakSpace, ' ') : text;
  return plain.replace(wideBlanks, ' ');
}

function cutLine(text: string, start: number, newline: number, cuts: Span[]): void {
  const last = text.charCodeAt(newline - 1) === carriageReturn && newline > start ? newline - 1 : newline;
  let end = last;
  while (end > start && text.charCodeAt(end - 1) === carriageReturn) end--;
  const hasReturns = end < last;
  while (end > start && text.charCodeAt(end - 1) === blank) end--;
  // A console that breaks a line behind a blank leaves that one, and its place tells the width.
  if (end < last - 1 || hasReturns || (end === start && end < last)) cuts.push({ start: end, end: last });
  // A line that is quoted or indented is stressed behind that.
  let first = start;
  while (first < end && first - start < deepest && text.charCodeAt(first) === blank) first++;
  const length = signsAround(text, first, end);
  if (length === 0) return;
  cuts.push({ start: first, end: first + length }, { start: end - length, end });
}

/** So many blanks may stand before a line that is code, or stressed. */
const deepest = 12;
/** How many characters at either end of a line are there for its looks alone. */
function signsAround(text: string, start: number, end: number): number {
  const sign = text.charCodeAt(start);
  if (!isLooks(sign) || text.charCodeAt(end - 1) !== sign) return 0;
  let length = 1;
  while (length < 3 && text.charCodeAt(start + length) === sign) length++;
  if (end - start <= 2 * length) return 0;
  const between = text.slice(start + length, end - length);
  // The other end must be just as long, and what has the sign inside is several of them, or a rule.
  const isOne = text.endsWith(text.slice(start, start + length), end) && !between.includes(String.fromCharCode(sign));
  if (!isOne) return 0;
  // A cell has a blank at either end.
  if (sign === verticalBar) return length === 1 && between.startsWith(' ') && between.endsWith(' ') ? 2 : 0;
  return sign === graveAccent || (!between.startsWith(' ') && !between.endsWith(' ')) ? length : 0;
}

// What turns the direction of a text is not among them: a reader must see that somebody hides something.
const unseen = /[\u200B-\u200F\u2060\uFEFF]/g;

function cutUnseen(text: string, cuts: Span[]): void {
  for (const { index } of text.matchAll(unseen)) cuts.push({ start: index, end: index + 1 });
}

/** And that the line ends here, which `grep` says behind each colour. What moves or clears something stays: a reader must see that too. */
const colours = /\x1b\[[\d;:]{0,40}[mK]/y;

function cutColours(text: string, cuts: Span[]): void {
  for (let at = text.indexOf('\x1b'); at >= 0; at = text.indexOf('\x1b', at + 1)) {
    colours.lastIndex = at;
    if (colours.test(text)) cuts.push({ start: at, end: colours.lastIndex });
  }
}

/** An escape of JSON has a backslash before its backslash, and a path of Windows a letter behind it. */
function cutEscapes(text: string, cuts: Span[]): void {
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 1)) {
    if (escapable.includes(text.charAt(at + 1) || ' ') && text.charCodeAt(at - 1) !== backslash) cuts.push({ start: at, end: at + 1 });
  }
}

const escapable = '_*#<>[]`';

/** What is left; two rules can take the same away. */
function withoutCuts(text: string, cuts: readonly Span[]): BareText {
  const lines: number[] = [];
  const behind: number[] = [];
  let from = 0;
  for (const { start, end } of [...cuts].sort((one, other) => one.start - other.start)) {
    if (end <= from) continue;
    lines.push(Math.max(from, start));
    behind.push(end);
    from = end;
  }
  return new BareText(text, { lines, behind });
}
