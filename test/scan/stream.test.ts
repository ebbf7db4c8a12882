/** A scan as a stream of news: what it tells, in which order, and that whoever stops reading ends it. */

import assert from 'node:assert/strict';
import { afterEach, suite, test } from 'node:test';
import fc from 'fast-check';
import { type ScanOrder, scan } from '../../server/src/scan/index.ts';
import { Interruption } from '../../server/src/scan/interruption.ts';
import { ReadCount, type ScanNews } from '../../server/src/scan/news.ts';
import { Passage } from '../../server/src/scan/segmentQueue.ts';
import type { Threads } from '../../server/src/scan/threads.ts';
import { folder, head, oneOfEach, row, save, unknown } from '../support/commandLine.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const run = (order: Partial<ScanOrder>, startThreads?: () => Threads): AsyncGenerator<ScanNews> => scan({ paths: ['-'], ...order }, knowledge, startThreads);

async function readAll(news: AsyncIterable<ScanNews>): Promise<ScanNews[]> {
  const all: ScanNews[] = [];
  for await (const one of news) all.push(one);
  return all;
}

const findingsOf = (news: readonly ScanNews[]): number => news.reduce((sum, one) => sum + (one.kind === 'found' ? one.findings.length : 0), 0);

/** An input that gives its chunks and then what `end` does. */
const input = (chunks: readonly string[], end: () => Promise<void> = async () => undefined) =>
  async function* (): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield Buffer.from(chunk);
    await end();
  };
const never = (): Promise<void> => new Promise(() => undefined);
const many = (count: number): string => head + row(unknown).repeat(count);

suite('a scan', () => {
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  test('tells of each file that it is begun, what is in it, and in the end what is to be known', async () => {
    process.chdir(folder);
    const news = await readAll(run({ paths: [save('one.log', oneOfEach), 'missing.log', save('two.log', head)], filter: { since: 0 } }));
    assert.deepEqual(
      news.map((one) => (one.kind === 'found' ? [one.kind, one.findings.length, one.bytes] : one.kind === 'ended' ? one : [one.kind, one.file])),
      [
        ['begun', 'one.log'],
        ['found', 2, oneOfEach.length],
        ['begun', 'missing.log'],
        ['unreadable', 'missing.log'],
        ['begun', 'two.log'],
        ['found', 0, head.length],
        { kind: 'ended' },
      ],
    );
  });

  test('keeps no file: its findings come part by part', async () => {
    const news = await readAll(run({ standardInput: input(Array(40).fill(many(1_000))) }));
    const parts = news.filter(({ kind }) => kind === 'found').length;
    assert.ok(parts > 3, `${parts} parts`);
    assert.equal(findingsOf(news), 40_000);
  });

  test('counts the same, whatever becomes of each file', () => {
    const fate = fc.constantFrom('read', 'part', 'missing', 'leftOut');
    fc.assert(
      fc.property(fc.array(fate), fc.array(fc.nat(1000)), (fates, sizes) => {
        const count = new ReadCount();
        fates.forEach((each, index) => {
          const file = `${index}`;
          count.take({ kind: 'begun', file });
          if (each === 'leftOut') count.take({ kind: 'leftOut', file });
          if (each === 'read' || each === 'part') count.take({ kind: 'found', findings: [], bytes: sizes[index] ?? 0 });
          if (each === 'part' || each === 'missing') count.take({ kind: 'unreadable', file, reason: '', isPartial: each === 'part', isGiven: false });
        });
        const of = (...kinds: string[]): number => fates.filter((each) => kinds.includes(each)).length;
        assert.deepEqual([count.files, count.leftOut, count.unreadable.length], [of('read', 'part'), of('leftOut'), of('part', 'missing')]);
      }),
      trials(),
    );
  });
});

suite('what fails while it is read', () => {
  const fault = (): Promise<void> => Promise.reject(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }));

  test('takes nothing away of what came before', async () => {
    for (const count of [1_000, 40_000]) {
      const news = await readAll(run({ standardInput: input([many(count)], fault) }));
      assert.equal(findingsOf(news), count);
      assert.deepEqual(news.at(-2), { kind: 'unreadable', file: '-', reason: 'the disk or the device reports an error', isPartial: true, isGiven: true });
    }
  });

  test('is no partial reading where nothing came', async () => {
    const [, last] = await readAll(run({ standardInput: input([], fault) }));
    assert.equal(last?.kind === 'unreadable' && last.isPartial, false);
  });
});

suite('an interruption', () => {
  test('ends it at once, and what has come until then is told', async () => {
    const interruption = new Interruption();
    const news = run({ interruption, standardInput: input([many(3)], never) });
    const all: ScanNews[] = [];
    for await (const one of news) {
      all.push(one);
      // The input has been asked for more when the loop waits the next time.
      if (one.kind === 'begun') setImmediate(() => interruption.come('SIGINT'));
    }
    assert.equal(findingsOf(all), 3);
    assert.deepEqual(all.at(-1), { kind: 'ended', interruption: 'SIGINT' });
  });

  test('does not wait for an input that never says anything', async () => {
    const interruption = new Interruption();
    setImmediate(() => interruption.come('SIGTERM'));
    const news = await readAll(run({ interruption, standardInput: input([], never) }));
    assert.deepEqual(news, [
      { kind: 'begun', file: '-' },
      { kind: 'found', findings: [], bytes: 0 },
      { kind: 'ended', interruption: 'SIGTERM' },
    ]);
  });

  test('before it is begun leaves nothing to read', async () => {
    const interruption = new Interruption();
    interruption.come('SIGINT');
    assert.deepEqual(await readAll(run({ interruption, standardInput: input([many(3)]) })), [{ kind: 'ended', interruption: 'SIGINT' }]);
  });

  test('does not wait for a thread that never answers', async () => {
    process.chdir(folder);
    const interruption = new Interruption();
    setImmediate(() => interruption.come('SIGINT'));
    const news = await readAll(run({ interruption, paths: [save('one.log', oneOfEach)] }, () => silentThreads().threads));
    assert.deepEqual(news.at(-1), { kind: 'ended', interruption: 'SIGINT' });
  });
});

/** Threads that never answer, and how often they were ended. */
function silentThreads(): { readonly threads: Threads; readonly ended: () => number } {
  let ended = 0;
  const end = (): void => {
    ended += 1;
  };
  return { threads: { count: 2, read: () => new Passage(), end }, ended: () => ended };
}

suite('its threads', () => {
  const takings: readonly [string, (news: AsyncGenerator<ScanNews>) => Promise<unknown>][] = [
    ['are ended at the end', readAll],
    [
      'are ended where nobody reads on',
      async (news) => {
        for await (const _ of news) break;
      },
    ],
    [
      'are ended where the reader fails',
      async (news) => {
        await assert.rejects(async () => {
          for await (const one of news) throw new Error(one.kind);
        }, /begun/);
      },
    ],
  ];
  for (const [what, take] of takings) {
    test(what, async () => {
      const { threads, ended } = silentThreads();
      await take(run({ standardInput: input([oneOfEach]) }, () => threads));
      assert.equal(ended(), 1);
    });
  }

  test('are not started before somebody reads', async () => {
    const news = run({}, () => assert.fail('started'));
    await news.return(undefined);
  });
});
