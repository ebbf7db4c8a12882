/** The command line as shells call it: patterns that they leave alone, lists that they cut, files that they would spoil, and their completion. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { folder, oneOfEach, run, save, scan } from '../support/commandLine.ts';
import { parsePowerShell } from '../support/powershellReference.ts';

const files = (...words: string[]): string[] => [...new Set(scan(...words).map(({ file }) => file.replaceAll('\\', '/')))];

suite('wildcards', () => {
  for (const name of ['many/SEND1.LOG', 'many/send2.log', 'many/RECV1.LOG', 'many/deep/SEND3.LOG', 'many/.SEND4.LOG', 'other/SEND5.LOG']) save(name, oneOfEach);

  test('stand for the files and folders whose names fit, in their order', () => {
    assert.deepEqual(files('many/SEND*.LOG'), ['many/SEND1.LOG', 'many/send2.log']);
    assert.deepEqual(files('*/SEND?.LOG'), ['many/SEND1.LOG', 'many/send2.log', 'other/SEND5.LOG']);
    assert.deepEqual(files('m*y/d*p'), ['many/deep/SEND3.LOG']);
    assert.deepEqual(files(join(folder, 'many', 'RECV*')), [join(folder, 'many', 'RECV1.LOG').replaceAll('\\', '/')]);
  });

  test('that fit nothing are told as a file that is not there', () => {
    const { status, errors } = run(['scan', 'many/NOTHING*.LOG']);
    assert.equal(status, 2);
    assert.match(errors, /^mailflow-lens: many\/NOTHING\*\.LOG: .*\n$/);
  });

  test('are plain characters where something is called so', { skip: process.platform === 'win32' }, () => {
    save('odd/a*b.log', oneOfEach);
    save('odd/axb.log', oneOfEach);
    assert.deepEqual(files('odd/a*b.log'), ['odd/a*b.log']);
  });

  test('choose among the files of folders, and not among those that are named', () => {
    assert.deepEqual(
      files('--include', 'SEND*', 'many'),
      ['many/.SEND4.LOG', 'many/SEND1.LOG', 'many/deep/SEND3.LOG', 'many/send2.log'].filter((name) => !name.includes('.SEND4')),
    );
    assert.deepEqual(files('--include', 'RECV*,*3.log', 'many', 'other/SEND5.LOG'), ['many/RECV1.LOG', 'many/deep/SEND3.LOG', 'other/SEND5.LOG']);
  });
});

suite('lists', () => {
  const log = save('list.log', oneOfEach);
  const wanted = scan('--category=tls,network', log);
  test('are the same with commas, with blanks, and as PowerShell hands them over', () => {
    assert.ok(wanted.length > 0);
    for (const words of [['tls', 'network'], ['tls,', 'network'], ['tls,network']]) assert.deepEqual(scan('--category', ...words, log), wanted);
    assert.deepEqual(files('--include', 'SEND*', 'RECV*', 'many').length, 4);
  });
  test('take no path for a name', () => {
    assert.deepEqual(scan('--category', 'tls', 'network', '--', log), wanted);
    assert.deepEqual(files('--failure', 'tls-untrusted-root', log), ['list.log']);
  });
});

suite('an output file', () => {
  test('has what standard output would have, in UTF-8', () => {
    save('words/träger.log', oneOfEach);
    for (const format of ['text', 'json', 'ndjson', 'sarif', 'markdown']) {
      const direct = run(['scan', '--format', format, 'words']);
      const written = run(['scan', '--format', format, 'words', '--output', 'report.out']);
      assert.deepEqual([written.status, written.output, written.errors], [direct.status, '', '']);
      assert.equal(readFileSync(join(folder, 'report.out'), 'utf8'), direct.output);
    }
    for (const words of [['runbook', 'tls-untrusted-root'], ['explain', '5.7.1'], ['failures']]) {
      run([...words, '--output', 'report.out']);
      assert.equal(readFileSync(join(folder, 'report.out'), 'utf8'), run(words).output);
    }
  });

  test('is not read where it stands among the logs', () => {
    save('mixed/a.log', oneOfEach);
    const report = join('mixed', 'report.ndjson');
    for (let time = 0; time < 2; time++) run(['scan', '--format', 'ndjson', 'mixed', '--output', report]);
    assert.equal(
      readFileSync(join(folder, report), 'utf8'),
      run(['scan', '--format', 'ndjson', 'mixed/a.log']).output.replaceAll('mixed/a.log', join('mixed', 'a.log').replaceAll('\\', '\\\\')),
    );
  });

  test('that cannot be written is told, and nothing is read', () => {
    const { status, output, errors } = run(['scan', 'list.log', '--output', join('nowhere', 'x')]);
    assert.deepEqual([status, output], [2, '']);
    assert.match(errors, /^mailflow-lens: --output nowhere.x: .+\n$/);
    assert.ok(!existsSync(join(folder, 'nowhere')));
  });
});

suite('colour', () => {
  const colored = (words: string[], environment: Record<string, string> = {}): boolean => run(['scan', ...words, 'list.log'], '', folder, environment).output.includes('\u001b[');
  test('comes where it is asked for, and only there', () => {
    assert.ok(!colored([]));
    assert.ok(colored(['--color', 'always']));
    assert.ok(colored([], { FORCE_COLOR: '1' }));
    assert.ok(!colored([], { FORCE_COLOR: '0' }));
    assert.ok(!colored([], { FORCE_COLOR: '1', NO_COLOR: '1' }));
    assert.ok(!colored(['--color', 'never'], { FORCE_COLOR: '1' }));
  });
});

suite('completion', () => {
  test('of PowerShell is a script that its grammar takes', async () => {
    assert.deepEqual(await parsePowerShell(run(['completion', 'powershell']).output), []);
  });

  for (const shell of ['bash', 'zsh']) {
    test(`of ${shell} completes commands, options and names`, (context) => {
      if (spawnSync(shell, ['--version']).error) {
        context.skip(`${shell} is not installed`);
        return;
      }
      const script = run(['completion', shell]).output;
      const offered = (...words: string[]): string[] => {
        const ask = `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _mailflow_lens; printf '%s\\n' "\${COMPREPLY[@]}"`;
        return spawnSync(shell, ['-c', ask], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
      };
      assert.ok(offered('mailflow-lens', '').includes('scan'));
      assert.deepEqual(offered('mailflow-lens', 'sc'), ['scan']);
      assert.deepEqual(offered('mailflow-lens', 'scan', '--form'), ['--format']);
      assert.deepEqual(offered('mailflow-lens', 'scan', '--format', 'nd'), ['ndjson']);
      assert.deepEqual(offered('mailflow-lens', 'failures', '--format', ''), ['text', 'json']);
      assert.ok(offered('mailflow-lens', 'runbook', 'tls-').includes('tls-untrusted-root'));
      assert.deepEqual(offered('mailflow-lens', 'scan', '--category', 'rel'), ['relay-denied']);
      assert.deepEqual(offered('mailflow-lens', 'scan', 'logs'), []);
    });
  }
});

test('an id that is nearly right is suggested', () => {
  assert.match(run(['runbook', 'tls-untrusted']).errors, /Did you mean tls-untrusted-root\?/);
  assert.match(run(['scan', '--failure', 'untrusted-root', 'list.log']).errors, /Did you mean tls-untrusted-root\?/);
  assert.doesNotMatch(run(['runbook', 'xyzzy']).errors, /Did you mean/);
});
