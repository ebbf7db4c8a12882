/** Counts the findings of a scan, so that the outputs can say how many there were without keeping them. */

import type { Failure } from '../failures.ts';
import type { Severity } from '../values.ts';
import { detached } from './copied.ts';
import { findingKey } from './findingKey.ts';
import type { Located } from './located.ts';

/** How often one failure, or one code that only the registry knows, was found. */
export interface FailureCount {
  /** The failure's id, or the code. */
  readonly id: string;
  /** Absent where only the registry knows the code. */
  readonly failure?: Failure;
  readonly title: string;
  readonly severity: Severity;
  readonly count: number;
  /** ISO 8601 in UTC; absent where no finding has such a time. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** The first and last time as written and in the order of reading, where the log does not state the zone. */
  readonly firstLocal?: string;
  readonly lastLocal?: string;
}

/** How much was found. */
export interface FoundTotals {
  readonly findings: number;
  /** How many of them were put out. */
  readonly shown: number;
  readonly severities: Readonly<Record<Severity, number>>;
  /** The most frequent first. */
  readonly failures: readonly FailureCount[];
}

/** How much was read. */
export interface ReadTotals {
  /** The files that could be read, in part at least, and the size of what was read. */
  readonly files: number;
  readonly bytes: number;
  /** How many files of folders are no text. */
  readonly leftOut: number;
  readonly unreadable: readonly MissedFile[];
  /** The signal that has ended the scan early. */
  readonly interruption?: string;
  /** Some findings were left out, since the user's settings ignore them. */
  readonly hasIgnored?: true;
}

export interface MissedFile {
  readonly file: string;
  readonly reason: string;
  /** Whether a part of it was read. */
  readonly isPartial: boolean;
}

export interface Totals extends FoundTotals, ReadTotals {}

export interface Tally {
  readonly findings: () => number;
  readonly finding: (located: Located, failure: Failure | undefined, isShown: boolean) => void;
  readonly totals: () => FoundTotals;
}

/** Starts counting at zero. The memory grows with the number of different failures only. */
export function createTally(): Tally {
  const counts = new Map<string, Count>();
  const severities = { error: 0, warning: 0, information: 0 };
  let findings = 0;
  let shown = 0;
  return {
    findings: () => findings,
    finding: (located, failure, isShown) => {
      findings += 1;
      if (isShown) shown += 1;
      severities[located.severity] += 1;
      const { id } = findingKey(located);
      let entry = counts.get(id);
      if (!entry) {
        entry = { id, title: located.title, severity: located.severity, failure, count: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
        counts.set(id, entry);
      }
      entry.count += 1;
      see(entry, located);
    },
    totals: () => {
      const failures = [...counts.values()].map(failureCount).sort((one, other) => other.count - one.count || (one.id < other.id ? -1 : 1));
      return { findings, shown, severities, failures };
    },
  };
}

/** Times in UTC are kept as milliseconds since 1970: numbers keep no log in memory, and every such time is written as toISOString writes it. */
interface Count {
  readonly id: string;
  readonly failure: Failure | undefined;
  readonly title: string;
  readonly severity: Severity;
  count: number;
  first: number;
  last: number;
  firstLocal?: string;
  lastLocal?: string;
}

/** UTC times are compared, so files may come in any order; times without a zone cannot be. */
function see(entry: Count, { time, localTime }: Located): void {
  if (time !== null) {
    const at = Date.parse(time);
    if (at < entry.first) entry.first = at;
    if (at > entry.last) entry.last = at;
  } else if (localTime !== undefined) {
    const copy = detached(localTime);
    entry.firstLocal ??= copy;
    entry.lastLocal = copy;
  }
}

function failureCount({ failure, first, last, ...rest }: Count): FailureCount {
  const seen = first > last ? {} : { firstSeen: new Date(first).toISOString(), lastSeen: new Date(last).toISOString() };
  return { ...rest, ...(failure && { failure }), ...seen };
}
