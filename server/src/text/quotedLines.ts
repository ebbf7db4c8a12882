/**
 * The marks that mail programs and tickets put before each line of what they quote (`> `, `>> `, `> > `): they say nothing of the text behind
 * them, and it is read without them.
 */

import type { Span } from '../values.ts';
import { type Beginnings, sayBreakTwice } from './bareText.ts';
import { carriageReturn, greaterThan, isBlank, lineFeed } from './characters.ts';
import { standsAt } from './occurrences.ts';

/**
 * The lines that are quoted.
 * @param isOfLines Whether the lines are texts of their own, of which none says anything of another.
 */
export function findQuoted(text: string, isOfLines: boolean): Beginnings {
  const quoted: Beginnings = { lines: [], behind: [] };
  /** The line that was looked at last. */
  let above: Quoted = { start: -1, end: -2, depth: 0 };
  for (let start = firstQuoted(text); start >= 0; start = nextQuoted(text, above.end)) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const isBelow = above.end === start - 1 && !isOfLines;
    const { length, depth } = marksAt(text, { start, end }, isBelow, isBelow || (!isOfLines && text.charCodeAt(end + 1) === greaterThan));
    if (isBelow && depth < above.depth && isShort(above) && length < end - start) sayBreakTwice(quoted, start);
    above = { start, end, depth };
    if (length === 0) continue;
    quoted.lines.push(start);
    quoted.behind.push(start + length);
    if (!isOfLines && isShort(above) && endsQuotation(text, end)) sayBreakTwice(quoted, end + 1);
  }
  return quoted;
}

/** A line that begins with marks, and how many it has. */
interface Quoted extends Span {
  readonly depth: number;
}

/** A mail program that breaks a long line leaves its end without a mark. */
const isShort = ({ start, end }: Span): boolean => end - start < shortestBroken;
const shortestBroken = 68;

/** Whether what is quoted ends with the line that ends at an offset, and something else begins right below. */
function endsQuotation(text: string, end: number): boolean {
  const below = text.charCodeAt(end + 1);
  if (end + 1 >= text.length || below === greaterThan || below === lineFeed || below === carriageReturn) return false;
  const newline = text.indexOf('\n', end + 1);
  return newline < 0 || text.charCodeAt(newline + 1) !== greaterThan;
}

function firstQuoted(text: string): number {
  return text.charCodeAt(0) === greaterThan ? 0 : nextQuoted(text, 0);
}

/** Where the next line begins with a mark, below an offset; -1 where there is none. */
function nextQuoted(text: string, from: number): number {
  const found = text.indexOf('\n>', from);
  return found < 0 ? -1 : found + 1;
}

/**
 * How many characters of a line that begins with a mark are marks with the blank behind them, and how many marks these are.
 * @param isBelow Whether a line with a mark stands above.
 * @param isBeside Whether one stands above or below.
 */
function marksAt(text: string, { start, end }: Span, isBelow: boolean, isBeside: boolean): { readonly length: number; readonly depth: number } {
  let last = start;
  let depth = 0;
  for (let at = start; at < end && at <= last + 1; at++) {
    const code = text.charCodeAt(at);
    if (code === greaterThan) {
      last = at + 1;
      depth += 1;
    } else if (!isBlank(code)) break;
  }
  // Sendmail shows so what it has sent.
  const sent = Math.max(start, last - '>>>'.length);
  if (standsAt(text, command, sent)) return { length: sent - start, depth: depth - '>>>'.length };
  // Two blanks are an indentation, which is the text's.
  if (last < end && isBlank(text.charCodeAt(last))) return { length: last + 1 - start, depth };
  // Without a blank it may be the end of a tag, or what a mailbox puts before a line of a message.
  return isBeside && (isBelow || !text.startsWith('>From ', start)) ? { length: last - start, depth } : { length: 0, depth: 0 };
}

const command = />>> (?:HELO|EHLO|LHLO|STARTTLS|AUTH|MAIL|RCPT|DATA|BDAT|RSET|NOOP|QUIT|VRFY|EXPN)\b/iy;
