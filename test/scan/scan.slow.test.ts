/** The command `scan` in a process of its own: what it reads, what it leaves out, what it keeps. */

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { Located } from '../../server/src/analysis/located.ts';
import { folder, head, oneOfEach, readLines, row, run, save, scan, unknown, untrusted } from '../support/commandLine.ts';
import { eventWith } from '../support/events.ts';

suite('files that cannot be read', () => {
  test('are one line each, and the others are still read', () => {
    const { status, output, errors } = run(['scan', '--format', 'ndjson', 'missing.log', save('found.log', oneOfEach), 'missing too.log']);
    assert.equal(status, 2);
    assert.equal(output.split('\n').length, 3);
    assert.deepEqual(errors.split('\n'), ['mailflow-lens: missing.log: no such file or folder', 'mailflow-lens: missing too.log: no such file or folder', '']);
  });

  test('make 2 of the exit status where they were named, whatever was found beside them', () => {
    const [found, clean] = [save('found.log', oneOfEach), save('clean.log', head)];
    for (const words of [['missing.log'], ['missing.log', clean], [clean, 'missing.log'], ['missing.log', found], [found, 'missing.log']]) {
      for (const workers of ['1', '2']) assert.equal(run(['scan', '--workers', workers, ...words]).status, 2, words.join(' '));
    }
  });

  test('are told of a folder too, whose other files decide the exit status', { skip: process.platform === 'win32' }, () => {
    for (const [below, content, status] of [['some-found', oneOfEach, 1] as const, ['some-clean', head, 0] as const]) {
      save(`${below}/a.log`, content);
      symlinkSync('nowhere', join(folder, below, 'broken.log'));
      const file = join(below, 'broken.log');
      const json = run(['scan', '--format', 'json', below]);
      assert.deepEqual([json.status, json.errors], [status, `mailflow-lens: ${file}: no such file or folder\n`]);
      const { files, unreadable } = JSON.parse(json.output) as { files: number; unreadable: object[] };
      assert.deepEqual([files, unreadable], [1, [{ file, reason: 'no such file or folder' }]]);
      assert.match(run(['scan', below]).output, /in 1 file; 1 file could not be read\.\n$/);
    }
  });

  test('make 2 of the exit status where a folder holds nothing else', { skip: process.platform === 'win32' }, () => {
    mkdirSync(join(folder, 'all-broken'), { recursive: true });
    symlinkSync('nowhere', join(folder, 'all-broken', 'a.log'));
    const { status, output } = run(['scan', 'all-broken']);
    assert.deepEqual([status, output], [2, 'No file was read; 1 file could not be read.\n']);
  });

  test('are in part read where that is possible, and all that was read counts', () => {
    const packed = gzipSync(head + row(unknown).repeat(20_000));
    packed.write('spoiled', packed.length - 8);
    save('in-part/spoiled.log.gz', packed);
    for (const workers of ['1', '2']) {
      const [named, below] = [join('in-part', 'spoiled.log.gz'), 'in-part'].map((path) => run(['scan', '--workers', workers, '--format', 'json', path]));
      assert.deepEqual([named?.status, below?.status], [2, 1]);
      assert.match(named?.errors ?? '', /^mailflow-lens: in-part.spoiled\.log\.gz: .+ \(it was read only in part\)\n$/);
      assert.equal(named?.output, below?.output);
      const { findings, files, bytes, unreadable } = JSON.parse(named?.output ?? '') as { findings: object[]; files: number; bytes: number; unreadable: object[] };
      assert.ok(findings.length > 15_000 && bytes > 1_000_000, `${findings.length} findings, ${bytes} bytes`);
      assert.deepEqual([files, unreadable.map((entry) => 'isPartial' in entry && entry.isPartial)], [1, [true]]);
      assert.match(run(['scan', '--workers', workers, '--max', '1', 'in-part']).output, /in 1 file; 1 of them is shown; 1 file could be read only in part\.\n$/);
    }
  });

  test('are named without what a terminal would obey', () => {
    assert.match(run(['scan', 'a\u001b[2Jb']).errors, /^mailflow-lens: a\\u001b\[2Jb: no such file or folder\n$/);
  });

  test('include binary files that are named, while those in folders are left out and counted', () => {
    const binary = Buffer.concat([Buffer.from([1, 2, 0, 0, 3, 0, 255, 4]), Buffer.from(oneOfEach)]);
    save('with-binary/a.bin', binary);
    save('with-binary/b.log', oneOfEach);
    const below = run(['scan', '--format', 'ndjson', 'with-binary']);
    assert.deepEqual([below.output.split('\n').length, below.errors], [3, '']);
    assert.match(run(['scan', 'with-binary']).output, /in 1 file; 1 file is no text\.\n$/);
    const named = run(['scan', join('with-binary', 'a.bin')]);
    assert.equal(named.status, 2);
    assert.match(named.errors, /a\.bin: not a text file\n$/);
  });

  test('include the message files of Outlook, in folders too, with a word on what to do', () => {
    const message = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('550 5.1.1 User unknown', 'utf16le')]);
    save('outlook/bounce.msg', message);
    save('outlook/other.doc', message);
    save('outlook/text.msg', oneOfEach);
    const advice = 'an Outlook message file, which is not text: save the message as .txt or .eml, or copy its text into a file';
    const below = run(['scan', '--format', 'ndjson', 'outlook']);
    assert.deepEqual([below.status, below.output.split('\n').length, below.errors], [1, 3, `mailflow-lens: ${join('outlook', 'bounce.msg')}: ${advice}\n`]);
    for (const [words, input, name] of [[['outlook/bounce.msg'], '', 'outlook/bounce.msg'] as const, [['-'], message, 'standard input'] as const]) {
      const { status, errors } = run(['scan', ...words], input);
      assert.deepEqual([status, errors], [2, `mailflow-lens: ${name}: ${advice}\n`]);
    }
  });

  test('include an archive that is broken', () => {
    save('broken.log.gz', gzipSync(oneOfEach).subarray(0, 40));
    const { status, errors } = run(['scan', 'broken.log.gz']);
    assert.equal(status, 2);
    assert.match(errors, /^mailflow-lens: broken\.log\.gz: .+\n$/);
  });

  // The superuser may read everything, and Windows has no such permission bits.
  test('include those without permission', { skip: process.platform === 'win32' || process.getuid?.() === 0 }, () => {
    chmodSync(join(folder, save('locked.log', oneOfEach)), 0);
    assert.match(run(['scan', 'locked.log']).errors, /^mailflow-lens: locked\.log: permission denied\n$/);
  });
});

suite('what is read', () => {
  test('folders recursively in the order of names, without node_modules and .git', () => {
    for (const path of ['tree/b.log', 'tree/a/z.log', 'tree/a/B.log', 'tree/c.log', 'tree/node_modules/x.log', 'tree/.git/x.log']) save(path, oneOfEach);
    const files = [...new Set(scan('tree').map(({ file }) => file))];
    assert.deepEqual(
      files,
      ['a/B.log', 'a/z.log', 'b.log', 'c.log'].map((path) => join('tree', path)),
    );
  });

  test('files are named as given or as found below the given folder', () => {
    save('named/a.log', oneOfEach);
    assert.equal(scan(join(folder, 'named'))[0]?.file, join(folder, 'named', 'a.log'));
    assert.equal(scan('./named/a.log')[0]?.file, './named/a.log');
  });

  test('links once, without running in circles', { skip: process.platform === 'win32' }, () => {
    save('linked/real.log', oneOfEach);
    save('outside/far.log', oneOfEach);
    mkdirSync(join(folder, 'linked', 'deep'), { recursive: true });
    symlinkSync('..', join(folder, 'linked', 'deep', 'circle'));
    symlinkSync('real.log', join(folder, 'linked', 'latest.log'));
    symlinkSync(join('..', 'outside'), join(folder, 'linked', 'elsewhere'));
    symlinkSync(join('..', 'linked'), join(folder, 'outside', 'back'));
    symlinkSync('nowhere', join(folder, 'linked', 'broken.log'));
    const { status, output, errors } = run(['scan', '--format', 'ndjson', 'linked']);
    const files = readLines(output).map(({ file }) => file);
    assert.deepEqual([...new Set(files)], ['linked/elsewhere/far.log', 'linked/real.log']);
    assert.deepEqual([status, files.length], [1, 4]);
    assert.equal(errors, 'mailflow-lens: linked/broken.log: no such file or folder\n');
  });

  test('standard input, with "-" and without any path', () => {
    for (const words of [['scan', '-'], ['scan']]) {
      const { status, output } = run([...words, '--format', 'json'], oneOfEach);
      const { findings, files, bytes } = JSON.parse(output) as { findings: Located[]; files: number; bytes: number };
      assert.deepEqual([status, findings.length, findings[0]?.file, files, bytes], [1, 2, '-', 1, oneOfEach.length]);
    }
  });

  test('standard input that gives nothing, only where it was named', () => {
    const named = run(['scan', '-']);
    assert.deepEqual([named.status, named.output, named.errors], [0, 'Nothing found in 1 file.\n', '']);
    const unnamed = run(['scan']);
    assert.deepEqual([unnamed.status, unnamed.output], [2, 'No file was read; 1 file could not be read.\n']);
    assert.match(unnamed.errors, /^mailflow-lens: standard input: nothing came; name a file or a folder, .+\n$/);
  });

  test('a file of the name "-" in a folder is a file', () => {
    save('dash/-', oneOfEach);
    const { output } = run(['scan', '--format', 'ndjson', '.'], '', join(folder, 'dash'));
    assert.equal(output.split('\n').length, 3);
  });
});

suite('encodings give the same findings', () => {
  const log = head + row(untrusted, 1, 'Zürich') + row(unknown, 2, 'Zürich');
  const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
  const encodings: [string, Uint8Array][] = [
    ['UTF-8', Buffer.from(log)],
    ['UTF-8 with byte order mark', Buffer.from(`\uFEFF${log}`)],
    ['UTF-16 little-endian with byte order mark', Buffer.from(`\uFEFF${log}`, 'utf16le')],
    ['UTF-16 big-endian with byte order mark', bigEndian(`\uFEFF${log}`)],
    ['UTF-16 little-endian', Buffer.from(log, 'utf16le')],
    ['UTF-16 big-endian', bigEndian(log)],
    ['Windows-1252', Buffer.from(log, 'latin1')],
    ['UTF-8 compressed with gzip', gzipSync(log)],
    ['UTF-16 compressed with gzip', gzipSync(Buffer.from(`\uFEFF${log}`, 'utf16le'))],
    ['UTF-8 cut in the middle of a character', Buffer.from(`${log}€`).subarray(0, -1)],
    ['UTF-8 with reserved space at the end', Buffer.concat([Buffer.from(log), Buffer.alloc(100)])],
  ];
  for (const [name, bytes] of encodings) {
    test(name, () => {
      // In a folder, so that it must also be seen as text.
      save('encoded/a.log', bytes);
      const found = scan('encoded').map(({ startLine, startColumn, failure, captures }) => [startLine, startColumn, failure, captures.sendConnector]);
      // "time,connector,session,7,local,remote,<," stands before the response, and a quotation mark.
      const column = row('').indexOf('""') - 'Internet'.length + 'Zürich'.length + 2;
      assert.deepEqual(found, [
        [6, column, 'tls-untrusted-root', 'Zürich'],
        [7, column, 'recipient-unknown', 'Zürich'],
      ]);
    });
  }

  test('a code page that the user names, from files and from standard input', () => {
    const bytes = iconv.encode(head + row(untrusted, 1, 'Исходящая почта'), 'windows-1251');
    const connectors = (words: readonly string[], input?: Uint8Array): (string | undefined)[] =>
      readLines(run(['scan', '--format', 'ndjson', ...words], input).output).map(({ captures }) => captures.sendConnector);
    assert.deepEqual(connectors(['--encoding', 'windows-1251', save('russian.log', bytes)]), ['Исходящая почта']);
    assert.deepEqual(connectors(['--encoding', 'cp1251', '-'], bytes), ['Исходящая почта']);
    assert.deepEqual(connectors(['--encoding', 'windows-1251', save('utf-8.log', head + row(untrusted, 1, 'Zürich'))]), ['Zürich']);
  });

  // Elsewhere the locale is not one of the environment.
  test("the code page of the computer's language", { skip: process.platform !== 'linux' }, () => {
    const path = save('japanese.log', iconv.encode(head + row(untrusted, 1, '社外メール'), 'cp932'));
    const { output } = run(['scan', '--format', 'ndjson', path], '', folder, { LC_ALL: 'ja_JP.UTF-8' });
    assert.equal(readLines(output)[0]?.captures.sendConnector, '社外メール');
  });

  test('the first line has no column for the byte order mark', () => {
    const [first] = scan(save('first-line.log', `\uFEFFRemote server returned '${unknown}'\r\n`));
    assert.deepEqual([first?.startLine, first?.startColumn], [1, 25]);
  });
});

suite('what is kept', () => {
  test('a category, a failure, several of them', () => {
    const path = save('found.log', oneOfEach);
    const ids = (...words: string[]): (string | null)[] => scan(...words, path).map(({ failure }) => failure);
    assert.deepEqual(ids('--category', 'tls'), ['tls-untrusted-root']);
    assert.deepEqual(ids('--category', 'tls,recipient-unknown'), ['tls-untrusted-root', 'recipient-unknown']);
    assert.deepEqual(ids('--failure', 'recipient-unknown'), ['recipient-unknown']);
    assert.deepEqual(ids('--failure', 'recipient-unknown', '--failure', 'tls-untrusted-root'), ['tls-untrusted-root', 'recipient-unknown']);
    assert.equal(run(['scan', '--category', 'loop', path]).status, 0);
  });

  test('a stretch of time, both ends inclusive', () => {
    const days = [13, 14, 15, 16];
    const path = save('times.log', head + days.map((day) => row(untrusted, day, 'Internet', `2026-01-${day}T23:00:00.000Z`)).join(''));
    const kept = (...words: string[]): number[] => scan(...words, path).map(({ time }) => Number(time?.slice(8, 10)));
    assert.deepEqual(kept('--since', '2026-01-15'), [15, 16]);
    assert.deepEqual(kept('--until', '2026-01-14'), [13, 14]);
    assert.deepEqual(kept('--since', '2026-01-14T23:00', '--until', '2026-01-15T23:00:00Z'), [14, 15]);
    assert.deepEqual(kept('--since', '2026-01-15T23:30+01:00'), [15, 16]);
    assert.deepEqual(kept('--since', '2026-01-16T00:00:00+00:00'), [16]);
  });

  test('a finding without a time in UTC, whatever the stretch', () => {
    assert.equal(scan('--since', '2030-01-01', save('untimed.log', `Remote server returned '${unknown}'\r\n`)).length, 1);
  });

  test('what has no time in UTC, and standard error says how much and why', () => {
    const path = save('local-times.log', [15, 16].map((day) => eventWith(untrusted).replace('1/15/', `1/${day}/`)).join('\n\n'));
    const words = ['scan', '--format', 'ndjson', '--since', '2026-01-16T00:00Z'];
    const without = run([...words, path]);
    assert.deepEqual(
      readLines(without.output).map(({ time, localTime }) => [time, localTime]),
      [
        [null, '1/15/2026 9:15:42 AM'],
        [null, '1/16/2026 9:15:42 AM'],
      ],
    );
    assert.match(without.errors, /^mailflow-lens: 2 findings were kept whatever --since and --until say, .*--time-zone.*\n$/);
    const within = run([...words, '--time-zone', 'America/New_York', path]);
    assert.deepEqual(
      readLines(within.output).map(({ time, localTime }) => [time, localTime]),
      [['2026-01-16T14:15:42.000Z', undefined]],
    );
    assert.equal(within.errors, '');
    assert.equal(run([...words.slice(0, -2), path]).errors, '');
  });

  test('what has a day that cannot be told from the month, unless another time in the file tells', () => {
    const open = eventWith(untrusted).replace('1/15/', '3/4/');
    const words = ['scan', '--format', 'ndjson', '--time-zone', '-05:00', '--until', '2026-01-01'];
    const kept = run([...words, save('open.log', open)]);
    assert.equal(readLines(kept.output).length, 1);
    assert.match(kept.errors, /1 finding was kept .*: with a date whose day cannot be told from its month\.\n$/);
    assert.equal(run([...words, save('told.log', `${open}\n\n${eventWith(untrusted)}`)]).status, 0);
  });

  test('at most so many of each file, while the counts stay whole', () => {
    save('many/a.log', head + row(untrusted, 1) + row(untrusted, 2) + row(untrusted, 3));
    save('many/b.log', oneOfEach);
    assert.deepEqual(
      scan('--max', '1', 'many').map(({ file, startLine }) => [file, startLine]),
      [
        [join('many', 'a.log'), 6],
        [join('many', 'b.log'), 6],
      ],
    );
    assert.match(run(['scan', '--max', '1', 'many']).output, /\n5 findings \(.+\) in 2 files; 2 of them are shown\.\n$/);
    const none = run(['scan', '--max', '0', 'many']);
    assert.equal(none.status, 1);
    assert.match(none.output, /^5 findings \(.+\) in 2 files; 0 of them are shown\.\n$/);
  });
});
