/** Rows are given as they stand in the file, however its text comes, with the lines that name their columns. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Piece } from '../../server/src/files/textFile.ts';
import { readFileRows } from '../../server/src/scan/fileRows.ts';

const text = '#Software: x\r\n#Fields: a,b\r\n1,one\r\n2,two\r\n#Fields: b,a\r\nthree,3\r\n\r\nfour,4';

async function* pieces(length: number): AsyncGenerator<Piece> {
  for (let at = 0; at < text.length; at += length) yield { text: text.slice(at, at + length), bytes: length };
}

test('rows by number and by what they say, in any pieces', async () => {
  for (const length of [1, 3, 7, 1_000]) {
    const rows = await readFileRows(pieces(length), { lines: new Set([4, 6]), isWanted: (row) => row.includes('four') });
    assert.deepEqual(rows, [
      { line: 4, text: '2,two', header: '#Software: x\n#Fields: a,b\n' },
      { line: 6, text: 'three,3', header: '#Fields: b,a\n' },
      { line: 8, text: 'four,4', header: '#Fields: b,a\n' },
    ]);
  }
});

test('nothing below the last row that is wanted is read', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<Piece> {
    for (;;) {
      read += 1;
      yield { text: 'row\n', bytes: 4 };
    }
  }
  assert.equal((await readFileRows(endless(), { lines: new Set([3]) })).length, 1);
  assert.equal(read, 3);
});
