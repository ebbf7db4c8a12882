/** The text of failures alone: each line knows its place, and no log can hide or forge one. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type KeptRecord, type RecordsOrder, type RecordsText, writeRecords } from '../../server/src/explain/onlyFailures.ts';
import { hostileText } from '../support/hostileText.ts';
import { trials } from '../support/trials.ts';

const record = (given: Partial<KeptRecord>): KeptRecord => ({
  ...{ key: 'recipient-unknown', title: 'User unknown', target: 'fabrikam.com', time: '2026-01-15T08:00:00.000Z', localTime: undefined, file: '/logs/a.log', line: 7 },
  ...{ text: 'first row\r\nsecond row\r\n', ...given },
});
const group = { key: 'recipient-unknown', title: 'User unknown', target: 'fabrikam.com', count: 3 };
const write = (records: readonly KeptRecord[], order: RecordsOrder = 'failure'): RecordsText =>
  writeRecords(records, { order, heading: ['3 records'], groups: [group], name: (file) => file.slice('/logs/'.length) });

suite('the text of failures alone', () => {
  test('has each record whole, with a place for each of its lines', () => {
    const { text, lines, files } = write([record({}), record({ file: '/logs/b.log', line: 1, time: '2026-01-15T07:00:00.000Z', text: 'row' })]);
    assert.deepEqual(
      text.split('\n').map((row, index) => [row, lines[index] ?? null]),
      [
        ['# 3 records', null],
        ['', null],
        ['# User unknown: fabrikam.com (recipient-unknown), 3 times, the first 2 shown', null],
        ['', null],
        ['# 2026-01-15 07:00:00 UTC, b.log:1', [0, 0]],
        ['row', [0, 0]],
        ['', null],
        ['# 2026-01-15 08:00:00 UTC, a.log:7', [1, 6]],
        ['first row', [1, 6]],
        ['second row', [1, 7]],
        ['', null],
      ],
    );
    assert.deepEqual(files, ['/logs/b.log', '/logs/a.log']);
  });

  test('in the order of time has what has none last, with its failure in the heading', () => {
    const { text } = write([record({ time: undefined, localTime: 'Jan 15 09:00:00', text: 'x' }), record({ text: 'y' })], 'time');
    assert.deepEqual(
      text.split('\n').filter((row) => row.startsWith('# ')),
      ['# 3 records', '# 2026-01-15 08:00:00 UTC, User unknown: fabrikam.com, a.log:7', '# Jan 15 09:00:00 (zone not stated), User unknown: fabrikam.com, a.log:7'],
    );
  });

  test('says where a record is cut', () => assert.match(write([record({ text: 'x'.repeat(30_000) })]).text, /\n# \(cut: the log has the rest\)\n$/));

  test('has as many places as lines, and no character that hides one, whatever a log says', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string()), fc.constantFrom<RecordsOrder>('failure', 'time'), (hostile, order) => {
        const { text, lines } = write([record({ text: hostile, title: hostile, localTime: hostile, time: undefined, file: `/logs/${hostile}` })], order);
        assert.equal(text.split('\n').length, lines.length + 1);
        assert.doesNotMatch(text, /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        for (const [index, row] of text.split('\n').entries()) if (row.startsWith('# ') && index > 2 && order === 'failure') assert.ok(lines[index] !== null);
      }),
      trials(200),
    );
  });
});
