/** Since when a failure is there, when it last went well, and what the logs show in between. */

import type { Category } from '../../values.ts';
import type { Journeys } from '../messages/journeys.ts';
import { placeNear } from '../messages/messageClock.ts';
import { type Fate, statusOfFate } from '../messages/messageFate.ts';
import { isoOf } from '../messages/toldMessage.ts';
import type { Actor } from './actors.ts';
import type { SeenChange } from './changes.ts';
import { boundsOf, countOf, countsOf, type Series, type TimedPlace } from './failureSeries.ts';
import type { NotedEvent, Overview } from './overview.ts';
import { type SettlingLog, settlingLogs } from './settlingLogs.ts';
import { Successes } from './successes.ts';

/** The names are part of the command line's contract. */
export interface ToldPlace {
  readonly time: string | null;
  /** As it is written, only where `time` is null. */
  readonly localTime?: string;
  readonly file: string;
  readonly line: number;
}

export interface Onset {
  /** null where only a registry knows the code. */
  readonly failure: string | null;
  readonly code: string;
  readonly title: string;
  readonly severity: Series['severity'];
  readonly target: string;
  readonly count: number;
  /** How many recipients got their message later. */
  readonly recovered: number;
  /** How many messages failed, wait or waited because of it, and some of their recipients. */
  readonly messages: number;
  readonly recipients: readonly string[];
  readonly first: ToldPlace;
  readonly last: ToldPlace;
  readonly lastSuccess: ToldPlace | null;
  /** What the logs show before the first failure, likeliest cause first. */
  readonly before: readonly (ToldPlace & { readonly what: string })[];
  readonly category: Category;
  /** How many recipients have not got their message, as far as the logs show it. */
  readonly unresolved: number;
  readonly transient: number;
  readonly permanent: number;
  /** Who must act, and the sentence that says so; null where no document knows the failure. */
  readonly actor: Actor;
  readonly whoActs: string | null;
  /** The last success to the domain that most of its recipients are of, where that is not the target. */
  readonly lastSuccessTo: (ToldPlace & { readonly domain: string }) | null;
  /** What went well with the same target after the last failure: it may be over. */
  readonly nextSuccess: ToldPlace | null;
  /** The logs that tell more of its beginning, and whether they are among the files. */
  readonly logs: readonly SettlingLog[];
}

const most = { before: 10, recipients: 10 } as const;
/** In milliseconds. */
const leeway = 2_000;
/** So long before the first failure something can have been its cause, where nothing went well in between. */
const longestCause = 24 * 3_600_000;

/** The most frequent first. */
export function tellOnsets(overview: Overview): Onset[] {
  const { journeys, series, hours } = overview;
  const skews = journeys.clocks.skews();
  const affected = affectedBy(journeys);
  const successes = new Successes(
    journeys,
    overview.successes,
    skews,
    new Set([...series.all.values()].flatMap((one) => [one.target, one.target.toLowerCase(), domainOfMost(one) ?? ''])),
  );
  const events = placedEvents(overview, skews);
  const rank = { error: 0, warning: 1, information: 2 } as const;
  return [...series.all.values()]
    .sort((one, other) => countOf(other) - countOf(one) || rank[one.severity] - rank[other.severity] || (one.key < other.key ? -1 : 1))
    .map((one) => {
      const { key, failure, title, category, severity, target, seen } = one;
      const { first, last } = boundsOf(one, skews);
      const known = failure === null ? undefined : affected.get(`${failure}\n${target}`);
      const success = successes.before(target, first.at);
      const next = successes.after(target, last.at);
      const domain = domainOfMost(one);
      const toDomain = domain === undefined || domain === target ? undefined : successes.before(domain, first.at);
      const from = success ? success.at : first.at - longestCause;
      return {
        failure,
        code: key,
        title,
        severity,
        target,
        count: countOf(one),
        recovered: known?.recovered ?? 0,
        messages: known?.messages.size ?? 0,
        recipients: [...(known?.recipients ?? [])],
        first: tellPlace(first.place),
        last: tellPlace(last.place),
        lastSuccess: success ? tellPlace(success.place) : null,
        before: causesOf(one, events, from, first.at, new Set(seen.keys())),
        category,
        unresolved: known?.unresolved ?? 0,
        transient: countsOf(one).transient,
        permanent: countsOf(one).permanent,
        actor: one.actor,
        whoActs: one.whoActs ?? null,
        lastSuccessTo: toDomain && domain !== undefined ? { domain, ...tellPlace(toDomain.place) } : null,
        nextSuccess: next ? tellPlace(next.place) : null,
        logs: settlingLogs(one, hours, skews),
      };
    });
}

interface Affected {
  readonly messages: Set<number>;
  readonly recipients: Set<string>;
  recovered: number;
  unresolved: number;
}

/** The domain that most of a failure's recipients are of. */
function domainOfMost({ domains }: Series): string | undefined {
  let best: readonly [string, number] | undefined;
  for (const one of domains) if (!best || one[1] > best[1] || (one[1] === best[1] && one[0] < best[0])) best = one;
  return best?.[0];
}

function affectedBy({ table }: Journeys): Map<string, Affected> {
  const affected = new Map<string, Affected>();
  const isHandedOn = (next: number): boolean => table.hasLocal(next);
  table.messages.forEach((message, number) => {
    if (table.root(number) !== number) return;
    const add = (fate: Fate): void => {
      if (!fate.reason) return;
      const key = `${table.names.text(fate.reason.failure)}\n${table.names.text(fate.reason.target)}`;
      const known = affected.get(key) ?? { messages: new Set(), recipients: new Set(), recovered: 0, unresolved: 0 };
      affected.set(key, known);
      known.messages.add(number);
      if (fate.isNamed && known.recipients.size < most.recipients) known.recipients.add(table.names.text(fate.address));
      const status = fate.isNamed ? statusOfFate(fate, isHandedOn, { isDated: message.isTracked }) : undefined;
      if (status === 'recovered') known.recovered += 1;
      else if (status === 'failed' || status === 'delayed') known.unresolved += 1;
    };
    for (const fate of message.fates) add(fate);
    if (message.common) add(message.common);
  });
  return affected;
}

interface Placed {
  readonly event: NotedEvent;
  /** NaN where nothing says the zone of its local time. */
  readonly at: number;
}

/** A server's own greetings state the zone in which it writes the times of its events. */
function placedEvents({ events, changes, journeys, first, last }: Overview, skews: ReadonlyMap<string, number>): Placed[] {
  const near = first <= last ? (first + last) / 2 : Number.NaN;
  return [...events, ...changes.told(first, last).map(eventOfChange)].map((event) => {
    const zone = journeys.clocks.zoneOf(event.server);
    const written = Number.isNaN(event.at) && event.localTime !== undefined && zone !== undefined ? placeNear(event.localTime, near, zone) : event.at;
    return { event, at: written - 1_000 * (skews.get(event.server ?? '') ?? 0) };
  });
}

/** A service that starts is a matter of its server; a connector is new to what goes over it. */
function eventOfChange({ kind, name, server, at, file, line }: SeenChange): NotedEvent {
  const what = kind === 'start' ? 'the transport service started: its session ids count from this time' : `the first row over the connector ${name} in these logs`;
  const connector = kind === 'connector' ? name : undefined;
  return { at, localTime: undefined, file, line, name: what, title: '', category: kind === 'start' ? 'server' : null, severity: null, server, connector };
}

/**
 * The likeliest cause first: what is of the kind of the failure, then what is an error, then what is of a server that failed, then what is
 * nearest. Beside the failure's own kind only what a server says of itself can be a cause: a certificate explains no full mailbox.
 */
function causesOf({ key, category, target }: Series, events: readonly Placed[], from: number, to: number, servers: ReadonlySet<string>): Onset['before'] {
  const isOfServer = (event: NotedEvent): boolean => event.server !== undefined && servers.has(event.server);
  // Nothing explains itself.
  const canBe = ({ event }: Placed): boolean =>
    event.key !== key && (event.connector === undefined ? event.category === category || (event.category === 'server' && isOfServer(event)) : event.connector === target);
  // Clocks and logs of one server agree to the second at best.
  const isBetween = ({ at }: Placed): boolean => at >= from - leeway && at <= to + leeway;
  const weight = ({ event }: Placed): number =>
    (event.category === category ? 8 : 0) + (event.severity === 'error' ? 3 : event.severity === 'warning' ? 1 : 0) + (isOfServer(event) ? 2 : 0);
  const possible = events.filter(canBe);
  const found = possible.filter(isBetween).sort((one, other) => weight(other) - weight(one) || other.at - one.at);
  // What cannot be placed is told behind what can.
  const open = possible.filter(({ at, event }) => Number.isNaN(at) && event.category === category);
  return [...found, ...open].slice(0, most.before).map(({ event, at }) => ({
    ...tellPlace({ ...event, at: Number.isNaN(event.at) ? at : event.at }),
    what: event.title === '' ? event.name : `${event.name}: ${event.title}`,
  }));
}

function tellPlace({ at, localTime, file, line }: TimedPlace): ToldPlace {
  return { time: isoOf(at), ...(Number.isNaN(at) && localTime !== undefined && { localTime }), file, line };
}
