/** Threads that read segments of files: the command line's own bundle is started once more in each but the main one. */

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { EncodingOptions } from './encoding.ts';
import { bundledKnowledge } from './knowledge/bundled.ts';
import type { KnowledgeBase } from './knowledge/knowledgeBase.ts';
import type { Located } from './report/located.ts';
import { readSegment, type SegmentEnd } from './segmentReader.ts';
import type { Segment } from './segments.ts';
import { readUserKnowledge } from './userKnowledge.ts';

/** What each thread is started with. */
export interface ThreadOptions {
  readonly encoding: EncodingOptions;
  /** The folder with failure documents of the user's own, if there is one. */
  readonly knowledge?: string | undefined;
}

/** What a thread says of a segment: the findings of each part, and then the end, or an error as the file system gave it. */
type Answer = { readonly findings: readonly Located[] } | { readonly end: SegmentEnd } | { readonly error: { readonly code: string | undefined; readonly message: string } };

/** A segment with all that was found in it. */
export interface SegmentFindings extends SegmentEnd {
  readonly findings: readonly Located[];
}

/** What came of a segment: an error is what the file system says. */
export type SegmentResult = SegmentFindings | { readonly error: unknown };

/** Rejects only where its thread broke down: then it is not used again. */
type ReadSegment = (segment: Segment) => Promise<SegmentResult>;

export interface Threads {
  readonly count: number;
  read(segment: Segment): Promise<SegmentResult>;
  end(): void;
}

/** In MB. A thread needs a tenth of it; with a limit it collects its garbage in time, so that several threads do not need gigabytes. */
const mostMemory = 512;

/** The main thread is one of them: else it would only wait for the others, with a knowledge base of its own in memory. */
export function startThreads(count: number, knowledge: KnowledgeBase, options: ThreadOptions): Threads {
  const workers = Array.from({ length: count - 1 }, () => new Worker(__filename, { workerData: options, resourceLimits: { maxOldGenerationSizeMb: mostMemory } }));
  const ending = new AbortController();
  const here: ReadSegment = (segment) => readHere(segment, knowledge, options.encoding, ending.signal);
  const there =
    (worker: Worker): ReadSegment =>
    (segment) =>
      readIn(worker, segment);
  const idle = [here, ...workers.map(there)];
  const waiting: ((read: ReadSegment) => void)[] = [];
  const release = (read: ReadSegment): void => {
    const next = waiting.shift();
    if (next) next(read);
    else idle.push(read);
  };
  const acquire = (): Promise<ReadSegment> => {
    const read = idle.pop();
    return read ? Promise.resolve(read) : new Promise((resolve) => waiting.push(resolve));
  };
  return {
    count,
    async read(segment) {
      const read = await acquire();
      try {
        const result = await read(segment);
        release(read);
        return result;
      } catch (error) {
        return { error };
      }
    },
    end() {
      ending.abort();
      for (const worker of workers) void worker.terminate();
    },
  };
}

async function readHere(segment: Segment, knowledge: KnowledgeBase, encoding: EncodingOptions, ending: AbortSignal): Promise<SegmentResult> {
  const findings: Located[] = [];
  const take = (found: readonly Located[]): void => {
    ending.throwIfAborted();
    // What waits for its turn is copied, as it is between threads: it would keep the texts in memory that it was found in.
    for (const located of structuredClone(found)) findings.push(located);
  };
  return readSegment(segment, knowledge, encoding, take).then(
    (end) => ({ ...end, findings }),
    (error: unknown) => ({ error }),
  );
}

function readIn(worker: Worker, segment: Segment): Promise<SegmentResult> {
  const findings: Located[] = [];
  return new Promise((resolve, reject) => {
    const take = (answer: Answer): void => {
      if ('findings' in answer) {
        for (const located of answer.findings) findings.push(located);
        return;
      }
      worker.off('message', take);
      worker.off('error', reject);
      resolve('end' in answer ? { ...answer.end, findings } : { error: Object.assign(new Error(answer.error.message), { code: answer.error.code }) });
    };
    worker.on('message', take);
    worker.once('error', reject);
    worker.postMessage(segment);
  });
}

/** Answers in a thread; in the main thread there is nobody to answer. */
export function answerInThread(): boolean {
  if (isMainThread || !parentPort) return false;
  const port = parentPort;
  const answer = (said: Answer): void => port.postMessage(said);
  const { encoding, knowledge: folder } = workerData as ThreadOptions;
  const knowledge = folder === undefined ? Promise.resolve(bundledKnowledge()) : readUserKnowledge(folder).then((read) => read.knowledge);
  port.on('message', (segment: Segment) => {
    knowledge
      .then((known) => readSegment(segment, known, encoding, (findings) => findings.length > 0 && answer({ findings })))
      .then(
        (end) => answer({ end }),
        ({ code, message }: NodeJS.ErrnoException) => answer({ error: { code, message } }),
      );
  });
  return true;
}
