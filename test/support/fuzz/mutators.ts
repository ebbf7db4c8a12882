/** All ways to change a text, in one list. A mutator is a function of a text and of chance. */

import { changes } from './changes.ts';
import type { Random } from './random.ts';
import { rearrangements } from './rearrangements.ts';
import { wrappings } from './wrappings.ts';

/**
 * Gives a changed text.
 * @param other Gives another text of the corpus.
 */
export type Mutator = (text: string, random: Random, other: () => string) => string;

/** What spoils a text a little, and can come several times. */
export const smallMutators: readonly Mutator[] = [...changes, ...rearrangements];

/** What puts a text into another form. */
export const wrappingMutators: readonly Mutator[] = wrappings;
