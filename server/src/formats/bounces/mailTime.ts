/** Dates as mails write them (RFC 5322, 3.3): they state their zone. */

import type { When } from '../../values.ts';

/** The first of the given dates that is one, in UTC; where none states a zone, the first as it is written: by somebody else's server. */
export function mailTime(...written: (string | undefined)[]): When {
  for (const date of written) {
    const found = /^(?:[A-Za-z]{3}(?:, ?| ))?\s*(\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?|Z))(?=\s|$)/.exec(date?.replace(/\s+/g, ' ') ?? '');
    const time = found?.[1] ? new Date(found[1]) : undefined;
    if (time && !Number.isNaN(time.getTime())) return { time: time.toISOString() };
  }
  const local = written.find(Boolean)?.replace(/\s+/g, ' ').trim();
  return local ? { localTime: local, isElsewhere: true } : {};
}
