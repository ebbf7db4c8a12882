/** Failures and deliveries over time, in so many stretches as a picture can show. */

import type { Category } from '../../values.ts';
import { isoOf } from '../messages/toldMessage.ts';
import type { Onset } from './onsets.ts';
import type { Overview } from './overview.ts';
import { countBins } from './timeCells.ts';

export interface CategoryCount {
  readonly category: Category;
  readonly count: number;
}

export interface TimeBins {
  /** The length of a stretch in minutes. */
  readonly minutes: number;
  /** Without holes, from the first to the last stretch in which anything happened. */
  readonly bins: readonly TimeBin[];
  /** How many failures stand in logs that do not say the zone of their times, and so in no stretch. */
  readonly undated: number;
}

export interface TimeBin {
  readonly from: string;
  readonly delivered: number;
  /** How many failures of each kind, and to each of the destinations that fail most; all others under an empty name. */
  readonly categories: readonly CategoryCount[];
  readonly destinations: readonly { readonly destination: string; readonly count: number }[];
  /** Where the first failure in it stands. */
  readonly first: { readonly file: string; readonly line: number } | null;
}

/** Lengths that people count in. */
const lengths = [1, 5, 15, 30, 60, 180, 360, 720, 1_440, 10_080, 43_200] as const;
const most = { bins: 60, destinations: 5 } as const;

export function tellTimeBins({ cells, series }: Overview, onsets: readonly Onset[]): TimeBins {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { minute } of cells.all()) if (minute < first) first = minute;
  for (const { minute } of cells.all()) if (minute > last) last = minute;
  const fits = (length: number): boolean => length >= cells.minutes && Math.floor(last / length) - Math.floor(first / length) < most.bins;
  const minutes = lengths.find(fits) ?? Math.ceil((last - first + 1) / most.bins / 1_440) * 1_440;
  if (!(first <= last)) return { minutes: lengths[0], bins: [], undated: countUndated(cells) };
  const categories = new Map([...series.all.values()].map(({ key, category }) => [key, category]));
  const shown = new Set(mostFrequent(onsets));
  const bins: Writable[] = [];
  for (let at = Math.floor(first / minutes) * minutes; at <= last; at += minutes)
    bins.push({ from: isoOf(at * 60_000) as string, delivered: 0, categories: new Map(), destinations: new Map(), first: null });
  const start = Math.floor(first / minutes);
  for (const { bin, failure, destination, count, file, line } of countBins(cells, minutes)) {
    const into = bins[Math.floor(bin / minutes) - start];
    if (!into) continue;
    if (failure === '') {
      into.delivered += count;
      continue;
    }
    const category = categories.get(failure) ?? 'unknown';
    const told = shown.has(destination) ? destination : '';
    into.categories.set(category, (into.categories.get(category) ?? 0) + count);
    into.destinations.set(told, (into.destinations.get(told) ?? 0) + count);
    into.first ??= { file, line };
  }
  return { minutes, bins: bins.map(tellBin), undated: countUndated(cells) };
}

function tellBin({ from, delivered, categories, destinations, first }: Writable): TimeBin {
  return {
    from,
    delivered,
    categories: [...categories].map(([category, count]) => ({ category, count })),
    destinations: [...destinations].map(([destination, count]) => ({ destination, count })),
    first,
  };
}

interface Writable {
  from: string;
  delivered: number;
  categories: Map<Category, number>;
  destinations: Map<string, number>;
  first: TimeBin['first'];
}

function countUndated(cells: Overview['cells']): number {
  return countBins(cells, 1_440).reduce((sum, { bin, failure, count }) => sum + (Number.isNaN(bin) && failure !== '' ? count : 0), 0);
}

function mostFrequent(onsets: readonly Onset[]): string[] {
  const counts = new Map<string, number>();
  for (const { target, count } of onsets) counts.set(target, (counts.get(target) ?? 0) + count);
  return [...counts]
    .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
    .slice(0, most.destinations)
    .map(([target]) => target);
}
