/** Text with doubled quotes or escapes goes in, what it says comes out, each character at its place. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { cellExcerpt } from '../../server/src/formats/shapes/csvRow.ts';
import { unescaped } from '../../server/src/formats/shapes/jsonObjects.ts';
import type { Excerpt } from '../../server/src/text/excerpt.ts';
import { trials } from '../support/trials.ts';

/** What stands for one character, as it is written and as it is meant. */
type Sign = readonly [written: string, meant: string];

const plain: readonly Sign[] = [...'a5. ;-é中'].map((character) => [character, character]);
const quotes: readonly Sign[] = [['""', '"']];
const escapes: readonly Sign[] = [
  ['\\"', '"'],
  ['\\\\', '\\'],
  ['\\n', '\n'],
  ['\\u00e9', 'é'],
  ['\\/', '/'],
];

function holds(signs: readonly Sign[], read: (text: string, start: number, end: number) => Excerpt): void {
  // Stretches without a sign, and with nothing else, that are longer than what is counted at once.
  const piece = fc
    .oneof(fc.constantFrom(...plain, ...signs), fc.constantFrom(...plain))
    .chain((sign) => fc.integer({ min: 1, max: 50 }).map((times) => new Array<Sign>(times).fill(sign)));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.string({ maxLength: 5 }), (pieces, before) => {
      const all = pieces.flat();
      const written = all.map(([sign]) => sign).join('');
      const excerpt = read(`${before}${written}"`, before.length, before.length + written.length);
      assert.equal(excerpt.text, all.map(([, meant]) => meant).join(''));
      let place = before.length;
      for (const [index, [sign]] of all.entries()) {
        assert.equal(excerpt.place(index), place);
        place += sign.length;
      }
      assert.equal(excerpt.place(all.length), place);
    }),
    trials(300),
  );
}

suite('notations', () => {
  test('of doubled quotes', () => holds(quotes, (text, start, end) => cellExcerpt(text, { start, end })));
  test('of escapes', () => holds(escapes, (text, start, end) => unescaped(text, { start, end })));
  test('read nothing beyond their end', () => {
    assert.equal(unescaped('\\u00e9', { start: 0, end: 4 }).text, 'u00');
    assert.equal(cellExcerpt('a""b""', { start: 0, end: 5 }).text, 'a"b"');
  });
});
