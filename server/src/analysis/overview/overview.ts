/** All that files say at one glance: a fold of their steps, file by file, whose parts can be joined. */

import type { Category, Severity } from '../../values.ts';
import { isRecord, type What } from '../../values.ts';
import { keyOfFinding } from '../findingKey.ts';
import type { LocatedStep } from '../locatedSteps.ts';
import { Journeys } from '../messages/journeys.ts';
import { shortHost } from '../messages/messageKeys.ts';
import { targetOf } from '../messages/messageWriter.ts';
import { LogHours } from '../messages/missingLogs.ts';
import { serverOfPath } from '../serverOfLog.ts';
import { clockOf } from '../times/clock.ts';
import { copyOf, FailureSeries, type TimedPlace } from './failureSeries.ts';

/** An event of Windows that says by itself what happened: a certificate, a start, a resource. */
export interface NotedEvent extends TimedPlace {
  readonly name: string;
  readonly title: string;
  readonly category: Category | null;
  readonly severity: Severity | null;
  readonly server: string | undefined;
}

/** How often something happened in an hour. */
export interface HourCount {
  /** Its beginning, in hours since 1970; NaN where the logs do not say the zone. */
  readonly hour: number;
  readonly what: What;
  /** The failure's key; empty for what was delivered. */
  readonly failure: string;
  readonly destination: string;
  count: number;
}

const most = { cells: 50_000, events: 20_000 } as const;

export class Overview {
  readonly journeys = new Journeys();
  readonly hours = new LogHours();
  readonly series = new FailureSeries();
  readonly events: NotedEvent[] = [];
  readonly cells = new Map<string, HourCount>();
  /** The first and the last time in all logs, in milliseconds since 1970. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  private file = '';
  private serverOfFile: string | undefined;

  beginFile(file: string): void {
    this.file = file;
    this.serverOfFile = shortHost(serverOfPath(file));
    this.journeys.beginFile(file);
    this.hours.see(file);
  }

  /** Takes the next steps of the file that was begun last. */
  take(steps: readonly LocatedStep[]): void {
    this.journeys.take(steps);
    for (const located of steps) this.add(located);
  }

  append(other: Overview): void {
    this.journeys.append(other.journeys);
    this.hours.join(other.hours);
    this.series.join(other.series);
    this.events.push(...other.events.slice(0, Math.max(0, most.events - this.events.length)));
    for (const cell of other.cells.values()) this.count(cell.hour, cell.what, cell.failure, cell.destination, cell.count);
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
  }

  private add(located: LocatedStep): void {
    const { step, finding } = located;
    const at = clockOf(step.time);
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
    const hour = Math.floor(at / 3_600_000);
    if (!isRecord(step)) {
      // A delivery stands in the tracking log once for each server; what a session says of it is the same again.
      const isTold = step.what === 'delivered' && !step.dialogue && (!step.handOver || step.tracked === 'SENDEXTERNAL' || step.ids?.queue !== undefined);
      if (isTold) this.count(hour, 'delivered', '', step.captures.recipientDomain ?? targetOf(step), Math.max(1, step.recipients?.length ?? 1));
      return;
    }
    if (step.event && !step.response) this.note(located, at);
    else if (finding && finding.severity !== 'information') {
      this.series.add({ ...located, finding }, this.file, this.serverOfFile ?? copyOf(shortHost(step.captures.server)));
      this.count(hour, step.what, keyOfFinding(finding).id, targetOf(step), 1);
    }
  }

  private note({ step, line, finding }: LocatedStep, at: number): void {
    if (this.events.length >= most.events || !isRecord(step) || !step.event) return;
    const { source, id } = step.event;
    this.events.push({
      at,
      localTime: step.time === undefined ? copyOf(step.localTime) : undefined,
      file: this.file,
      line,
      name: copyOf(`${source} ${id}`),
      title: finding?.title ?? '',
      category: finding?.category ?? null,
      severity: finding?.severity ?? null,
      server: this.serverOfFile ?? copyOf(shortHost(step.captures.server)),
    });
  }

  private count(hour: number, what: What, failure: string, destination: string, count: number): void {
    // Where there are more destinations than anybody reads, they are counted together.
    const told = this.cells.size < most.cells ? destination : '';
    const key = `${hour} ${what} ${failure} ${told}`;
    const known = this.cells.get(key);
    if (known) known.count += count;
    else this.cells.set(copyOf(key), { hour, what, failure, destination: copyOf(told), count });
  }
}
