/** The bundled command line with a folder of failure documents, in which not all is as it should be. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { folder, oneOfEach, program, run, save } from '../support/commandLine.ts';
import { goodDocument, spoiled } from '../support/failureDocument.ts';

suite('--knowledge', () => {
  test('names what cannot be read, and uses the rest', { skip: process.platform === 'win32' }, () => {
    save('odd/a-b.md', goodDocument);
    save('odd/notepad.md', Buffer.from(`\uFEFF${goodDocument.replace('id: a-b', 'id: notepad')}`, 'utf16le'));
    save('odd/deep.md', spoiled('\nM\n', `\n${'> '.repeat(2_000)}x\n`));
    save('odd/large.md', '');
    truncateSync(join(folder, 'odd/large.md'), 2 ** 30);
    spawnSync('mkfifo', [join(folder, 'odd/pipe.md')]);
    symlinkSync('circle', join(folder, 'odd/circle'));
    const { status, output, errors } = run(['--knowledge', 'odd', 'failures']);
    assert.equal(status, 0);
    assert.match(output, /^a-b +tls +T$/m);
    assert.match(output, /^notepad +tls +T$/m);
    for (const [name, reason] of [
      ['deep.md:\\d+:\\d+', 'too deeply'],
      ['large.md:1:1', 'larger than'],
      ['pipe.md:1:1', 'no ordinary file'],
      ['circle', 'circle'],
    ])
      assert.match(errors, new RegExp(`^mailflow-lens: .*odd/${name}: .*${reason}`, 'm'));
  });

  test('can name the snippets that are shipped, and no others', () => {
    const naming = (name: string): string => spoiled('## Verify\n\n```powershell\nGet-Queue', `## Verify\n\n\`\`\`powershell\n# snippet: ${name}`);
    save('snippets/a-b.md', naming('queue-drains'));
    save('snippets/c-d.md', naming('queue-dreams').replace('id: a-b', 'id: c-d'));
    const { status, output, errors } = run(['--knowledge', 'snippets', 'runbook', 'a-b']);
    assert.equal(status, 0);
    assert.match(output, /\n# Verify\n# The queue drains [\s\S]*Get-Queue -Server \$Server/);
    const line = naming('queue-dreams').split('\n').indexOf('# snippet: queue-dreams') + 1;
    assert.match(errors, new RegExp(`snippets/c-d\\.md:${line}:1: There is no snippet "queue-dreams"\\. There are .*queue-drains`));
  });

  test('of more documents than files can be open uses all', { skip: process.platform === 'win32' }, () => {
    for (let number = 0; number < 120; number += 1) save(`many/own-${number}.md`, goodDocument.replace('id: a-b', `id: own-${number}`));
    const few = spawnSync('sh', ['-c', 'ulimit -n 60; exec "$@"', 'sh', process.execPath, program, '--knowledge', 'many', 'failures'], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual([few.status, few.stderr, few.stdout.match(/^own-/gm)?.length], [0, '', 120]);
  });

  test('that is no folder is wrong use', () => {
    for (const path of ['nowhere', save('file.md', goodDocument)]) {
      const { status, errors } = run(['--knowledge', path, 'failures']);
      assert.equal(status, 2);
      assert.match(errors, new RegExp(`--knowledge ${path}: `));
    }
  });

  test('is read by each thread, and its faults are told once', () => {
    save('own/recipient-unknown.md', spoiled('{ reply: 454 }', '{ enhanced: "5.1.1" }').replace('id: a-b', 'id: recipient-unknown').replace('title: T', 'title: Our own'));
    save('own/bad.md', 'no front matter');
    const logs = [1, 2, 3].map((number) => save(`logs/${number}.log`, oneOfEach));
    const { status, output, errors } = run(['--knowledge', 'own', 'scan', '--workers', '2', '--format', 'ndjson', ...logs]);
    assert.equal(status, 1);
    assert.equal(output.match(/"title":"Our own"/g)?.length, 3);
    assert.equal(errors.match(/bad\.md:1:1: /g)?.length, 1);
  });
});
