/** The filter for log pipelines, as a process that lives as long as its input. */

import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { program, row, run } from '../support/commandLine.ts';

const refused = row('550 5.1.1 User unknown').trimEnd();
const accepted = row('250 2.1.5 Recipient OK').trimEnd();
const answersOf = (output: string): { readonly failure?: string }[] =>
  output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { failure?: string });

function start(): ChildProcessWithoutNullStreams {
  const pipe = spawn(process.execPath, [program, 'pipe']);
  pipe.stdout.setEncoding('utf8');
  return pipe;
}

suite('pipe', () => {
  test('answers each line by one, also the last one without an end, and empty ones', () => {
    const { status, output, errors } = run(['pipe'], `${refused}\r\n\n${accepted}\n${refused}`);
    assert.deepEqual([status, errors], [0, '']);
    assert.deepEqual(
      answersOf(output).map(({ failure }) => failure),
      ['recipient-unknown', undefined, undefined, 'recipient-unknown'],
    );
    assert.equal(run(['pipe'], '').output, '');
  });

  test('has what the line names', () => {
    const [answer] = answersOf(run(['pipe'], `${refused}\n`).output);
    assert.deepEqual(Object.keys(answer ?? {}), ['failure', 'category', 'severity', 'permanence', 'replyCode', 'enhancedCode', 'response', 'captures']);
  });

  test('wraps the answers for rsyslog', () => {
    const { output } = run(['pipe', '--protocol', 'rsyslog'], `${refused}\n${accepted}\n`);
    const [first, second] = output.split('\n');
    assert.equal((JSON.parse(first ?? '') as { '$!': { mailflow: { failure: string } } })['$!'].mailflow.failure, 'recipient-unknown');
    assert.equal(second, '{}');
  });

  test('answers at once, before the input has ended', async () => {
    const pipe = start();
    for (const line of [refused, accepted, refused]) {
      pipe.stdin.write(`${line}\n`);
      const [answer] = (await once(pipe.stdout, 'data')) as [string];
      assert.match(answer, line === refused ? /^\{"failure":"recipient-unknown".*\}\n$/ : /^\{\}\n$/);
    }
    pipe.stdin.end();
    assert.deepEqual(await once(pipe, 'close'), [0, null]);
  });

  test('puts characters together that are cut in pieces', async () => {
    const pipe = start();
    const bytes = Buffer.from(`550 5.1.1 Empfänger unbekannt \u{1F4EC}\n`);
    for (const byte of bytes) pipe.stdin.write(Buffer.of(byte));
    pipe.stdin.end();
    let output = '';
    for await (const text of pipe.stdout) output += String(text);
    assert.match(output, /Empfänger unbekannt/);
  });

  test('ends quietly when nobody reads on, and answers what has come when it is ended', { skip: process.platform === 'win32' }, async () => {
    const closed = start();
    let errors = '';
    closed.stderr.on('data', (text) => (errors += String(text)));
    closed.stdin.on('error', () => undefined);
    closed.stdout.destroy();
    closed.stdin.write(`${refused}\n`.repeat(50_000));
    closed.stdin.end();
    assert.deepEqual([await once(closed, 'close'), errors], [[0, null], '']);

    const ended = start();
    ended.stdin.write(`${accepted}\n${refused}`);
    await once(ended.stdout, 'data');
    let output = '';
    ended.stdout.on('data', (text) => (output += String(text)));
    ended.kill('SIGTERM');
    assert.deepEqual(await once(ended, 'close'), [0, null]);
    assert.match(output, /^\{"failure":"recipient-unknown"/);
  });

  test('reads a line without end in its beginning, and goes on', () => {
    const { status, output } = run(['pipe'], `${refused}\n550 5.1.1 no ${'x'.repeat(10_000_000)}\n${refused}\n`);
    assert.equal(status, 0);
    assert.deepEqual(
      answersOf(output).map(({ failure }) => failure !== undefined),
      [true, true, true],
    );
  });
});
