/** The search for many literals at once, held against a search for each of them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createLiteralSearch } from '../../server/src/text/literals.ts';
import { createOccurrences } from '../../server/src/text/occurrences.ts';
import { trials } from '../support/trials.ts';

const literals = ['status=', 'said: 550', ', stat=', 'status=sent', 'Recipient Address', 'aaaaaaab', '#4', "returned '", 'письмо отложено'];
const sieve = createLiteralSearch(literals);

function offsetsOf(text: string, literal: string): number[] {
  const offsets: number[] = [];
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) offsets.push(at);
  return offsets;
}

/** Characters whose lower half is that of a letter look like it where a text is taken as Latin-1. */
const lookalike = (literal: string): string => String.fromCharCode(...Array.from(literal, (character) => character.charCodeAt(0) + 0x4e00));

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...literals, ...literals.map(lookalike), ...literals.map((literal) => literal.slice(1)), 'a', 'aaa', '\n', 'ü', '\u{1F4E7}'),
    // Far enough to reach into the next block of the text.
    fc.nat({ max: 70_000 }).map((length) => 'x'.repeat(length)),
  ),
  { maxLength: 12 },
);

test('a sieve finds each literal wherever it stands', () => {
  fc.assert(
    fc.property(pieces, (written) => {
      const text = written.join('');
      const occurrences = createOccurrences(text, sieve);
      for (const literal of literals) assert.deepEqual(occurrences(literal), offsetsOf(text, literal), literal);
      const all = literals.flatMap((literal) => offsetsOf(text, literal)).sort((one, other) => one - other);
      assert.deepEqual(occurrences(literals), all);
    }),
    trials(),
  );
});

test('a sieve gives what it found in one text no more in the next', () => {
  assert.deepEqual(sieve.sift('status=').get('status='), [0]);
  assert.deepEqual(sieve.sift('nothing').get('status='), undefined);
});
