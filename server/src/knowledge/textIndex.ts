/** Finds which of many phrases stand in a text, in one pass over the text however many phrases there are. */

/** The shortest phrase: each is found by four of its characters in a row. */
export const shortestPhrase = 4;

/** How far behind a phrase the other one may end. */
const widestGap = 60;

/** Whoever is to be found by phrases. They are compared as they are, so they and the text must be in the same case. */
export interface PhraseOwner {
  /** At least `shortestPhrase` characters each. */
  readonly phrases: readonly string[];
  /** Where there are any, one of these must follow in the same sentence. */
  readonly behind?: readonly string[] | undefined;
}

/** What an index knows of each phrase: columns of plain numbers, so that it can be made when the product is built, and be used as it is. */
export interface PhraseTable {
  /** Whose phrase it is, by the number of its owner, and which of the owner's. */
  readonly owners: readonly number[];
  readonly ordinals: readonly number[];
  /** Where the four characters stand in it by which it is looked for. */
  readonly anchors: readonly number[];
  /** These four characters as one number. */
  readonly keys: readonly number[];
}

/**
 * Makes the table of an index. Each phrase gets the four characters of it that fewest phrases share, so that most places of a text are
 * passed over after one look-up. To count them all is what takes long.
 * @param isWanted Which of the owners' phrases are to be found.
 */
export function createPhraseTable<Owner extends PhraseOwner>(owners: readonly Owner[], isWanted: (phrase: string, owner: Owner) => boolean): PhraseTable {
  const wanted = owners.flatMap((owner, number) => owner.phrases.flatMap((phrase, ordinal) => (isWanted(phrase, owner) ? [{ phrase, number, ordinal }] : [])));
  const counts = new Map<number, number>();
  const countAt = (phrase: string, at: number): number => counts.get(gram(phrase, at)) ?? 0;
  for (const { phrase } of wanted) for (let at = 0; at + shortestPhrase <= phrase.length; at++) counts.set(gram(phrase, at), countAt(phrase, at) + 1);
  const anchors = wanted.map(({ phrase }) => {
    let anchor = 0;
    for (let at = 1; at + shortestPhrase <= phrase.length; at++) if (countAt(phrase, at) < countAt(phrase, anchor)) anchor = at;
    return anchor;
  });
  return {
    owners: wanted.map(({ number }) => number),
    ordinals: wanted.map(({ ordinal }) => ordinal),
    anchors,
    keys: wanted.map(({ phrase }, number) => gram(phrase, anchors[number] as number)),
  };
}

export class TextIndex<Owner extends PhraseOwner> {
  private readonly owners: readonly Owner[];
  private readonly table: PhraseTable;
  private readonly phrases: string[] = [];
  /** How far a product is shifted to become the number of a slot. */
  private readonly shift: number;
  /** The first phrase of each slot, 0 where there is none, and behind each phrase the next one. They count from 1. */
  private readonly first: Int32Array;
  private readonly next: Int32Array;

  /** @param table What `createPhraseTable` has made for these owners. */
  constructor(owners: readonly Owner[], table: PhraseTable) {
    this.owners = owners;
    this.table = table;
    const { keys, ordinals } = table;
    const count = keys.length;
    for (let at = 0; at < count; at++) this.phrases.push((owners[table.owners[at] as number] as Owner).phrases[ordinals[at] as number] as string);
    // At most places of a text nothing begins: of so many slots most are free, and one look says so.
    this.shift = Math.clz32(count * 8 + 1);
    this.first = new Int32Array(2 ** (32 - this.shift));
    this.next = new Int32Array(count + 1);
    // From the last, so that each slot begins with its first phrase.
    for (let number = count; number > 0; number--) {
      const slot = slotOf(keys[number - 1] as number, this.shift);
      this.next[number] = this.first[slot] as number;
      this.first[slot] = number;
    }
  }

  /** Calls `found` for each phrase that stands in the text, perhaps more than once for the same phrase. */
  find(text: string, found: (owner: Owner, length: number) => void): void {
    const { first, next, shift, phrases } = this;
    const { keys, anchors, owners } = this.table;
    let key = 0;
    for (let end = 1; end <= text.length; end++) {
      key = (key >>> 8) | ((text.charCodeAt(end - 1) & 0xff) << 24);
      for (let number = first[slotOf(key, shift)] as number; number !== 0; number = next[number] as number) {
        if (keys[number - 1] !== key) continue;
        const phrase = phrases[number - 1] as string;
        const begin = end - shortestPhrase - (anchors[number - 1] as number);
        if (begin < 0 || !text.startsWith(phrase, begin)) continue;
        const owner = this.owners[owners[number - 1] as number] as Owner;
        const { behind } = owner;
        const length = behind ? longestIn(wordsBehind(text, begin + phrase.length), behind) : 0;
        if (!behind || length > 0) found(owner, phrase.length + length);
      }
    }
  }
}

/** Spreads the keys evenly over the slots (Knuth's multiplicative hashing). */
function slotOf(key: number, shift: number): number {
  return Math.imul(key, 0x9e3779b1) >>> shift;
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
