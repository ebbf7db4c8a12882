/** Where literals stand in a text: what several formats begin with is looked for once. */

import type { Span } from '../values.ts';
import { anyLiteral, type LiteralSearch } from './literals.ts';
import { withMoreRoom } from './numbers.ts';
import { countBelow, inOrder } from './spans.ts';

/** The offsets of a literal in the text that is read, or those of several, in order. */
export type Occurrences = (literals: string | readonly string[]) => readonly number[];

/** Looks for what the sieve has when one of it is first asked for, and for any other literal by itself. */
export function createOccurrences(text: string, sieve?: LiteralSearch): Occurrences {
  const known = new Map<string | readonly string[], readonly number[]>();
  let sifted: ReadonlyMap<string, readonly number[]> | undefined;
  const find = (literal: string): readonly number[] => {
    if (!sieve?.has(literal)) return known.get(literal) ?? (literal === anyLiteral ? [] : findAll(text, literal));
    sifted ??= sieve.sift(text);
    return sifted.get(literal) ?? [];
  };
  const findEach = (literals: readonly string[]): (readonly number[])[] => {
    if (!sieve) return literals.map(find);
    const { together, apart } = sieve.divide(literals);
    const found = apart.map(find);
    sifted ??= sieve.sift(text);
    // A text has few of those that there are.
    for (const [literal, offsets] of sifted) if (together.has(literal)) found.push(offsets);
    return found;
  };
  return (literals) => {
    const offsets = known.get(literals) ?? (typeof literals === 'string' ? find(literals) : inOrder(findEach(literals)));
    known.set(literals, offsets);
    return offsets;
  };
}

/** The occurrences in a stretch of a text, as those of a text of its own: no literal may reach over its edges. */
export function occurrencesWithin(occurrences: Occurrences, { start, end }: Span): Occurrences {
  const known = new Map<string | readonly string[], readonly number[]>();
  return (literals) => {
    const found = known.get(literals);
    if (found) return found;
    const inside: number[] = [];
    const offsets = occurrences(literals);
    for (let index = countBelow(offsets, start); index < offsets.length && (offsets[index] as number) < end; index++) inside.push((offsets[index] as number) - start);
    known.set(literals, inside);
    return inside;
  };
}

/** Whether a sticky expression matches at an offset. */
export function standsAt(text: string, pattern: RegExp, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}

function findAll(text: string, literal: string): number[] {
  let count = 0;
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
    if (count === room.length) room = withMoreRoom(room);
    room[count++] = at;
  }
  const offsets = new Array<number>(count);
  for (let index = 0; index < count; index++) offsets[index] = room[index] as number;
  return offsets;
}

let room = new Int32Array(1024);
