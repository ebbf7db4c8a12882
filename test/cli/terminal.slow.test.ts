/** The command line and whoever has started it: what reaches a terminal, outputs that fail, and signals. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { Log } from 'sarif';
import type { Located } from '../../server/src/analysis/located.ts';
import { folder, head, program, row, run, save, untrusted } from '../support/commandLine.ts';
import { goodDocument } from '../support/failureDocument.ts';

suite('what a terminal would obey', () => {
  const hostile = '\u001b]0;title\u0007\u009b2J\u202e';
  /** Every option that takes a value, as the help has it. */
  const optionsOf = (command: string): string[] => [...run([command, '--help']).output.matchAll(/^ {2}(--[\w-]+) </gm)].map(([, name]) => name as string);
  const places: string[][] = ['scan', 'runbook', 'explain', 'failures'].flatMap((command) => [
    ...optionsOf(command).map((option) => [command, option, hostile]),
    [command, hostile],
    [command, `--x${hostile}`],
    [command, 'tls-untrusted-root', '--set', `${hostile}=x`],
  ]);
  for (const words of [[hostile], ['help', hostile], ...places]) {
    test(`is not put out of an argument: ${words.join(' ').replaceAll(hostile, '…')}`, () => {
      const { output, errors } = run(words);
      assert.doesNotMatch(output + errors, /(?!\n)[\p{Cc}\p{Cf}]/u);
    });
  }

  test('is not put out of a document either', () => {
    save('hostile/a-b.md', goodDocument.replace(/^title: .*$/m, 'title: "A \\e]0;title\\a\\u202e title"'));
    for (const words of [['failures'], ['failures', '--format', 'json'], ['explain', 'a-b'], ['runbook', 'a-b']]) {
      const { status, output, errors } = run(['--knowledge', 'hostile', ...words]);
      assert.doesNotMatch(output + errors, /(?!\n)[\p{Cc}\p{Cf}]/u);
      if (words[0] === 'failures') assert.deepEqual([status, output.includes('\\u001b]0;title\\u0007\\u202e')], [0, true], output.slice(0, 300));
    }
  });
});

suite('an output that cannot be written', { skip: process.platform !== 'linux' }, () => {
  const log = save('full.log', head + row(untrusted).repeat(3_000));
  const scans = ['text', 'json', 'ndjson', 'sarif', 'markdown'].map((format) => ['scan', '--format', format, log, log]);
  for (const words of [
    ...scans,
    ['scan', '--workers', '2', log, log],
    ['explain', '5.7.1'],
    ['runbook', 'tls-untrusted-root'],
    ['failures'],
    ['--help'],
    ['scan', '--help'],
    ['--version'],
  ]) {
    test(`is told as that, once, and ends it: ${words.join(' ')}`, () => {
      const full = openSync('/dev/full', 'w');
      const { status, stderr } = spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8', stdio: ['ignore', full, 'pipe'] });
      closeSync(full);
      assert.deepEqual([status, stderr], [2, 'mailflow-lens: standard output: no space left on device\n']);
    });
  }
});

suite('an output that is closed', () => {
  test('a closed pipe ends it quietly', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => row(untrusted, index)).join('');
    const child = spawn(process.execPath, [program, 'scan', '--format', 'ndjson', save('long.log', head + rows)], { cwd: folder });
    child.stdout.once('data', () => child.stdout.destroy());
    assert.deepEqual(await ended(child), { status: 1, signal: null, errors: '' });
  });
});

suite('a signal', { skip: process.platform === 'win32' }, () => {
  /** Starts a scan of standard input, and gives it so much that something is put out; the input stays open. */
  async function interrupted(words: readonly string[], signal: NodeJS.Signals): Promise<{ readonly output: string; readonly ended: Awaited<ReturnType<typeof ended>> }> {
    const child = spawn(process.execPath, [program, 'scan', ...words, '-'], { cwd: folder });
    let output = '';
    const isEnough = new Promise<void>((resolve) =>
      child.stdout.on('data', (data) => {
        output += data;
        // The beginning of a document comes alone.
        if (output.length > 1_000) resolve();
      }),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.write(head + row(untrusted).repeat(5_000));
    await isEnough;
    child.kill(signal);
    return { ended: await ended(child), output };
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`${signal} ends a scan by that signal, and all that came is in a whole document`, async () => {
      const json = await interrupted(['--format', 'json'], signal);
      assert.deepEqual(json.ended, { status: null, signal, errors: '' });
      const { findings, interrupted: was } = JSON.parse(json.output) as { findings: Located[]; interrupted: boolean };
      assert.deepEqual([findings.length > 1_000, was], [true, true]);
      const sarif = await interrupted(['--format', 'sarif'], signal);
      const [sarifRun] = (JSON.parse(sarif.output) as Log).runs;
      assert.deepEqual([(sarifRun?.results?.length ?? 0) > 1_000, sarifRun?.invocations?.[0]?.exitSignalName], [true, signal]);
    });
  }

  test('a second one ends it at once, though nobody takes the output', async () => {
    const child = spawn(process.execPath, [program, 'scan', '--format', 'ndjson', '-'], { cwd: folder });
    child.stdin.on('error', () => undefined);
    // Far more than a pipe holds, so that the program waits in the middle of its output.
    child.stdin.write(head + row(untrusted).repeat(20_000));
    await new Promise((resolve) => child.stdout.once('readable', resolve));
    const end = ended(child);
    let asked = 0;
    const timer = setInterval(() => child.kill(asked++ < 250 ? 'SIGINT' : 'SIGKILL'), 20);
    assert.equal((await end).signal, 'SIGINT');
    clearInterval(timer);
  });
});

function ended(child: ChildProcess): Promise<{ status: number | null; signal: NodeJS.Signals | null; errors: string }> {
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  return new Promise((done) => child.on('close', (status, signal) => done({ status, signal, errors })));
}
