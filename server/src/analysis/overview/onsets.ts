/** Since when a failure is there, when it last went well, and what the logs show in between. */

import type { Journeys } from '../messages/journeys.ts';
import { placeNear } from '../messages/messageClock.ts';
import { type Fate, statusOfFate } from '../messages/messageFate.ts';
import { isoOf } from '../messages/toldMessage.ts';
import { boundsOf, type Corrected, countOf, type Series, type TimedPlace } from './failureSeries.ts';
import type { NotedEvent, Overview } from './overview.ts';

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
}

const most = { before: 10, recipients: 10 } as const;
/** In milliseconds. */
const leeway = 2_000;
/** So long before the first failure something can have been its cause, where nothing went well in between. */
const longestCause = 24 * 3_600_000;

/** The most frequent first. */
export function tellOnsets(overview: Overview): Onset[] {
  const { journeys, series } = overview;
  const skews = journeys.clocks.skews();
  const affected = affectedBy(journeys);
  const successes = new Successes(journeys, skews, new Set([...series.all.values()].map(({ target }) => target)));
  const events = placedEvents(overview, skews);
  const rank = { error: 0, warning: 1, information: 2 } as const;
  return [...series.all.values()]
    .sort((one, other) => countOf(other) - countOf(one) || rank[one.severity] - rank[other.severity] || (one.key < other.key ? -1 : 1))
    .map((one) => {
      const { key, failure, title, severity, target, seen } = one;
      const { first, last } = boundsOf(one, skews);
      const known = failure === null ? undefined : affected.get(`${failure}\n${target}`);
      const success = successes.before(target, first.at);
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
      };
    });
}

interface Affected {
  readonly messages: Set<number>;
  readonly recipients: Set<string>;
  recovered: number;
}

function affectedBy({ table }: Journeys): Map<string, Affected> {
  const affected = new Map<string, Affected>();
  const isHandedOn = (next: number): boolean => table.hasLocal(next);
  table.messages.forEach((message, number) => {
    if (table.root(number) !== number) return;
    const add = (fate: Fate): void => {
      if (!fate.reason) return;
      const key = `${table.names.text(fate.reason.failure)}\n${table.names.text(fate.reason.target)}`;
      const known = affected.get(key) ?? { messages: new Set(), recipients: new Set(), recovered: 0 };
      affected.set(key, known);
      known.messages.add(number);
      if (fate.isNamed && known.recipients.size < most.recipients) known.recipients.add(table.names.text(fate.address));
      if (fate.isNamed && statusOfFate(fate, isHandedOn, { isDated: message.isTracked }) === 'recovered') known.recovered += 1;
    };
    for (const fate of message.fates) add(fate);
    if (message.common) add(message.common);
  });
  return affected;
}

/** When something went well over a connector or to a host. */
class Successes {
  private readonly places = new Map<string, { readonly steps: number[]; readonly times: number[] }>();
  private readonly table: Journeys['table'];

  constructor({ table }: Journeys, skews: ReadonlyMap<string, number>, targets: ReadonlySet<string>) {
    this.table = table;
    for (let index = 0; index < table.length; index += 1) {
      if (Number.isNaN(table.timeAt(index))) continue;
      const { what, connector, remoteHost, server = '' } = table.keptStep(index);
      if (what !== 'sent' && what !== 'delivered' && what !== 'received') continue;
      for (const target of [connector, remoteHost]) {
        if (target === undefined || !targets.has(target)) continue;
        const known = this.places.get(target) ?? { steps: [], times: [] };
        if (known.steps.length === 0) this.places.set(target, known);
        known.steps.push(index);
        known.times.push(table.timeAt(index) - 1_000 * (skews.get(server) ?? 0));
      }
    }
  }

  /** The last one before a moment. */
  before(target: string, at: number): Corrected | undefined {
    const { steps = [], times = [] } = this.places.get(target) ?? {};
    let best = -1;
    for (const [index, time] of times.entries()) if (time < at && (best < 0 || time > (times[best] as number))) best = index;
    if (best < 0) return undefined;
    const { file, line, time } = this.table.keptStep(steps[best] as number);
    return { place: { at: time, localTime: undefined, file, line }, at: times[best] as number };
  }
}

interface Placed {
  readonly event: NotedEvent;
  /** NaN where nothing says the zone of its local time. */
  readonly at: number;
}

/** A server's own greetings state the zone in which it writes the times of its events. */
function placedEvents({ events, journeys, first, last }: Overview, skews: ReadonlyMap<string, number>): Placed[] {
  const near = first <= last ? (first + last) / 2 : Number.NaN;
  return events.map((event) => {
    const zone = journeys.clocks.zoneOf(event.server);
    const written = Number.isNaN(event.at) && event.localTime !== undefined && zone !== undefined ? placeNear(event.localTime, near, zone) : event.at;
    return { event, at: written - 1_000 * (skews.get(event.server ?? '') ?? 0) };
  });
}

/**
 * The likeliest cause first: what is of the kind of the failure, then what is an error, then what is of a server that failed, then what is
 * nearest. Beside the failure's own kind only what a server says of itself can be a cause: a certificate explains no full mailbox.
 */
function causesOf({ category }: Series, events: readonly Placed[], from: number, to: number, servers: ReadonlySet<string>): Onset['before'] {
  const isOfServer = (event: NotedEvent): boolean => event.server !== undefined && servers.has(event.server);
  const canBe = ({ event }: Placed): boolean => event.category === category || (event.category === 'server' && isOfServer(event));
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
