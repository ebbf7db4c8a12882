/** The texts that the laws are tried on. A case is made of its seed and its number alone, so that any one can be had again. */

import { pickText } from './corpus.ts';
import { farApart } from './distances.ts';
import { smallMutators, wrappingMutators } from './mutators.ts';
import { Random, seedFor } from './random.ts';

export interface Case {
  readonly seed: number;
  readonly number: number;
  readonly text: string;
  /** Whether it was made so long that it is read in parts as files are; it is still so meant when it is made smaller. */
  readonly isLong: boolean;
}

/** One case in so many is of a length that is read in parts. */
const oneLongIn = 50;

/** A changed text is no longer than this, so that a round has many. */
const longestChanged = 100_000;

export function makeCase(seed: number, number: number): Case {
  const random = new Random(seedFor(seed, number));
  const isLong = random.oneIn(oneLongIn);
  let text: string | undefined;
  return {
    seed,
    number,
    isLong,
    // Made when a law asks for it: not all do, and it is what takes long.
    get text() {
      text ??= isLong ? farApart(random, () => changedText(random)) : changedText(random);
      return text;
    },
  };
}

/** The chance that a law has with a case: its own, whatever other laws there are. */
export function chanceOf({ seed, number }: Case, law: string): Random {
  return new Random(seedFor(seedFor(seed, number), law));
}

/** A text after so many small changes. */
export function spoil(text: string, random: Random, steps: number): string {
  let changed = text;
  for (let left = steps; left > 0; left -= 1)
    changed = random
      .pick(smallMutators)(changed, random, () => pickText(random))
      .slice(0, longestChanged);
  return changed;
}

function changedText(random: Random): string {
  const other = (): string => pickText(random);
  let text = spoil(other(), random, random.below(6));
  for (let depth = random.oneIn(4) ? random.between(1, 3) : 0; depth > 0; depth -= 1) text = random.pick(wrappingMutators)(text, random, other).slice(0, longestChanged);
  // What was wrapped is sometimes spoiled itself.
  return random.oneIn(4) ? spoil(text, random, 1) : text;
}
