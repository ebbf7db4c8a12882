/** The folder of failure documents: whatever is in it, the documents are found, each once, and what cannot be read is named. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { findFailureFiles, isDocumentName, readFailureFile } from '../../server/src/files/failureFiles.ts';
import { goodDocument } from '../support/failureDocument.ts';

const isWindows = process.platform === 'win32';
/** Windows gives links and pipes to few, and the superuser may read everything. */
const needsLinks = { skip: isWindows };
const needsPermissions = { skip: isWindows || process.getuid?.() === 0 };

suite('a folder of failure documents', () => {
  let root = '';
  let folder = '';
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'mailflow-lens-')));
    folder = join(root, 'own');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** A path below the folder's own parent. */
  function save(path: string, content: string | Uint8Array = goodDocument): string {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    return join(root, path);
  }
  const link = (target: string, path: string): void => symlinkSync(target, join(root, path));
  /** What is found, with reasons where there are any, and what cannot be looked into. */
  async function found(): Promise<[documents: string[], unreadable: string[]]> {
    const { documents, unreadable } = await findFailureFiles(folder);
    const shown = ({ path, reason }: { path: string; reason?: string }): string => (reason === undefined ? path : `${path}: ${reason}`);
    return [documents.map(shown), unreadable.map(shown)];
  }

  test('has its documents in the order of their paths, in upper case too, and no locks and shadows of editors', async () => {
    for (const path of ['b.md', 'A.MD', 'deep/er/c.Md', '.#b.md', '._b.md', 'b.md~', 'notes.txt', 'node_modules/x/README.md', '.git/x.md', '.drafts/d.md']) save(`own/${path}`);
    assert.deepEqual(await found(), [['.drafts/d.md', 'A.MD', 'b.md', 'deep/er/c.Md'], []]);
  });
  test('has a document once that links lead to, by its own name', needsLinks, async () => {
    save('own/z/a.md');
    link('z', 'own/a');
    link('z/a.md', 'own/b.md');
    link('..', 'own/z/back');
    const [documents, unreadable] = await found();
    assert.deepEqual(documents, ['z/a.md']);
    assert.deepEqual(unreadable, []);
  });
  test('has documents elsewhere that links lead to, through several and in circles too', needsLinks, async () => {
    save('team/a.md');
    save('team/deep/b.md');
    save('other/c.md');
    link('../team', 'own/team');
    link('../team', 'own/team again');
    link('../other', 'team/other');
    link('../team', 'other/team');
    link('../other/c.md', 'own/d.md');
    assert.deepEqual((await found())[0].map((path) => path.split('/').at(-1)).sort(), ['a.md', 'b.md', 'd.md']);
  });
  test('has documents whose files have other names, as a container mounts them', needsLinks, async () => {
    save('own/..2026/a.md');
    link('..2026', 'own/..data');
    link('..data/a.md', 'own/a.md');
    save('own/plain.txt');
    link('plain.txt', 'own/b.md');
    const [documents] = await found();
    assert.ok(documents.includes('b.md'));
    assert.equal(documents.filter((path) => path.endsWith('a.md')).length, 1);
  });
  test('names links that lead nowhere or to everything', needsLinks, async () => {
    save('own/good.md');
    link('gone.md', 'own/dangling.md');
    link('gone', 'own/dangling');
    link('circle', 'own/circle');
    link('..', 'own/up');
    link('/', 'own/top');
    assert.deepEqual(await found(), [
      ['dangling.md: no such file or folder', 'good.md'],
      ['circle: the links lead in a circle', 'dangling: no such file or folder', 'top: it leads to a folder that this one is in', 'up: it leads to a folder that this one is in'],
    ]);
  });
  test('names what is no file, and never opens it', needsLinks, async () => {
    save('own/good.md');
    spawnSync('mkfifo', [join(folder, 'pipe.md'), join(root, 'pipe')]);
    link('../pipe', 'own/linked.md');
    link('/dev/zero', 'own/zero.md');
    mkdirSync(join(folder, 'folder.md'));
    assert.deepEqual(await found(), [['good.md', 'linked.md: it is no ordinary file', 'pipe.md: it is no ordinary file', 'zero.md: it is no ordinary file'], []]);
  });
  test('names a folder that must not be read, and has the others', needsPermissions, async () => {
    save('own/good.md');
    save('own/closed/a.md');
    chmodSync(join(folder, 'closed'), 0);
    assert.deepEqual(await found(), [['good.md'], ['closed: permission denied']]);
    chmodSync(join(folder, 'closed'), 0o700);
  });
  test('that is not there or no folder is a fault of the whole', async () => {
    await assert.rejects(findFailureFiles(join(root, 'nowhere')), { code: 'ENOENT' });
    await assert.rejects(findFailureFiles(save('file.md')), { code: 'ENOTDIR' });
  });
  test('that nobody wants any more is not read', async () => {
    save('own/good.md');
    await assert.rejects(findFailureFiles(folder, AbortSignal.abort(new Error('enough'))), /enough/);
  });

  const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
    'UTF-8': (text) => Buffer.from(text),
    'UTF-8 with a byte order mark': (text) => Buffer.from(`\uFEFF${text}`),
    'UTF-16': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'UTF-16 without its mark': (text) => Buffer.from(text, 'utf16le'),
    'UTF-16, the other way round': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  };
  for (const [encoding, encode] of Object.entries(encodings))
    test(`is read in ${encoding}`, async () => {
      const text = goodDocument.replace('title: T', 'title: Größe, サイズ');
      assert.equal(await readFailureFile(save('own/a.md', encode(text)), 1_000_000), text);
    });
  test('is read up to a size', async () => {
    const path = save('own/a.md', 'x'.repeat(1_000));
    assert.equal((await readFailureFile(path, 1_000)).length, 1_000);
    await assert.rejects(readFailureFile(path, 999), /larger than/);
    truncateSync(path, 2 ** 30);
    await assert.rejects(readFailureFile(path, 1_000_000), /larger than 1 MB/);
    await assert.rejects(readFailureFile(folder, 1_000_000), /no ordinary file/);
  });
  test('knows its documents by their names', () => {
    for (const name of ['a.md', 'A.MD', 'x/a.md', 'x\\a.Md', '..2026/a.md']) assert.ok(isDocumentName(name), name);
    for (const name of ['.md', '.a.md', 'x/.a.md', 'a.mdx', 'a.txt', 'a.md/b']) assert.ok(!isDocumentName(name), name);
  });
});
