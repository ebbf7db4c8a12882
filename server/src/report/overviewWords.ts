/** The sentences that all outputs of the overview share. Log text in them is as it is written: each output makes it harmless in its own way. */

import { type RecipientStatus, recipientStatuses } from '../analysis/messages/messageFate.ts';
import type { MissingLog } from '../analysis/messages/missingLogs.ts';
import type { Onset, ToldPlace } from '../analysis/overview/onsets.ts';
import type { ToldReport } from '../analysis/overview/toldReport.ts';
import type { ReadTotals } from '../analysis/tally.ts';
import { plural, unreadClauses } from './unread.ts';

/** So many of a kind are told to a reader; programs get all. */
export const shownAtMost = { onsets: 20, missing: 20, before: 3, recipients: 5 } as const;

/** `2026-03-02 06:48:37 UTC`; a local time as it is written. */
export function momentOf({ time, localTime }: Pick<ToldPlace, 'time' | 'localTime'>): string {
  if (time !== null) return `${time.slice(0, 19).replace('T', ' ')} UTC`;
  return localTime === undefined ? 'time not stated' : `${localTime} (zone not stated)`;
}

export function fileAndLine({ file, line }: Pick<ToldPlace, 'file' | 'line'>): string {
  return `${file === '-' ? 'standard input' : file}:${line}`;
}

/** "427 messages: 380 delivered, 21 delayed". */
export function messageClause({ messages }: ToldReport): string {
  const all = Object.values(messages).reduce((sum, count) => sum + count, 0);
  return all === 0 ? 'No message was followed' : `${plural(all, 'message')}: ${statusCounts(messages)}`;
}

export function statusCounts(counts: Readonly<Record<RecipientStatus, number>>): string {
  return recipientStatuses.flatMap((status) => (counts[status] > 0 ? [`${counts[status]} ${status}`] : [])).join(', ');
}

/** "39 files, 2026-03-02 06:15 to 07:15 UTC". */
export function readClause({ from, to }: ToldReport, totals: ReadTotals): string {
  const span = from === null || to === null ? '' : `, ${from.slice(0, 16).replace('T', ' ')} to ${to.slice(0, 16).replace('T', ' ')} UTC`;
  return [`${plural(totals.files, 'file')}${span}`, ...unreadClauses(totals)].join('; ');
}

export function skewClauses({ skew }: ToldReport): string[] {
  return Object.entries(skew).map(([server, seconds]) => `The clock of ${server} is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} the others.`);
}

/** "110 times, 21 messages, 3 of their recipients got it later". */
export function countClause({ count, messages, recovered }: Onset): string {
  return [plural(count, 'time'), ...(messages > 0 ? [plural(messages, 'message')] : []), ...(recovered > 0 ? [`${plural(recovered, 'recipient')} got it later`] : [])].join(', ');
}

export function missingClause({ server, log, from, to, why }: MissingLog): string {
  return `${server}: ${log}, ${from.slice(0, 16).replace('T', ' ')} to ${to.slice(11, 16)} UTC: ${why}`;
}
