/** Gives the local times of a log their place in UTC, where the user has said the zone. What stays open is said, never guessed. */

import { withChanges } from '../../text/withChanges.ts';
import type { Step, TimeDoubt, When } from '../../values.ts';
import { type LocalTime, mayHaveTwoOrders, readLocalTime } from './localTime.ts';
import type { TimeZone } from './timeZone.ts';

/** What has a time: each form writes its times in its own way. */
export type Dated = When & Pick<Step, 'format'>;

type DateOrder = 'dayFirst' | 'monthFirst';

/**
 * The orders of day and month that the dates of a file show, by form and shape: 25/12/2026 tells how 03/04/2026 is meant. It is a value of the
 * file, so those of its parts are joined, and nothing is placed before all of them are known.
 */
export type Orders = ReadonlyMap<string, DateOrder | 'contradictory'>;

export const noOrders: Orders = new Map();

/** What the dates of records show, whether anything is known about these records or not. */
export function ordersOf(records: readonly Dated[]): Orders {
  const orders = new Map<string, DateOrder | 'contradictory'>();
  for (const record of records) {
    const local = readDoubtful(record);
    const order = local && ownOrder(record, local);
    if (order) add(orders, keyOf(record, local), order);
  }
  return orders.size === 0 ? noOrders : orders;
}

/** What the dates of two parts show together, in whatever order these stand. */
export function joinOrders(one: Orders, other: Orders): Orders {
  if (other.size === 0) return one;
  const joined = new Map(one);
  for (const [key, order] of other) add(joined, key, order);
  return joined;
}

/** Whether what stands elsewhere in the file can still change where a record is placed. Dates that contradict each other never agree again. */
export function isOpenIn(orders: Orders, record: Dated): boolean {
  const local = readDoubtful(record);
  return local !== undefined && isOpen(record, local) && orders.get(keyOf(record, local)) !== 'contradictory';
}

/** The step with its time in UTC, or why there is none; itself, where it has no local time. */
export function placeRecord<Value extends Step>(step: Value, orders: Orders, zone: TimeZone): Value {
  return step.localTime === undefined ? step : (withChanges<Step>(step, placeOf(step, orders, zone)) as Value);
}

/** What becomes known of a local time. */
function placeOf(dated: Dated, orders: Orders, zone: TimeZone): When {
  const local = readLocal(dated);
  if (!local) return { timeDoubt: dated.isElsewhere ? 'elsewhere' : 'unread' };
  const isTold = isOpen(dated, local);
  const order = isTold ? orders.get(keyOf(dated, local)) : (ownOrder(dated, local) ?? 'dayFirst');
  const at = order === undefined || order === 'contradictory' ? undefined : local[order];
  if (at === undefined) return { timeDoubt: 'order' };
  const instants = zone.instants(at);
  const doubt: TimeDoubt | undefined = instants.length === 0 ? 'skipped' : instants.length > 1 ? 'repeated' : undefined;
  if (doubt) return { timeDoubt: doubt };
  return { time: new Date(instants[0] as number).toISOString(), ...(isTold && { isOrderOfOthers: true }) };
}

function add(orders: Map<string, DateOrder | 'contradictory'>, key: string, order: DateOrder | 'contradictory'): void {
  const known = orders.get(key);
  orders.set(key, known === undefined || known === order ? order : 'contradictory');
}

function readLocal({ localTime, isElsewhere }: Dated): LocalTime | undefined {
  return localTime === undefined || isElsewhere ? undefined : readLocalTime(localTime);
}

function readDoubtful(record: Dated): LocalTime | undefined {
  return record.localTime !== undefined && mayHaveTwoOrders(record.localTime) ? readLocal(record) : undefined;
}

const keyOf = ({ format }: Dated, { shape }: LocalTime): string => `${format} ${shape}`;

/** The order that a time itself shows, by a number over 12 or by the language around it; undefined where there is nothing to choose, or nothing to choose by. */
function ownOrder({ isDayFirst }: Dated, { dayFirst, monthFirst, isTwelveHour }: LocalTime): DateOrder | undefined {
  if (dayFirst === monthFirst) return undefined;
  if (monthFirst === undefined) return 'dayFirst';
  if (dayFirst === undefined) return 'monthFirst';
  return isDayFirst && !isTwelveHour ? 'dayFirst' : undefined;
}

function isOpen(record: Dated, local: LocalTime): boolean {
  return local.dayFirst !== local.monthFirst && ownOrder(record, local) === undefined;
}
