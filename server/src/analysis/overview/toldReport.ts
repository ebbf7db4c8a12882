/** The overview as other programs see it. The names and their order are part of the command line's contract. */

import type { What } from '../../values.ts';
import { type RecipientStatus, recipientStatuses } from '../messages/messageFate.ts';
import type { MissingLog } from '../messages/missingLogs.ts';
import { isoOf, tellMessages } from '../messages/toldMessage.ts';
import { type Onset, tellOnsets } from './onsets.ts';
import type { Overview } from './overview.ts';

export interface ToldReport {
  /** The first and the last time in the logs that say their zone. */
  readonly from: string | null;
  readonly to: string | null;
  readonly messages: Readonly<Record<RecipientStatus, number>>;
  readonly recipients: Readonly<Record<RecipientStatus, number>>;
  /** Messages that servers send themselves to see whether they can. */
  readonly probes: number;
  /** In the order of time; the hour is null where the logs do not say the zone. */
  readonly hours: readonly ToldHour[];
  readonly onsets: readonly Onset[];
  readonly missing: readonly MissingLog[];
  /** The seconds by which clocks surely differ: ahead above 0. */
  readonly skew: Readonly<Record<string, number>>;
}

export interface ToldHour {
  readonly hour: string | null;
  readonly what: What;
  readonly failure: string | null;
  readonly destination: string;
  readonly count: number;
}

export function tellReport(overview: Overview): ToldReport {
  const { journeys, hours, first, last } = overview;
  const messages = emptyCounts();
  const recipients = emptyCounts();
  /** How many messages end in each missing log. */
  const ends = new Map<string, number>();
  const told = tellMessages(journeys, (step, at) => hours.behind(step.server, step.remoteHost, at));
  for (const message of told.messages) {
    messages[message.status] += 1;
    for (const { status } of message.recipients) recipients[status] += 1;
    for (const missing of message.missing ?? []) ends.set(keyOf(missing), (ends.get(keyOf(missing)) ?? 0) + 1);
  }
  const isDated = first <= last;
  return {
    from: isDated ? isoOf(first) : null,
    to: isDated ? isoOf(last) : null,
    messages,
    recipients,
    probes: told.probes(),
    hours: tellHours(overview),
    onsets: tellOnsets(overview),
    missing: hours
      .holes()
      .map((hole) => ({ hole, count: ends.get(keyOf(hole)) ?? 0 }))
      .sort((one, other) => other.count - one.count)
      .map(({ hole, count }) => (count === 0 ? hole : { ...hole, why: `${hole.why}; it would show how ${count} ${count === 1 ? 'message' : 'messages'} went on` })),
    skew: Object.fromEntries(journeys.clocks.skews()),
  };
}

const keyOf = ({ server, log, from }: MissingLog): string => `${server}\n${log}\n${from}`;

const emptyCounts = (): Record<RecipientStatus, number> => Object.fromEntries(recipientStatuses.map((status) => [status, 0])) as Record<RecipientStatus, number>;

function tellHours({ cells }: Overview): ToldHour[] {
  return [...cells.values()]
    .sort((one, other) => (Number.isNaN(one.hour) ? 1 : Number.isNaN(other.hour) ? -1 : one.hour - other.hour) || other.count - one.count || (one.failure < other.failure ? -1 : 1))
    .map(({ hour, what, failure, destination, count }) => ({
      hour: Number.isNaN(hour) ? null : isoOf(hour * 3_600_000),
      what,
      failure: failure === '' ? null : failure,
      destination,
      count,
    }));
}
