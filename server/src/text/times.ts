/** Times that state their zone. */

/** Exchange's logs and event XML say Z, PowerShell 7 an offset; a text that is no such time gives none. */
export function utcTime(written: string): { readonly time?: string } {
  if (canonical.test(written)) return { time: written };
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(written)) return {};
  const time = new Date(written);
  return Number.isNaN(time.getTime()) ? {} : { time: time.toISOString() };
}

/** As Exchange writes nearly every time, and as it is told: a day that every month has needs no calendar. */
const canonical = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/**
 * A time as a command or a download wrote it: UTC where it states its zone or counts milliseconds as JSON does, and where its column's name
 * says so and the day can be told from the month. Any other time is kept as it is written.
 */
export function writtenTime(written: string | undefined, isUtc = false): { readonly time?: string; readonly localTime?: string } {
  const trimmed = onOneLine(written?.trim() ?? '');
  if (trimmed === '') return {};
  // Most are in the form of a desktop's language.
  if (!/^(?:\d{4}-|\\?\/Date\()/.test(trimmed)) return { localTime: trimmed };
  const utc = utcTime(trimmed);
  if (utc.time) return utc;
  const counted = /^\\?\/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?\/$/.exec(trimmed)?.[1];
  if (counted) return timeOf(Number(counted));
  const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z?)$/.exec(trimmed);
  if (iso && (iso[4] === 'Z' || isUtc)) return timeOf(Date.parse(`${iso[1]}T${iso[2]}.${(iso[3] ?? '0').slice(0, 3).padEnd(3, '0')}Z`));
  return { localTime: trimmed };
}

/** An attribute or a cell may be written over several lines. */
function onOneLine(written: string): string {
  return written.includes('\n') ? written.replace(/\s*\n\s*/g, ' ') : written;
}

function timeOf(milliseconds: number): { readonly time?: string } {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? {} : { time: time.toISOString() };
}
