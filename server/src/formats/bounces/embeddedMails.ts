/** Bounces with their header fields that stand within a text: below the words of whoever asks for help, in a block of code, one below the other. */

import { lineEnd, lineStart, nextLine } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import type { Span } from '../../values.ts';
import { isSurelyBounce } from './mail.ts';
import { readFields, readMail } from './mime.ts';

/** A field that no mail is without which people show. */
export const subjectLiteral = '\nSubject:';

/** The header fields that begin within a text and say that their mail is a bounce, in order: where each block begins. */
export function embeddedStarts(text: string, occurrences: Occurrences): number[] {
  const starts: number[] = [];
  let above: Subject = { line: -1, start: -1 };
  for (const newline of occurrences(subjectLiteral)) {
    const line = newline + 1;
    const start = headerStart(text, line, above);
    const isKnown = start === above.start;
    above = { line, start };
    if (start > 0 && !isKnown && saysBounce(readFields(text, { start, end: Math.min(text.length, start + longestHeader) }).fields)) starts.push(start);
  }
  return starts;
}

/** The mails that begin there and are bounces: each ends where the next one begins, in a mailbox too, or with the block of code that it stands in. */
export function embeddedMails(text: string, occurrences: Occurrences): Span[] {
  const starts = embeddedStarts(text, occurrences);
  const spans = starts.map((start, index) => ({ start, end: Math.min(starts[index + 1] ?? text.length, fenceEnd(text, start), mailboxEnd(text, start)) }));
  return spans.filter((span) => isSurelyBounce(readMail(text, span)));
}

const longestHeader = 64_000;
/** So many lines are looked at above the subject. */
const mostFields = 200;

/** A line with the subject, and where the block of header fields begins that it stands in. */
interface Subject {
  readonly line: number;
  readonly start: number;
}

/**
 * Where the block of header fields begins that a line stands in: fields, and lines that go on with one (RFC 5322, 2.2.3).
 * @param above The subject above: what stands above that has been looked at.
 */
function headerStart(text: string, subject: number, above: Subject): number {
  let start = subject;
  for (let line = subject, count = 0; line > 0 && count < mostFields; count++) {
    line = lineStart(text, line - 1);
    if (line === above.line) return above.start;
    const beginning = text.slice(line, Math.min(lineEnd(text, line), line + longestName));
    if (field.test(beginning)) start = line;
    else if (!/^[ \t]+\S/.test(beginning)) break;
  }
  return start;
}

const field = /^[A-Za-z][A-Za-z0-9-]{1,60}:(?:[ \t]|$)/;
const longestName = 80;

/** Whether the header alone says so; what the parts say is read where it does. */
function saysBounce(fields: ReadonlyMap<string, string>): boolean {
  if (!fields.has('from')) return false;
  return isSurelyBounce({ type: 'text/plain', fields, span: nowhere, body: nowhere, parts: [] });
}

const nowhere: Span = { start: 0, end: 0 };

/** Where the block of code ends whose first line stands above an offset; the end of the text where none does. */
function fenceEnd(text: string, start: number): number {
  const above = lineStart(text, start - 1);
  const fence = /^[ \t]{0,3}(`{3,}|~{3,})/.exec(text.slice(above, start))?.[1];
  if (!fence) return text.length;
  const end = text.indexOf(`\n${fence}`, nextLine(text, start) - 1);
  return end < 0 ? text.length : end + 1;
}

/** Where the next mail of a mailbox begins, of which a piece was copied: in it each mail has a line "From " above its header. */
function mailboxEnd(text: string, start: number): number {
  if (!text.startsWith('From ', lineStart(text, start - 1))) return text.length;
  const next = text.indexOf('\n\nFrom ', start);
  return next < 0 ? text.length : next + 1;
}
