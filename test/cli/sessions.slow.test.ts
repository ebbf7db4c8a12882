/** The command `sessions` as a process of its own: exit status, options, and where its input comes from. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ToldSession } from '../../server/src/analysis/sessions/toldSession.ts';
import { run, save } from '../support/commandLine.ts';
import { closing, opening, rowsOf, type Saying, sendHeader } from '../support/protocolLog.ts';

const message: readonly Saying[] = [...opening, '> MAIL FROM:<anna@contoso.com>', '< 250 OK', '> RCPT TO:<bob@fabrikam.com>'];
const delivered = rowsOf([...message, '< 250 OK', '> BDAT 1 LAST', '< 250 2.6.0 Queued mail for delivery', ...closing], { id: '08DE540000000A01' }).join('');
const refused = rowsOf([...message, '< 550 5.1.1 User unknown', ...closing], { id: '08DE540000000B02', at: 60 }).join('');
const cut = rowsOf(message, { id: '08DE540000000C03', at: 120 }).join('');

const sessions = (...words: string[]): ToldSession[] =>
  run(['sessions', '--format', 'ndjson', ...words])
    .output.split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ToldSession);
const verdicts = (...words: string[]): string[] => sessions(...words).map(({ verdict }) => verdict);

suite('sessions: the exit status', () => {
  test('0 where nothing failed, whether the log has the whole session or not', () => assert.equal(run(['sessions', save('good.log', sendHeader + delivered + cut)]).status, 0));
  test('1 where something failed', () => assert.equal(run(['sessions', save('bad.log', sendHeader + delivered + refused)]).status, 1));
  test('0 where what failed was not asked for', () => assert.equal(run(['sessions', '--verdict', 'delivered', save('bad.log', sendHeader + delivered + refused)]).status, 0));
  test('2 where a file cannot be read, beside what the others say', () => {
    const { status, output, errors } = run(['sessions', 'missing.log', save('good.log', sendHeader + delivered)]);
    assert.equal(status, 2);
    assert.match(errors, /^mailflow-lens: missing\.log: .+\n$/);
    assert.match(output, /1 session \(1 delivered\) in 1 file; 1 file could not be read\.\n$/);
  });
  test('2 for a session that is not there', () => {
    const { status, errors } = run(['sessions', '--session', 'nothing', save('good.log', sendHeader + delivered)]);
    assert.deepEqual([status, errors], [2, 'mailflow-lens: there is no session "nothing" in what was read.\n']);
  });
  for (const words of [
    ['--verdict', 'nonsense'],
    ['--gap', 'long'],
    ['--since', '2026-02-02', '--until', '2026-02-01'],
    ['--format', 'sarif'],
  ]) {
    test(`2 for wrong use: ${words.join(' ')}`, () => {
      const { status, output, errors } = run(['sessions', ...words, '-']);
      assert.deepEqual([status, output], [2, '']);
      assert.match(errors, /^mailflow-lens: (?!error)[^\n]+\n(?:Add --help to see how it is used\.\n)?$/);
    });
  }
});

suite('sessions: what is told', () => {
  test('of standard input, of a file that is packed, and of one in UTF-16', () => {
    const text = sendHeader + delivered + refused;
    const input = run(['sessions', '--format', 'ndjson'], text).output;
    assert.equal(input.split('\n').length, 3);
    assert.deepEqual(verdicts(save('packed.log.gz', gzipSync(text))), ['delivered', 'refused']);
    assert.deepEqual(verdicts(save('wide.log', Buffer.from(`\uFEFF${text}`, 'utf16le'))), ['delivered', 'refused']);
  });

  test('is kept by verdict and time', () => {
    const path = save('all.log', sendHeader + delivered + refused + cut);
    assert.deepEqual(verdicts('--verdict', 'refused,cut', path), ['refused', 'cut']);
    assert.deepEqual(verdicts('--since', '2026-01-15T08:00:30', '--until', '2026-01-15T08:01:30', path), ['refused']);
  });

  test('of one session is each of its rows, with the verdict first', () => {
    const { output, status } = run(['sessions', '--session', '08DE540000000B02', save('all.log', sendHeader + delivered + refused)]);
    const lines = output.split('\n');
    assert.equal(status, 1);
    assert.match(lines[1] ?? '', /^Session 08DE540000000B02: refused, to mx\.fabrikam\.com, connector Internet, 0 of 1 recipients, lines 20 to 31$/);
    assert.match(output, /\n {5}28 {6}\+0\.800 s {2}← 550 5\.1\.1 User unknown\n/);
    assert.doesNotMatch(output, /A01|BDAT/);
  });
});
