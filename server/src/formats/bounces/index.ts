/** Bounces: mails as files, and what Outlook, a ticket or a report for machines keeps of them. */

import { carriageReturn, lineFeed } from '../../text/characters.ts';
import { LineFeedText } from '../../text/lineFeeds.ts';
import { createOccurrences, type Occurrences } from '../../text/occurrences.ts';
import type { Seam } from '../../text/seam.ts';
import { firstBehind, inOrder, stretchAt } from '../../text/spans.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { joinBounce } from './bounce.ts';
import { embeddedMails, embeddedStarts, subjectLiteral } from './embeddedMails.ts';
import { beginsAsMail, findMails, isMailbox, mayBeMail, readBounce } from './mail.ts';
import { findPasted, findSigns, readPasted, signLiterals } from './pasted.ts';

export { bounceReasons } from './reasons.ts';

export const ndr: LogFormat = {
  id: 'ndr',
  title: 'Bounce (NDR, DSN)',
  literals: [...signLiterals, subjectLiteral],
  find: findBounces,
  signs: (text, occurrences, beginnings) =>
    inOrder([mailBeginnings(text, beginnings), embeddedStarts(text, occurrences), findSigns(text, [{ start: 0, end: text.length }], occurrences)]),
  steps: readBounces,
  seam: mailboxSeam,
  isWhole: true,
};

function mailBeginnings(text: string, beginnings: readonly number[]): number[] {
  const mails: number[] = [];
  for (let index = 0; index < beginnings.length; index++) {
    const start = beginnings[index] as number;
    if (mayBeMail(text, start, beginnings[index + 1] ?? text.length)) mails.push(start);
  }
  return mails;
}

/**
 * As long as no bounce stands in a mailbox file it is cut between its mails, since anything in a mail can say that it is one; what stands below
 * is a mailbox file too.
 */
function mailboxSeam(text: string, at: number): Seam | undefined {
  if (!isMailbox(text)) return undefined;
  for (let line = text.lastIndexOf('\nFrom ', at - 1); line > 0; line = text.lastIndexOf('\nFrom ', line - 1)) {
    // The line is looked at only as far as the name of the sender.
    if (/^\nFrom \S+ /.test(text.slice(line, line + longestSender)) && isEmptyAbove(text, line)) return { at: line + 1, preamble: mailboxLine, context: line + 1 };
  }
  return { at: 0, preamble: '', context: 0 };
}

/** Whether the line above the one that ends at an offset is empty. */
function isEmptyAbove(text: string, end: number): boolean {
  const above = text.charCodeAt(end - 1) === carriageReturn ? end - 2 : end - 1;
  return text.charCodeAt(above) === lineFeed;
}

const mailboxLine = 'From -\n\n';
const longestSender = 400;

// A bounce is read from sentences and paragraphs, so it is read with LF as its only line end, and what was found is put in its place.

function findBounces(text: string, free: readonly Span[], occurrences: Occurrences): Span[] {
  const signs = findSigns(text, free, occurrences);
  if (signs.length === 0 && !beginsAsMail(text) && embeddedStarts(text, occurrences).length === 0) return [];
  const lines = new LineFeedText(text);
  const { mails, isAll } = mailsIn(lines.text);
  const others = isAll ? [] : signs.map((sign) => lines.index(sign)).filter((sign) => !stretchAt(mails, sign));
  const found = [...mails, ...findPasted(lines.text, others).flatMap((span) => outside(mails, span))];
  return found.sort((one, other) => one.start - other.start).map((span) => placed(span, lines));
}

/** A text that begins as a mail, or as a mailbox, has no other bounces than those that are mails. */
function mailsIn(text: string): { readonly mails: readonly Span[]; readonly isAll: boolean } {
  const mails = findMails(text);
  return mails.length > 0 ? { mails, isAll: true } : { mails: embeddedMails(text, createOccurrences(text)), isAll: false };
}

/** What stands of a stretch before the first mail in it. */
function outside(mails: readonly Span[], { start, end }: Span): Span[] {
  const mail = mails[firstBehind(mails, start)];
  if (!mail || mail.start >= end) return [{ start, end }];
  return mail.start > start ? [{ start, end: mail.start }] : [];
}

function readBounces(text: string, stretches: readonly Span[]): LogRecord[] {
  if (stretches.length === 0) return [];
  const lines = new LineFeedText(text);
  const mails = new Set(mailsIn(lines.text).mails.map(({ start }) => start));
  const records = stretches.flatMap(({ start, end }) => {
    const span = { start: lines.index(start), end: lines.index(end) };
    return joinBounce(mails.has(span.start) ? readBounce(lines.text, span) : readPasted(lines.text, span));
  });
  return records.map((record) =>
    withChanges(record, { span: placed(record.span, lines), mark: placed(record.mark, lines), places: record.places.map((place) => placed(place, lines)) }),
  );
}

function placed({ start, end }: Span, lines: LineFeedText): Span {
  return { start: lines.place(start), end: lines.place(end) };
}
