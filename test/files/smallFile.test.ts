/** A small file is read at once; any other is left to who reads in chunks. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { readChunks } from '../../server/src/files/chunks.ts';
import { readSmallFile } from '../../server/src/files/smallFile.ts';
import { folder, save } from '../support/commandLine.ts';

const longest = 64 * 1024;
const textOf = (length: number): string => `${'0123456789abcde\n'.repeat(length / 16 + 1)}`.slice(0, length);

/** What is given of a file: its chunks, and whether that was all. */
async function given(path: string): Promise<{ readonly chunks: readonly string[]; readonly isAll: boolean | undefined }> {
  const chunks: string[] = [];
  const reading = readSmallFile(path);
  for (;;) {
    const { value, done } = await reading.next();
    if (done) return { chunks, isAll: value as boolean };
    chunks.push(value.toString('latin1'));
  }
}

suite('a small file', () => {
  test('is given in one chunk, an empty one in none', async () => {
    for (const length of [0, 1, 4096, longest]) {
      const expected = { chunks: length === 0 ? [] : [textOf(length)], isAll: true };
      assert.deepEqual(await given(join(folder, save(`small-${length}.log`, textOf(length)))), expected, `${length}`);
    }
  });

  test('is not one that is larger, missing, or no ordinary file', async () => {
    const larger = join(folder, save('larger.log', textOf(longest + 1)));
    for (const path of [larger, join(folder, 'missing.log'), folder]) assert.deepEqual(await given(path), { chunks: [], isAll: false }, path);
  });

  test('keeps its bytes while another one is read', async () => {
    const paths = ['one', 'other'].map((name) => join(folder, save(`${name}.log`, `${name} `.repeat(100))));
    const readings = paths.map((path) => readChunks(path));
    const chunks: Buffer[] = [];
    for (const reading of readings) chunks.push((await reading.next()).value as Buffer);
    assert.deepEqual(
      chunks.map((chunk) => chunk.toString('latin1').slice(0, 6)),
      ['one on', 'other '],
    );
    for (const reading of readings) assert.equal((await reading.next()).done, true);
  });

  test('lets others have their turn where many are read', async () => {
    const path = join(folder, save('many.log', 'text\n'));
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    // In less than a second somebody has had a turn.
    for (let files = 0; turns === 0 && files < 30_000; files++) await given(path);
    isOver = true;
    assert.ok(turns > 0);
  });
});
