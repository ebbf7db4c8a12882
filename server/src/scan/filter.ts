/** Which findings of a scan are kept. */

import type { Located } from '../analysis/located.ts';
import type { Finding } from '../failures.ts';
import type { Category, TimeDoubt } from '../values.ts';

/** What to keep; all that is given must hold. It can be sent to a thread. */
export interface Filter {
  readonly categories?: ReadonlySet<Category>;
  readonly failures?: ReadonlySet<string>;
  /** Milliseconds since 1970 in UTC, both inclusive. A finding whose time in UTC is not known is kept. */
  readonly since?: number;
  readonly until?: number;
}

export interface AppliedFilter {
  /** Whether it is kept, if its time is. */
  readonly isKind: (finding: Finding) => boolean;
  readonly keeps: (finding: Finding) => boolean;
  /** The same for a finding that has been located. */
  readonly keepsLocated: (located: Pick<Located, 'category' | 'failure' | 'time'>) => boolean;
  /** Why the time of a finding could not be compared; undefined where it could, or nobody has asked for it. */
  readonly doubt: (finding: Finding) => string | undefined;
}

export function applyFilter({ categories, failures, since, until }: Filter = {}): AppliedFilter {
  const isBounded = since !== undefined || until !== undefined;
  const isOf = (category: Category, failure: string | null | undefined): boolean =>
    (!categories || categories.has(category)) && (!failures || (typeof failure === 'string' && failures.has(failure)));
  const isThen = (time: string | null | undefined): boolean => {
    if (!isBounded || time === undefined || time === null) return true;
    const at = Date.parse(time);
    return !(at < (since ?? Number.NEGATIVE_INFINITY) || at > (until ?? Number.POSITIVE_INFINITY));
  };
  const isKind = ({ category, failure }: Finding): boolean => isOf(category, failure?.id);
  return {
    isKind,
    keeps: (finding) => isKind(finding) && isThen(finding.record.time),
    keepsLocated: ({ category, failure, time }) => isOf(category, failure) && isThen(time),
    doubt: ({ record }) => (isBounded && record.time === undefined ? whyUntimed(record.timeDoubt, record.localTime) : undefined),
  };
}

function whyUntimed(doubt: TimeDoubt | undefined, localTime: string | undefined): string {
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
