/** A text without what copying and pasting has left in it that no reader sees, or would say. */

import type { Span } from '../values.ts';
import { backslash, blank, carriageReturn, graveAccent, verticalBar } from './characters.ts';
import { isLooks, type LineSurvey, surveyLines } from './lineSurvey.ts';
import { countBelow } from './spans.ts';
import { findWraps } from './wrappedRows.ts';

/** The characters that are left, each still knowing its place in what was written. No line is missing. */
export interface CleanText {
  readonly text: string;
  /** The place in what was written of the character at `index`; `text.length` gives the end. */
  place(index: number): number;
  /** The index of the first character that stands at a place or behind it. */
  index(place: number): number;
}

/**
 * Cleans each line by itself, so that any part of a text gives the same part of the clean one:
 * - blanks of word processors and web pages (U+00A0, U+2000 to U+200A, U+202F, U+205F, U+3000) are blanks;
 * - what has no width is not there: joiners, marks of direction;
 * - blanks at the end of a line are not there; tabs may be cells that are empty, and stay;
 * - neither is what Markdown puts around a line that is code, or stressed, or the one cell of a row (CommonMark 0.31.2, 6.1 and 6.2; GitHub's tables);
 * - nor the backslash before signs that Markdown has a use for (2.4).
 * Rows of a log that were wrapped are put together before.
 * @param newlines The offsets of all line feeds.
 * @param survey What is known of the lines.
 * @param isOfLines Whether the lines are texts of their own, of which none goes on with another.
 * @returns undefined where the text is clean.
 */
export function cleaned(written: string, newlines: readonly number[], survey: LineSurvey, isOfLines = false): CleanText | undefined {
  const plain = withPlainBlanks(written);
  const { unclean, wrapped } = plain === written ? survey : surveyLines(plain, newlines);
  const text = isOfLines ? plain : withoutWraps(plain, newlines, wrapped);
  const cuts: Span[] = [];
  for (const line of unclean) cutLine(text, (newlines[line - 1] ?? -1) + 1, newlines[line] ?? text.length, cuts);
  cutUnseen(text, cuts);
  cutEscapes(text, cuts);
  return cuts.length === 0 && text === written ? undefined : new CutText(text, cuts);
}

/** No string of Latin-1 has any of the others, and to see that costs nothing. */
const wideBlanks = /[\u2000-\u200A\u202F\u205F\u3000]/g;
const noBreakSpace = '\u00A0';

function withPlainBlanks(text: string): string {
  const plain = text.includes(noBreakSpace) ? text.replaceAll(noBreakSpace, ' ') : text;
  return plain.replace(wideBlanks, ' ');
}

/** A blank stands where a row was wrapped, and two where its lines end with CRLF. */
function withoutWraps(text: string, newlines: readonly number[], candidates: readonly number[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const newline of findWraps(text, newlines, candidates)) {
    const end = text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline;
    pieces.push(text.slice(from, end), ' '.repeat(newline + 1 - end));
    from = newline + 1;
  }
  return from === 0 ? text : pieces.join('') + text.slice(from);
}

function cutLine(text: string, start: number, newline: number, cuts: Span[]): void {
  const last = text.charCodeAt(newline - 1) === carriageReturn && newline > start ? newline - 1 : newline;
  let end = last;
  while (end > start && text.charCodeAt(end - 1) === blank) end--;
  // A console that breaks a line behind a blank leaves that one, and its place tells the width.
  if (end < last - 1 || (end === start && end < last)) cuts.push({ start: end, end: last });
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

/** An escape of JSON has a backslash before its backslash, and a path of Windows a letter behind it. */
function cutEscapes(text: string, cuts: Span[]): void {
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 1)) {
    if (escapable.includes(text.charAt(at + 1) || ' ') && text.charCodeAt(at - 1) !== backslash) cuts.push({ start: at, end: at + 1 });
  }
}

const escapable = '_*#<>[]`';

class CutText implements CleanText {
  readonly text: string;
  /** Where each piece that is left begins in what was written, and where in the clean text. */
  private readonly places: number[] = [0];
  private readonly starts: number[] = [0];
  private readonly end: number;

  constructor(written: string, cuts: readonly Span[]) {
    let text = '';
    let from = 0;
    for (const { start, end } of [...cuts].sort((one, other) => one.start - other.start)) {
      if (end <= from) continue;
      text += written.slice(from, Math.max(from, start));
      from = end;
      if (this.starts.at(-1) === text.length) this.places[this.places.length - 1] = from;
      else {
        this.starts.push(text.length);
        this.places.push(from);
      }
    }
    this.text = text + written.slice(from);
    this.end = written.length;
  }

  place(index: number): number {
    if (index >= this.text.length) return this.end;
    const piece = countBelow(this.starts, index + 1) - 1;
    return (this.places[piece] as number) + index - (this.starts[piece] as number);
  }

  index(place: number): number {
    const piece = countBelow(this.places, place + 1) - 1;
    if (piece < 0) return 0;
    const next = this.starts[piece + 1] ?? this.text.length;
    return Math.min(next, (this.starts[piece] as number) + place - (this.places[piece] as number));
  }
}
