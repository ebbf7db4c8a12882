/** Segments of a large file, read one by one, give the findings of the file; so do threads. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { readSegment } from '../../server/src/scan/segmentReader.ts';
import { planSegments } from '../../server/src/scan/segments.ts';
import { folder, oneOfEach, readLines, run, save } from '../support/commandLine.ts';
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
async function readAll(path: string, length: number): Promise<{ readonly found: readonly object[]; readonly sound: readonly boolean[] }> {
  const found: object[] = [];
  const sound: boolean[] = [];
  let line = 0;
  for (const segment of await planSegments(path, length)) {
    const first = line;
    for await (const news of readSegment(segment, knowledge, {})) {
      if ('findings' in news) found.push(...news.findings.map((one) => ({ ...one, startLine: one.startLine + first, endLine: one.endLine + first })));
      else {
        sound.push(news.isSound);
        line += news.lines;
      }
    }
  }
  return { found, sound };
}

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
    assert.equal((await planSegments(join(folder, save('plain.txt', '550 5.1.1 User unknown\n'.repeat(5_000))), 10_000)).length, 1);
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

test('threads put out the same as none', () => {
  for (const name of ['a.log', 'b.log', 'c/d.log']) save(`threads/${name}`, name === 'b.log' ? '250 2.0.0 OK\n' : oneOfEach);
  for (const format of ['ndjson', 'text', 'json']) {
    const [one, two] = ['1', '2'].map((workers) => run(['scan', '--workers', workers, '--format', format, 'threads', 'missing.log']));
    assert.deepEqual(two, one);
    assert.equal(one?.status, 1);
  }
  assert.match(run(['scan', '--workers', '0', 'threads']).errors, /whole number from 1 to 64/);
});
