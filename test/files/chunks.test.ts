/** The chunks of a file are its bytes, whole or between two offsets, although the next one is read while one is looked at. */

import assert from 'node:assert/strict';
import { appendFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { type ByteRange, readChunks } from '../../server/src/files/chunks.ts';
import { folder, save } from '../support/commandLine.ts';

const rows = Array.from({ length: 200_000 }, (_, index) => `2026-01-15,${index}\n`).join('');
const path = join(folder, save('chunks.log', rows));

async function bytesOf(stretch?: ByteRange): Promise<{ readonly text: string; readonly chunks: number }> {
  let text = '';
  let chunks = 0;
  for await (const chunk of readChunks(path, stretch)) {
    // What is read ahead has the time to come, and must not come into this chunk.
    await new Promise((resolve) => setImmediate(resolve));
    text += chunk.toString('latin1');
    chunks += 1;
  }
  return { text, chunks };
}

suite('chunks of a file', () => {
  test('are all of it', async () => {
    const { text, chunks } = await bytesOf();
    assert.ok(text === rows);
    assert.ok(chunks > 3);
  });

  test('are what stands between two offsets, as far as there is anything', async () => {
    const stretches: [number, number][] = [
      [0, 10],
      [5, 5],
      [100, 65_636],
      [3, 2_500_001],
      [rows.length - 7, rows.length + 7],
      [rows.length + 1, rows.length + 9],
    ];
    for (const [start, end] of stretches) assert.ok((await bytesOf({ start, end })).text === rows.slice(start, end), `${start} to ${end}`);
  });

  test('need not be asked for to the end', async () => {
    for await (const chunk of readChunks(path)) {
      assert.equal(chunk.toString('latin1'), rows.slice(0, chunk.length));
      break;
    }
  });

  test('are what is left of a file that became shorter meanwhile, and then say so', async () => {
    for (const left of [1_000_000, 0]) {
      const shorter = join(folder, save('shorter.log', rows));
      let text = '';
      await assert.rejects(async () => {
        for await (const chunk of readChunks(shorter)) {
          if (text === '') truncateSync(shorter, left);
          text += chunk.toString('latin1');
        }
      }, /it became shorter while it was read/);
      assert.ok(text.length >= left && rows.startsWith(text));
    }
  });

  test('are all of a file that grew meanwhile', async () => {
    const longer = join(folder, save('longer.log', rows));
    let text = '';
    for await (const chunk of readChunks(longer)) {
      if (text === '') appendFileSync(longer, 'end');
      text += chunk.toString('latin1');
    }
    assert.ok(text.startsWith(rows));
  });

  test('of a file that does not exist say so', async () => {
    await assert.rejects(readChunks(join(folder, 'missing.log')).next(), /ENOENT/);
  });
});
