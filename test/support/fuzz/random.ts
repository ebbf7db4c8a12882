/** Chance that can be had again: the same seed gives the same numbers, on every machine. */

/** A generator of numbers by mulberry32: 32 bits of state, enough to choose places in a text by. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** At least 0 and less than 1. */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from 0 on, less than `limit`; 0 where that is no room. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }
}

/** A seed made of a seed and what it is for, so that neighbours have nothing in common. */
export function seedFor(seed: number, purpose: number | string): number {
  let mixed = new Random(seed).below(0x1_0000_0000);
  for (const character of String(purpose)) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x0100_0193) >>> 0;
  return new Random(mixed).below(0x1_0000_0000);
}
