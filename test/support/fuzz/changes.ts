/** Changes of characters, words and stretches. */

import type { Mutator } from './mutators.ts';
import type { Random } from './random.ts';
import { tokens } from './tokens.ts';

const insertTokens: Mutator = (text, random) => {
  let changed = text;
  for (let count = random.between(1, 6); count > 0; count -= 1) changed = put(changed, random.below(changed.length + 1), 0, random.pick(tokens));
  return changed;
};

/** One token in many places, as a program writes it that has its own idea of a line. */
const scatterToken: Mutator = (text, random) => {
  const token = random.pick(tokens).slice(0, 40);
  return text.replace(/[ ,;\t\n]/g, (character) => (random.oneIn(12) ? token + character : character));
};

const replaceWords: Mutator = (text, random) => {
  let changed = text;
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    const at = random.below(changed.length + 1);
    const word = /[^\s,;|"]+/.exec(changed.slice(at, at + 200));
    if (word) changed = put(changed, at + word.index, word[0].length, random.pick(tokens));
  }
  return changed;
};

const flipBits: Mutator = (text, random) => {
  let changed = text;
  for (let count = random.between(1, 8); count > 0; count -= 1) {
    const at = random.below(changed.length);
    changed = put(changed, at, 1, String.fromCharCode(changed.charCodeAt(at) ^ (1 << random.below(8))));
  }
  return changed;
};

const anyCharacters: Mutator = (text, random) => {
  let changed = text;
  for (let count = random.between(1, 5); count > 0; count -= 1) changed = put(changed, random.below(changed.length + 1), random.below(2), anyCharacter(random));
  return changed;
};

const cut: Mutator = (text, random) => {
  const [one, other] = [random.below(text.length + 1), random.below(text.length + 1)];
  return random.oneIn(3) ? text.slice(Math.min(one, other), Math.max(one, other)) : random.oneIn(2) ? text.slice(one) : text.slice(0, one);
};

const takeOut: Mutator = (text, random) => put(text, random.below(text.length + 1), random.between(1, random.oneIn(3) ? 400 : 20), '');

const spliceOther: Mutator = (text, random, other) => {
  const second = other();
  return text.slice(0, random.below(text.length + 1)) + second.slice(random.below(second.length + 1));
};

const insertOther: Mutator = (text, random, other) => {
  const second = other();
  const start = random.below(second.length + 1);
  return put(text, random.below(text.length + 1), 0, second.slice(start, start + random.between(1, 3_000)));
};

export const changes: readonly Mutator[] = [insertTokens, insertTokens, scatterToken, replaceWords, flipBits, anyCharacters, cut, takeOut, spliceOther, insertOther];

function put(text: string, at: number, length: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + length);
}

function anyCharacter(random: Random): string {
  return String.fromCharCode(random.oneIn(3) ? random.below(0x10000) : random.below(0x100));
}
