/** Statuses of a text go in, whether each is the field of a delivery report comes out. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { ReportFields } from '../../server/src/formats/bounces/reportFields.ts';
import { readRecords } from '../../server/src/formats/index.ts';
import { trials } from '../support/trials.ts';

/** For each `5.1.1` of a text, whether it is a report's status: asked of one searcher, or of a new one each time. */
function statuses(text: string, fields?: ReportFields): boolean[] {
  const stretch = { start: 0, end: text.length };
  return [...text.matchAll(/5\.1\.1/g)].map(({ index }) => (fields ?? new ReportFields(text)).isStatus(index, stretch));
}

suite('fields of a report', () => {
  test('make a status beside them one', () => {
    assert.deepEqual(statuses('Action: failed\nStatus: 5.1.1\n'), [true]);
    assert.deepEqual(statuses('Status: 5.1.1\n> Final-Recipient: rfc822; anna@contoso.com\n'), [true]);
    assert.deepEqual(statuses('Status: 5.1.1\nStatus: 5.1.1\n'), [false, false]);
    assert.deepEqual(statuses(`Action: failed\n${'-'.repeat(300)}\nStatus: 5.1.1\n`), [false]);
  });

  test('are found wherever the search has been before', () => {
    const line = fc.constantFrom('Status: 5.1.1', '> Status: 5.1.1', 'Action: failed', 'Remote-MTA: dns; mx.contoso.com', '', 'word '.repeat(30), '-'.repeat(200));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const text = lines.join('\n');
        assert.deepEqual(statuses(text, new ReportFields(text)), statuses(text));
      }),
      trials(500),
    );
  });
});

test('a time that is none and folded stays one line', () => {
  const report = [
    'Reporting-MTA: dns; EX01.contoso.com',
    '',
    'Final-Recipient: rfc822; bob@fabrikam.com',
    'Action: failed',
    'Status: 5.1.1',
    'Last-Attempt-Date: Thu, 15 Jan 2026 at nine',
    ' in the morning',
    'Diagnostic-Code: smtp;550 5.1.1 User unknown',
    '',
  ].join('\n');
  for (const { localTime } of readRecords(report)) assert.ok(!localTime?.includes('\n'), localTime);
  assert.ok(readRecords(report).length > 0);
});
