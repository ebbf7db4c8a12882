/** The transcript of a session: who says what, when, and on which row. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { transcriptRow } from '../../server/src/analysis/sessions/transcriptRows.ts';
import { transcriptOf } from '../../server/src/explain/transcript.ts';
import { readSteps } from '../../server/src/formats/index.ts';
import { isRecord } from '../../server/src/values.ts';
import { receiveHeader, rowsOf, type Saying, sendHeader } from '../support/protocolLog.ts';

const tell = (text: string): { readonly at: string; readonly text: string }[] => {
  const steps = readSteps(text);
  const rows = steps.map((step) => transcriptRow(step, step.span.start, isRecord(step) ? { title: 'what is known of it' } : undefined));
  return transcriptOf(rows).map(({ at, text: line }) => ({ at: text.slice(at, text.indexOf('Z', at) + 1), text: line.trim() }));
};
const sayings: readonly Saying[] = [
  '* attempting to connect',
  '+',
  '< 220-mx.fabrikam.com ESMTP',
  '< 220 no spam',
  '2 > MAIL FROM:<a@contoso.com>',
  '< 550-5.1.1 User',
  '< 550 5.1.1 unknown',
  '- Local',
];

suite('the transcript of a session', () => {
  test('of a send log', () => {
    assert.deepEqual(
      tell(sendHeader + rowsOf(sayings).join('')).map(({ text }) => text),
      [
        '+0.000 s === attempting to connect',
        '+0.100 s === connected',
        '+0.200 s  ← 220-mx.fabrikam.com ESMTP',
        '220 no spam',
        '+2.400 s  → MAIL FROM:<a@contoso.com>',
        '+2.500 s  ← 550 5.1.1 User unknown',
        '(what is known of it)',
        '+2.700 s === disconnected: Local',
      ],
    );
  });

  test('says how long before the first row one was written, where the clock was set back', () => {
    const text = sendHeader + rowsOf(['* attempting to connect', '+']).join('');
    const [first = '', second = ''] = text.match(/^2026.*?(?=,)/gm) ?? [];
    const told = tell(text.replace(second, new Date(Date.parse(first) - 1_500).toISOString()));
    assert.deepEqual(
      told.map((row) => row.text),
      ['+0.000 s === attempting to connect', '-1.500 s === connected'],
    );
  });

  test('each line has the place of its row', () => {
    const text = sendHeader + rowsOf(sayings).join('');
    const times = text.split('\r\n').map((line) => line.slice(0, 24));
    for (const { at } of tell(text)) assert.ok(times.includes(at), at);
  });

  test('of a receive log, in which this server answers', () => {
    const turned = ['+', '> 220 ex01.contoso.com', '< EHLO mx.fabrikam.com', '> 550 5.7.1 No'];
    assert.deepEqual(
      tell(receiveHeader + rowsOf(turned).join(''))
        .slice(0, 4)
        .map(({ text }) => text.slice(8)),
      [' === connected', '  → 220 ex01.contoso.com', '  ← EHLO mx.fabrikam.com', '  → 550 5.7.1 No'],
    );
  });
});
