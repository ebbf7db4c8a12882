/** The overview as other programs see it. The names and their order are part of the command line's contract. */

import type { Category, What } from '../../values.ts';
import { type RecipientStatus, recipientStatuses } from '../messages/messageFate.ts';
import type { MissingLog } from '../messages/missingLogs.ts';
import { isoOf, tellMessages } from '../messages/toldMessage.ts';
import type { Verdict } from '../sessions/verdicts.ts';
import { verdicts } from '../sessions/verdicts.ts';
import { type Actor, actors } from './actors.ts';
import { countsOf } from './failureSeries.ts';
import { type Onset, tellOnsets } from './onsets.ts';
import type { Overview } from './overview.ts';
import { wantedOf } from './settlingLogs.ts';
import { countBins } from './timeCells.ts';
import { type CategoryCount, type TimeBins, tellTimeBins } from './toldBins.ts';
import { type TopKind, type TopName, topKinds } from './topNames.ts';

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
  /** By the verdict, in its order; only those that occur. */
  readonly sessions: readonly ToldVerdict[];
  /** How many failures were answered for now, for good, or with no answer. */
  readonly permanence: { readonly transient: number; readonly permanent: number; readonly unstated: number };
  /** Of the recipients whom something failed for: who got it later, and who has not. */
  readonly recovery: { readonly recovered: number; readonly unresolved: number };
  /** How many failures are whose to fix. */
  readonly actors: Readonly<Record<Actor, number>>;
  readonly categories: readonly CategoryCount[];
  readonly top: Readonly<Record<TopKind, readonly TopName[]>>;
  /** The same as the hours, in stretches that suit the time that the logs are of. */
  readonly times: TimeBins;
}

export interface ToldVerdict {
  readonly verdict: Verdict;
  readonly count: number;
  /** One of the first of them. */
  readonly file: string;
  readonly line: number;
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
  const onsets = tellOnsets(overview);
  return {
    from: isDated ? isoOf(first) : null,
    to: isDated ? isoOf(last) : null,
    messages,
    recipients,
    probes: told.probes(),
    hours: tellHours(overview),
    onsets,
    missing: missingLogs(overview, onsets)
      .map((hole) => ({ hole, count: ends.get(keyOf(hole)) ?? 0 }))
      .sort((one, other) => other.count - one.count)
      .map(({ hole, count }) => (count === 0 ? hole : { ...hole, why: `${hole.why}; it would show how ${count} ${count === 1 ? 'message' : 'messages'} went on` })),
    skew: Object.fromEntries(journeys.clocks.skews()),
    sessions: verdicts.flatMap((verdict) => {
      const known = overview.sessions.get(verdict);
      return known ? [{ verdict, count: known.count, file: known.file, line: known.line }] : [];
    }),
    ...tellShares(overview, recipients),
    top: Object.fromEntries(topKinds.map((kind) => [kind, overview.names.told(kind)])) as unknown as ToldReport['top'],
    times: tellTimeBins(overview, onsets),
  };
}

/** The holes between the files, and behind them what would tell more of the failures that happen most. */
function missingLogs({ hours }: Overview, onsets: readonly Onset[]): MissingLog[] {
  const holes = hours.holes();
  const known = new Set(holes.map(keyOf));
  const wanted = onsets.slice(0, mostSettled).flatMap(({ title, logs }) => wantedOf(title, logs));
  const further = wanted.filter((log) => {
    const isNew = !known.has(keyOf(log));
    known.add(keyOf(log));
    return isNew;
  });
  return [...holes, ...further];
}

const mostSettled = 10;

function tellShares({ series }: Overview, recipients: Readonly<Record<RecipientStatus, number>>): Pick<ToldReport, 'permanence' | 'recovery' | 'actors' | 'categories'> {
  const permanence = { transient: 0, permanent: 0, unstated: 0 };
  const byActor = Object.fromEntries(actors.map((actor) => [actor, 0])) as Record<Actor, number>;
  const byCategory = new Map<Category, number>();
  for (const one of series.all.values()) {
    const { all, transient, permanent } = countsOf(one);
    permanence.transient += transient;
    permanence.permanent += permanent;
    permanence.unstated += all - transient - permanent;
    byActor[one.actor] += all;
    byCategory.set(one.category, (byCategory.get(one.category) ?? 0) + all);
  }
  return {
    permanence,
    recovery: { recovered: recipients.recovered, unresolved: recipients.failed + recipients.delayed },
    actors: byActor,
    categories: [...byCategory].map(([category, count]) => ({ category, count })).sort((one, other) => other.count - one.count || (one.category < other.category ? -1 : 1)),
  };
}

const keyOf = ({ server, log, from }: MissingLog): string => `${server}\n${log}\n${from}`;

const emptyCounts = (): Record<RecipientStatus, number> => Object.fromEntries(recipientStatuses.map((status) => [status, 0])) as Record<RecipientStatus, number>;

function tellHours({ cells }: Overview): ToldHour[] {
  return countBins(cells, Math.max(60, cells.minutes)).map(({ bin, what, failure, destination, count }) => ({
    hour: Number.isNaN(bin) ? null : isoOf(bin * 60_000),
    what,
    failure: failure === '' ? null : failure,
    destination,
    count,
  }));
}
