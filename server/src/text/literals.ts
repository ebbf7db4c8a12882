/** Finds many literals in one pass over a text, which takes about as long as a search for two or three of them. */

import { createLatin1Memory } from './latin1.ts';

/** The literals that are looked for together. */
export interface LiteralSearch {
  has(literal: string): boolean;
  /** The offsets of each literal that stands in a text, in order, and those of any of them, nearly in order. */
  sift(text: string): ReadonlyMap<string, readonly number[]>;
}

/** Asked for as a literal: where any of those stands that are looked for together, nearly in order. */
export const anyLiteral = '';

/** Shorter literals could slip through. */
const shortestLiteral = 7;

/** A literal that four characters are part of. */
interface Candidate {
  readonly literal: string;
  /** Where in it they stand. */
  readonly offset: number;
  /** Where a character beside the four stands, from the first of them, and which it is. */
  readonly beside: number;
  readonly neighbour: number;
  readonly found: number[];
}

/** So much of a text is looked at at a time, which stays in the processor's cache: a multiple of four. */
const blockLength = 32 * 1024;

/** With fewer, what is no literal meets one in the table more often; with more, the table of so many bits leaves the fastest cache. */
const hashBits = 18;

/** Multiplied by the golden ratio, numbers that are alike are spread over the table. */
const golden = 0x9e3779b1;
const shift = 32 - hashBits;

/**
 * Looks up each four characters of a text at once, in a table. Of a literal of seven characters or more, four stand side by side in the text
 * at a multiple of four, wherever it begins; and in most places one look at the table tells that no literal is there.
 * @param literals Those that are shorter are left out.
 */
export function createLiteralSearch(literals: readonly string[]): LiteralSearch {
  // Characters beyond Latin-1 lose their upper half here: what looks like a literal is compared with the text itself.
  const { bytes, write } = createLatin1Memory(blockLength);
  const fours = new Int32Array(bytes.buffer, bytes.byteOffset, blockLength / 4);
  const table = new Int32Array(1 << (hashBits - 5));
  const hits = new Int32Array(fours.length);
  const candidates = new Map<number, Candidate[]>();
  const all = [...new Set(literals)].filter(({ length }) => length >= shortestLiteral).map((literal) => ({ literal, found: [] as number[] }));
  for (const { literal, found } of all) {
    const rarest = rarestStart(literal);
    // The last four come first, so that of two places with the same four the one above comes first.
    for (let offset = rarest + shortestLiteral - 4; offset >= rarest; offset--) {
      write(literal.slice(offset, offset + 4));
      const four = fours[0] as number;
      const place = Math.imul(four, golden) >>> shift;
      table[place >>> 5] = (table[place >>> 5] as number) | (1 << place);
      candidates.set(four, [...(candidates.get(four) ?? []), { literal, offset, ...besideFour(literal, offset), found }]);
    }
  }
  const anywhere: number[] = [];
  const sift = (text: string): ReadonlyMap<string, readonly number[]> => {
    for (let start = 0; start < text.length; start += blockLength) {
      const end = Math.min(text.length, start + blockLength);
      write(text.slice(start, end));
      const count = noteHits(fours, (end - start) >> 2, table, hits);
      for (let hit = 0; hit < count; hit++) {
        const index = hits[hit] as number;
        const looked = candidates.get(fours[index] as number);
        // Another four can have its place in the table.
        if (looked) compare(text, start, 4 * index, bytes, looked, anywhere);
      }
    }
    const places = new Map<string, readonly number[]>([[anyLiteral, anywhere.splice(0)]]);
    for (const { literal, found } of all) if (found.length > 0) places.set(literal, found.splice(0));
    return places;
  };
  const names = new Set([anyLiteral, ...all.map(({ literal }) => literal)]);
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
  for (let offset = start; offset <= start + shortestLiteral - 4; offset++) {
    const four = literal.slice(offset, offset + 4);
    count += frequentWords.includes(four) ? 4 : Number(/^[a-z ]+$/.test(four));
  }
  return count;
}

/** Words that logs of mail are full of where nothing failed, too. */
const frequentWords = 'relay, smtp, mail , message, for , server , able , access, connect, outbound, certificate, delivery';

/**
 * Notes the indexes of those that the table has a one for, and gives their number. Four are looked up at a time, and asked about together, so that
 * the processor has little to guess: where the table has a zero, the next index takes the place of the one before.
 */
function noteHits(fours: Int32Array, length: number, table: Int32Array, hits: Int32Array): number {
  let count = 0;
  let index = 0;
  for (const end = length - 3; index < end; index += 4) {
    // Written out: a function that is called so often is not always put in place.
    let place = Math.imul(fours[index] as number, golden) >>> shift;
    const one = ((table[place >>> 5] as number) >>> place) & 1;
    place = Math.imul(fours[index + 1] as number, golden) >>> shift;
    const two = ((table[place >>> 5] as number) >>> place) & 1;
    place = Math.imul(fours[index + 2] as number, golden) >>> shift;
    const three = ((table[place >>> 5] as number) >>> place) & 1;
    place = Math.imul(fours[index + 3] as number, golden) >>> shift;
    const four = ((table[place >>> 5] as number) >>> place) & 1;
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
    const place = Math.imul(fours[index] as number, golden) >>> shift;
    count += ((table[place >>> 5] as number) >>> place) & 1;
  }
  return count;
}

/** The character behind a four of a literal, or, behind the last one, that before it. */
function besideFour(literal: string, offset: number): Pick<Candidate, 'beside' | 'neighbour'> {
  const beside = offset + 4 < literal.length ? 4 : -1;
  // As a byte, which is the lower half of a character.
  return { beside, neighbour: literal.charCodeAt(offset + beside) & 0xff };
}

/**
 * @param at Where the four stands in the block, whose characters are the bytes: in most places one more of them tells that no literal is there.
 * Behind the end of a text stands what was there before, and there no literal has room.
 */
function compare(text: string, block: number, at: number, bytes: Uint8Array, candidates: readonly Candidate[], anywhere: number[]): void {
  for (const { literal, offset, beside, neighbour, found } of candidates) {
    const near = at + beside;
    if (near >= 0 && near < blockLength && bytes[near] !== neighbour) continue;
    const start = block + at - offset;
    if (start < 0 || !text.startsWith(literal, start)) continue;
    found.push(start);
    anywhere.push(start);
  }
}
