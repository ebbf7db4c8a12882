/** What is kept of the findings of a window: numbers, since a log may be nothing but failures, and a finding with its record takes ten times as much. */

import type { Finding } from '../../failures.ts';
import type { LogRecord } from '../../values.ts';
import { detached } from '../copied.ts';
import { keyOfFinding } from '../findingKey.ts';
import { destinationOf, type FindingKind } from './findingKind.ts';

/** The findings of one window, in the order of their marks. Offsets are those of the window's text. */
export interface FindingColumns {
  readonly count: number;
  readonly kinds: readonly FindingKind[];
  /** The index of each finding's kind. */
  readonly kind: Int32Array;
  readonly markStart: Int32Array;
  readonly markEnd: Int32Array;
  readonly spanStart: Int32Array;
  readonly spanEnd: Int32Array;
  /** How many places there are up to each finding's last. */
  readonly placesUntil: Int32Array;
  readonly placeStart: Int32Array;
  readonly placeEnd: Int32Array;
  /** What a session's id comes to, so that few windows are read for one; zero where there is none. */
  readonly session: Int32Array;
  /** Findings that are kept as they are, by their index: all of a window with few, else the first of each kind. */
  readonly kept: ReadonlyMap<number, Finding>;
}

/** Of a window with more findings than this only the first of each kind are kept. */
const mostKeptAll = 500;
const mostKept = 1_000;
const mostKeptOfKind = 11;

/** @param isCut Whether the window is one of many. What is never cut is too long to be read anew each time that somebody points at it. */
export function keepFindings(findings: Iterable<Finding>, isCut: boolean): FindingColumns {
  const kinds = new Kinds();
  const kept = new Map<number, Finding>();
  const [kind, markStart, markEnd, spanStart, spanEnd, placesUntil, placeStart, placeEnd, session] = Array.from({ length: 9 }, () => new Column()) as [
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
  ];
  for (const finding of findings) {
    const { record } = finding;
    const known = kinds.of(finding);
    const index = kind.length;
    if (!isCut ? index < mostKeptUncut : kept.size < mostKept && (index < mostKeptAll || known.count <= mostKeptOfKind)) {
      kept.set(index, isCut ? { ...finding, record: detached(record) } : finding);
    }
    kind.push(known.index);
    markStart.push(record.mark.start);
    markEnd.push(record.mark.end);
    spanStart.push(record.span.start);
    spanEnd.push(record.span.end);
    for (const { start, end } of record.places) {
      placeStart.push(start);
      placeEnd.push(end);
    }
    placesUntil.push(placeStart.length);
    session.push(sessionNumber(record.captures.sessionId));
  }
  return {
    count: kind.length,
    kinds: kinds.all,
    kind: kind.numbers(),
    markStart: markStart.numbers(),
    markEnd: markEnd.numbers(),
    spanStart: spanStart.numbers(),
    spanEnd: spanEnd.numbers(),
    placesUntil: placesUntil.numbers(),
    placeStart: placeStart.numbers(),
    placeEnd: placeEnd.numbers(),
    session: session.numbers(),
    kept,
  };
}

const mostKeptUncut = 250_000;

export function sessionNumber(id: string | undefined): number {
  if (id === undefined) return 0;
  let number = 1;
  for (let index = 0; index < id.length; index++) number = (Math.imul(number, 31) + id.charCodeAt(index)) | 0;
  return number;
}

/** Numbers that come one by one. */
class Column {
  length = 0;
  private held = new Int32Array(64);

  push(number: number): void {
    if (this.length === this.held.length) {
      const before = this.held;
      this.held = new Int32Array(2 * before.length);
      this.held.set(before);
    }
    this.held[this.length++] = number;
  }

  numbers(): Int32Array {
    return this.held.slice(0, this.length);
  }
}

interface CountedKind {
  readonly index: number;
  count: number;
  readonly finding: Pick<Finding, 'failure' | 'severity'>;
  readonly event: LogRecord['event'] | undefined;
  readonly response: LogRecord['response'] | undefined;
  readonly destination: string;
}

class Kinds {
  readonly all: FindingKind[] = [];
  private readonly known = new Map<string, CountedKind>();
  private last: CountedKind | undefined;

  of(finding: Finding): CountedKind {
    const { record, failure, severity } = finding;
    const destination = destinationOf(finding);
    const { last } = this;
    // Most logs repeat what they say, and the same response is the same object.
    if (
      last &&
      last.response === record.response &&
      last.finding.failure === failure &&
      last.finding.severity === severity &&
      last.event === record.event &&
      last.destination === destination
    ) {
      last.count += 1;
      return last;
    }
    const isEvent = record.event !== undefined;
    const code = keyOfFinding(finding).shown;
    const key = `${severity} ${isEvent} ${code}\n${destination}`;
    let entry = this.known.get(key);
    if (!entry) {
      const kind: FindingKind = detached({ code, destination, severity, isEvent });
      entry = {
        index: this.all.length,
        count: 0,
        finding: { ...(failure && { failure }), severity },
        event: record.event,
        response: record.response,
        destination: kind.destination,
      };
      this.all.push(kind);
      this.known.set(detached(key), entry);
    }
    entry.count += 1;
    this.last = entry;
    return entry;
  }
}
