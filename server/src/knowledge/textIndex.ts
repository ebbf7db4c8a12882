/** Finds which of many phrases stand in a text, in one pass over the text however many phrases there are. */

/** The shortest phrase: each is found by four of its characters in a row. */
export const shortestPhrase = 4;

/** How far behind a phrase the other one may end. */
const widestGap = 60;

/** A phrase, and perhaps others of which one must follow it in the same sentence. */
export interface Phrase<Value> {
  readonly phrase: string;
  readonly behind?: readonly string[] | undefined;
  readonly value: Value;
}

interface Entry<Value> extends Phrase<Value> {
  /** Where the four characters stand in the phrase. */
  readonly offset: number;
}

/** Calls `found` for each phrase that stands in the text, perhaps more than once for the same phrase. */
export type TextIndex<Value> = (text: string, found: (value: Value, length: number) => void) => void;

/**
 * Makes an index of phrases. Each stands under the four characters of it that fewest phrases share,
 * so that most places of a text are passed over after one look-up.
 * @param phrases At least `shortestPhrase` characters each; compared as they are, so both sides must be in the same case.
 */
export function createTextIndex<Value>(phrases: readonly Phrase<Value>[]): TextIndex<Value> {
  const counts = new Map<number, number>();
  for (const { phrase } of phrases) for (let at = 0; at + shortestPhrase <= phrase.length; at++) counts.set(gram(phrase, at), (counts.get(gram(phrase, at)) ?? 0) + 1);
  const entries = new Map<number, Entry<Value>[]>();
  for (const { phrase, behind, value } of phrases) {
    let offset = 0;
    for (let at = 1; at + shortestPhrase <= phrase.length; at++) if ((counts.get(gram(phrase, at)) ?? 0) < (counts.get(gram(phrase, offset)) ?? 0)) offset = at;
    const key = gram(phrase, offset);
    const bucket = entries.get(key);
    // Written out: entries that were spread from others differ in form, and looking into them took four times as long.
    const entry: Entry<Value> = { phrase, behind, value, offset };
    if (bucket) bucket.push(entry);
    else entries.set(key, [entry]);
  }
  // At most places of a text nothing begins: a table of marks tells that faster than the map.
  const marks = new Uint8Array(1 << markBits);
  for (const key of entries.keys()) marks[markOf(key)] = 1;
  return (text, found) => {
    let key = 0;
    for (let next = 0; next < text.length; next++) {
      key = (key >>> 8) | ((text.charCodeAt(next) & 0xff) << 24);
      if (marks[markOf(key)] === 0 || next + 1 < shortestPhrase) continue;
      const bucket = entries.get(key);
      if (!bucket) continue;
      const at = next + 1 - shortestPhrase;
      for (const { phrase, behind, offset, value } of bucket) {
        if (at < offset || !text.startsWith(phrase, at - offset)) continue;
        const end = at - offset + phrase.length;
        const length = behind ? longestIn(wordsBehind(text, end), behind) : 0;
        if (!behind || length > 0) found(value, phrase.length + length);
      }
    }
  };
}

const markBits = 16;

/** Spreads the keys evenly over the table (Knuth's multiplicative hashing). */
function markOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - markBits);
}

/** A few words behind a place, up to where the sentence ends. */
function wordsBehind(text: string, from: number): string {
  const rest = text.slice(from, from + widestGap);
  const end = rest.search(/[.;!?] /);
  return end < 0 ? rest : rest.slice(0, end);
}

/** The length of the longest of the phrases that stands in a text; 0 where none does. */
function longestIn(text: string, phrases: readonly string[]): number {
  let longest = 0;
  for (const phrase of phrases) if (phrase.length > longest && text.includes(phrase)) longest = phrase.length;
  return longest;
}

/** Four characters as one number. Characters beyond Latin-1 may share one: the phrase is compared in the end. */
function gram(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xff) | ((text.charCodeAt(at + 1) & 0xff) << 8) | ((text.charCodeAt(at + 2) & 0xff) << 16) | ((text.charCodeAt(at + 3) & 0xff) << 24);
}
