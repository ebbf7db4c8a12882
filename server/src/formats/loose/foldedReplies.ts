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
  const width = widthAround(whole, start, end, stretch);
  for (let last = end, above = contentOf(whole, start, end); lines.length < mostLines; ) {
    const next = nextLine(whole, last);
    if (next >= stretch.end) break;
    const line = lineAt(whole, next, stretch);
    if (!line || !mayGoOn.test(line.text) || beginsAnother.test(line.text) || isReply.test(line.text)) break;
    const isFolded = /[,;]$/.test(above) && /\p{L}/u.test(above) && !named.test(line.text);
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

function contentOf(whole: string, start: number, end: number): string {
  return whole.slice(start, end).trimEnd();
}

function lineStart(whole: string, end: number, stretch: Span): number {
  return lineStartAfter(whole, end, Math.max(stretch.start, offsetAbove(whole, end, longestLine, stretch.start))) ?? end;
}

/** A line without its indentation and its marks of a quotation; undefined where it is empty or too long. */
function lineAt(whole: string, start: number, stretch: Span): Omit<LineBelow, 'isFolded'> | undefined {
  const end = lineEnd(whole, start, Math.min(stretch.end, start + longestLine));
  const indent = /^[ \t>]{0,40}/.exec(whole.slice(start, end))?.[0].length ?? 0;
  const text = whole.slice(start + indent, end).trimEnd();
  return text === '' || end - start >= longestLine ? undefined : { start: start + indent, end: start + indent + text.length, text };
}

/** What goes on with a sentence: a word, an address, a bracket. */
const mayGoOn = /^(?:\p{L}|[<[("'#]|\d)/u;

/** What begins something else: another reply, an entry of a log, an item of a list, a frame of a stack. */
const beginsAnother = /^(?:#?[2-5]\d\d(?:[ -]|$)|\d{1,4}[-/:]\d|\d{1,3}[.)] |[A-Z][a-z]{2} [ \d]\d |["'{}[\]]\s*$|at [\w.$]+\(|Caused by|[<>]{2,}|\[\d{1,4}[-/]|\[\d\d:\d\d|---)/;

/** What has a reply of its own, or names an exception. */
const isReply = /(?:^|[\s(:'"])[45][0-57]\d(?:[ -](?:#?[45]\.\d{1,3}\.\d|[A-Za-z<])|, b?['"])|^[\w.$]{0,120}(?:Exception|Error)\b:/;

/** A name with its value. */
const named = /^"?[\w.$-]{1,40}"?\s?[:=](?!\/\/)/;

/** The width at which a paragraph is wrapped: each of its lines is so long that the first word of the next had no place in it; undefined where it is not. */
function widthAround(whole: string, start: number, end: number, stretch: Span): number | undefined {
  const first = lineStart(whole, end, stretch);
  if (first > start) return undefined;
  const lines = [whole.slice(first, end).trimEnd()];
  for (let above = first; lines.length <= linesAround; ) {
    const from = above > stretch.start ? lineStart(whole, above - 1, stretch) : above;
    const line = whole.slice(from, Math.max(from, above - 1)).trimEnd();
    if (from === above || /^[ \t>]*$/.test(line)) break;
    lines.unshift(line);
    above = from;
  }
  let isOver = false;
  for (let last = end, count = 0; count < linesAround; count++) {
    const next = nextLine(whole, last);
    const line = next < stretch.end ? whole.slice(next, lineEnd(whole, next, Math.min(stretch.end, next + longestLine))).trimEnd() : '';
    if (/^[ \t>]*$/.test(line)) {
      isOver = true;
      break;
    }
    lines.push(line);
    last = next + line.length;
    last = lineEnd(whole, last, stretch.end);
  }
  const isSure = lines.length > 2 || (isOver && /^[ \t>]*\p{Ll}/u.test(lines[1] ?? ''));
  const width = widthOf(lines);
  // Of two lines alone the first is always the longer one, or the second begins in the midst of a sentence.
  return isSure && width >= narrowest && width <= widest && lines.every((line, index) => index === lines.length - 1 || isFull(line, lines[index + 1] as string, width))
    ? width
    : undefined;
}

/** A word that is longer than a line stands in one of its own. */
function widthOf(lines: readonly string[]): number {
  return Math.max(...lines.filter((line) => /\S[ \t]+\S/.test(line.replace(/^[ \t>]+/, ''))).map((line) => line.length), 0);
}

function isFull(line: string, next: string, width: number): boolean {
  const word = /^[ \t>]*(\S+)/.exec(next)?.[1] ?? '';
  return line.trimEnd().length + 1 + word.length > width;
}
