/** Puts findings of the same failure and the same destination together, with their count. */

import type { FindingRows } from './documentFindings.ts';
import type { FindingKind } from './findingKind.ts';

export interface Group {
  /** The other side: a domain, a host, an address; empty where the log names none. */
  readonly destination: string;
  readonly size: number;
  /** The numbers of its first findings in the document, in text order, at least one. */
  readonly first: readonly number[];
  /** That of its last one. */
  readonly last: number;
}

/** The groups of a document's findings, in the order of each group's first finding: numbers alone, since each finding may be a group of its own. */
export class FindingGroups {
  readonly length: number;
  /** How many findings each group has. */
  readonly sizes: readonly number[];
  private readonly destinations: readonly string[];
  /** The numbers of each group's first and last finding. */
  private readonly firsts: readonly number[];
  private readonly lasts: readonly number[];
  private readonly parts: readonly FindingRows[];
  /** The group of each kind, part by part. */
  private readonly ofKinds: readonly Int32Array[];

  constructor(parts: readonly FindingRows[]) {
    const known = new Map<string, Map<string, number>>();
    const destinations: string[] = [];
    const sizes: number[] = [];
    const firsts: number[] = [];
    const lasts: number[] = [];
    let number = 0;
    this.parts = parts;
    this.ofKinds = parts.map(({ columns, first, end }) => {
      const ofKind = new Int32Array(columns.kinds.length).fill(-1);
      for (let index = first; index < end; index++) {
        const kind = columns.kind[index] as number;
        if (ofKind[kind] === -1) {
          const { code, destination } = columns.kinds[kind] as (typeof columns.kinds)[number];
          const ofCode = known.get(code) ?? new Map<string, number>();
          known.set(code, ofCode);
          ofKind[kind] = ofCode.get(destination) ?? sizes.length;
          if (ofKind[kind] === sizes.length) {
            ofCode.set(destination, sizes.length);
            destinations.push(destination);
            sizes.push(0);
            firsts.push(number);
          }
        }
        (sizes[ofKind[kind] as number] as number)++;
        lasts[ofKind[kind] as number] = number++;
      }
      return ofKind;
    });
    this.destinations = destinations;
    this.firsts = firsts;
    this.lasts = lasts;
    this.sizes = sizes;
    this.length = sizes.length;
  }

  /** The largest groups, in text order, each with its first findings. */
  mostFrequent(most: number, mostFirst: number): Group[] {
    const shown = this.length <= most ? this.sizes.map((_, group) => group) : this.largest(most);
    const firsts = new Map(shown.map((group) => [group, [] as number[]]));
    this.each((index, group) => {
      const first = firsts.get(group);
      if (first && first.length < mostFirst) first.push(index);
    });
    return shown.map((group) => this.group(group, firsts.get(group) as number[]));
  }

  /** The group of a finding, with its first finding. */
  groupOf(number: number): Group | undefined {
    const group = this.numberOf(number);
    return group === undefined ? undefined : this.group(group, [this.firsts[group] as number]);
  }

  /** By which number the group of a finding is called here. */
  numberOf(number: number): number | undefined {
    let start = 0;
    for (const [index, { first, end, columns }] of this.parts.entries()) {
      if (number < start + end - first) return (this.ofKinds[index] as Int32Array)[columns.kind[first + number - start] as number];
      start += end - first;
    }
    return undefined;
  }

  private group(group: number, first: readonly number[]): Group {
    return { destination: this.destinations[group] as string, size: this.sizes[group] as number, first, last: this.lasts[group] as number };
  }

  /** The group of each finding, in their order. */
  numbers(): Int32Array {
    const numbers = new Int32Array(this.parts.reduce((sum, { first, end }) => sum + end - first, 0));
    this.each((number, group) => {
      numbers[number] = group;
    });
    return numbers;
  }

  /** Calls with the number of each finding in the document, its group and its kind. */
  each(visit: (number: number, group: number, kind: FindingKind) => void): void {
    let number = 0;
    for (const [index, part] of this.parts.entries()) {
      const ofKind = this.ofKinds[index] as Int32Array;
      for (let row = part.first; row < part.end; row++) {
        const kind = part.columns.kind[row] as number;
        visit(number++, ofKind[kind] as number, part.columns.kinds[kind] as FindingKind);
      }
    }
  }

  /** Of equally large ones the first. */
  private largest(most: number): number[] {
    const ranks = Float64Array.from(this.sizes, (size, group) => group - size * this.length).sort();
    return Array.from(ranks.subarray(0, most), (rank) => ((rank % this.length) + this.length) % this.length).sort((one, other) => one - other);
  }
}
