/** Which findings of a scan are kept, and what the user must be told about it. */

import type { Category, Finding, TimeDoubt } from '../values.ts';

/** What to keep; all that is given must hold. */
export interface Filter {
  readonly categories?: ReadonlySet<Category>;
  readonly failures?: ReadonlySet<string>;
  /** Milliseconds since 1970 in UTC, both inclusive. A finding whose time in UTC is not known is kept. */
  readonly since?: number;
  readonly until?: number;
  /** At most so many findings of a file are put out. All are counted. */
  readonly max?: number;
}

export interface Sieve {
  readonly keeps: (finding: Finding) => boolean;
  /** Whether a finding of this kind is kept, whatever its time. */
  readonly keepsKind: (category: Category, failure: string | undefined) => boolean;
  /** What was kept although its time could not be compared, and why; undefined where nothing was. */
  readonly remark: () => string | undefined;
}

/** Starts one scan. */
export function createSieve({ categories, failures, since, until }: Filter): Sieve {
  const isBounded = since !== undefined || until !== undefined;
  const untimed = new Map<string, number>();
  const keepsKind: Sieve['keepsKind'] = (category, failure) => (!categories || categories.has(category)) && (!failures || (failure !== undefined && failures.has(failure)));
  return {
    keepsKind,
    keeps: ({ record, category, failure }) => {
      if (!keepsKind(category, failure?.id)) return false;
      if (!isBounded) return true;
      if (record.time === undefined) {
        const why = reasonOf(record.timeDoubt, record.localTime);
        untimed.set(why, (untimed.get(why) ?? 0) + 1);
        return true;
      }
      const time = Date.parse(record.time);
      return !(time < (since ?? Number.NEGATIVE_INFINITY) || time > (until ?? Number.POSITIVE_INFINITY));
    },
    remark: () => {
      const count = [...untimed.values()].reduce((sum, one) => sum + one, 0);
      if (count === 0) return undefined;
      const reasons = [...untimed].map(([why, times]) => (untimed.size > 1 ? `${times} ${why}` : why));
      return `${count} ${count === 1 ? 'finding was' : 'findings were'} kept whatever --since and --until say, because the time in UTC is not known: ${reasons.join('; ')}.`;
    },
  };
}

function reasonOf(doubt: TimeDoubt | undefined, localTime: string | undefined): string {
  if (localTime === undefined) return 'without any time';
  return doubt === undefined ? 'with a local time, whose zone --time-zone can say' : reasons[doubt];
}

const reasons: Readonly<Record<TimeDoubt, string>> = {
  order: 'with a date whose day cannot be told from its month',
  repeated: 'with an hour that came twice when the clocks were put back',
  skipped: 'with a time that the clocks of this zone never showed',
  unread: 'with a time that is no date with year and time of day',
  elsewhere: 'with the local time of another place',
};
