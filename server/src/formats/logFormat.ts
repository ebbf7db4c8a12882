/** What a format is: how to find the stretches of a text that are written in it, and how to read them. */

import type { Block, FormatId, LogRecord, Span } from '../values.ts';
import { carriageReturn, greaterThan, isBlank, lineFeed } from './characters.ts';
import type { Sieve } from './sieve.ts';

export interface LogFormat {
  readonly id: FormatId;
  readonly title: string;
  /** Literals of ASCII that `find` and `parse` start from; those of all forms are looked for in one pass over the text. */
  readonly literals?: readonly string[];
  /**
   * The stretches of the text that are written in this form: in order, apart from each other. It starts from a literal
   * that the form cannot be without, so that a text of another form costs next to nothing. Never throws.
   * @param free What the earlier formats have left, in order: a form that says little of itself looks only there.
   * @param occurrences Where a literal stands in the text: what several forms begin with is looked for once.
   */
  find(text: string, free: readonly Span[], occurrences: Occurrences): Span[];
  /**
   * The records in the given stretches, all of them found by `find`, in any order. Never throws.
   * @param from Records above it are not wanted, and may be left out.
   * @param occurrences As `find` had it: where the lines end has mostly been looked for.
   */
  parse(text: string, stretches: readonly Span[], from: number, occurrences: Occurrences): LogRecord[];
  /** The events or sessions in the given stretches, for outline and folding. */
  blocks?(text: string, stretches: readonly Span[], occurrences: Occurrences): Block[];
  /**
   * Where a text that is read piece by piece may be cut: the last such place at or before `at`; undefined where this form has nothing to say
   * of the place. A stretch of a form without this is never cut.
   * @param stretches Those of this form.
   * @param occurrences As `find` had it, while it is kept.
   */
  seam?(text: string, at: number, stretches: readonly Span[], occurrences?: Occurrences): Seam | undefined;
  /** Whether a stretch says the same without the others: those that are not wanted are not parsed. */
  readonly isApart?: true;
  /** Where this form stands anywhere, the text is not cut at all: what it says depends on all of the text. */
  readonly isWhole?: true;
}

/** A place where a text is cut, so that both parts give what the whole gives. */
export interface Seam {
  readonly at: number;
  /** What the part below must begin with: the lines that name its columns. */
  readonly preamble: string;
  /** From where on the part below must see the text above it, to know what its rows refer to; the seam itself where it refers to nothing. */
  readonly context: number;
}

/** How far below itself a record can depend on the text, in UTF-16 code units: so much must be known below a seam. */
export const reachBelow = 64 * 1024;

/** How far above itself a record can depend on the text: more than a thousand rows. */
export const reachAbove = 256 * 1024;

/** A seam between two lines of a form whose lines stand for themselves, perhaps beside lines near them. */
export function seamBetweenLines(text: string, at: number, reach = 0): Seam {
  const start = lineStart(text, at);
  return { at: start, preamble: '', context: reach === 0 ? start : lineStart(text, Math.max(0, start - reach)) };
}

/** The stretch that an offset stands in, of stretches in order. */
export function stretchAt<Stretch extends Span>(stretches: readonly Stretch[], offset: number): Stretch | undefined {
  const stretch = stretches[firstBehind(stretches, offset)];
  return stretch && stretch.start <= offset ? stretch : undefined;
}

/** The index of the first stretch that ends behind an offset, of stretches in order. */
export function firstBehind(stretches: readonly Span[], offset: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as Span).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The offsets of a literal in the text that is read, or those of several, in order. */
export type Occurrences = (literals: string | readonly string[]) => readonly number[];

/** Looks for what the sieve has when one of it is first asked for, and for any other literal by itself. */
export function createOccurrences(text: string, sieve?: Sieve): Occurrences {
  const known = new Map<string | readonly string[], readonly number[]>();
  let isSifted = false;
  const find = (literal: string): readonly number[] => {
    if (!isSifted && sieve?.has(literal)) {
      isSifted = true;
      for (const [found, offsets] of sieve.sift(text)) known.set(found, offsets);
    }
    return known.get(literal) ?? findAll(text, literal);
  };
  return (literals) => {
    const offsets = known.get(literals) ?? (typeof literals === 'string' ? find(literals) : inOrder(literals.map(find)));
    known.set(literals, offsets);
    return offsets;
  };
}

/** The numbers of several lists, each in order, in one. */
export function inOrder(lists: readonly (readonly number[])[]): readonly number[] {
  return lists.reduce((one, other) => (one.length === 0 ? other : other.length === 0 ? one : merge(one, other)), []);
}

function merge(one: readonly number[], other: readonly number[]): number[] {
  const merged: number[] = [];
  let index = 0;
  for (const number of one) {
    while (index < other.length && (other[index] as number) < number) merged.push(other[index++] as number);
    merged.push(number);
  }
  while (index < other.length) merged.push(other[index++] as number);
  return merged;
}

function findAll(text: string, literal: string): number[] {
  const offsets: number[] = [];
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) offsets.push(at);
  return offsets;
}

/** Where the line ends that `offset` stands in, without its line break; looked for no further than `limit`. */
export function lineEnd(text: string, offset: number, limit: number = text.length): number {
  const newline = limit === text.length ? text.indexOf('\n', offset) : offset + text.slice(offset, limit).indexOf('\n');
  // A limit may stand inside a line break.
  const end = newline >= offset ? newline : limit;
  return end > offset && text.charCodeAt(end) === lineFeed && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
}

/** Where the line begins that `offset` stands in. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line begins that `offset` stands in, looked for no further back than `limit`; undefined where the line is longer than any that a form begins with. */
export function lineStartAfter(text: string, offset: number, limit: number): number | undefined {
  const from = Math.max(limit, offset - longestFirstLine);
  const near = Math.max(from, offset - usualLine);
  // To pass over a few line ends forwards takes a third of the time that a search backwards takes.
  const above = text.slice(near, offset);
  let newline = -1;
  for (let at = above.indexOf('\n'); at >= 0; at = above.indexOf('\n', at + 1)) newline = at;
  if (newline >= 0) return near + newline + 1;
  const farther = text.slice(from, near);
  // A search backwards through a line of thousands of characters would take ten times as long as to see that it begins above them.
  newline = farther.includes('\n') ? farther.lastIndexOf('\n') : -1;
  return newline >= 0 || from === limit ? from + newline + 1 : undefined;
}

/** What a line of a form is known by stands no further behind its beginning. */
export const longestFirstLine = 4_000;
const usualLine = 240;

/** Where the next line begins, or the text's length after the last one. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** Whether a line holds nothing but blanks and quote marks (`> `); one of hundreds of them is not looked at to its end and is none. */
export function isBlankLine(text: string, start: number): boolean {
  const end = indentEnd(text, start, longestBlankLine);
  const last = text.charCodeAt(end) === carriageReturn ? end + 1 : end;
  return end - start < longestBlankLine && (last === text.length || text.charCodeAt(last) === lineFeed);
}

const longestBlankLine = 400;

/**
 * Where the text of a line begins, behind blanks and quote marks (`> `); no more than `most` of them are passed over.
 * A loop, since every line of an event or an object is asked for it, and a regular expression takes ten times as long.
 */
export function indentEnd(text: string, line: number, most: number): number {
  let end = line;
  while (end - line < most && isIndent(text.charCodeAt(end))) end++;
  return end;
}

function isIndent(code: number): boolean {
  return isBlank(code) || code === greaterThan;
}

/** Whether a line ends at an offset, other than with the text. */
export function isLineBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed);
}

/** The line that ends a quoted block in Markdown, in a wiki, or on a web page. */
export function isFence(text: string, line: number): boolean {
  const start = indentEnd(text, line, 40);
  // Hardly any other line begins with one of these characters.
  return '`~{[<'.includes(text.charAt(start)) && /^(?:```|~~~|\{(?:code|noformat)\}|\[\/code\]|<\/(?:pre|code)>)/i.test(text.slice(start, start + 20));
}

/** How many of the numbers, which are in order, are lower than a value. */
export function countBelow(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
