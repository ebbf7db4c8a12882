/** What the clock of a log shows, to be compared within the log: as a number, whether its zone is known or not. */

import { digit0 } from '../../text/characters.ts';

/** The minute that was read last: the rows of a log are written in its order, so most of them need no calendar. */
let minute = '';
let minuteStart = 0;

/** Milliseconds since 1970 of a time as it is told, `2026-01-15T08:00:00.100Z`, or as a log without zone writes it, `2026-01-15 08:00:00.100`; NaN for any other. */
export function clockOf(written: string | undefined): number {
  if (written === undefined) return Number.NaN;
  if (minute === '' || !written.startsWith(minute)) {
    const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d):\d\d/.exec(written);
    const start = parts ? Date.parse(`${parts[1]}T${parts[2]}Z`) : Number.NaN;
    if (Number.isNaN(start)) return Number.NaN;
    // A copy, since a window into a log would keep it in memory.
    minute = `${parts?.[0].slice(0, 10)}${parts?.[0][10]}${parts?.[2]}:`;
    minuteStart = start;
  }
  const seconds = digits(written, 17, 2);
  return minuteStart + seconds * 1_000 + (written.charCodeAt(19) === point ? digits(written, 20, 3) : 0);
}

const point = 0x2e;

/** A number of so many digits; those that are not there count as 0. */
function digits(text: string, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at += 1) {
    const digit = text.charCodeAt(at) - digit0;
    value = value * 10 + (digit >= 0 && digit <= 9 ? digit : 0);
  }
  return value;
}
