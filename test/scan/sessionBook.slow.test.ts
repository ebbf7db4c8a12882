/** What waits for its turn while sessions are told in order has a bound, and each is tried just below and just above it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { LocatedStep } from '../../server/src/analysis/locatedSteps.ts';
import { SessionBook } from '../../server/src/scan/sessionBook.ts';
import type { Step } from '../../server/src/values.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const mark = { start: 0, end: 1 };

function stepOf(session: number, what: Step['what'], line: number): LocatedStep {
  return { step: { format: 'smtp-send', direction: 'send', dialogue: 'numbered', what, span: mark, mark, captures: {}, ids: { session: `${session}` } }, line, lastLine: line };
}

/** How many sessions are told once all these rows have been read. */
function toldOf(steps: readonly LocatedStep[]): number {
  const book = new SessionBook();
  book.beginFile('SEND.LOG');
  book.take(steps);
  return book.release().length;
}

suite('sessions that wait', () => {
  test('for their end: of more than 20,000 the oldest is told as it stands', () => {
    const begun = (count: number): LocatedStep[] => numbers(count).map((number) => stepOf(number, 'began', number + 1));
    assert.deepEqual(
      [20_000, 20_001].map((count) => toldOf(begun(count))),
      [0, 1],
    );
  });
  test('for one that began before them: more than 20,000 are told out of order', () => {
    const behindOne = (count: number): LocatedStep[] => [stepOf(0, 'began', 1), ...numbers(count).map((number) => stepOf(number + 1, 'ended', number + 2))];
    assert.deepEqual(
      [20_000, 20_001].map((count) => toldOf(behindOne(count))),
      [0, 20_001],
    );
  });
});

test('a transcript has 100,000 rows at most', () => {
  const book = new SessionBook({ transcriptOf: '7' });
  book.beginFile('SEND.LOG');
  book.take(numbers(100_001).map((line) => stepOf(7, line === 100_000 ? 'ended' : 'noted', line + 1)));
  assert.deepEqual(
    book.release().map(({ rows }) => rows?.length),
    [100_000],
  );
});
