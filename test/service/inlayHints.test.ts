/** In front of a row stands how long after the row before it in its session it was written. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { getInlayHints } from '../../server/src/service/index.ts';
import { openLog } from '../support/openLog.ts';
import { sendHeader } from '../support/protocolLog.ts';

const row = (session: number, number: number, at: string, said: string): string =>
  `2026-01-15T08:00:${at}Z,Internet,08DE54000000000${session},${number},192.0.2.10:50000,203.0.113.25:25,${said}\r\n`;
const rows = [
  row(1, 0, '00.000', '+,,'),
  row(2, 0, '00.500', '+,,'),
  row(1, 1, '00.252', '<,220 mx.fabrikam.com ESMTP,'),
  row(2, 1, '01.000', '<,220 mx.fabrikam.com ESMTP,'),
  row(1, 2, '45.252', '>,EHLO ex01.contoso.com,'),
];
const first = sendHeader.split('\n').length - 1;
const hints = (text: string, start = 0, end = 10_000): [number, string][] =>
  getInlayHints(openLog(text), { start: { line: start, character: 0 }, end: { line: end, character: 0 } }).map(({ position, label }) => [
    position.line - first,
    String(label).replaceAll('\u00A0', ''),
  ]);

suite('inlay hints', () => {
  const text = sendHeader + rows.join('');

  test('are counted within the session, also where sessions interleave', () => {
    assert.deepEqual(hints(text), [
      [2, '+0.252 s'],
      [3, '+0.500 s'],
      [4, '+45.000 s'],
    ]);
  });

  test('of a part of the log are those of the whole', () => {
    for (let line = 0; line < rows.length; line++) {
      assert.deepEqual(
        hints(text, first + line, first + line),
        hints(text).filter(([at]) => at === line),
      );
    }
  });

  test('stand in front of no other text, and of no row that has no time', () => {
    assert.deepEqual(hints('all is well\n550 5.1.1 User unknown\n'), []);
    assert.deepEqual(hints(sendHeader + rows.join('').replaceAll(/2026-01-15T[^,]+/g, '')), []);
  });

  test('look for the row before no farther than so far above', () => {
    const between = row(3, 0, '10.000', '+,,').repeat(2_000);
    const far = sendHeader + rows[0] + between + rows[4];
    assert.deepEqual(hints(far, first + 2_001, first + 2_001), []);
  });
});
