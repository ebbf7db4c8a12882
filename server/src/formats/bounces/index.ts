/** Bounces: mails as files, and what Outlook, a ticket or a report for machines keeps of them. */

import { inOrder } from '../../text/spans.ts';
import type { LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { joinBounce } from './bounce.ts';
import { findMails, mayBeMail, readBounce } from './mail.ts';
import { findPasted, findSigns, readPasted, signLiterals } from './pasted.ts';

export const ndr: LogFormat = {
  id: 'ndr',
  title: 'Bounce (NDR, DSN)',
  literals: signLiterals,
  find: (text, _free, occurrences) => {
    const lines = withNewlines(text);
    const mails = findMails(lines);
    return mails.length > 0 ? mails : findPasted(lines, occurrences);
  },
  signs: (text, occurrences, beginnings) => inOrder([mailBeginnings(text, beginnings), findSigns(text, occurrences)]),
  parse: readBounces,
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

function readBounces(text: string, stretches: readonly Span[]): LogRecord[] {
  const lines = withNewlines(text);
  // Only where the text begins as a mail are its bounces mails.
  const mails = new Set(findMails(lines).map(({ start }) => start));
  return stretches.flatMap((stretch) => joinBounce(mails.has(stretch.start) ? readBounce(lines, stretch) : readPasted(lines, stretch)));
}

/** Mails of old Macintoshes end their lines with a carriage return alone; each offset stays what it is. A run of them is replaced as one, since each piece takes its time. */
function withNewlines(text: string): string {
  return text.includes('\r') && !text.includes('\n') ? text.replace(/\r+/g, (run) => '\n'.repeat(run.length)) : text;
}
