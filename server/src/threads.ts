/** Threads that read segments of files: the command line's own bundle is started once more in each. */

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { EncodingOptions } from './encoding.ts';
import { bundledKnowledge } from './knowledge/bundled.ts';
import { readSegment, type SegmentFindings } from './segmentReader.ts';
import type { Segment } from './segments.ts';
import { readUserKnowledge } from './userKnowledge.ts';

/** What each thread is started with. */
export interface ThreadOptions {
  readonly encoding: EncodingOptions;
  /** The folder with failure documents of the user's own, if there is one. */
  readonly knowledge?: string | undefined;
}

/** What a thread answers to a segment; an error as the file system gave it. */
type Answer = { readonly findings: SegmentFindings } | { readonly error: { readonly code: string | undefined; readonly message: string } };

export interface Threads {
  readonly count: number;
  /** @throws What the file system says. */
  read(segment: Segment): Promise<SegmentFindings>;
  end(): void;
}

/** In MB. A thread needs a tenth of it; with a limit it collects its garbage in time, so that several threads do not need gigabytes. */
const mostMemory = 512;

export function startThreads(count: number, options: ThreadOptions): Threads {
  const idle = Array.from({ length: count }, () => new Worker(__filename, { workerData: options, resourceLimits: { maxOldGenerationSizeMb: mostMemory } }));
  const all = [...idle];
  const waiting: ((worker: Worker) => void)[] = [];
  const release = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  const acquire = (): Promise<Worker> => {
    const worker = idle.pop();
    return worker ? Promise.resolve(worker) : new Promise((resolve) => waiting.push(resolve));
  };
  return {
    count,
    async read(segment) {
      const worker = await acquire();
      const answer = await new Promise<Answer>((resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', (message: Answer) => {
          worker.off('error', reject);
          resolve(message);
        });
        worker.postMessage(segment);
      });
      release(worker);
      if ('error' in answer) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
      return answer.findings;
    },
    end() {
      for (const worker of all) void worker.terminate();
    },
  };
}

/** Answers in a thread; in the main thread there is nobody to answer. */
export function answerInThread(): boolean {
  if (isMainThread || !parentPort) return false;
  const port = parentPort;
  const { encoding, knowledge: folder } = workerData as ThreadOptions;
  const knowledge = folder === undefined ? Promise.resolve(bundledKnowledge()) : readUserKnowledge(folder).then((read) => read.knowledge);
  port.on('message', (segment: Segment) => {
    knowledge
      .then((known) => readSegment(segment, known, encoding))
      .then(
        (findings) => port.postMessage({ findings } satisfies Answer),
        (error: NodeJS.ErrnoException) => port.postMessage({ error: { code: error.code, message: error.message } } satisfies Answer),
      );
  });
  return true;
}
