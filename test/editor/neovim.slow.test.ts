/** Another editor than ours: an unmodified Neovim with the bundled server. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { documentedBlock } from '../support/editorBlocks.ts';
import { root } from '../support/project.ts';

const untrusted = '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied';
const description = `Send connector Träger \u{1F4EC}: Message delivery was not successful. The message with message ID <a1b2c3@ex01.contoso.com> was acknowledged with SMTP response ${untrusted}.`;
const log = `Log Name:      Application
Source:        MSExchangeTransport
Date:          1/15/2026 9:15:42 AM
Event ID:      2004
Computer:      ex01.contoso.com
Description:
${description}
`;

interface SeenDiagnostic {
  readonly line: number;
  /** In bytes, as Neovim counts. */
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly source: string;
  readonly message: string;
}

interface Seen {
  /** What went wrong in Neovim; the rest is missing then. */
  readonly failure?: string;
  readonly version: string;
  readonly diagnostics: readonly SeenDiagnostic[];
  readonly hover: { readonly kind: string; readonly value: string };
  readonly titles: readonly string[];
  readonly script: readonly string[];
  readonly edited: readonly SeenDiagnostic[];
}

test('Neovim shows diagnostics and the hover, and its code action creates the scratch script', (context) => {
  const { error, stdout } = spawnSync('nvim', ['--version'], { encoding: 'utf8' });
  if (error) {
    context.skip(`Neovim is not installed: nothing was tried with another editor than VS Code (${error.message})`);
    return;
  }
  if (/^NVIM v0\.[0-7]\./.test(stdout)) {
    context.skip(`The documented configuration needs Neovim 0.8, and this is ${stdout.split('\n')[0]}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-neovim-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const seen = useNeovim(folder);
  assert.equal(seen.failure, undefined);

  const start = Buffer.byteLength(description.slice(0, description.indexOf('454 4.7.0')), 'utf8');
  const expected = {
    line: 6,
    code: 'tls-untrusted-root',
    source: 'mailflow-lens',
    message: `Certificate not trusted: the receiving server does not accept this server's TLS certificate\n${untrusted}`,
  };
  assert.deepEqual(seen.diagnostics, [{ ...expected, start, end: start + 9 }]);
  const inserted = Buffer.byteLength('Ж\u{1F4EC} ', 'utf8');
  assert.deepEqual(seen.edited, [{ ...expected, start: start + inserted, end: start + inserted + 9 }]);

  assert.equal(seen.hover.kind, 'markdown');
  assert.match(seen.hover.value, /^\*\*Certificate not trusted: /);
  assert.doesNotMatch(seen.hover.value, /command:/);

  assert.equal(seen.titles.length, 2);
  const saved = readFileSync(join(folder, 'mailflow-remediation.ps1'), 'utf8');
  assert.equal(saved, seen.script.map((line) => `${line}\n`).join(''));
  assert.match(saved, /^#region Mailflow Lens: tls-untrusted-root: Tr\\u00E4ger \\uD83D\\uDCEC$/m);
  assert.match(saved, /^\$SendConnector = 'Tr' \+ \[char\]0x00E4 \+ 'ger ' \+ \[char\]0xD83D \+ \[char\]0xDCEC$/m);
  assert.match(saved, /^# Evidence \(read-only\)$/m);
});

/** Runs the session of the Lua file in the folder, without anybody's configuration and without leaving anything elsewhere. */
function useNeovim(folder: string): Seen {
  writeFileSync(join(folder, 'events.log'), log);
  const seen = join(folder, 'seen.json');
  const state = Object.fromEntries(['CACHE', 'CONFIG', 'DATA', 'STATE'].map((kind) => [`XDG_${kind}_HOME`, join(folder, 'state')]));
  // The user's own configuration starts the server by its name.
  writeFileSync(join(folder, 'init.lua'), documentedBlock('lua'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'mailflow-lens-language-server'), `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/server.cjs')}' "$@"\n`, { mode: 0o755 });
  const { status, stderr } = spawnSync('nvim', ['--headless', '-u', 'init.lua', '-n', 'events.log', '-c', `luafile ${join(root, 'test/support/neovim.lua')}`], {
    cwd: folder,
    env: { ...process.env, ...state, PATH: `${bin}${delimiter}${process.env['PATH']}`, MAILFLOW_LENS_SEEN: seen },
    encoding: 'utf8',
    timeout: 120_000,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(readFileSync(seen, 'utf8')) as Seen;
}
