/** The commands `messages` and `report` as processes of their own: exit status, options, outputs. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { folder, run, save } from '../support/commandLine.ts';
import { trackingLog } from '../support/trackingLog.ts';

const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const good = trackingLog({ event: 'SMTP RECEIVE' }, { event: 'STOREDRIVER DELIVER', at: 1 });
const bad = trackingLog(
  { event: 'SMTP RECEIVE' },
  { event: 'STOREDRIVER DELIVER', at: 1 },
  { event: 'SMTP FAIL', 'message-id': '<two@contoso.com>', 'recipient-status': refused, 'recipient-address': 'carla@fabrikam.com', at: 7_200 },
);

const ids = (...words: string[]): string[] =>
  run(['messages', '--format', 'ndjson', ...words])
    .output.split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { readonly messageId: string }).messageId);

suite('messages', () => {
  test('0 where nothing failed, 1 where something did, 2 where something could not be read', () => {
    assert.equal(run(['messages', save('good.log', good)]).status, 0);
    assert.equal(run(['messages', save('bad.log', bad)]).status, 1);
    assert.equal(run(['messages', '--status', 'delivered', 'bad.log']).status, 0);
    assert.equal(run(['messages', 'bad.log', 'missing.log']).status, 2);
    const { status, errors } = run(['messages', '--message', 'nothing', 'bad.log']);
    assert.deepEqual([status, errors], [2, 'mailflow-lens: there is no message "nothing" in what was read.\n']);
  });

  for (const words of [
    ['--status', 'nonsense'],
    ['--since', '2026-02-02', '--until', '2026-02-01'],
    ['--format', 'sarif'],
  ]) {
    test(`2 for wrong use: ${words.join(' ')}`, () => assert.deepEqual([run(['messages', ...words, '-']).status, run(['messages', ...words, '-']).output], [2, '']));
  }

  test('are kept by id, address, domain, status and time', () => {
    const path = save('bad.log', bad);
    const [one, two] = ['<one@contoso.com>', '<two@contoso.com>'];
    assert.deepEqual(ids(path), [one, two]);
    assert.deepEqual(ids('--message', 'TWO@contoso.com', path), [two]);
    assert.deepEqual(ids('--recipient', 'Carla@fabrikam.com', path), [two]);
    assert.deepEqual(ids('--recipient', 'fabrikam.com', path), [one, two]);
    assert.deepEqual(ids('--sender', 'contoso.com', '--status', 'failed,delayed', path), [two]);
    assert.deepEqual(ids('--since', '2026-01-15T09:00', path), [two]);
    assert.deepEqual(ids('--until', '2026-01-15T09:00', path), [one]);
  });

  test('for people: a line, the recipients, and the steps of what was asked for', () => {
    const path = save('bad.log', bad);
    assert.equal(
      run(['messages', path]).output,
      [
        '2026-01-15 08:00:00  delivered   anna@contoso.com  <one@contoso.com>  1 s',
        '    delivered   bob@fabrikam.com',
        '2026-01-15 10:00:00  failed      anna@contoso.com  <two@contoso.com>',
        '    failed      carla@fabrikam.com  recipient-unknown: 550 5.1.1 User unknown',
        '',
        '2 messages (1 failed, 1 delivered) in 1 file.',
        '',
      ].join('\n'),
    );
    assert.match(run(['messages', '--message', 'two@contoso.com', path]).output, /10:00:00\.000 {2}ex01 {6}failed {6}SMTP FAIL {2}\(bad\.log:8\)/);
    assert.match(run(['messages', '--format', 'markdown', path]).output, /^# Messages\n\n## delivered: `<one@contoso\.com>` from `anna@contoso\.com`\n/);
  });

  test('of standard input; and without a message in it', () => {
    assert.match(run(['messages'], good).output, /^2026-01-15 08:00:00 {2}delivered/);
    assert.equal(run(['messages'], 'A text.\n').output, 'No message found in 1 file.\n');
  });
});

suite('report', () => {
  test('0 where nothing failed, 1 where something did, 2 where something could not be read', () => {
    assert.equal(run(['report', save('good.log', good)]).status, 0);
    assert.equal(run(['report', save('bad.log', bad)]).status, 1);
    assert.equal(run(['report', 'bad.log', 'missing.log']).status, 2);
  });

  test('is html where it is no terminal, and the form that is asked for', () => {
    const path = save('bad.log', bad);
    assert.match(run(['report', path]).output, /^<!DOCTYPE html>\n<html lang="en">/);
    assert.match(
      run(['report', '--format', 'text', path]).output,
      /^2 messages: 1 failed, 1 delivered\.\nRead: 1 file, 2026-01-15 08:00 to 2026-01-15 10:00 UTC\.\n0 of 1 failures \(0 %\) are ours to fix, .*\nRecipients +1 unresolved\nAnswers +1 permanent\n(?:[A-Z].*\n)*\n1\. /,
    );
    assert.match(run(['report', '--format', 'markdown', path]).output, /^# Mail flow report\n/);
    const report = JSON.parse(run(['report', '--format', 'json', path]).output) as {
      readonly onsets: readonly { readonly failure: string; readonly first: object }[];
      readonly files: number;
    };
    assert.deepEqual(
      [report.files, report.onsets.map(({ failure, first }) => [failure, first])],
      [1, [['recipient-unknown', { time: '2026-01-15T10:00:00.000Z', file: 'bad.log', line: 8 }]]],
    );
  });

  test('goes into a file, which is not read where it lies among the logs', () => {
    save('logs/bad.log', bad);
    const words = ['report', '--output', 'logs/report.html', 'logs'];
    assert.deepEqual([run(words).output, run(words).status], ['', 1]);
    assert.ok(existsSync(join(folder, 'logs/report.html')));
    assert.match(readFileSync(join(folder, 'logs/report.html'), 'utf8'), /1 file, /);
  });
});
