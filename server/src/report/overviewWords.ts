/** The sentences that all outputs of the overview share. Log text in them is as it is written: each output makes it harmless in its own way. */

import { type RecipientStatus, recipientStatuses } from '../analysis/messages/messageFate.ts';
import type { MissingLog } from '../analysis/messages/missingLogs.ts';
import type { Actor } from '../analysis/overview/actors.ts';
import type { Onset, ToldPlace } from '../analysis/overview/onsets.ts';
import type { ToldReport } from '../analysis/overview/toldReport.ts';
import type { ReadTotals } from '../analysis/tally.ts';
import { shortened } from '../text/visible.ts';
import { plural, unreadClauses } from './unread.ts';

/** So many of a kind are told to a reader; programs get all. */
export const shownAtMost = { onsets: 20, missing: 20, before: 3, recipients: 5, top: 10 } as const;

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

/** "110 times, 21 messages, 3 deliveries arrived later, 18 have not". A delivery is one message to one recipient: who waits for three is counted three times. */
export function countClause({ count, messages, recovered, unresolved }: Onset): string {
  const later = recovered > 0 ? [`${recovered} ${deliveries(recovered)} arrived later`] : [];
  const waiting =
    unresolved === 0
      ? []
      : recovered > 0
        ? [`${unresolved} ${unresolved === 1 ? 'has' : 'have'} not`]
        : [`${unresolved} ${deliveries(unresolved)} ${unresolved === 1 ? 'has' : 'have'} not arrived`];
  return [plural(count, 'time'), ...(messages > 0 ? [plural(messages, 'message')] : []), ...later, ...waiting].join(', ');
}

const deliveries = (count: number): string => (count === 1 ? 'delivery' : 'deliveries');

/** Whose turn it is, in the words of the report. */
export const actorWords: Readonly<Record<Actor, string>> = {
  us: 'ours: this organisation',
  them: 'theirs: the other side',
  sender: 'the person who sent it',
  nobody: 'nobody: it passes by itself',
  unclear: 'not clear from the logs',
};

/** "Ours to fix. Who must act: the administrator of the sending server." */
export function actorClause({ actor, whoActs }: Onset): string[] {
  const whose = actor === 'us' ? 'Ours to fix. ' : actor === 'them' ? 'For the other side to fix. ' : '';
  return whoActs === null ? [] : [`${whose}Who must act: ${whoActs}`];
}

/** "Logs that tell more of it: ex01: SMTP send log (Hub), 06:00 UTC; ex02: SMTP send log (Hub), 06:00 UTC (missing)." */
export function logsClause({ logs }: Onset): string[] {
  const told = logs
    .slice(0, 6)
    .map(({ server, log, from, isThere }) => `${server}: ${log}, ${from.slice(11, 16)} UTC${isThere ? '' : log === 'Pipeline tracing' ? ' (off unless turned on)' : ' (missing)'}`);
  const rest = logs.length > told.length ? `; and ${logs.length - told.length} more` : '';
  return told.length === 0 ? [] : [`Logs that tell more of it: ${told.join('; ')}${rest}.`];
}

/** Of these failures some are in the charts by what another log says of them: how many, no log says. */
export function undatedClause({ times: { undated } }: ToldReport): string[] {
  if (undated === 0) return [];
  const [stand, their, them] = undated === 1 ? ['stands', 'its', 'it'] : ['stand', 'their', 'them'];
  const told = `${plural(undated, 'failure')} ${stand} in logs that do not say ${their} time in full: without a zone, without a year, or with a day that could be the month.`;
  return [`${told} The charts over time have ${them} only where another log tells the same in full.`];
}

/** "152 of 221 failures (69 %) are ours to fix.", and why these are fewer than the findings of a scan. */
export function shareClause(actors: ToldReport['actors']): string[] {
  const all = Object.values(actors).reduce((sum, count) => sum + count, 0);
  return all === 0
    ? []
    : [
        `${actors.us} of ${all} failures (${Math.round((100 * actors.us) / all)} %) are ours to fix, as far as the logs and the knowledge base tell. A failure that several logs tell of counts once here; a scan counts each of its lines.`,
      ];
}

/** The counts of a report, each with its name, most frequent first; what does not occur is left out. */
export function summaryClauses({ recovery, permanence, sessions, categories, top }: ToldReport): (readonly [string, string])[] {
  const counted = (pairs: readonly (readonly [string, number])[]): string =>
    pairs
      .filter(([, count]) => count > 0)
      .slice(0, shownAtMost.top)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const named = (names: ToldReport['top'][keyof ToldReport['top']]): string => counted(names.map(({ name, count }) => [shortened(name, 80), count]));
  const clauses: (readonly [string, string])[] = [
    [
      'Recipients',
      counted([
        ['recovered', recovery.recovered],
        ['unresolved', recovery.unresolved],
      ]),
    ],
    [
      'Answers',
      counted([
        ['permanent', permanence.permanent],
        ['transient', permanence.transient],
        ['without a code', permanence.unstated],
      ]),
    ],
    ['Kinds', counted(categories.map(({ category, count }) => [category, count]))],
    ['Sessions', counted(sessions.map(({ verdict, count }) => [verdict, count]))],
    ['Destinations', named(top.destinations)],
    ['Connectors', named(top.connectors)],
    ['Remote hosts', named(top.remoteHosts)],
    ['Codes', named(top.codes)],
  ];
  return clauses.filter(([, clause]) => clause !== '');
}

/** "2026-03-02 06:45"; the day alone where a stretch is whole days. */
export function binName(from: string, minutes: number): string {
  return minutes >= 1_440 ? from.slice(0, 10) : from.slice(0, 16).replace('T', ' ');
}

export function lengthOfBin(minutes: number): string {
  if (minutes % 1_440 === 0) return plural(minutes / 1_440, 'day');
  return minutes % 60 === 0 ? plural(minutes / 60, 'hour') : plural(minutes, 'minute');
}

/** "2026-03-02 07:00 to 08:00 UTC". */
export function lengthIn(from: string, to: string): string {
  return `${from.slice(0, 16).replace('T', ' ')} to ${to.slice(11, 16)} UTC`;
}

export function missingClause({ server, log, from, to, why }: MissingLog): string {
  return `${server}: ${log}, ${lengthIn(from, to)}: ${why}`;
}
