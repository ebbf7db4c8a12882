/** Finds many literals in one pass over a text, which takes about as long as a search for two or three of them. */

import { createLatin1Memory } from './latin1.ts';
import { lazy } from './lazy.ts';

/** The literals that are looked for together. */
export interface LiteralSearch {
  has(literal: string): boolean;
  /** Which of some literals are looked for together. Told once for each list: a format asks for its own in every text. */
  divide(literals: readonly string[]): Divided;
  /** The offsets of each literal that stands in a text, in order, and those of any of them, nearly in order. */
  sift(text: string): ReadonlyMap<string, readonly number[]>;
}

/** Literals that are looked for together, and others. */
export interface Divided {
  readonly together: ReadonlySet<string>;
  readonly apart: readonly string[];
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
  readonly found: number[];
}

/** So much of a text is looked at at a time, which stays in the processor's cache: a multiple of four. */
const blockLength = 32 * 1024;

/** So much of the text above and below a block is there beside it, in bytes. */
const margin = 4;

/** With fewer, what is no literal meets one in the table more often; with more, the table of so many bits leaves the fastest cache. */
const hashBits = 18;

/** Multiplied by the golden ratio, numbers that are alike are spread over the table. */
const golden = 0x9e3779b1;
const shift = 32 - hashBits;

/**
 * Looks up each four characters of a text at once, in a table. Of a literal of seven characters or more, four stand side by side in the text
 * at a multiple of four, wherever it begins; and in most places one look at the table tells that no literal is there. Where it does not, the
 * two characters beside the four that are part of the literal are looked up with them.
 * @param literals Those that are shorter are left out.
 */
export function createLiteralSearch(literals: readonly string[]): LiteralSearch {
  const long = [...new Set(literals)].filter(({ length }) => length >= shortestLiteral);
  const names = new Set([anyLiteral, ...long]);
  // Most commands, and most logs of Exchange, look for none of them.
  const sift = lazy(() => createSieve(long));
  const known = new WeakMap<readonly string[], Divided>();
  const divide = (given: readonly string[]): Divided => {
    const divided = known.get(given) ?? { together: new Set(given.filter((literal) => names.has(literal))), apart: given.filter((literal) => !names.has(literal)) };
    known.set(given, divided);
    return divided;
  };
  return { has: (literal) => names.has(literal), divide, sift: (text) => sift()(text) };
}

function createSieve(literals: readonly string[]): LiteralSearch['sift'] {
  // Characters beyond Latin-1 lose their upper half here: what looks like a literal is compared with the text itself.
  const { bytes, write } = createLatin1Memory(margin + blockLength + margin);
  const fours = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const table = new Int32Array(1 << (hashBits - 5));
  const sixes = new Int32Array(table.length);
  const hits = new Int32Array(fours.length);
  const candidates = new Map<number, Candidate[]>();
  const all = literals.map((literal) => ({ literal, found: [] as number[] }));
  for (const { literal, found } of all) {
    const rarest = rarestStart(literal);
    // The last four come first, so that of two places with the same four the one above comes first.
    for (let offset = rarest + shortestLiteral - 4; offset >= rarest; offset--) {
      for (let index = 0; index < 4; index++) bytes[index] = literal.charCodeAt(offset + index);
      const four = fours[0] as number;
      const six = hashOfLiteral(four, literal, offset);
      mark(table, Math.imul(four, golden));
      mark(sixes, six);
      const alike = candidates.get(six);
      if (alike) alike.push({ literal, offset, found });
      else candidates.set(six, [{ literal, offset, found }]);
    }
  }
  const anywhere: number[] = [];
  return (text) => {
    for (let start = 0; start < text.length; start += blockLength) {
      const end = Math.min(text.length, start + blockLength);
      // Above the first block of a text stands what was there before, as below the last one: no literal has room there.
      write(text.slice(Math.max(0, start - margin), end + margin), start === 0 ? margin : 0);
      const count = noteHits(fours, margin >> 2, (margin + end - start) >> 2, table, hits);
      for (let hit = 0; hit < count; hit++) {
        const index = hits[hit] as number;
        const at = 4 * index;
        const four = fours[index] as number;
        const last = bytes[at - 1] as number;
        const next = bytes[at + 4] as number;
        const place = start + at - margin;
        // The places of the four in a literal, the last one first, as the literals then begin.
        const above = hashAbove(four, bytes[at - 2] as number, last);
        if (isMarked(sixes, above)) compare(text, place, candidates.get(above), anywhere);
        const around = hashAround(four, last, next);
        if (isMarked(sixes, around)) compare(text, place, candidates.get(around), anywhere);
        const below = hashBelow(four, next, bytes[at + 5] as number);
        if (isMarked(sixes, below)) compare(text, place, candidates.get(below), anywhere);
      }
    }
    const offsets = new Map<string, readonly number[]>([[anyLiteral, anywhere.splice(0)]]);
    for (const { literal, found } of all) if (found.length > 0) offsets.set(literal, found.splice(0));
    return offsets;
  };
}

/** Where in a literal the seven characters begin that are looked up: the fewest of their fours are nothing but small letters and blanks, of which any text is full. */
function rarestStart(literal: string): number {
  const common: number[] = [];
  for (let offset = 0; offset + 4 <= literal.length; offset++) common.push(commonness(literal.slice(offset, offset + 4)));
  let rarest = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (let start = 0; start + shortestLiteral <= literal.length; start++) {
    let count = 0;
    for (let offset = start; offset <= start + shortestLiteral - 4; offset++) count += common[offset] as number;
    if (count < fewest) [rarest, fewest] = [start, count];
  }
  return rarest;
}

function commonness(four: string): number {
  return frequentWords.includes(four) ? 4 : Number(/^[a-z ]+$/.test(four));
}

/** Words that logs of mail are full of where nothing failed, too. */
const frequentWords =
  'relay, smtp, mail , message, for , server , able , access, connect, outbound, certificate, delivery, ecipient, STARTTLS, RCPT TO:, MAIL , ailbox, Message, Connection, uthentic, returned, client, status';

/**
 * Notes the indexes of those that the table has a one for, and gives their number. Four are looked up at a time, and asked about together, so that
 * the processor has little to guess: where the table has a zero, the next index takes the place of the one before.
 */
function noteHits(fours: Int32Array, from: number, length: number, table: Int32Array, hits: Int32Array): number {
  let count = 0;
  let index = from;
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

/** A four and two characters beside it: of the seven that are looked up, three more are there, below it, above it, or on both sides. */
function hashOfLiteral(four: number, literal: string, offset: number): number {
  const below = literal.length - offset - 4;
  if (below >= 2) return hashBelow(four, literal.charCodeAt(offset + 4), literal.charCodeAt(offset + 5));
  if (below === 1) return hashAround(four, literal.charCodeAt(offset - 1), literal.charCodeAt(offset + 4));
  return hashAbove(four, literal.charCodeAt(offset - 2), literal.charCodeAt(offset - 1));
}

/** Of the characters beside a four the lower halves count, as in the bytes of a text. */
function hashBelow(four: number, one: number, other: number): number {
  return Math.imul(four ^ Math.imul(((one & 0xff) << 8) | (other & 0xff), spread), golden);
}

function hashAround(four: number, one: number, other: number): number {
  return hashBelow(~four, one, other);
}

function hashAbove(four: number, one: number, other: number): number {
  return hashBelow(-four, one, other);
}

/** Takes two bytes to all bits of a number. */
const spread = 0x85ebca6b;

function mark(table: Int32Array, hash: number): void {
  const place = hash >>> shift;
  table[place >>> 5] = (table[place >>> 5] as number) | (1 << place);
}

function isMarked(table: Int32Array, hash: number): boolean {
  const place = hash >>> shift;
  return (((table[place >>> 5] as number) >>> place) & 1) === 1;
}

/** @param at Where the four stands in the text. */
function compare(text: string, at: number, candidates: readonly Candidate[] | undefined, anywhere: number[]): void {
  // Another six can have its place in the table.
  if (!candidates) return;
  for (const { literal, offset, found } of candidates) {
    const start = at - offset;
    if (start < 0 || !text.startsWith(literal, start)) continue;
    found.push(start);
    anywhere.push(start);
  }
}
