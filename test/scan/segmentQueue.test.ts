/** What is found in a segment reaches the one that puts it out, whoever is quicker. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Passage, storePart } from '../../server/src/scan/segmentQueue.ts';
import { located } from '../support/findings.ts';

const end = { lines: 1, bytes: 1, isText: true, isSound: true };
const part = (count: number) => ({ findings: Array.from({ length: count }, (_, number) => ({ ...located(), startLine: number + 1 })), bytes: count });

/** Lets all that can go on do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what is put is read in its order, waiting or not', async () => {
  const passage = new Passage();
  const parts = [part(2), part(0), part(1)];
  const read = (async () => {
    const found: unknown[] = [];
    for await (const news of passage.read()) found.push(news);
    return found;
  })();
  await settle();
  await passage.put(parts[0] as ReturnType<typeof part>);
  await passage.put(parts[1] as ReturnType<typeof part>);
  await passage.put(storePart(parts[2] as ReturnType<typeof part>));
  await passage.put(end);
  assert.deepEqual(await read, [...parts, end]);
});

test('everybody who had to wait goes on when there is room again', async () => {
  const passage = new Passage();
  let gone = 0;
  for (const stored of [part(9_000), part(6_000), part(6_000), part(1)].map(storePart)) void passage.put(stored).then(() => gone++);
  void passage.put(end);
  await settle();
  assert.equal(gone, 1);
  for await (const _ of passage.read());
  await settle();
  assert.equal(gone, 4);
});
