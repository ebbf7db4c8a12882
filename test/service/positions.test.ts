/** Offsets and positions in both encodings, held against the bytes that Node writes. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createPositions } from '../../server/src/service/index.ts';
import { trials } from '../support/trials.ts';

const text = fc
  .array(fc.constantFrom('a', 'é', '\u07ff', '\u0800', '中', '\uffff', '\u{10000}', '\u{1F4E7}', '\ud800', '\udc00', '\n'), { maxLength: 30 })
  .map((pieces) => pieces.join(''));

suite('positions in UTF-8', () => {
  test('are counted in bytes of the line, and lead back', () => {
    fc.assert(
      fc.property(text, (written) => {
        const positions = createPositions(TextDocument.create('file:///logs/some.log', 'log', 1, written), 'utf-8');
        for (let offset = 0; offset <= written.length; offset++) {
          // No client points between the halves of a character.
          if (/[\ud800-\udbff]$/.test(written.slice(0, offset)) && /^[\udc00-\udfff]/.test(written.slice(offset))) continue;
          const { start } = positions.range({ start: offset, end: offset });
          const lines = written.slice(0, offset).split('\n');
          assert.deepEqual(start, { line: lines.length - 1, character: Buffer.byteLength(lines.at(-1) as string, 'utf8') });
          assert.equal(positions.offsetAt(start), offset);
        }
      }),
      trials(300),
    );
  });
});
