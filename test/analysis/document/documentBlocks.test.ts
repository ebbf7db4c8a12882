/** Sessions of a document, each once, wherever the document was cut when it was read. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { keepBlocks, type SessionNumbers } from '../../../server/src/analysis/document/blockColumns.ts';
import { type BlockPart, type DocumentBlock, gatherBlocks } from '../../../server/src/analysis/document/documentBlocks.ts';
import type { Block } from '../../../server/src/values.ts';
import { trials } from '../../support/trials.ts';

/** Pieces that follow one another, each of one session or an event. */
const pieces = fc.array(fc.record({ id: fc.constantFrom('A', 'B', 'C', 'event'), length: fc.integer({ min: 1, max: 9 }) }), { maxLength: 20 }).map((given) => {
  const blocks: Block[] = [];
  let at = 0;
  for (const { id, length } of given) {
    const last = blocks.at(-1);
    // Rows of one session that follow one another are one piece.
    if (last?.kind === 'session' && last.name === id) blocks[blocks.length - 1] = { ...last, span: { start: last.span.start, end: at + length } };
    else blocks.push({ kind: id === 'event' ? 'event' : 'session', name: id, detail: '', span: { start: at, end: at + length } });
    at += length;
  }
  return blocks;
});

/** The same blocks as they are seen in parts that end at these offsets. */
function cut(blocks: readonly Block[], ends: readonly number[], numbers: SessionNumbers): BlockPart[] {
  const length = blocks.at(-1)?.span.end ?? 0;
  const places = [...new Set([0, ...ends.filter((end) => end < length), length])].sort((one, other) => one - other);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] as number;
    const seen = blocks.filter(({ kind, span }) => span.end > start && span.start < end && (kind === 'session' || span.start >= start));
    return {
      base: 0,
      length: end - start,
      window: {
        blocks: keepBlocks(
          seen.map((block) => ({ ...block, span: { start: Math.max(0, block.span.start - start), end: block.span.end - start } })),
          numbers,
        ),
      },
    };
  });
}

suite('the blocks of a document', () => {
  test('are the same wherever it was cut between rows', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(150), { maxLength: 4 }), (blocks, ends) => {
        // An event is never cut.
        const allowed = ends.filter((end) => !blocks.some(({ kind, span }) => kind === 'event' && span.start < end && end < span.end));
        const gathered = (places: readonly number[]): DocumentBlock[] => {
          const numbers: SessionNumbers = new Map();
          return [...gatherBlocks(cut(blocks, places, numbers), numbers)];
        };
        assert.deepEqual(gathered(allowed), gathered([]));
      }),
      trials(),
    );
  });
  test('have each session once, and say whether it is in one piece', () => {
    const span = (start: number, end: number): Block['span'] => ({ start, end });
    const session = (name: string, start: number, end: number): Block => ({ kind: 'session', name, detail: '', span: span(start, end) });
    const numbers: SessionNumbers = new Map();
    const pieces = [session('A', 0, 5), session('B', 5, 10), session('A', 10, 20), session('C', 20, 40)];
    const blocks = gatherBlocks([{ base: 0, length: 40, window: { blocks: keepBlocks(pieces, numbers) } }], numbers);
    assert.deepEqual(blocks.indexOfSession('B'), 1);
    assert.deepEqual(blocks.indexOfSession('D'), undefined);
    assert.deepEqual(
      [...blocks].map(({ name, first, end, isInOnePiece }) => [name, first.start, first.end, end, isInOnePiece]),
      [
        ['A', 0, 5, 20, false],
        ['B', 5, 10, 10, true],
        ['C', 20, 40, 40, true],
      ],
    );
  });
});
