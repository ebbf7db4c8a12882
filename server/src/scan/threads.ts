/** Threads that read segments of files: the command line's own bundle is started once more in each but the main one. */

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { EncodingOptions } from '../files/encoding.ts';
import { readUserKnowledge } from '../files/userKnowledge.ts';
import { bundledKnowledge } from '../knowledge/bundled.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { Allowance, Passage, type StoredPart, storePart } from './segmentQueue.ts';
import { readSegment, type SegmentEnd } from './segmentReader.ts';
import type { Segment } from './segments.ts';

/** What each thread is started with. */
export interface ThreadOptions {
  readonly encoding: EncodingOptions;
  /** The folder with failure documents of the user's own, if there is one. */
  readonly knowledge?: string | undefined;
}

/** What a thread says of a segment: an error as the file system gave it. */
type Answer = StoredPart | SegmentEnd | { readonly error: { readonly code: string | undefined; readonly message: string } };

/** What a thread is told: what to read, and how many of its findings have been taken in. */
type Order = Segment | { readonly taken: number };

/** Resolves with whether it can read another one: not where its thread broke down. */
type ReadSegment = (segment: Segment, passage: Passage) => Promise<boolean>;

export interface Threads {
  readonly count: number;
  /** Has a segment read as soon as a thread is free. */
  read(segment: Segment): Passage;
  end(): void;
}

/** In MB. A thread needs a tenth of it; with a limit it collects its garbage in time, so that several threads do not need gigabytes. */
const mostMemory = 512;

/** The main thread is one of them: else it would only wait for the others, with a knowledge base of its own in memory. */
export function startThreads(count: number, knowledge: KnowledgeBase, options: ThreadOptions): Threads {
  const workers = Array.from({ length: count - 1 }, () => new Worker(__filename, { workerData: options, resourceLimits: { maxOldGenerationSizeMb: mostMemory } }));
  let isEnded = false;
  let own: Passage | undefined;
  const here: ReadSegment = async (segment, passage) => {
    own = passage;
    await readHere(segment, passage, knowledge, options.encoding, () => isEnded);
    return true;
  };
  const there =
    (worker: Worker): ReadSegment =>
    (segment, passage) =>
      readIn(worker, segment, passage);
  const idle = [here, ...workers.map(there)];
  const waiting: ((read: ReadSegment) => void)[] = [];
  const release = (read: ReadSegment): void => {
    const next = waiting.shift();
    if (next) next(read);
    else idle.push(read);
  };
  const start = async (segment: Segment, passage: Passage): Promise<void> => {
    const read = idle.shift() ?? (await new Promise<ReadSegment>((resolve) => waiting.push(resolve)));
    if (await read(segment, passage)) release(read);
  };
  return {
    count,
    read(segment) {
      const passage = new Passage();
      void start(segment, passage);
      return passage;
    },
    end() {
      isEnded = true;
      own?.close();
      for (const worker of workers) void worker.terminate();
    },
  };
}

async function readHere(segment: Segment, passage: Passage, knowledge: KnowledgeBase, encoding: EncodingOptions, isEnded: () => boolean): Promise<void> {
  try {
    for await (const news of readSegment(segment, knowledge, encoding)) {
      await passage.put(news);
      if (isEnded()) return;
    }
  } catch (error) {
    void passage.put({ error });
  }
}

function readIn(worker: Worker, segment: Segment, passage: Passage): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isUsable: boolean): void => {
      worker.off('message', take);
      worker.off('error', breakDown);
      resolve(isUsable);
    };
    const breakDown = (error: unknown): void => {
      void passage.put({ error });
      end(false);
    };
    const take = async (answer: Answer): Promise<void> => {
      if (!('json' in answer)) end(true);
      await passage.put('error' in answer ? { error: Object.assign(new Error(answer.error.message), { code: answer.error.code }) } : answer);
      if ('json' in answer) worker.postMessage({ taken: answer.count } satisfies Order);
    };
    worker.on('message', take);
    worker.once('error', breakDown);
    worker.postMessage(segment satisfies Order);
  });
}

/** Answers in a thread; in the main thread there is nobody to answer. */
export function answerInThread(): boolean {
  if (isMainThread || !parentPort) return false;
  const port = parentPort;
  const answer = (said: Answer): void => port.postMessage(said);
  const { encoding, knowledge: folder } = workerData as ThreadOptions;
  const knowledge = folder === undefined ? Promise.resolve(bundledKnowledge()) : readUserKnowledge(folder).then((read) => read.knowledge);
  const allowance = new Allowance();
  const read = async (segment: Segment): Promise<void> => {
    for await (const news of readSegment(segment, await knowledge, encoding)) {
      const said = 'findings' in news ? storePart(news) : news;
      answer(said);
      if ('json' in said) await allowance.use(said.count);
    }
  };
  port.on('message', (order: Order) => {
    if ('taken' in order) allowance.free(order.taken);
    else read(order).catch(({ code, message }: NodeJS.ErrnoException) => answer({ error: { code, message } }));
  });
  return true;
}
