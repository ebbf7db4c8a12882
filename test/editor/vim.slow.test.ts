/** The block for Vim in docs/editors.md, read by Vim itself: the file types that it gives, and the server that it registers. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { documentedBlock } from '../support/editorBlocks.ts';

test("Vim gives Exchange's logs their file type, and registers the server for it", (context) => {
  const { error } = spawnSync('vim', ['--version']);
  if (error) {
    context.skip(`Vim is not installed (${error.message})`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-vim-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  // What vim-lsp offers, as far as the block asks for it.
  mkdirSync(join(folder, 'autoload'));
  writeFileSync(
    join(folder, 'autoload', 'lsp.vim'),
    `function! lsp#register_server(server) abort
  let g:seen = { 'command': a:server.cmd({}), 'allowed': a:server.allowlist }
endfunction
`,
  );
  const session = `set runtimepath^=.
${documentedBlock('vim')}
doautocmd User lsp_setup
let g:seen.types = []
for name in ['SEND2026011508-1.LOG', 'notes.txt', 'RECV2026011508-1.log', 'MSGTRKMD2026011508-1.LOG', 'CONNECTLOG2026011508-1.LOG', 'AGENTLOG20260115-1.LOG']
  execute 'edit ' . name
  call add(g:seen.types, &filetype)
endfor
call writefile([json_encode(g:seen)], 'seen.json')
qall!
`;
  writeFileSync(join(folder, 'session.vim'), session);
  writeFileSync(join(folder, 'SEND2026011508-1.LOG'), '#Software: Microsoft Exchange Server\n');
  const { status, stderr, stdout } = spawnSync('vim', ['-Nu', 'NONE', '-es', '-c', 'filetype on', '-S', 'session.vim'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    input: '',
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
  const seen = JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8')) as Record<string, unknown>;
  assert.deepEqual(seen['command'], ['mailflow-lens-language-server', '--stdio']);
  assert.ok((seen['allowed'] as string[]).includes('mailflow-log'));
  const [send, other, ...rest] = seen['types'] as string[];
  assert.deepEqual([send, ...rest], Array(5).fill('mailflow-log'));
  assert.notEqual(other, 'mailflow-log');
});
