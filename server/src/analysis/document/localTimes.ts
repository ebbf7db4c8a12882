/** What is kept of the records of a window that have a local time: their times help to understand each other, whether anything is known about the records or not. */

import type { LogRecord } from '../../values.ts';
import { detached } from '../copied.ts';
import type { Dated } from '../times/recordTimes.ts';

export interface LocalTimes {
  /** The marks' beginnings, in order, as offsets of the window's text. */
  readonly at: readonly number[];
  /** The time of each: many records have the same. */
  readonly time: readonly Dated[];
}

export function keepLocalTimes(records: readonly LogRecord[]): LocalTimes {
  const at: number[] = [];
  const time: Dated[] = [];
  const known = new Map<string, Dated>();
  for (const { format, localTime, isDayFirst, isElsewhere, mark } of records) {
    if (localTime === undefined) continue;
    const key = `${format} ${isDayFirst} ${isElsewhere} ${localTime}`;
    let kept = known.get(key);
    if (!kept) {
      kept = detached<Dated>({ format, localTime, ...(isDayFirst && { isDayFirst }), ...(isElsewhere && { isElsewhere }) });
      known.set(detached(key), kept);
    }
    at.push(mark.start);
    time.push(kept);
  }
  return { at, time };
}
