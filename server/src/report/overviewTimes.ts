/** Failures and deliveries over time, as piles of columns. */

import type { TimeBin } from '../analysis/overview/toldBins.ts';
import type { ToldReport } from '../analysis/overview/toldReport.ts';
import type { ColumnChart, PictureSection, Tone } from '../protocol/overview.ts';
import { shortened } from '../text/visible.ts';
import { binName, lengthOfBin } from './overviewWords.ts';

const kindTones = ['kind1', 'kind2', 'kind3', 'kind4', 'kind5'] as const satisfies readonly Tone[];

export function timeSection({ times }: ToldReport): PictureSection | undefined {
  const { bins, minutes } = times;
  if (bins.length === 0) return undefined;
  const kinds = countedNames(bins.flatMap((bin) => bin.categories.map(({ category, count }) => [category, count] as const)));
  const destinations = countedNames(bins.flatMap((bin) => bin.destinations.map(({ destination, count }) => [destination, count] as const)));
  const length = lengthOfBin(minutes);
  const blocks = [
    pileOf(`Failures by kind, each column ${length}`, bins, minutes, kinds, (bin) => bin.categories.map(({ category, count }) => [category, count])),
    pileOf(`Failures by destination, each column ${length}`, bins, minutes, destinations, (bin) => bin.destinations.map(({ destination, count }) => [destination, count])),
    deliveries(`Deliveries, each column ${length}`, bins, minutes),
  ].flatMap((chart) => chart ?? []);
  return blocks.length === 0 ? undefined : { heading: 'Over time (UTC)', level: 2, text: [], blocks };
}

/** The most frequent first; what has no name stands for all others. */
function countedNames(pairs: readonly (readonly [string, number])[]): string[] {
  const counts = new Map<string, number>();
  for (const [name, count] of pairs) counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts]
    .filter(([name]) => name !== '')
    .sort((one, other) => other[1] - one[1])
    .map(([name]) => name);
}

/** @param names Those that get a colour of their own, as far as there are colours. */
function pileOf(
  caption: string,
  bins: readonly TimeBin[],
  minutes: number,
  names: readonly string[],
  countsOf: (bin: TimeBin) => readonly (readonly [string, number])[],
): ColumnChart | undefined {
  const own = names.slice(0, kindTones.length);
  const columns = bins.map((bin) => {
    const counts = own.map(() => 0);
    let others = 0;
    for (const [name, count] of countsOf(bin)) {
      const index = own.indexOf(name);
      if (index < 0) others += count;
      else counts[index] = (counts[index] ?? 0) + count;
    }
    return { name: binName(bin.from, minutes), counts: [...counts, others], ...(bin.first && { place: bin.first }) };
  });
  const hasOthers = columns.some(({ counts }) => (counts.at(-1) as number) > 0);
  const legend = [...own.map((name, index) => ({ name: shortened(name, 80), tone: kindTones[index] as Tone })), ...(hasOthers ? [{ name: 'others', tone: 'other' as const }] : [])];
  return finished(caption, legend, hasOthers ? columns : columns.map((column) => ({ ...column, counts: column.counts.slice(0, -1) })));
}

function deliveries(caption: string, bins: readonly TimeBin[], minutes: number): ColumnChart | undefined {
  return finished(
    caption,
    [{ name: 'delivered', tone: 'good' }],
    bins.map(({ from, delivered }) => ({ name: binName(from, minutes), counts: [delivered] })),
  );
}

function finished(caption: string, legend: ColumnChart['legend'], columns: ColumnChart['columns']): ColumnChart | undefined {
  const highest = Math.max(0, ...columns.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0)));
  return highest === 0 ? undefined : { kind: 'columns', caption, legend, columns, highest };
}
