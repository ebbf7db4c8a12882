/** Local times of message steps in their place among the others. */

import { readLocalTime } from '../times/localTime.ts';
import { nearestInAnyZone } from './serverClocks.ts';

/** Milliseconds of a local time as if it were UTC, every reading of it: `3/2/2026 7:48:01 AM` is a day in March or in February, and syslog leaves out the year. */
export function readingsOf(localTime: string, near: number): number[] {
  const year = Number.isNaN(near) ? undefined : new Date(near).getUTCFullYear();
  const written = /^(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d)$/.exec(localTime);
  const texts = written ? (year === undefined ? [] : [year - 1, year, year + 1].map((one) => `${(written[2] ?? '').trim()} ${written[1]} ${one} ${written[3]}`)) : [localTime];
  return texts.flatMap((text) => {
    const local = readLocalTime(text);
    return [local?.dayFirst, local?.monthFirst].filter((time) => time !== undefined);
  });
}

/**
 * Where a local time stands in UTC, beside a moment that is known to be near.
 * @param zone The offset from UTC in milliseconds, where it is known; else the one that brings it nearest is taken, which is enough for an order.
 */
export function placeNear(localTime: string, near: number, zone: number | undefined): number {
  let best = Number.NaN;
  for (const reading of readingsOf(localTime, near)) {
    const at = zone === undefined ? nearestInAnyZone(reading, near) : reading - zone;
    // No zone is farther from UTC than 14 hours.
    if (zone === undefined && Math.abs(at - reading) > 14 * 3_600_000) continue;
    if (Number.isNaN(best) || Math.abs(at - near) < Math.abs(best - near)) best = at;
  }
  return best;
}
