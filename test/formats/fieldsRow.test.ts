/** A row that is split as far as somebody asks has the cells of a row that is split at once. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RowCursor } from '../../server/src/formats/exchange/fieldsRow.ts';
import { splitRow } from '../../server/src/formats/shapes/csvRow.ts';
import { lineEnd } from '../../server/src/text/lines.ts';
import { trials } from '../support/trials.ts';

test('cells, asked for in any order, are those of the whole row', () => {
  const piece = fc.constantFrom('a', 'bc', ',', ',', '"', '""', ' ', '\r', 'ü', '€');
  const row = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
  const names = ['one', 'two', 'three', 'four', 'five', 'six'];
  const columns = new Map(names.map((name, index) => [name, index]));
  fc.assert(
    fc.property(row, row, fc.constantFrom('\n', '\r\n', ''), fc.array(fc.constantFrom(...names, 'none'), { maxLength: 8 }), (above, written, end, asked) => {
      const text = `${above}\n${written}${end}${end === '' ? '' : 'below,the,row'}`;
      const start = above.length + 1;
      const limit = lineEnd(text, start);
      const bounds: number[] = [];
      splitRow(text, start, limit, bounds);
      const cursor = new RowCursor(text);
      cursor.moveTo(0, columns);
      cursor.cell('six');
      cursor.moveTo(start, columns);
      for (const name of asked) {
        const at = names.indexOf(name);
        const expected = at >= 0 && 2 * at < bounds.length ? { start: bounds[2 * at], end: bounds[2 * at + 1] } : { start: 0, end: 0 };
        assert.deepEqual(cursor.cell(name), expected);
      }
      assert.deepEqual(cursor.span, { start, end: limit });
    }),
    trials(2000),
  );
});
