/** Finds many literals in one pass over a text, which takes about as long as a search for two or three of them. */

import { createLatin1Memory } from './latin1.ts';

/** The literals that are looked for together. */
export interface LiteralSearch {
  has(literal: string): boolean;
  /** The offsets of each literal in a text, in order. */
  sift(text: string): ReadonlyMap<string, readonly number[]>;
}

/** Shorter literals could slip through. */
const shortestLiteral = 7;

/** A literal that four characters are part of. */
interface Candidate {
  readonly literal: string;
  /** Where in it they stand. */
  readonly offset: number;
  readonly first: number;
  readonly found: number[];
}

/** So much of a text is looked at at a time, which stays in the processor's cache: a multiple of four. */
const blockLength = 32 * 1024;

/** With fewer, what is no literal meets one in the table more often; with more, the table leaves the fastest cache. */
const hashBits = 15;

/**
 * Looks up each four characters of a text at once, in a table. Of a literal of seven characters or more, four stand side by side in the text
 * at a multiple of four, wherever it begins; and in most places one look at the table tells that no literal is there.
 * @param literals Of ASCII. Those that are shorter are left out.
 */
export function createLiteralSearch(literals: readonly string[]): LiteralSearch {
  // Characters beyond Latin-1 lose their upper half here: what looks like a literal is compared with the text itself.
  const { bytes, write } = createLatin1Memory(blockLength);
  const fours = new Int32Array(bytes.buffer, bytes.byteOffset, blockLength / 4);
  const table = new Uint8Array(1 << hashBits);
  const hits = new Int32Array(fours.length);
  const candidates = new Map<number, Candidate[]>();
  const all = [...new Set(literals)].filter(({ length }) => length >= shortestLiteral).map((literal) => ({ literal, found: [] as number[] }));
  for (const { literal, found } of all) {
    const rarest = rarestStart(literal);
    // The last four come first, so that of two places with the same four the one above comes first.
    for (let offset = rarest + shortestLiteral - 4; offset >= rarest; offset--) {
      write(literal.slice(offset, offset + 4));
      const four = fours[0] as number;
      table[hash(four)] = 1;
      candidates.set(four, [...(candidates.get(four) ?? []), { literal, offset, first: literal.charCodeAt(0), found }]);
    }
  }
  const sift = (text: string): ReadonlyMap<string, readonly number[]> => {
    for (let start = 0; start < text.length; start += blockLength) {
      const end = Math.min(text.length, start + blockLength);
      write(text.slice(start, end));
      const count = noteHits(fours, (end - start) >> 2, table, hits);
      for (let hit = 0; hit < count; hit++) {
        const index = hits[hit] as number;
        const looked = candidates.get(fours[index] as number);
        // Another four can have its place in the table.
        if (looked) compare(text, start + 4 * index, looked);
      }
    }
    return new Map(all.map(({ literal, found }) => [literal, found.splice(0)]));
  };
  const names = new Set(all.map(({ literal }) => literal));
  return { has: (literal) => names.has(literal), sift };
}

/** Where in a literal the seven characters begin that are looked up: the fewest of their fours are nothing but small letters and blanks, of which any text is full. */
function rarestStart(literal: string): number {
  let rarest = 0;
  for (let start = 1; start + shortestLiteral <= literal.length; start++) {
    if (countCommon(literal, start) < countCommon(literal, rarest)) rarest = start;
  }
  return rarest;
}

function countCommon(literal: string, start: number): number {
  let count = 0;
  for (let offset = start; offset <= start + shortestLiteral - 4; offset++) if (/^[a-z ]+$/.test(literal.slice(offset, offset + 4))) count += 1;
  return count;
}

/**
 * Notes the indexes of those that the table has a one for, and gives their number. Four are looked up at a time, and asked about together, so that
 * the processor has little to guess: where the table has a zero, the next index takes the place of the one before.
 */
function noteHits(fours: Int32Array, length: number, table: Uint8Array, hits: Int32Array): number {
  let count = 0;
  let index = 0;
  for (const end = length - 3; index < end; index += 4) {
    const one = table[hash(fours[index] as number)] as number;
    const two = table[hash(fours[index + 1] as number)] as number;
    const three = table[hash(fours[index + 2] as number)] as number;
    const four = table[hash(fours[index + 3] as number)] as number;
    if ((one | two | three | four) === 0) continue;
    hits[count] = index;
    count += one;
    hits[count] = index + 1;
    count += two;
    hits[count] = index + 2;
    count += three;
    hits[count] = index + 3;
    count += four;
  }
  for (; index < length; index++) {
    hits[count] = index;
    count += table[hash(fours[index] as number)] as number;
  }
  return count;
}

/** Multiplied by the golden ratio, numbers that are alike are spread over the table. */
function hash(four: number): number {
  return Math.imul(four, 0x9e3779b1) >>> (32 - hashBits);
}

function compare(text: string, at: number, candidates: readonly Candidate[]): void {
  for (const { literal, offset, first, found } of candidates) {
    const start = at - offset;
    if (text.charCodeAt(start) === first && text.startsWith(literal, start)) found.push(start);
  }
}
