/** The package as somebody installs it who has nothing else: what is in it, and that its two commands run. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { after, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../support/project.ts';

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
interface TryPackage {
  installPackage(): { readonly folder: string; readonly packed: { readonly files: readonly { readonly path: string }[] }; readonly installed: readonly string[] };
  runInShell(folder: string, shell: string, line: string): Ran;
  addLogs(folder: string): void;
}
const { installPackage, runInShell, addLogs } = (await import(pathToFileURL(join(root, 'scripts/tryPackage.mjs')).href)) as TryPackage;

suite('the package', () => {
  const { folder, packed, installed } = installPackage();
  after(() => rmSync(dirname(folder), { recursive: true, force: true }));
  addLogs(folder);
  const shell = process.platform === 'win32' ? 'cmd' : 'sh';
  const run = (line: string): Ran => runInShell(folder, shell, line);

  test('has what runs, and what is read about it', () => {
    assert.deepEqual(packed.files.map(({ path }) => path).sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/agent.cjs',
      'dist/cli.cjs',
      'dist/compile.cjs',
      'dist/htmlparser2.cjs',
      'dist/iconvLite.cjs',
      'dist/knowledge.json',
      'dist/pages.cjs',
      'dist/server.cjs',
      'package.json',
    ]);
  });

  test('brings no other package', () => assert.deepEqual(installed, ['mailflow-lens']));

  test('has a command that reads, explains and writes runbooks', () => {
    assert.match(run('mailflow-lens --version').stdout, /^\d+\.\d+\.\d+\n$/);
    const scan = run('mailflow-lens scan "logs of today" --format json');
    assert.equal(scan.status, 1, scan.stderr);
    assert.ok((JSON.parse(scan.stdout) as { readonly findings: readonly object[] }).findings.length > 5);
    assert.equal(run('mailflow-lens scan "logs of today" --encoding windows-1251').status, 1);
    assert.match(run('mailflow-lens explain 5.7.1').stdout, /5\.7\.1/);
    assert.match(run('mailflow-lens runbook tls-untrusted-root').stdout, /Evidence/);
    assert.equal(run('mailflow-lens nothing').status, 2);
  });

  test('has a command that is a language server', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    const server = join(folder, 'node_modules', 'mailflow-lens', 'dist', 'server.cjs');
    const started =
      process.platform === 'win32' ? spawn(process.execPath, [server, '--stdio']) : spawn(join(folder, 'node_modules', '.bin', 'mailflow-lens-language-server'), ['--stdio']);
    started.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    let answer = '';
    for await (const chunk of started.stdout.setEncoding('utf8')) {
      answer += String(chunk);
      if (answer.includes('"capabilities"')) break;
    }
    started.kill();
    assert.match(answer, /"hoverProvider"/);
  });
});
