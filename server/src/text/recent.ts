/**
 * What was said a little above. Farther above than its reach nothing is known any more, in a whole text as in a part of it:
 * so what is read of a text does not depend on where it was cut, and no memory grows with it.
 */

import { countBelow } from './spans.ts';

/** Values by their keys, such as the sessions of a log. */
export class Recent<Value> {
  private readonly reach: number;
  /** The one that was remembered longest ago comes first. */
  private readonly known = new Map<string, { readonly at: number; readonly value: Value }>();

  /** @param reach In UTF-16 code units. */
  constructor(reach: number) {
    this.reach = reach;
  }

  /** Places come in the order of the text. */
  remember(key: string, at: number, value: Value): void {
    this.known.delete(key);
    this.known.set(key, { at, value });
    for (const [oldest, { at: place }] of this.known) {
      if (at - place <= this.reach) return;
      this.known.delete(oldest);
    }
  }

  recall(key: string, at: number): Value | undefined {
    const known = this.known.get(key);
    return known && at - known.at <= this.reach ? known.value : undefined;
  }

  forget(key: string): void {
    this.known.delete(key);
  }

  /** How many are kept. */
  get size(): number {
    return this.known.size;
  }
}

/** One value. */
export class RecentValue<Value> {
  private readonly reach: number;
  private place = Number.NEGATIVE_INFINITY;
  private value: Value | undefined;

  constructor(reach: number) {
    this.reach = reach;
  }

  remember(at: number, value: Value | undefined): void {
    this.place = at;
    this.value = value;
  }

  recall(at: number): Value | undefined {
    return at - this.place <= this.reach ? this.value : undefined;
  }
}

/** Places by their keys, where what stands below counts as well as what stands above: they are asked when all are known. */
export class Nearby {
  private readonly above: number;
  private readonly below: number;
  private readonly places = new Map<string, number[]>();

  constructor(above: number, below: number) {
    this.above = above;
    this.below = below;
  }

  /** Places come in the order of the text. */
  add(key: string, at: number): void {
    const places = this.places.get(key);
    if (places) places.push(at);
    else this.places.set(key, [at]);
  }

  /** Whether a place of the key stands near another place. */
  has(key: string, at: number): boolean {
    const places = this.places.get(key) ?? [];
    return (places[countBelow(places, at - this.above)] ?? Number.POSITIVE_INFINITY) <= at + this.below;
  }
}
