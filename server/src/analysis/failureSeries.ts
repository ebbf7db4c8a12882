/** Each failure of each destination over time: how often, and where it was first and last seen. */

import type { Finding } from '../failures.ts';
import type { Category, FormatId, LogRecord, Severity } from '../values.ts';
import { clockOf } from './clock.ts';
import { keyOfFinding } from './findingKey.ts';
import { targetOf } from './journeys.ts';
import type { LocatedStep } from './locatedSteps.ts';

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
  first: TimedPlace;
  last: TimedPlace;
  /** Who wrote it down, up to a bound. */
  readonly servers: Set<string>;
}

const most = { series: 20_000, servers: 50 } as const;

export class FailureSeries {
  readonly all = new Map<string, Series>();

  /** Takes a finding. @param server Who wrote the log. */
  add({ step, line, finding }: LocatedStep & { readonly finding: Finding }, file: string, server: string | undefined): void {
    const { key, target } = identify(finding, step as LogRecord);
    const place: TimedPlace = { at: clockOf(step.time), localTime: step.time === undefined ? copyOf(step.localTime) : undefined, file, line };
    const known = this.all.get(`${key}\n${target}`);
    const series = known ?? this.begin(finding, key, target, place);
    if (!series) return;
    series.counts.set(step.format, (series.counts.get(step.format) ?? 0) + 1);
    if (isBefore(place, series.first)) series.first = place;
    if (isBefore(series.last, place)) series.last = place;
    if (server !== undefined && series.servers.size < most.servers) series.servers.add(server);
  }

  join(other: FailureSeries): void {
    for (const [key, series] of other.all) {
      const own = this.all.get(key);
      if (!own) {
        if (this.all.size < most.series) this.all.set(key, { ...series, counts: new Map(series.counts), servers: new Set(series.servers) });
        continue;
      }
      for (const [format, count] of series.counts) own.counts.set(format, (own.counts.get(format) ?? 0) + count);
      if (isBefore(series.first, own.first)) own.first = series.first;
      if (isBefore(own.last, series.last)) own.last = series.last;
      for (const server of series.servers) if (own.servers.size < most.servers) own.servers.add(server);
    }
  }

  private begin({ failure, title, category, severity }: Finding, key: string, target: string, place: TimedPlace): Series | undefined {
    if (this.all.size >= most.series) return undefined;
    const series: Series = { key, failure: failure?.id ?? null, title, category, severity, target: copyOf(target), counts: new Map(), first: place, last: place, servers: new Set() };
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

/** A place with a time comes before one without; at the same time what was read first. */
function isBefore(one: TimedPlace, other: TimedPlace): boolean {
  if (Number.isNaN(one.at) || Number.isNaN(other.at)) return !Number.isNaN(one.at) && Number.isNaN(other.at);
  return one.at < other.at;
}

export const copyOf = <Text extends string | undefined>(text: Text): Text => (text === undefined ? text : (JSON.parse(JSON.stringify(text)) as Text));
