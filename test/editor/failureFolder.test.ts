/** The folder that the server follows: what nobody wants any more is not read to its end, and is never taken. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createFailureFolder, type FailureFolder } from '../../server/src/editor/failureFolder.ts';
import { addressOfPath } from '../../server/src/files/address.ts';
import type { UserKnowledge } from '../../server/src/files/userKnowledge.ts';
import type { KnowledgeBase } from '../../server/src/knowledge/knowledgeBase.ts';

interface Reading {
  readonly folder: string;
  readonly before: UserKnowledge | undefined;
  readonly signal: AbortSignal;
  readonly end: (read: UserKnowledge) => void;
  readonly fail: (error: Error) => void;
}

/** A folder whose readings end when the test says so. */
function follow(): { folder: FailureFolder; readings: Reading[]; told: string[]; changes: () => number } {
  const readings: Reading[] = [];
  const told: string[] = [];
  let changes = 0;
  const edge = {
    encoding: () => 'utf-16' as const,
    openUris: () => [],
    send: () => undefined,
    changed: () => {
      changes += 1;
    },
    warn: (message: string) => void told.push(message),
  };
  const folder = createFailureFolder(
    edge,
    (path, before, signal) =>
      new Promise((end, fail) => {
        readings.push({ folder: path, before, signal: signal as AbortSignal, end, fail });
      }),
  );
  return { folder, readings, told, changes: () => changes };
}

const knowledgeOf = (folder: string, unreadable: UserKnowledge['unreadable'] = []): UserKnowledge => ({
  folder,
  knowledge: { failures: [] } as unknown as KnowledgeBase,
  files: new Map(),
  ids: new Map(),
  faults: [],
  unreadable,
});
/** What waits for a reading goes on. */
const settle = (): Promise<void> => new Promise((done) => setImmediate(done));
const paths = ['/kb/a', '/kb/b'] as const;
const inside = (folder: string): string => addressOfPath(`${folder}/x.md`);

suite('the folder of failure documents', () => {
  test('is read for the last change alone: all readings before are ended, and what they still bring is not taken', async () => {
    const { folder, readings, told, changes } = follow();
    for (let again = 0; again < 10; again += 1) {
      for (const path of paths) folder.follow(path);
      folder.reread([inside(paths[1])]);
    }
    const last = readings.at(-1) as Reading;
    assert.ok(readings.slice(0, -1).every(({ signal }) => signal.aborted));
    assert.equal(last.signal.aborted, false);
    for (const { folder: path, end, fail } of readings.slice(0, -1)) path === paths[0] ? end(knowledgeOf(path)) : fail(new Error('gone'));
    await settle();
    assert.equal(changes(), 0);
    assert.deepEqual(told, []);
    const read = knowledgeOf(last.folder);
    last.end(read);
    await settle();
    assert.equal(changes(), 1);
    assert.equal(folder.knowledge, read.knowledge);
  });
  test('is read no more where no folder is followed', async () => {
    const { folder, readings, changes } = follow();
    folder.follow(paths[0]);
    folder.follow(undefined);
    assert.ok(readings[0]?.signal.aborted);
    readings[0]?.end(knowledgeOf(paths[0]));
    await settle();
    assert.equal(changes(), 0);
  });
  test('that cannot be read any more keeps what was read of it, and of another one nothing stays', async () => {
    const { folder, readings, told, changes } = follow();
    folder.follow(paths[0]);
    readings[0]?.end(knowledgeOf(paths[0]));
    await settle();
    folder.reread([inside(paths[0])]);
    assert.equal(readings[1]?.before?.folder, paths[0]);
    readings[1]?.fail(new Error('gone'));
    await settle();
    assert.deepEqual([changes(), told.length], [1, 1]);
    folder.follow(paths[1]);
    readings[2]?.fail(new Error('gone'));
    await settle();
    assert.deepEqual([changes(), told.length], [2, 2]);
  });
  test('tells what in it cannot be read, once, and not more of it than a message holds', async () => {
    const { folder, readings, told } = follow();
    folder.follow(paths[0]);
    const unreadable = Array.from({ length: 1_000 }, (_, number) => ({ path: `sub${number}`, reason: 'permission denied' }));
    for (const at of [0, 1, 2]) {
      readings[at]?.end(knowledgeOf(paths[0], unreadable));
      await settle();
      folder.reread([inside(paths[0])]);
    }
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /sub0 \(permission denied\), sub1 .* and 995 more\./);
  });
  test('is read again for its own documents only', () => {
    const { folder, readings } = follow();
    folder.follow(paths[0]);
    folder.reread([inside(paths[1]), 'file:///x%2Fy.md', 'untitled:Untitled-1']);
    assert.equal(readings.length, 1);
    folder.reread(['file:///x%2Fy.md', inside(paths[0]).replace('/x.md', '/X.MD')]);
    assert.equal(readings.length, 2);
  });
});
