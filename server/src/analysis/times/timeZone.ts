/** A time zone as a value: which instants a clock on the wall can mean. */

export interface TimeZone {
  /** As the user wrote it. */
  readonly name: string;
  /**
   * The instants at which clocks of the zone show a local time, both in milliseconds since 1970, the local time as if it were UTC.
   * One as a rule; none where the clocks were put forward past it, two where they were put back and showed it again.
   */
  readonly instants: (local: number) => number[];
}

/** A zone by its name in the IANA database ("Europe/Berlin", "UTC") or a fixed offset ("+02:00", "UTC-5"); undefined for any other text. */
export function createTimeZone(name: string): TimeZone | undefined {
  const written = name.trim();
  const fixed = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i.exec(written);
  if (fixed) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
    // The farthest offsets in use are UTC-12 and UTC+14.
    if (minutes > 14 * 60) return undefined;
    const offset = (fixed[1] === '-' ? -minutes : minutes) * 60_000;
    return { name: written, instants: (local) => [local - offset] };
  }
  const offsetAt = /^[A-Za-z]/.test(written) ? readOffsets(written) : undefined;
  return offsetAt && { name: written, instants: (local) => instantsOf(local, offsetAt) };
}

const day = 86_400_000;

/** The offsets of the day before and the day after are all that can hold in between. */
function instantsOf(local: number, offsetAt: (instant: number) => number): number[] {
  const offsets = new Set([offsetAt(local - day), offsetAt(local + day)]);
  return [...offsets].map((offset) => local - offset).filter((instant) => instant + offsetAt(instant) === local);
}

/** No zone changes its offset within a quarter of an hour of UTC, nor changes it twice within a day. */
const step = 900_000;
const mostRemembered = 10_000;

/** The offset of a zone by instant, from what the platform knows of time zones. It is slow to ask, so that it is asked for days, and closer only where one has a change. */
function readOffsets(name: string): ((instant: number) => number) | undefined {
  const clock = createClock(name);
  if (!clock) return undefined;
  const known = new Map<number, number>();
  const offsetOf = (instant: number): number => {
    let offset = known.get(instant);
    if (offset === undefined) {
      if (known.size >= mostRemembered) known.clear();
      offset = showing(clock, instant) - instant;
      known.set(instant, offset);
    }
    return offset;
  };
  return (instant) => {
    const start = Math.floor(instant / day) * day;
    const offset = offsetOf(start);
    return offset === offsetOf(start + day) ? offset : offsetOf(Math.floor(instant / step) * step);
  };
}

function createClock(timeZone: string): Intl.DateTimeFormat | undefined {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', { ...fields, timeZone, hourCycle: 'h23' });
  } catch {
    return undefined;
  }
}

/** What a clock shows at an instant, as if it were UTC. */
function showing(clock: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const value = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute'), value('second'));
}
