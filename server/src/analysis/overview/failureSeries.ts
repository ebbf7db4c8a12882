/** Each failure of each destination over time: how often, and where it was first and last seen. */

import type { Finding } from '../../failures.ts';
import type { Category, FormatId, LogRecord, SessionDirection, Severity } from '../../values.ts';
import { keyOfFinding } from '../findingKey.ts';
import { answererOf } from '../findings.ts';
import type { LocatedStep } from '../locatedSteps.ts';
import { targetOf } from '../messages/messageWriter.ts';
import { clockOf } from '../times/clock.ts';
import { type Actor, actorOf, whoActs } from './actors.ts';

/** A line of a file, with its time where the log says the zone. */
export interface TimedPlace {
  /** Milliseconds since 1970; NaN where only the local time is known. */
  readonly at: number;
  readonly localTime: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** One failure with one target. */
export interface Series {
  /** The failure's id, or the code where only a registry knows it. */
  readonly key: string;
  readonly failure: string | null;
  readonly title: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly target: string;
  readonly actor: Actor;
  /** Who must act, as the document about the failure says it. */
  readonly whoActs: string | undefined;
  readonly direction: SessionDirection | undefined;
  /** It stands in a message tracking log. */
  isTracked: boolean;
  /** One attempt stands in several logs: a protocol log, a tracking log, an event. */
  readonly counts: Map<FormatId, SeriesCount>;
  /** How often it was about each domain of recipients. */
  readonly domains: Map<string, number>;
  /** Where each server wrote it down first and last: only when all has been read is it known how their clocks compare. */
  readonly seen: Map<string, SeenBy>;
}

/** How often, and how often with an answer that is for now or for good. */
export interface SeriesCount {
  all: number;
  transient: number;
  permanent: number;
}

interface SeenBy {
  first: TimedPlace;
  last: TimedPlace;
}

const most = { series: 20_000, servers: 50, domains: 20 } as const;

export class FailureSeries {
  readonly all = new Map<string, Series>();

  /** Takes a finding. @param server Who wrote the log. */
  add({ step, line, finding }: LocatedStep & { readonly finding: Finding }, file: string, server: string | undefined): void {
    const { key, target } = identify(finding, step as LogRecord);
    const place: TimedPlace = { at: clockOf(step.time), localTime: step.time === undefined ? copyOf(step.localTime) : undefined, file, line };
    const known = this.all.get(`${key}\n${target}`);
    const series = known ?? this.begin(finding, key, target);
    if (!series) return;
    const { permanence, record } = finding;
    series.isTracked ||= record.isOfTracking === true;
    addCount(series, step.format, { all: 1, transient: Number(permanence === 'transient'), permanent: Number(permanence === 'permanent') });
    addDomain(series, step.captures.recipientDomain?.toLowerCase(), 1);
    see(series, server ?? '', { first: place, last: place });
  }

  join(other: FailureSeries): void {
    for (const [key, series] of other.all) {
      const own = this.all.get(key);
      if (!own) {
        const counts = new Map([...series.counts].map(([format, count]) => [format, { ...count }]));
        if (this.all.size < most.series) this.all.set(key, { ...series, counts, domains: new Map(series.domains), seen: new Map(series.seen) });
        continue;
      }
      own.isTracked ||= series.isTracked;
      for (const [format, count] of series.counts) addCount(own, format, count);
      for (const [domain, count] of series.domains) addDomain(own, domain, count);
      for (const [server, seen] of series.seen) see(own, server, seen);
    }
  }

  private begin(finding: Finding, key: string, target: string): Series | undefined {
    if (this.all.size >= most.series) return undefined;
    const { failure, title, category, severity, record } = finding;
    const series: Series = {
      ...{ key, failure: failure?.id ?? null, title, category, severity, target: copyOf(target) },
      ...{ actor: actorOf(finding, record), whoActs: whoActs(finding), direction: answererOf(record), isTracked: false },
      ...{ counts: new Map(), domains: new Map(), seen: new Map() },
    };
    this.all.set(copyOf(`${key}\n${target}`), series);
    return series;
  }
}

/** How often it happened: the log that tells most of it tells each once. */
export function countOf(series: Series): number {
  return countsOf(series).all;
}

export function countsOf({ counts }: Series): Readonly<SeriesCount> {
  let best: readonly [string, SeriesCount] = ['', { all: 0, transient: 0, permanent: 0 }];
  for (const one of counts) if (one[1].all > best[1].all || (one[1].all === best[1].all && one[0] < best[0])) best = one;
  return best[1];
}

function addCount({ counts }: Series, format: FormatId, { all, transient, permanent }: SeriesCount): void {
  const known = counts.get(format);
  if (!known) {
    counts.set(format, { all, transient, permanent });
    return;
  }
  known.all += all;
  known.transient += transient;
  known.permanent += permanent;
}

function addDomain({ domains }: Series, domain: string | undefined, count: number): void {
  if (domain === undefined) return;
  const known = domains.get(domain);
  if (known !== undefined) domains.set(domain, known + count);
  else if (domains.size < most.domains) domains.set(copyOf(domain), count);
}

function identify(finding: Finding, record: LogRecord): { readonly key: string; readonly target: string } {
  return { key: keyOfFinding(finding).id, target: targetOf(record) };
}

function see({ seen }: Series, server: string, { first, last }: SeenBy): void {
  const known = seen.get(server);
  if (!known) {
    if (seen.size < most.servers) seen.set(server, { first, last });
    return;
  }
  const isFirst = first.at < known.first.at || (Number.isNaN(known.first.at) && !Number.isNaN(first.at));
  const isLast = last.at >= known.last.at || Number.isNaN(known.last.at);
  // What was joined belongs to another fold too.
  seen.set(server, { first: isFirst ? first : known.first, last: isLast ? last : known.last });
}

/** The first and the last time of all servers, once their clocks agree; what has a time goes before what has none. */
export function boundsOf({ seen }: Series, skews: ReadonlyMap<string, number>): { readonly first: Corrected; readonly last: Corrected } {
  let first: Corrected | undefined;
  let last: Corrected | undefined;
  for (const [server, own] of seen) {
    const correct = (place: TimedPlace): Corrected => ({ place, at: place.at - 1_000 * (skews.get(server) ?? 0) });
    const [one, other] = [correct(own.first), correct(own.last)];
    if (!first || one.at < first.at || (Number.isNaN(first.at) && !Number.isNaN(one.at))) first = one;
    if (!last || other.at > last.at || (Number.isNaN(last.at) && !Number.isNaN(other.at))) last = other;
  }
  const none: Corrected = { place: { at: Number.NaN, localTime: undefined, file: '', line: 0 }, at: Number.NaN };
  return { first: first ?? none, last: last ?? none };
}

/** A place, and when it was by the clock that most servers agree on. */
export interface Corrected {
  readonly place: TimedPlace;
  readonly at: number;
}

export const copyOf = <Text extends string | undefined>(text: Text): Text => (text === undefined ? text : (JSON.parse(JSON.stringify(text)) as Text));
