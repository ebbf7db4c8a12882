/** All that files say at one glance: a fold of their steps, file by file, whose parts can be joined. */

import type { Category, Severity } from '../../values.ts';
import { isRecord, type Step } from '../../values.ts';
import { keyOfFinding } from '../findingKey.ts';
import type { LocatedStep } from '../locatedSteps.ts';
import { Journeys } from '../messages/journeys.ts';
import { shortHost } from '../messages/messageKeys.ts';
import { targetOf } from '../messages/messageWriter.ts';
import { LogHours } from '../messages/missingLogs.ts';
import { serverOfPath } from '../serverOfLog.ts';
import type { Verdict } from '../sessions/verdicts.ts';
import { clockOf } from '../times/clock.ts';
import { SeenChanges } from './changes.ts';
import { copyOf, FailureSeries, type TimedPlace } from './failureSeries.ts';
import { DomainSuccesses } from './successes.ts';
import { TimeCells } from './timeCells.ts';
import { TopNames } from './topNames.ts';

/** An event of Windows that says by itself what happened: a certificate, a start, a resource. */
export interface NotedEvent extends TimedPlace {
  readonly name: string;
  /** Of the failure that it tells of, where it tells of one. */
  readonly key?: string;
  readonly title: string;
  readonly category: Category | null;
  readonly severity: Severity | null;
  readonly server: string | undefined;
  /** Of a connector that is seen for the first time, its name. */
  readonly connector?: string | undefined;
}

/** Sessions with one verdict, and the first of them. */
export interface VerdictCount {
  readonly file: string;
  readonly line: number;
  count: number;
}

const most = { events: 20_000 } as const;

export class Overview {
  readonly journeys = new Journeys();
  readonly hours = new LogHours();
  readonly series = new FailureSeries();
  readonly events: NotedEvent[] = [];
  readonly cells = new TimeCells();
  readonly names = new TopNames();
  readonly changes = new SeenChanges();
  readonly successes = new DomainSuccesses();
  /** By the verdict. */
  readonly sessions = new Map<Verdict, VerdictCount>();
  /** The first and the last time in all logs, in milliseconds since 1970. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  private file = '';
  private serverOfFile: string | undefined;
  private isPlaced = false;
  /** The folder of the service whose logs these are. */
  private service = '';

  beginFile(file: string): void {
    this.file = file;
    this.serverOfFile = shortHost(serverOfPath(file));
    this.journeys.beginFile(file);
    this.isPlaced = this.hours.see(file);
    this.changes.beginFile();
    this.service = file.slice(0, Math.max(0, ...['/ProtocolLog', '\\ProtocolLog'].map((folder) => file.lastIndexOf(folder))));
  }

  /** Takes what became of a session. */
  countSession(verdict: Verdict, place: Omit<VerdictCount, 'count'>, count = 1): void {
    const known = this.sessions.get(verdict);
    if (known) known.count += count;
    else this.sessions.set(verdict, { ...place, count });
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
    this.cells.join(other.cells);
    this.names.join(other.names);
    this.changes.join(other.changes);
    this.successes.join(other.successes);
    for (const [verdict, { count, ...place }] of other.sessions) this.countSession(verdict, place, count);
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
  }

  private add(located: LocatedStep): void {
    const { step, line, finding } = located;
    const at = clockOf(step.time);
    if (at < this.first) this.first = at;
    if (at > this.last) this.last = at;
    if (!this.isPlaced) this.hours.seeRow(step, at);
    this.changes.see(step, at, line, this.file, this.serverOfFile ?? shortHost(step.captures.server), this.service);
    if (!isRecord(step)) {
      if (isTold(step)) this.takeDelivery(step, at, line);
      return;
    }
    // It can explain what failed behind it, and is itself what an administrator has to look at.
    if (step.event && !step.response) this.note(located, at);
    if (finding && finding.severity !== 'information') {
      this.series.add({ ...located, finding }, this.file, this.serverOfFile ?? copyOf(shortHost(step.captures.server)));
      this.names.add(step, this.file, line);
      const { what, format } = step;
      this.cells.add(at, { what, format, failure: keyOfFinding(finding).id, destination: targetOf(step) }, { file: this.file, line }, 1);
    }
  }

  private takeDelivery(step: Step, at: number, line: number): void {
    const { captures, recipients, format } = step;
    const place = { file: this.file, line };
    this.cells.add(at, { what: 'delivered', format, failure: '', destination: captures.recipientDomain ?? targetOf(step) }, place, Math.max(1, recipients?.length ?? 1));
    this.successes.add(step, at, this.file, line, this.serverOfFile ?? shortHost(captures.server));
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
      ...(finding && { key: keyOfFinding(finding).id }),
      title: finding?.title ?? '',
      category: finding?.category ?? null,
      severity: finding?.severity ?? null,
      server: this.serverOfFile ?? copyOf(shortHost(step.captures.server)),
    });
  }
}

/** A delivery stands in the tracking log once for each server; what a session says of it is the same again. */
function isTold({ what, dialogue, handOver, tracked, ids }: Step): boolean {
  return what === 'delivered' && !dialogue && (!handOver || tracked === 'SENDEXTERNAL' || ids?.queue !== undefined);
}
