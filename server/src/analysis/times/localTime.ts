/** Reads local times as the cultures of Windows and the logs of other systems write them, and keeps in mind what the writing leaves open. */

/** A local time, in milliseconds since 1970 as if it were UTC. */
export interface LocalTime {
  /** With the day before the month; absent where that gives no date, or where the writing has another order. */
  readonly dayFirst?: number;
  /** With the month before the day. The same as `dayFirst` where there is nothing to choose. */
  readonly monthFirst?: number;
  /** The same for all times that one program writes: the order of day and month in one is that of the others. */
  readonly shape: string;
  readonly isTwelveHour: boolean;
}

const longest = 80;

/** Reads a text that is a date with year and a time of day, and nothing else; undefined for any other. */
export function readLocalTime(written: string): LocalTime | undefined {
  if (written.length > longest) return undefined;
  const text = written
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    // C's asctime has the year behind the time of day.
    .replace(/^(\p{L}{3} \p{L}{3} \d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/u, '$1 $3 $2');
  const date = readYearFirst(text) ?? readNumbers(text) ?? readNamed(text);
  const clock = date && readClock(text.slice(date.length));
  if (!clock) return undefined;
  const at = (day: number | undefined): { readonly at?: number } => (day === undefined ? {} : { at: day + clock.time });
  const [dayFirst, monthFirst] = [at(date.dayFirst).at, at(date.monthFirst).at];
  return {
    ...(dayFirst !== undefined && { dayFirst }),
    ...(monthFirst !== undefined && { monthFirst }),
    shape: `${date.shape} ${clock.isTwelveHour ? 12 : 24}`,
    isTwelveHour: clock.isTwelveHour,
  };
}

/** Whether the order of day and month can be a question in a time at all. At a glance: most logs write it with the year first, with dots, or with the month's name. */
export function mayHaveTwoOrders(written: string): boolean {
  return written.length <= longest && /^\D*\d\D*\d?\D*[/-]/.test(written);
}

interface ReadDate {
  readonly dayFirst?: number | undefined;
  readonly monthFirst?: number | undefined;
  readonly shape: string;
  readonly length: number;
}

/** 2026-01-15, 2026/1/15, 2026. 1. 15., 2026年1月15日: nobody writes the day second. */
function readYearFirst(text: string): ReadDate | undefined {
  const found = /^(\d{4})(?:-|\/|\. ?|年 ?)(\d{1,2})(?:-|\/|\. ?|月 ?)(\d{1,2})(?:\.|日)?(?:T|,? )/.exec(text);
  return found ? sure(dayOf(found[1], found[2], found[3]), 'year first', found[0].length) : undefined;
}

/**
 * 15.01.2026, 15/01/2026, 1/15/2026, 15-01-2026, "15. 1. 2026". With dots every culture writes the day first
 * (Unicode CLDR 42 and later: no locale has a date of month, day and year with dots); otherwise the order is open.
 */
function readNumbers(text: string): ReadDate | undefined {
  const found = /^(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})(?: г\.| ?ч\.|\.)?,? /.exec(text);
  if (!found) return undefined;
  const [whole, first, separator, second, year] = found;
  const dayFirst = dayOf(year, second, first);
  const monthFirst = separator === '.' ? undefined : dayOf(year, first, second);
  return dayFirst === undefined && monthFirst === undefined ? undefined : { dayFirst, monthFirst, shape: separator ?? '', length: whole.length };
}

/** "Thu, 15 Jan 2026", "Donnerstag, 15. Januar 2026", "15 de enero de 2026", "15-Jan-2026", "15/Jan/2026", "January 15, 2026". */
function readNamed(text: string): ReadDate | undefined {
  const first = /^(?:\p{L}{2,20}\.?,? )?(\d{1,2})(?:\.|º|°)?[ /-](?:de )?(\p{L}{3,20})\.?[ /-](?:de )?(\d{4})(?: г\.)?,? /u.exec(text);
  const second = first ? undefined : /^(?:\p{L}{2,20}\.?,? )?(\p{L}{3,20})\.? (\d{1,2}),? (\d{4}),? /u.exec(text);
  const [whole = '', day, name = '', year] = first ?? [second?.[0], second?.[2], second?.[1], second?.[3]];
  const month = months().get(name.toLowerCase());
  return month === undefined ? undefined : sure(dayOf(year, String(month), day), 'named', whole.length);
}

function sure(day: number | undefined, shape: string, length: number): ReadDate | undefined {
  return day === undefined ? undefined : { dayFirst: day, monthFirst: day, shape, length };
}

/** The day's beginning; undefined for a day that no calendar has. */
function dayOf(year = '', month = '', day = ''): number | undefined {
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(time);
  return date.getUTCFullYear() === Number(year) && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) ? time : undefined;
}

/** Before and after noon: English and Spanish, Greek, Chinese, Japanese, Korean. */
const halves: Readonly<Record<string, number>> = { am: 0, pm: 12, πμ: 0, μμ: 12, 上午: 0, 下午: 12, 午前: 0, 午後: 12, 오전: 0, 오후: 12 };

/** "09:15", "9:15:42 AM", "09:15:42.123", "上午 09:15:42", "9:15:42 a. m."; undefined for anything else. */
function readClock(text: string): { readonly time: number; readonly isTwelveHour: boolean } | undefined {
  const found = /^(?:([^\d:]{2,8}?) ?)?(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?: ?([^\d:]{2,8}))?$/.exec(text);
  if (!found) return undefined;
  const [, before, hours = '', minutes, seconds = '0', fraction = '', after] = found;
  const mark = before ?? after;
  const half = mark === undefined ? undefined : halves[mark.replace(/[. ]/g, '').toLowerCase()];
  if ((mark !== undefined && half === undefined) || (before && after) || Number(hours) > (mark ? 12 : 23)) return undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + half;
  return { time: ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0')), isTwelveHour: mark !== undefined };
}

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'ru'];

let named: ReadonlyMap<string, number> | undefined;

/** The months' names, long and short, as the platform knows them; a name that means two months in two languages means none. */
function months(): ReadonlyMap<string, number> {
  named ??= readMonths();
  return named;
}

function readMonths(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const doubtful = new Set<string>();
  for (const language of languages) {
    for (const options of [{ month: 'long' }, { month: 'short' }, { month: 'long', day: 'numeric' }, { month: 'short', day: 'numeric' }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1) {
        const name = format.formatToParts(Date.UTC(2026, month - 1, 15)).find(({ type }) => type === 'month')?.value ?? '';
        const plain = name.replace(/\.$/, '').toLowerCase();
        if ((found.get(plain) ?? month) !== month) doubtful.add(plain);
        found.set(plain, month);
      }
    }
  }
  for (const name of doubtful) found.delete(name);
  return found;
}
