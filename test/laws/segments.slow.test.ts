/** Segments of a large file, read one by one, give the findings of the file; so do threads. */

import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createTimeZone } from '../../server/src/analysis/times/timeZone.ts';
import type { EncodingOptions } from '../../server/src/files/encoding.ts';
import type { ReadOptions } from '../../server/src/scan/fileScan.ts';
import { readSegment } from '../../server/src/scan/segmentReader.ts';
import { planSegments, type Segment } from '../../server/src/scan/segments.ts';
import { folder, oneOfEach, readLines, run, save, unknown } from '../support/commandLine.ts';
import { eventWith } from '../support/events.ts';
import { projectKnowledgeBase, readProjectFile } from '../support/project.ts';

const knowledge = projectKnowledgeBase();
const sample = readProjectFile('samples/SEND2026011508-1.LOG').replace(/^\uFEFF/, '');
const [header, rows] = [sample.slice(0, sample.indexOf('\n2026') + 1), sample.slice(sample.indexOf('\n2026') + 1)];
const sessions = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    rows.replaceAll(/,08D[0-9A-F]{4}/g, `,08D${index.toString(16).toUpperCase().padStart(4, '0')}`).replaceAll('bob', `b\u00F6b${index}`),
  ).join('');
const log = `\uFEFF${header}${sessions(Math.ceil(600_000 / rows.length))}`;

/** What the segments have found, with the lines of the file; and whether each could rely on the header. */
async function readAll(path: string, length: number, options: ReadOptions = {}): Promise<{ readonly found: readonly object[]; readonly sound: readonly boolean[] }> {
  const found: object[] = [];
  const sound: boolean[] = [];
  let line = 0;
  for await (const segment of planSegments(path, options.encoding, length)) {
    const first = line;
    for await (const news of readSegment(segment, knowledge, options)) {
      if ('findings' in news) found.push(...news.findings.map((one) => ({ ...one, startLine: one.startLine + first, endLine: one.endLine + first })));
      else {
        sound.push(news.isSound);
        line += news.lines;
      }
    }
  }
  return { found, sound };
}

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const taken: Value[] = [];
  for await (const value of values) taken.push(value);
  return taken;
}

/** A log whose first character outside of ASCII, and what else is in it, stand at these offsets, or a little below. */
function mixed(places: readonly (readonly [offset: number, bytes: Uint8Array])[]): Buffer {
  const row = (response: Uint8Array | string): Buffer =>
    Buffer.concat([Buffer.from('2026-01-15T08:00:00.000Z,Out,08DC1CB1A2B3C402,1,192.0.2.1:1000,203.0.113.25:25,<,'), Buffer.from(response as string), Buffer.from(',\r\n')]);
  const plain = row('250 2.1.0 Sender OK').toString();
  const rowsOf: Uint8Array[] = [Buffer.from(header)];
  let length = header.length;
  for (const [offset, bytes] of [...places, [600_000, Buffer.from('end')] as const]) {
    const filler = Buffer.from(plain.repeat(Math.max(0, Math.ceil((offset - length) / plain.length))));
    const failure = row(Buffer.concat([Buffer.from('550 5.1.1 '), bytes]));
    rowsOf.push(filler, failure);
    length += filler.length + failure.length;
  }
  return Buffer.concat(rowsOf);
}

suite('segments are read in the encoding of the file', () => {
  const latin1 = Buffer.from('Usu\u00E1rio desconhecido', 'latin1');
  const utf8 = Buffer.from('Usu\u00E1rio desconhecido');
  const russian = Buffer.from('cfeef7f2e0', 'hex');
  const files: [name: string, bytes: Buffer, encoding?: EncodingOptions][] = [
    [
      'UTF-8 and then Latin-1',
      mixed([
        [0, utf8],
        [350_000, latin1],
      ]),
    ],
    [
      'Latin-1 and then UTF-8',
      mixed([
        [0, latin1],
        [350_000, utf8],
      ]),
    ],
    [
      'UTF-8 late, and later Latin-1',
      mixed([
        [250_000, utf8],
        [450_000, latin1],
      ]),
    ],
    [
      'Latin-1 late, and later UTF-8',
      mixed([
        [250_000, latin1],
        [450_000, utf8],
      ]),
    ],
    [
      'both within what decides',
      mixed([
        [250_000, utf8],
        [300_000, latin1],
        [550_000, utf8],
      ]),
    ],
    [
      'Latin-1 where what decides reaches beyond the segment',
      mixed([
        [195_000, utf8],
        [205_000, latin1],
        [500_000, utf8],
      ]),
    ],
    ['a mark, and then Latin-1', Buffer.concat([Buffer.from('\uFEFF'), mixed([[350_000, latin1]])])],
    [
      'a mark, and Latin-1 soon',
      Buffer.concat([
        Buffer.from('\uFEFF'),
        mixed([
          [1_000, latin1],
          [350_000, utf8],
        ]),
      ]),
    ],
    [
      'marks within',
      mixed([
        [100_000, Buffer.from('x,\r\n\uFEFF')],
        [300_000, Buffer.from('x,\r\n\uFEFF')],
      ]),
    ],
    [
      'a code page, and later a byte that it does not have',
      mixed([
        [250_000, russian],
        [500_000, Buffer.from([0x98])],
      ]),
      { codePage: 'windows-1251' },
    ],
    [
      'a code page that is named',
      mixed([
        [250_000, russian],
        [500_000, utf8],
      ]),
      { named: 'windows-1251' },
    ],
    ['nothing but ASCII', mixed([])],
  ];
  for (const [name, bytes, encoding = {}] of files) {
    test(name, async () => {
      const path = join(folder, save('encodings.log', bytes));
      const whole = await readAll(path, 10_000_000, { encoding });
      assert.ok(whole.found.length > 0);
      for (const length of [50_000, 200_000]) {
        const { found, sound } = await readAll(path, length, { encoding });
        assert.ok(sound.length > 2);
        assert.deepEqual(found, whole.found);
      }
    });
  }

  test('but not what no reader takes for text, or for a log with one byte a character', async () => {
    const nuls = Buffer.concat([Buffer.from(header), Buffer.from('2026-01-15T\0\0\0\n'.repeat(1_000)), mixed([])]);
    for (const [bytes, encoding] of [
      [nuls, {}],
      [mixed([]), { named: 'utf-16le' }],
    ] as const) {
      const path = join(folder, save('odd.log', bytes));
      for await (const { isWhole } of planSegments(path, encoding, 50_000)) assert.ok(isWhole);
    }
  });
});

test('a segment of a file that became shorter gives what is left, and says so', async () => {
  const path = join(folder, save('shorter.log', log));
  const [first, second] = await all(planSegments(path, {}, 200_000));
  truncateSync(path, 250_000);
  for (const [segment, isLeft] of [
    [first, true],
    [second, false],
  ] as const) {
    const read = all(readSegment(segment as Segment, knowledge, {}));
    if (isLeft) await read;
    else await assert.rejects(read, /it became shorter while it was read/);
  }
});

suite('segments', () => {
  test('together they give what the file gives', async () => {
    const path = join(folder, save('large.log', log));
    const whole = await readAll(path, 10_000_000);
    assert.deepEqual(whole.sound, [true]);
    for (const length of [50_000, 123_457]) {
      const { found, sound } = await readAll(path, length);
      assert.ok(sound.length > 3);
      assert.deepEqual(
        sound,
        sound.map(() => true),
      );
      assert.deepEqual(found, whole.found);
    }
  });

  test('say where the file is not what its beginning promised', async () => {
    const changed = '#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n';
    const half = Math.floor(log.indexOf('\n', log.length / 2)) + 1;
    const { sound } = await readAll(join(folder, save('changed.log', log.slice(0, half) + changed + log.slice(half))), 100_000);
    assert.ok(sound.includes(false));
    assert.equal(sound[0], true);
  });

  test('there is one for a file that does not begin as a log of Exchange', async () => {
    const path = join(folder, save('plain.txt', '550 5.1.1 User unknown\n'.repeat(5_000)));
    for await (const { isWhole, isLast } of planSegments(path, {}, 10_000)) assert.ok(isWhole && isLast);
  });
});

test('threads put out the same as none where a large log is not what its beginning promised', () => {
  const changed = '#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n';
  const rowsOfLog = log.slice(header.length + 1);
  // More than two segments; the columns change in the second one, behind findings that have been put out by then.
  const half = rowsOfLog.repeat(Math.ceil(45_000_000 / rowsOfLog.length));
  save('segments/changed.log', `\uFEFF${header}${half}${changed}${half.slice(0, 30_000_000)}`);
  const [one, two] = ['1', '2'].map((workers) => run(['scan', '--workers', workers, '--format', 'ndjson', '--category', 'recipient-unknown', 'segments']));
  const lines = readLines(one?.output ?? '');
  assert.ok(lines.length > 1_000, `${lines.length} findings`);
  assert.ok(two?.output === one?.output, 'the outputs differ');
});

test('threads wait with what they find until it is put out', () => {
  for (const name of ['a', 'b', 'c']) save(`dense/${name}.txt`, `550 5.1.1 User ${name} unknown\r\n`.repeat(25_000));
  const [one, two] = ['1', '2'].map((workers) => run(['scan', '--workers', workers, '--format', 'ndjson', 'dense']));
  assert.equal(one?.output.split('\n').length, 75_001);
  assert.ok(two?.output === one?.output, 'the outputs differ');
});

test('segments know that a local time needs what stands elsewhere in the file', async () => {
  const line = 'Jan 15 09:00:01 mx1 postfix/smtp[123]: 3F1A2B4C5D: to=<a@contoso.com>, relay=none, delay=1, delays=1/0/0/0, dsn=5.1.1, status=bounced (unknown)\r\n';
  const half = Math.floor(log.indexOf('\n', log.length / 2)) + 1;
  const path = join(folder, save('local.log', log.slice(0, half) + line + log.slice(half)));
  const timeZone = createTimeZone('Europe/Berlin');
  assert.ok(timeZone);
  assert.ok(!(await readAll(path, 100_000)).sound.includes(false));
  const { sound } = await readAll(path, 100_000, { timeZone });
  assert.deepEqual([sound[0], sound.includes(false)], [true, true]);
});

test('threads put out the same as none, whatever is kept', () => {
  const events = [15, 16].map((day) => eventWith(unknown).replace('1/15/', `1/${day}/`)).join('\r\n\r\n');
  for (const [name, content] of [
    ['a.log', oneOfEach],
    ['b.txt', events],
    ['c.txt', events.replaceAll('1/15/2026', '3/4/2026')],
  ] as const)
    save(`kept/${name}`, content);
  const bounds = [[], ['--since', '2026-01-15T12:00'], ['--until', '2026-01-15T12:00'], ['--category', 'tls'], ['--failure', 'recipient-unknown', '--since', '2026-01-16']];
  for (const bound of bounds) {
    for (const zone of [[], ['--time-zone', 'America/New_York']]) {
      const [one, three] = ['1', '3'].map((workers) => run(['scan', '--workers', workers, '--format', 'json', '--max', '1', ...bound, ...zone, 'kept']));
      assert.deepEqual(three, one, [...bound, ...zone].join(' '));
    }
  }
});

test('a thread that breaks down changes nothing', () => {
  for (const name of ['a', 'b', 'c', 'd']) save(`broken/${name}.txt`, `550 5.1.1 User ${name} unknown\r\n`.repeat(20_000));
  const ends = [
    // At once, and behind its second word.
    'process.exit(1)',
    'let said = 0; const post = parentPort.postMessage; parentPort.postMessage = function (...words) { post.apply(this, words); said += 1; if (said === 2) process.exit(1); }',
  ];
  const one = run(['scan', '--format', 'ndjson', 'broken']);
  for (const end of ends) {
    const hook = `import { isMainThread, parentPort } from 'node:worker_threads'; if (!isMainThread) { ${end} }`;
    const three = run(['scan', '--workers', '3', '--format', 'ndjson', 'broken'], '', folder, { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` });
    assert.deepEqual([three.status, three.errors], [one.status, one.errors]);
    assert.ok(three.output === one.output, 'the outputs differ');
  }
});

test('threads are not started for standard input, and it is said', () => {
  const [one, two] = [['-'], ['--workers', '2', '-']].map((words) => run(['scan', '--format', 'ndjson', ...words], oneOfEach));
  assert.equal(two?.output, one?.output);
  assert.match(two?.errors ?? '', /^mailflow-lens: --workers is of no use for standard input, .+\n$/);
});

test('threads put out the same as none', () => {
  for (const name of ['a.log', 'b.log', 'c/d.log']) save(`threads/${name}`, name === 'b.log' ? '250 2.0.0 OK\n' : oneOfEach);
  for (const format of ['ndjson', 'text', 'json']) {
    const [one, two] = ['1', '2'].map((workers) => run(['scan', '--workers', workers, '--format', format, 'threads', 'missing.log']));
    assert.deepEqual(two, one);
    assert.equal(one?.status, 2);
  }
  assert.match(run(['scan', '--workers', '0', 'threads']).errors, /whole number from 1 to 64/);
});
