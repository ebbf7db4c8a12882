/** The index of phrases finds what a plain search finds. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPhraseTable, type PhraseOwner, shortestPhrase, TextIndex } from '../../server/src/knowledge/textIndex.ts';
import { trials } from '../support/trials.ts';

/** An index of all phrases. */
function indexOf<Owner extends PhraseOwner>(owners: readonly Owner[]): TextIndex<Owner> {
  return new TextIndex(
    owners,
    createPhraseTable(owners, () => true),
  );
}

test('words behind a phrase are found in the same sentence, a few words on, and the longest counts', () => {
  const index = indexOf([{ phrases: ['mailbox'], behind: ['full', 'full of mail', 'unknown'] }]);
  const lengths = (text: string): number[] => {
    const found: number[] = [];
    index.find(text, (_, length) => found.push(length));
    return found;
  };
  assert.deepEqual(lengths('the mailbox of anna is full of mail'), ['mailbox'.length + 'full of mail'.length]);
  assert.deepEqual(lengths('full is the mailbox'), []);
  assert.deepEqual(lengths('mailbox is fine. it is not full'), []);
  assert.deepEqual(lengths(`mailbox ${'of anna '.repeat(10)}full`), []);
});

test('the phrases found are those that the text includes', () => {
  const letters = fc.stringMatching(/^[ab\u0161 ]{4,12}$/);
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 12 }), fc.stringMatching(/^[ab\u0161 ]{0,60}$/), (phrases, text) => {
      const found = new Set<string>();
      indexOf(phrases.map((phrase) => ({ phrases: [phrase] }))).find(text, ({ phrases: [phrase = ''] }, length) => {
        assert.equal(length, phrase.length);
        found.add(phrase);
      });
      assert.deepEqual([...found].sort(), [...new Set(phrases.filter((phrase) => text.includes(phrase)))].sort());
    }),
    trials(1_000),
  );
  assert.equal(shortestPhrase, 4);
});
