/** What a folder holds is found, whatever it is called and however deep it lies, and nothing is opened that may never end. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, mock, suite, test } from 'node:test';
import { type FoundFile, findFiles } from '../../server/src/files/findFiles.ts';
import { readable } from '../../server/src/files/path.ts';
import { openText } from '../../server/src/files/textFile.ts';
import { oneOfEach, program, readLines, run } from '../support/commandLine.ts';

const isWindows = process.platform === 'win32';
const isLinux = process.platform === 'linux';

const made: string[] = [];
afterEach(() => {
  mock.restoreAll();
  syncBuiltinESMExports();
  for (const folder of made.splice(0)) {
    // Node does not remove what lies deeper than a path can be long.
    if (isWindows) rmSync(folder, { recursive: true, force: true });
    else execFileSync('rm', ['-rf', folder]);
  }
});

function makeFolder(...files: readonly string[]): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailflow-lens-')));
  made.push(folder);
  for (const file of files) add(join(folder, file));
  return folder;
}

function add(path: string): void {
  mkdirSync(resolve(path, '..'), { recursive: true });
  writeFileSync(path, oneOfEach);
}

interface Listing {
  readonly found: readonly FoundFile[];
  /** Their names below the folder. */
  readonly names: readonly string[];
  readonly faults: readonly string[];
}

async function list(folder: string, paths: readonly string[] = [folder]): Promise<Listing> {
  const found: FoundFile[] = [];
  const faults: string[] = [];
  for await (const file of findFiles(paths, (path, error) => faults.push(`${path.slice(folder.length + 1)}: ${(error as Error).message}`))) found.push(file);
  return { found, names: found.map(({ file }) => file.slice(folder.length + 1)), faults };
}

/** Counts the calls of the file system from now on. */
function countCalls(): () => number {
  const counted = (['stat', 'readdir', 'realpath'] as const).map((name) => mock.method(promises, name));
  syncBuiltinESMExports();
  return () => counted.reduce((sum, { mock: { calls } }) => sum + calls.length, 0);
}

suite('folders', () => {
  test('of any depth take calls in proportion to their number', async () => {
    const counts: number[] = [];
    for (const depth of [50, 200, 800]) {
      const folder = makeFolder(join(...Array.from({ length: depth }, () => 'd'), 'a.log'));
      const calls = countCalls();
      assert.equal((await list(folder)).found.length, 1);
      counts.push(calls());
      mock.restoreAll();
    }
    for (const [index, depth] of [50, 200, 800].entries()) assert.ok((counts[index] as number) <= 2 * depth + 10, `${counts} calls`);
  });

  test('deeper than a path can be long are told, and the others are read', { skip: isWindows }, async () => {
    const folder = makeFolder('z.log');
    const before = process.cwd();
    process.chdir(folder);
    for (let level = 0; level < 40; level += 1) {
      mkdirSync('d'.repeat(200));
      process.chdir('d'.repeat(200));
    }
    process.chdir(before);
    const { names, faults } = await list(folder);
    assert.deepEqual(names, ['z.log']);
    assert.equal(faults.length, 1);
    assert.match(faults[0] as string, /ENAMETOOLONG/);
    assert.match(run(['scan', folder]).errors, /: the path is longer than the system allows\n$/);
  });

  test('of Windows itself are passed over in silence, whatever the case of their names', async () => {
    const folder = makeFolder(join('System Volume Information', 'a.log'), join('$Recycle.Bin', 'a.log'), join('$RECYCLE.BIN2', 'b.log'));
    assert.deepEqual(await list(folder).then(({ names, faults }) => [names, faults]), [[join('$RECYCLE.BIN2', 'b.log')], []]);
  });

  test('are entered once, however many links lead to them and back', { skip: isWindows }, async () => {
    const folder = makeFolder('top/a.log', 'out/deep/b.log', 'out/c.log');
    for (const [target, path] of [
      ['../out', 'top/one'],
      ['../out', 'top/two'],
      ['../out/deep', 'top/three'],
      ['..', 'out/deep/up'],
      ['../../top', 'out/deep/back'],
      ['.', 'top/self'],
      ['a.log', 'top/same.log'],
      ['../out/c.log', 'top/zz.log'],
    ] as const)
      symlinkSync(target, join(folder, path));
    const { names, faults } = await list(join(folder, 'top'));
    assert.deepEqual([names, faults], [['a.log', 'one/c.log', 'one/deep/b.log', 'zz.log'], []]);
  });

  test('are read where the system has no real paths, or no numbers for files either, as on some drives of Windows', { skip: isWindows }, async () => {
    const folder = makeFolder('a.log', 'b/c.log', 'out/d.log');
    symlinkSync(join(folder, 'out'), join(folder, 'b', 'link'));
    symlinkSync(folder, join(folder, 'out', 'circle'));
    const { stat } = promises;
    mock.method(promises, 'realpath', () => Promise.reject(new Error('not a function of this drive')));
    syncBuiltinESMExports();
    const twice = await list(folder);
    assert.deepEqual([twice.names, twice.faults], [['a.log', 'b/c.log', 'b/link/d.log', 'out/d.log'], []]);
    mock.method(promises, 'stat', async (path: string, options?: { bigint: true }) => Object.assign(await stat(path, options), options ? { ino: 0n } : {}));
    syncBuiltinESMExports();
    const once = await list(folder);
    assert.deepEqual(once.names, ['a.log', 'b/c.log', 'out/d.log']);
    assert.deepEqual(once.faults, ['b/link: not a function of this drive', 'out/circle: not a function of this drive']);
  });

  test('are named as they were given, without what leads nowhere', async () => {
    const folder = makeFolder('a.log', 'b/c.log');
    const before = process.cwd();
    process.chdir(folder);
    try {
      for (const [given, ...wanted] of [
        ['.', 'a.log', join('b', 'c.log')],
        ['./b', join('b', 'c.log')],
        [`b/`, join('b', 'c.log')],
        ['b//../b', join('b', 'c.log')],
      ] as const)
        assert.deepEqual(
          (await list('', [given])).found.map(({ file }) => file),
          wanted,
        );
    } finally {
      process.chdir(before);
    }
  });
});

suite('names that are no UTF-8', { skip: !isLinux }, () => {
  const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

  test('are found, opened by their bytes, and shown with U+FFFD, in the order of what is shown', async () => {
    const folder = makeFolder('plain.log', 'se\u00F1or.log');
    const below = (name: string): Buffer => Buffer.concat([Buffer.from(`${folder}/`), bytes(name)]);
    for (const name of ['a\u00F1o', 'a\u00F3o']) {
      mkdirSync(below(name));
      writeFileSync(below(`${name}/a\u001b\u00E9.log`), oneOfEach);
      writeFileSync(below(`${name}/b.log`), oneOfEach);
    }
    writeFileSync(below('se\u00F1or.log'), oneOfEach);
    const { found, names, faults } = await list(folder);
    assert.deepEqual(faults, []);
    assert.deepEqual(names, ['a\uFFFDo/a\u001b\uFFFD.log', 'a\uFFFDo/b.log', 'a\uFFFDo/a\u001b\uFFFD.log', 'a\uFFFDo/b.log', 'plain.log', 'se\u00F1or.log', 'se\uFFFDor.log']);
    assert.equal(new Set(found.map(({ path }) => Buffer.from(path as string).toString('latin1'))).size, 7);
    for (const { path, file } of found) {
      assert.equal(readable(path), file);
      // In another thread, a Buffer is bytes.
      for await (const { bytes: count } of (await openText(structuredClone(path))) ?? []) if (count > 0) assert.equal(count, oneOfEach.length);
    }
    for (const workers of ['1', '2']) {
      const { output, errors } = run(['scan', '--format', 'ndjson', '--workers', workers, folder]);
      assert.deepEqual([readLines(output).length, errors], [14, '']);
    }
    assert.doesNotMatch(run(['scan', folder]).output, /\u001b/);
  });
});

suite('what is no ordinary file', { skip: isWindows }, () => {
  test('is never opened in a folder', async () => {
    const folder = makeFolder('a.log');
    execFileSync('mkfifo', [join(folder, 'pipe.log')]);
    symlinkSync('/dev/zero', join(folder, 'zero.log'));
    symlinkSync('pipe.log', join(folder, 'link.log'));
    symlinkSync('/dev', join(folder, 'devices'));
    const { names } = await list(folder);
    assert.deepEqual(
      names.filter((name) => !name.startsWith('devices/')),
      ['a.log'],
    );
    for (const name of ['zero', 'null', 'tty', 'random']) assert.ok(!names.includes(`devices/${name}`), name);
  });

  test('is read where it is a pipe that is named, and standard input under its other name', () => {
    const scan = (command: string, input = ''): [number, string] => {
      const { stdout, stderr } = spawnSync('bash', ['-c', command, '-', process.execPath, program], { input, encoding: 'utf8' });
      return [readLines(stdout).length, stderr];
    };
    const words = '"$1" "$2" scan --format ndjson';
    assert.deepEqual(scan(`${words} <(cat)`, oneOfEach), [2, '']);
    assert.deepEqual(scan(`cat | ${words} /dev/stdin`, oneOfEach), [2, '']);
    // Here it is a socket, which cannot be opened.
    assert.deepEqual(scan(`${words} /dev/stdin`, oneOfEach), [2, '']);
  });

  test('is told where it is a device or a socket that is named', () => {
    for (const path of ['/dev/zero', '/dev/full']) {
      const { status, errors } = run(['scan', path]);
      assert.deepEqual([status, errors], [2, `mailflow-lens: ${path}: a device or a socket, not an ordinary file\n`]);
    }
  });
});
