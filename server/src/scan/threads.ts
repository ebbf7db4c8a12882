/** Threads that read segments of files: the command line's own bundle is started once more in each but the main one. */

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createTimeZone } from '../analysis/times/timeZone.ts';

import { readUserKnowledge } from '../files/userKnowledge.ts';
import { bundledKnowledge } from '../knowledge/bundled.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { ReadOptions } from './fileScan.ts';
import { Allowance, Passage, type StoredPart, storePart } from './segmentQueue.ts';
import { readSegment, type SegmentEnd } from './segmentReader.ts';
import type { Segment } from './segments.ts';

/** What each thread is started with. */
interface ThreadOptions extends Omit<ReadOptions, 'timeZone'> {
  /** By its name, since a zone is a function. */
  readonly timeZone?: string;
  /** The folder with failure documents of the user's own, if there is one. */
  readonly folder?: string;
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

/**
 * The main thread is one of them: else it would only wait for the others, with a knowledge base of its own in memory.
 * @param folder The folder with failure documents of the user's own, if there is one.
 */
export function startThreads(count: number, knowledge: KnowledgeBase, options: ReadOptions, folder?: string): Threads {
  const { timeZone, ...others } = options;
  const workerOptions: ThreadOptions = { ...others, ...(timeZone && { timeZone: timeZone.name }), ...(folder !== undefined && { folder }) };
  const workers = Array.from({ length: count - 1 }, () => new SegmentWorker(workerOptions));
  let isEnded = false;
  let own: Passage | undefined;
  const here: ReadSegment = async (segment, passage) => {
    own = passage;
    await readHere(segment, passage, knowledge, options, () => isEnded);
    return true;
  };
  const idle = [
    here,
    ...workers.map(
      (worker): ReadSegment =>
        (segment, passage) =>
          worker.read(segment, passage),
    ),
  ];
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
      for (const worker of workers) worker.end();
    },
  };
}

async function readHere(segment: Segment, passage: Passage, knowledge: KnowledgeBase, options: ReadOptions, isEnded: () => boolean): Promise<void> {
  try {
    for await (const news of readSegment(segment, knowledge, options)) {
      await passage.put(news);
      if (isEnded()) return;
    }
  } catch (error) {
    void passage.put({ error });
  }
}

/** A thread, which can break down at any time: for want of memory, or because the file of the program is not there any more. */
class SegmentWorker {
  private readonly worker: Worker;
  private isBroken = false;
  /** Ends the reading that is under way, if there is one. */
  private breakOff: () => void = () => undefined;

  constructor(options: ThreadOptions) {
    this.worker = new Worker(__filename, { workerData: options, resourceLimits: { maxOldGenerationSizeMb: mostMemory } });
    this.worker.on('error', () => this.breakDown());
    this.worker.on('exit', () => this.breakDown());
  }

  /** Resolves when the segment has been read, with whether another one can be. */
  read(segment: Segment, passage: Passage): Promise<boolean> {
    return new Promise((resolve) => {
      const { worker } = this;
      const end = (isUsable: boolean): void => {
        worker.off('message', take);
        this.breakOff = () => undefined;
        resolve(isUsable);
      };
      const take = async (answer: Answer): Promise<void> => {
        if (!('json' in answer)) end(true);
        await passage.put('error' in answer ? { error: Object.assign(new Error(answer.error.message), { code: answer.error.code }) } : answer);
        if ('json' in answer) worker.postMessage({ taken: answer.count } satisfies Order);
      };
      this.breakOff = () => {
        void passage.put({ isBroken: true });
        end(false);
      };
      if (this.isBroken) {
        this.breakOff();
        return;
      }
      worker.on('message', take);
      worker.postMessage(segment satisfies Order);
    });
  }

  end(): void {
    void this.worker.terminate();
  }

  private breakDown(): void {
    this.isBroken = true;
    this.breakOff();
  }
}

/** Answers in a thread; in the main thread there is nobody to answer. */
export function answerInThread(): boolean {
  if (isMainThread || !parentPort) return false;
  const port = parentPort;
  const answer = (said: Answer): void => port.postMessage(said);
  const { timeZone, folder, ...others } = workerData as ThreadOptions;
  const zone = timeZone === undefined ? undefined : createTimeZone(timeZone);
  const options: ReadOptions = { ...others, ...(zone && { timeZone: zone }) };
  const knowledge = folder === undefined ? Promise.resolve(bundledKnowledge()) : readUserKnowledge(folder).then((read) => read.knowledge);
  const allowance = new Allowance();
  const read = async (segment: Segment, base: KnowledgeBase): Promise<void> => {
    for await (const news of readSegment(segment, base, options)) {
      const said = 'findings' in news ? storePart(news) : news;
      answer(said);
      if ('json' in said) await allowance.use(said.count);
    }
  };
  port.on('message', async (order: Order) => {
    if ('taken' in order) allowance.free(order.taken);
    // Without the knowledge base the thread breaks down, which is no fault of the file.
    else await read(order, await knowledge).catch(({ code, message }: NodeJS.ErrnoException) => answer({ error: { code, message } }));
  });
  return true;
}
