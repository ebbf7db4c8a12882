/** Stretches and offsets in order, and the search in them. */

import type { Span } from '../values.ts';

/** The stretch that an offset stands in, of stretches in order. */
export function stretchAt<Stretch extends Span>(stretches: readonly Stretch[], offset: number): Stretch | undefined {
  const stretch = stretches[firstBehind(stretches, offset)];
  return stretch && stretch.start <= offset ? stretch : undefined;
}

/** The index of the first stretch that ends behind an offset, of stretches in order. */
export function firstBehind(stretches: readonly Span[], offset: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as Span).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The numbers of several lists, each in order, in one. */
export function inOrder(lists: readonly (readonly number[])[]): readonly number[] {
  return lists.reduce((one, other) => (one.length === 0 ? other : other.length === 0 ? one : merge(one, other)), []);
}

function merge(one: readonly number[], other: readonly number[]): number[] {
  const merged: number[] = [];
  let index = 0;
  for (const number of one) {
    while (index < other.length && (other[index] as number) < number) merged.push(other[index++] as number);
    merged.push(number);
  }
  while (index < other.length) merged.push(other[index++] as number);
  return merged;
}

/** How many of the numbers, which are in order, are lower than a value. */
export function countBelow(numbers: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of some spans in order that have a place between two offsets. */
export function spansBetween(spans: readonly Span[], from: number, end: number): readonly Span[] {
  if (from === 0 && end === Number.POSITIVE_INFINITY) return spans;
  const between: Span[] = [];
  for (const span of spans) if (span.end > from && span.start < end) between.push(span);
  return between;
}
