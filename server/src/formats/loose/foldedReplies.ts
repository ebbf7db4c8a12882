/** Replies that somebody has folded: by hand behind a comma or a semicolon, or with all of his text at the width of his window. */

import { offsetAbove } from '../../text/lineEnds.ts';
import { lineEnd, lineStartAfter, nextLine } from '../../text/lines.ts';
import type { Span } from '../../values.ts';

/**
 * The lines in which a reply may go on.
 * @param start Where the reply begins.
 * @param end Where its line ends.
 */
export function linesBelow(whole: string, start: number, end: number, stretch: Span): LineBelow[] {
  const lines: LineBelow[] = [];
  if (!isLineEnd(whole, end)) return lines;
  const width = widthAround(whole, start, end, stretch);
  for (let last = end, above = whole.slice(start, end).trimEnd(); lines.length < mostLines; ) {
    const line = lineBelow(whole, last, stretch);
    if (!line || !mayGoOn.test(line.text) || beginsAnother.test(line.text) || isReply.test(line.text)) break;
    const isFolded = /\p{L}[^\n]*[,;]$/u.test(above) && !named.test(line.text);
    const isWrapped = width !== undefined && isFull(whole.slice(lineStart(whole, last, stretch), last), line.text, width);
    if (!isFolded && !isWrapped) break;
    lines.push({ ...line, isFolded });
    last = line.end;
    above = line.text;
  }
  return lines;
}

export interface LineBelow extends Span {
  /** What it says. */
  readonly text: string;
  readonly isFolded: boolean;
}

const mostLines = 6;
const longestLine = 400;
/** Mail programs, consoles and people break their lines between these. */
const narrowest = 50;
const widest = 100;
const linesAround = 4;

function isLineEnd(whole: string, end: number): boolean {
  return whole[end] === '\n' || whole[end] === '\r';
}

function lineStart(whole: string, end: number, stretch: Span): number {
  return lineStartAfter(whole, end, offsetAbove(whole, end, longestLine, stretch.start)) ?? end;
}

/** The line below an offset, without its indentation and its marks of a quotation; undefined where it is empty or too long. */
function lineBelow(whole: string, above: number, stretch: Span): Omit<LineBelow, 'isFolded'> | undefined {
  const start = nextLine(whole, above);
  if (start >= stretch.end) return undefined;
  const end = lineEnd(whole, start, Math.min(stretch.end, start + longestLine));
  const written = whole.slice(start, end);
  const text = written.replace(/^[ \t>]{1,40}/, '').trimEnd();
  if (text === '' || written.length >= longestLine) return undefined;
  const from = end - written.replace(/^[ \t>]{1,40}/, '').length;
  return { start: from, end: from + text.length, text };
}

/** What goes on with a sentence: a word, an address, a bracket. */
const mayGoOn = /^(?:\p{L}|[<[("'#]|\d)/u;

/** What begins something else: another reply, an entry of a log, an item of a list, a frame of a stack. */
const beginsAnother =
  /^(?:#?[2-5]\d\d(?:[ -]|$)|\d{1,4}[-/:]\d|\d{1,3}[.)] |[A-Z][a-z]{2} [ \d]\d |["'{}[\]]\s*$|at [\w.$<>]{1,120} ?\(|Caused by|[<>]{2,}|\[\d{1,4}[-/]|\[\d\d:\d\d|---)/;

/** What has a reply of its own, names an exception, or tells of a line of a program. */
const isReply = /(?:^|[\s(:'"])[45][0-57]\d(?:[ -](?:#?[45]\.\d{1,3}\.\d|[A-Za-z<])|, b?['"])|^[\w.$]{0,120}(?:Exception|Error)\b:|:\d{1,6}\)?$|, line \d/;

/** A name with its value. */
const named = /^"?[\w.$-]{1,40}"?\s?[:=](?!\/\/)/;

/** The width at which a paragraph is wrapped: each of its lines is so long that the first word of the next had no place in it; undefined where it is not. */
function widthAround(whole: string, start: number, end: number, stretch: Span): number | undefined {
  const first = lineStart(whole, end, stretch);
  // Entries of a log are as long as they are.
  if (first > start || entry.test(whole.slice(first, first + 40))) return undefined;
  const above = linesAbove(whole, first, stretch);
  const below = linesFrom(whole, end, stretch);
  const lines = [...above, whole.slice(first, end).trimEnd(), ...below.lines];
  // Of two lines alone the first is always the longer one, or the second begins in the midst of a sentence.
  const isSure = lines.length > 2 || (below.isOver && /^[ \t>]*\p{Ll}/u.test(lines[1] ?? ''));
  const width = widthOf(lines);
  const isWrapped = isSure && width >= narrowest && width <= widest && lines.every((line, index) => index === lines.length - 1 || isFull(line, lines[index + 1] as string, width));
  return isWrapped ? width : undefined;
}

const entry = /^[ \t>]*\W{0,3}(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:|\d\d:\d\d:\d\d)/;

/** The nearest lines of the paragraph above a line. */
function linesAbove(whole: string, first: number, stretch: Span): string[] {
  const lines: string[] = [];
  for (let start = first; lines.length < linesAround && start > stretch.start; ) {
    const above = lineStart(whole, start - 1, stretch);
    const line = whole.slice(above, start - 1).trimEnd();
    if (isEmpty(line)) break;
    lines.unshift(line);
    start = above;
  }
  return lines;
}

/** Those below it, and whether the paragraph is over with them. */
function linesFrom(whole: string, end: number, stretch: Span): { readonly lines: string[]; readonly isOver: boolean } {
  const lines: string[] = [];
  for (let last = end; lines.length < linesAround; ) {
    const start = nextLine(whole, last);
    const next = lineEnd(whole, start, Math.min(stretch.end, start + longestLine));
    const line = whole.slice(start, next).trimEnd();
    if (start >= stretch.end || isEmpty(line)) return { lines, isOver: true };
    lines.push(line);
    if (!isLineEnd(whole, next)) break;
    last = next;
  }
  return { lines, isOver: false };
}

const isEmpty = (line: string): boolean => /^[ \t>]*$/.test(line);

/** A word that is longer than a line stands in one of its own. */
function widthOf(lines: readonly string[]): number {
  return Math.max(...lines.filter((line) => /\S[ \t]+\S/.test(line.replace(/^[ \t>]+/, ''))).map((line) => line.length), 0);
}

function isFull(line: string, next: string, width: number): boolean {
  const word = /^[ \t>]*(\S+)/.exec(next)?.[1] ?? '';
  return line.trimEnd().length + 1 + word.length > width;
}
