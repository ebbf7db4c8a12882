/** What an agent can have read, and by which names; and cursors, which are all that it hands back. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, suite, test } from 'node:test';
import fc from 'fast-check';
import { LogWords } from '../../server/src/tools/logWords.ts';
import { readPageCursor, writePageCursor } from '../../server/src/tools/pageCursor.ts';
import { ReadableFiles } from '../../server/src/tools/readableFiles.ts';
import { trials } from '../support/trials.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-agent-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const save = (...path: string[]): string => {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '550 5.1.1 User unknown\n');
  return file;
};

suite('the files that an agent can have read', () => {
  save('logs', 'SEND20260115-1.LOG');
  save('logs', 'ex01', 'mail.contoso.com.log');
  save('other', 'SEND20260115-1.LOG');
  const secret = save('secret', 'secret.log');
  const filesOf = (paths: readonly string[], isRevealed = false): ReadableFiles => new ReadableFiles(paths, new LogWords(isRevealed));
  const namesOf = async (files: ReadableFiles): Promise<string[]> => (await files.list()).map(({ name }) => name);

  test('are those of the folders and files that are named, by names that name nobody', async () => {
    assert.deepEqual(await namesOf(filesOf([join(folder, 'logs'), join(folder, 'other', 'SEND20260115-1.LOG')])), [
      'logs/SEND20260115-1.LOG',
      'logs/ex01/host-1.domain-1.invalid.log',
      'SEND20260115-1.LOG',
    ]);
    assert.deepEqual(await namesOf(filesOf([join(folder, 'logs')], true)), ['logs/SEND20260115-1.LOG', 'logs/ex01/mail.contoso.com.log']);
  });

  test('keep the names that were told, whatever is learnt of hosts later, and a folder of a server has its stand-in', async () => {
    const top = join(folder, 'collected');
    for (const path of [
      ['ex07', 'Application-events.txt'],
      ['ex07', 'Hub', 'SEND20260115-1.LOG'],
      ['relay', 'mail.log'],
    ])
      save('collected', ...path);
    const words = new LogWords(false);
    const files = new ReadableFiles([top], words);
    const names = ['collected/host-1/Application-events.txt', 'collected/host-1/Hub/SEND20260115-1.LOG', 'collected/relay/mail.log'];
    assert.deepEqual(await namesOf(files), names);
    assert.deepEqual([words.destination('EX07'), words.destination('collected')], ['host-1', 'host-2']);
    assert.deepEqual(await namesOf(files), names);
    assert.deepEqual(await namesOf(new ReadableFiles([top], words)), names);
    assert.equal((await files.list(names)).length, 3);
  });

  test('are chosen by these names alone: no path leads to another file', async () => {
    const files = filesOf([join(folder, 'logs')]);
    assert.deepEqual((await files.list(['logs/SEND20260115-1.LOG'])).length, 1);
    for (const name of [secret, '../secret/secret.log', 'logs/../../secret/secret.log', '/etc/passwd', '', '-', '*', 'logs', 'logs/SEND20260115-1.LOG\0']) {
      await assert.rejects(files.list([name]), /none of those that may be read/, name);
    }
  });

  test('are not those that a link leads to outside of what was named', { skip: process.platform === 'win32' }, async () => {
    const top = join(folder, 'linked');
    mkdirSync(top);
    symlinkSync(secret, join(top, 'link.log'));
    symlinkSync(join(folder, 'secret'), join(top, 'folder'));
    symlinkSync(join(folder, 'logs', 'SEND20260115-1.LOG'), join(top, 'allowed.log'));
    assert.deepEqual(await namesOf(filesOf([top])), []);
    assert.deepEqual(await namesOf(filesOf([top, join(folder, 'logs')])), ['linked/allowed.log', 'logs/ex01/host-1.domain-1.invalid.log']);
    symlinkSync(join(folder, 'logs'), join(folder, 'current'));
    assert.equal((await namesOf(filesOf([join(folder, 'current')]))).length, 2, 'what the user has named himself is read where it leads');
  });

  test('are told without what would hide or reorder a name', { skip: process.platform === 'win32' }, async () => {
    save('odd', 'a\u202Egol.exe\u{E0041}.log');
    const [name = ''] = await namesOf(filesOf([join(folder, 'odd')]));
    assert.match(name, /^odd\/[ -~]+$/);
  });
});

suite('a cursor', () => {
  test('goes on with the same question only', () => {
    const question = { limit: 2, failure: 'tls-untrusted-root' };
    const text = writePageCursor({ file: 'logs/a.log', told: 7 }, question);
    assert.deepEqual(readPageCursor(text, { failure: 'tls-untrusted-root', limit: 2 }), { file: 'logs/a.log', told: 7 });
    assert.throws(() => readPageCursor(text, { ...question, failure: 'other' }), /another question/);
  });

  test('is refused where it was made up', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (text) => {
          assert.throws(() => readPageCursor(text, {}), /cursor/);
        },
      ),
      trials(200),
    );
    const made = Buffer.from(JSON.stringify(['a', -1, '[]'])).toString('base64url');
    assert.throws(() => readPageCursor(made, {}), /cursor/);
  });
});
