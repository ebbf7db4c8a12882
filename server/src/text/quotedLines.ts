/**
 * The marks that mail programs and tickets put before each line of what they quote (`> `, `>> `, `> > `): they say nothing of the text behind
 * them, and it is read without them.
 */

import type { Span } from '../values.ts';
import { greaterThan, isBlank } from './characters.ts';
import type { Excerpt } from './excerpt.ts';
import { standsAt } from './occurrences.ts';
import { countBelow } from './spans.ts';

/**
 * @param isOfLines Whether the lines are texts of their own, of which none says anything of another.
 * @returns undefined where no line is quoted.
 */
export function withoutQuotation(written: string, isOfLines = false): UnquotedText | undefined {
  const lines: number[] = [];
  const behind: number[] = [];
  /** Where the line ends that was looked at last. */
  let above = -2;
  for (let start = firstQuoted(written); start >= 0; start = nextQuoted(written, above)) {
    const newline = written.indexOf('\n', start);
    const end = newline < 0 ? written.length : newline;
    const isBelow = above === start - 1 && !isOfLines;
    const length = marksLength(written, { start, end }, isBelow, isBelow || (!isOfLines && written.charCodeAt(end + 1) === greaterThan));
    above = end;
    if (length === 0) continue;
    lines.push(start);
    behind.push(start + length);
  }
  return lines.length === 0 ? undefined : new UnquotedText(written, lines, behind);
}

function firstQuoted(written: string): number {
  return written.charCodeAt(0) === greaterThan ? 0 : nextQuoted(written, 0);
}

/** Where the next line begins with a mark, below an offset; -1 where there is none. */
function nextQuoted(written: string, from: number): number {
  const found = written.indexOf('\n>', from);
  return found < 0 ? -1 : found + 1;
}

/**
 * How many characters of a line that begins with a mark are marks, and the blank behind them.
 * @param isBelow Whether a line with a mark stands above.
 * @param isBeside Whether one stands above or below.
 */
function marksLength(written: string, { start, end }: Span, isBelow: boolean, isBeside: boolean): number {
  let last = start;
  for (let at = start; at < end && at <= last + 1; at++) {
    const code = written.charCodeAt(at);
    if (code === greaterThan) last = at + 1;
    else if (!isBlank(code)) break;
  }
  // Sendmail shows so what it has sent.
  const sent = Math.max(start, last - '>>>'.length);
  if (standsAt(written, command, sent)) return sent - start;
  // Two blanks are an indentation, which is the text's.
  if (last < end && isBlank(written.charCodeAt(last))) return last + 1 - start;
  // Without a blank it may be the end of a tag, or what a mailbox puts before a line of a message.
  return isBeside && (isBelow || !written.startsWith('>From ', start)) ? last - start : 0;
}

const command = />>> (?:HELO|EHLO|LHLO|STARTTLS|AUTH|MAIL|RCPT|DATA|BDAT|RSET|NOOP|QUIT|VRFY|EXPN)\b/iy;

/** A text without the marks, whose lines begin behind them. */
export class UnquotedText implements Excerpt {
  readonly text: string;
  /** Where each quoted line begins in the written text, in order. */
  private readonly lines: readonly number[];
  /** The same, behind its marks. */
  private readonly behind: readonly number[];
  /** Where it begins here. */
  private readonly starts: readonly number[];

  constructor(written: string, lines: readonly number[], behind: readonly number[]) {
    const starts: number[] = [];
    let text = '';
    let kept = 0;
    for (let index = 0; index < lines.length; index++) {
      text += written.slice(kept, lines[index]);
      kept = behind[index] as number;
      starts.push(text.length);
    }
    this.text = text + written.slice(kept);
    this.lines = lines;
    this.behind = behind;
    this.starts = starts;
  }

  place(index: number): number {
    const line = countBelow(this.starts, index + 1) - 1;
    const start = this.starts[line];
    return start === undefined ? index : (this.behind[line] as number) + index - start;
  }

  /** Where a line begins in the written text, before its marks. */
  lineStart(start: number): number {
    const index = countBelow(this.starts, start);
    return this.starts[index] === start ? (this.lines[index] as number) : this.place(start);
  }

  /** Where an offset of the written text stands here: one within marks, at the beginning of the line. */
  indexOf(place: number): number {
    const index = countBelow(this.lines, place + 1) - 1;
    const start = this.starts[index];
    return start === undefined ? place : start + Math.max(0, place - (this.behind[index] as number));
  }
}
