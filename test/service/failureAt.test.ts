/** The failure that a command of the palette is about. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type FailureAt, mostMarked } from '../../server/src/protocol/editor.ts';
import { getFailureAt, getOccurrences, type LogDocument } from '../../server/src/service/index.ts';
import { completeLog } from '../support/marks.ts';
import { openLog } from '../support/openLog.ts';

const rows = ['…,<,250 OK,', '…,<,550 5.1.1 User unknown,', '…,<,250 OK,', '…,<,550 5.7.29 no,', '…,<,250 OK,', '…,<,550 5.1.1 User unknown,', '…,<,250 OK,'];
const log = openLog(completeLog('smtp-send', rows.join('\n')));
const text = log.slice(0, log.length);
/** Zero-based. */
const firstRow = text.split('\n').findIndex((line) => line.includes('250 OK'));
const at = (line: number, character = 0, of: LogDocument = log): FailureAt | undefined => getFailureAt(of, { line, character });

suite('the failure at the cursor', () => {
  test('is the one on its line, wherever on it, or else the nearest below; below the last there is none', () => {
    const lines = rows.map((_, row) => at(firstRow + row)?.start.line);
    assert.deepEqual(
      lines.map((line) => line && line - firstRow),
      [1, 1, 3, 3, 5, 5, undefined],
    );
    for (let character = 0; character < 60; character += 1) assert.equal(at(firstRow + 1, character)?.start.line, firstRow + 1);
  });

  test('has its runbook and its page; a code that only a registry knows has the page alone', () => {
    const known = at(firstRow + 1);
    assert.equal(known?.page, 'recipient-unknown');
    assert.equal(known.runbook?.failure, 'recipient-unknown');
    assert.match(known.runbook.evidence, /^some\.log line \d+, .*550 5\.1\.1 User unknown$/);
    assert.ok(!('part' in known.runbook));
    const unknown = at(firstRow + 3);
    assert.deepEqual([unknown?.page, unknown?.runbook], ['550 5.7.29', undefined]);
  });

  test('is nowhere in a text without failures, nor beyond its end', () => {
    assert.equal(at(0, 0, openLog('all is well\n')), undefined);
    assert.equal(at(10_000), undefined);
  });

  test('leads to the others of its kind', () => {
    const start = at(firstRow)?.start;
    assert.ok(start && mostMarked > 2);
    assert.deepEqual(
      getOccurrences(log, start).map((mark) => mark.start.line - firstRow),
      [1, 5],
    );
  });
});
