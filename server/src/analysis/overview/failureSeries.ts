/** Each failure of each destination over time: how often, and where it was first and last seen. */

import type { Finding } from '../../failures.ts';
import type { Category, FormatId, LogRecord, Severity } from '../../values.ts';
import { keyOfFinding } from '../findingKey.ts';
import type { LocatedStep } from '../locatedSteps.ts';
import { targetOf } from '../messages/messageWriter.ts';
import { clockOf } from '../times/clock.ts';

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
  /** One attempt stands in several logs: a protocol log, a tracking log, an event. */
  readonly counts: Map<FormatId, number>;
  /** Where each server wrote it down first and last: only when all has been read is it known how their clocks compare. */
  readonly seen: Map<string, SeenBy>;
}

interface SeenBy {
  first: TimedPlace;
  last: TimedPlace;
}

const most = { series: 20_000, servers: 50 } as const;

export class FailureSeries {
  readonly all = new Map<string, Series>();

  /** Takes a finding. @param server Who wrote the log. */
  add({ step, line, finding }: LocatedStep & { readonly finding: Finding }, file: string, server: string | undefined): void {
    const { key, target } = identify(finding, step as LogRecord);
    const place: TimedPlace = { at: clockOf(step.time), localTime: step.time === undefined ? copyOf(step.localTime) : undefined, file, line };
    const known = this.all.get(`${key}\n${target}`);
    const series = known ?? this.begin(finding, key, target);
    if (!series) return;
    series.counts.set(step.format, (series.counts.get(step.format) ?? 0) + 1);
    see(series, server ?? '', { first: place, last: place });
  }

  join(other: FailureSeries): void {
    for (const [key, series] of other.all) {
      const own = this.all.get(key);
      if (!own) {
        if (this.all.size < most.series) this.all.set(key, { ...series, counts: new Map(series.counts), seen: new Map(series.seen) });
        continue;
      }
      for (const [format, count] of series.counts) own.counts.set(format, (own.counts.get(format) ?? 0) + count);
      for (const [server, seen] of series.seen) see(own, server, seen);
    }
  }

  private begin({ failure, title, category, severity }: Finding, key: string, target: string): Series | undefined {
    if (this.all.size >= most.series) return undefined;
    const series: Series = { key, failure: failure?.id ?? null, title, category, severity, target: copyOf(target), counts: new Map(), seen: new Map() };
    this.all.set(copyOf(`${key}\n${target}`), series);
    return series;
  }
}

/** How often it happened: the log that tells most of it tells each once. */
export function countOf({ counts }: Series): number {
  return Math.max(0, ...counts.values());
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
