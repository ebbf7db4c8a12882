/** How often something happened, by slots of time: as fine as the number of slots allows, so that an hour and a year have a shape alike. */

import type { FormatId, What } from '../../values.ts';

/** What is counted. */
export interface Counted {
  readonly what: What;
  /** The failure's key; empty for what was delivered. */
  readonly failure: string;
  readonly destination: string;
  readonly format: FormatId;
}

/** One slot of one failure and destination, with the first line that it was read from. */
export interface TimeCell extends Counted {
  /** Its beginning, in minutes since 1970; NaN where the logs do not say the zone. */
  readonly minute: number;
  readonly file: string;
  readonly line: number;
  count: number;
}

/** The widths of slots, in minutes, each a multiple of the one before: a wider slot is a sum of narrower ones. */
const widths = [1, 5, 15, 60, 360, 1_440] as const;
const most = 50_000;

export class TimeCells {
  private cells = new Map<string, TimeCell>();
  private width = 0;

  /** The minutes of a slot. */
  get minutes(): number {
    return widths[this.width] as number;
  }

  all(): Iterable<TimeCell> {
    return this.cells.values();
  }

  /** Counts something that happened at a time, in milliseconds since 1970. */
  add(at: number, counted: Counted, place: { readonly file: string; readonly line: number }, count: number): void {
    this.put({ ...counted, ...place, minute: Math.floor(at / 60_000), count });
  }

  join(other: TimeCells): void {
    while (this.width < other.width) this.widen();
    for (const cell of other.all()) this.put(cell);
  }

  private put({ minute, what, failure, destination, format, file, line, count }: TimeCell): void {
    while (this.cells.size >= most && this.width < widths.length - 1) this.widen();
    const slot = Math.floor(minute / this.minutes) * this.minutes;
    // Where there are more destinations than anybody reads, they are counted together.
    const told = this.cells.size < most ? destination : '';
    const key = `${slot} ${what} ${failure} ${format} ${told}`;
    const known = this.cells.get(key);
    if (known) known.count += count;
    else this.cells.set(detachedText(key), { minute: slot, what, failure: detachedText(failure), destination: detachedText(told), format, file, line, count });
  }

  private widen(): void {
    const { cells } = this;
    this.width += 1;
    this.cells = new Map();
    for (const cell of cells.values()) this.put(cell);
  }
}

/** A copy: a text of a log is a window into a part of it, which would stay in memory. */
const detachedText = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

/** A count of one failure and destination in a stretch of time. */
export interface BinCount extends Omit<TimeCell, 'format' | 'minute'> {
  /** Where the stretch begins, in minutes since 1970; NaN where the logs do not say the zone. */
  readonly bin: number;
}

/**
 * The counts of stretches of time, in their order; undated last. One attempt stands in several logs, so of each failure and destination
 * the form counts that tells most of it in this stretch.
 */
export function countBins(cells: TimeCells, minutes: number): BinCount[] {
  const groups = new Map<string, { total: number; readonly counts: Map<string, BinCount> }>();
  const fullest = new Map<string, { total: number; format: string }>();
  for (const { minute, what, failure, destination, format, count, ...place } of cells.all()) {
    const bin = Math.floor(minute / minutes) * minutes;
    const key = `${bin} ${failure} ${destination}`;
    // What is delivered stands in the logs of each organisation, and they are different deliveries.
    const own = failure === '' ? key : `${key} ${format}`;
    const group = groups.get(own) ?? { total: 0, counts: new Map<string, BinCount>() };
    groups.set(own, group);
    group.total += count;
    const known = group.counts.get(what);
    if (known) known.count += count;
    else group.counts.set(what, { bin, what, failure, destination, count, ...place });
    const best = fullest.get(key);
    if (!best || group.total > best.total || (group.total === best.total && format < best.format)) fullest.set(key, { total: group.total, format });
  }
  return [...fullest]
    .flatMap(([key, { format }]) => [...((groups.get(key) ?? groups.get(`${key} ${format}`))?.counts.values() ?? [])])
    .sort(
      (one, other) =>
        (Number.isNaN(one.bin) ? (Number.isNaN(other.bin) ? 0 : 1) : Number.isNaN(other.bin) ? -1 : one.bin - other.bin) ||
        other.count - one.count ||
        (one.failure < other.failure ? -1 : Number(one.failure > other.failure)),
    );
}
