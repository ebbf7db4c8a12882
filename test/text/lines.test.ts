/** Where lines begin, however long they are and whatever ends them. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { lineStart, lineStartAfter } from '../../server/src/text/lines.ts';
import { trials } from '../support/trials.ts';

suite('the beginning of a line', () => {
  test('is found as by a search backwards, in lines short and long', () => {
    const lines = fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 8 }).map((lengths) => lengths.map((length) => 'x'.repeat(length)).join('\n'));
    fc.assert(
      fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), (text, place) => {
        const offset = Math.floor(place * text.length);
        assert.equal(lineStartAfter(text, offset, 0), lineStart(text, offset));
      }),
      trials(300),
    );
  });

  test('is looked for over 4,000 characters', () => {
    const found = (length: number): number | undefined => lineStartAfter(`above\n${'x'.repeat(length)}`, 6 + length, 0);
    assert.deepEqual([3_998, 3_999, 4_000].map(found), [6, 6, undefined]);
  });

  test('is looked for no further than a limit, which then is the beginning', () => {
    assert.deepEqual(
      [0, 5, 6, 9].map((limit) => lineStartAfter('above\nbelow', 10, limit)),
      [6, 6, 6, 9],
    );
  });
});
