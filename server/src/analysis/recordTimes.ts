/** Gives the local times of a log their place in UTC, where the user has said the zone. What stays open is said, never guessed. */

import { type FormatId, type LogRecord, type TimeDoubt, withChanges } from '../values.ts';
import { type LocalTime, readLocalTime } from './localTime.ts';
import type { TimeZone } from './timeZone.ts';

/** Adds the time in UTC to the records of a text, or why there is none. */
export type PlaceInTime = (records: readonly LogRecord[]) => LogRecord[];

/**
 * Starts with one file. Where a text leaves it open whether the day or the month comes first, the other times of the same shape decide
 * that the same form of the file holds, if they agree: 25/12/2026 tells how 03/04/2026 is meant. They are remembered,
 * so that a file can be handed over in parts.
 */
export function createPlaceInTime(zone: TimeZone): PlaceInTime {
  const orders = new Map<string, Set<DateOrder>>();
  return (records) => {
    const read = records.map((record) => ({ record, local: record.localTime !== undefined && !foreign.has(record.format) ? readLocalTime(record.localTime) : undefined }));
    for (const { record, local } of read) {
      const order = local && ownOrder(record, local);
      if (order) orders.set(keyOf(record, local), (orders.get(keyOf(record, local)) ?? new Set()).add(order));
    }
    return read.map(({ record, local }) => {
      if (record.localTime === undefined) return record;
      if (!local) return withChanges(record, { timeDoubt: foreign.has(record.format) ? 'elsewhere' : 'unread' });
      return place(record, local, orders.get(keyOf(record, local)) ?? new Set(), zone);
    });
  };
}

type DateOrder = 'dayFirst' | 'monthFirst';

/** A bounce is written by somebody else's server, and a message trace by Exchange Online: neither knows the zone of this place. */
const foreign: ReadonlySet<FormatId> = new Set(['ndr', 'message-trace']);

const keyOf = ({ format }: LogRecord, { shape }: LocalTime): string => `${format} ${shape}`;

/** The order that a time itself shows, by a number over 12 or by the language around it; undefined where there is nothing to choose, or nothing to choose by. */
function ownOrder({ isDayFirst }: LogRecord, { dayFirst, monthFirst, isTwelveHour }: LocalTime): DateOrder | undefined {
  if (dayFirst === monthFirst) return undefined;
  if (monthFirst === undefined) return 'dayFirst';
  if (dayFirst === undefined) return 'monthFirst';
  return isDayFirst && !isTwelveHour ? 'dayFirst' : undefined;
}

function place(record: LogRecord, local: LocalTime, others: ReadonlySet<DateOrder>, zone: TimeZone): LogRecord {
  const own = ownOrder(record, local);
  const [other] = others.size === 1 ? others : [];
  const isOpen = own === undefined && local.dayFirst !== local.monthFirst;
  const order = own ?? (isOpen ? other : 'dayFirst');
  const at = order && local[order];
  if (at === undefined) return withChanges(record, { timeDoubt: 'order' });
  const instants = zone.instants(at);
  const doubt: TimeDoubt | undefined = instants.length === 0 ? 'skipped' : instants.length > 1 ? 'repeated' : undefined;
  if (doubt) return withChanges(record, { timeDoubt: doubt });
  return withChanges(record, { time: new Date(instants[0] as number).toISOString() }, isOpen ? { isOrderOfOthers: true } : undefined);
}
