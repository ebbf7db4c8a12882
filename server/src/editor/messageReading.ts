/** Asks the thread that keeps the messages of the workspace, starts it when somebody asks first, and tells how far it is. */

import { sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { pathOfDocument } from '../files/address.ts';
import type { IndexProgress } from '../scan/messageIndex.ts';
import type { Encoding } from '../service/index.ts';
import type { MessagesWanted, MessageThreadOrder, ThreadAnswer, ThreadMessage, ThreadProgress, ThreadQuestion } from './messageThread.ts';

/** In MB: what lives no longer than a part of a log fits in. */
const youngest = 24;

/** What the thread reads with; another one begins anew. */
export interface ReadingContext {
  readonly folders: readonly string[];
  readonly failures: string | undefined;
  readonly timeZone: string;
  readonly positions: Encoding;
}

/** The open document that somebody looks at. */
export interface LookedAt {
  readonly uri: string;
  readonly text: () => string;
}

/** @param tell Takes how far the reading is; undefined when it has ended. */
export class MessageReading {
  private readonly context: () => ReadingContext;
  private readonly tell: (progress: IndexProgress | undefined) => void;
  private thread: { readonly worker: Worker; readonly order: string } | undefined;
  private readonly waiting = new Map<number, { readonly resolve: (answer: ThreadAnswer) => void; readonly reject: (error: Error) => void }>();
  private asked = 0;
  /** Folders beside those of the workspace whose messages somebody has asked for. */
  private readonly added = new Set<string>();

  constructor(context: () => ReadingContext, tell: (progress: IndexProgress | undefined) => void) {
    this.context = context;
    this.tell = tell;
  }

  /**
   * Asks about the files of the workspace's folders; about a document that is none of them, about it alone.
   * @param patience So long, in milliseconds, the answer waits for the reading; without it to the end.
   */
  async ask(wanted: MessagesWanted, document: LookedAt | undefined, patience?: number): Promise<ThreadAnswer> {
    const folders = this.folders();
    const path = document && pathOfDocument(document.uri);
    const isKept = path !== undefined && folders.some((folder) => isBelow(path, folder));
    const looked = document && { uri: document.uri, file: path ?? document.uri };
    const question: Omit<ThreadQuestion, 'number'> = { folders, wanted, ...(patience !== undefined && { patience }) };
    const alone = document && looked && { ...question, folders: [], document: { ...looked, text: document.text() } };
    if (alone && !isKept) return this.send(alone);
    const answer = await this.send({ ...question, ...(looked && { document: looked }) });
    return answer.needsText && alone ? this.send({ ...alone, document: { ...alone.document } }) : answer;
  }

  /** Takes a folder to those whose messages are kept, where it is in none of them. */
  add(folder: string): void {
    if (!this.folders().some((known) => known === folder || isBelow(folder, known))) this.added.add(folder);
  }

  private folders(): string[] {
    return [...this.context().folders, ...this.added];
  }

  /** Stops the reading. What was read is kept, and the next question goes on there. */
  stop(): void {
    this.thread?.worker.postMessage({ stop: true } satisfies ThreadMessage);
  }

  private send(question: Omit<ThreadQuestion, 'number'>): Promise<ThreadAnswer> {
    const worker = this.start();
    this.asked += 1;
    const number = this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      worker.postMessage({ number, ...question } satisfies ThreadMessage);
    });
  }

  private start(): Worker {
    const { failures, timeZone, positions } = this.context();
    const order: MessageThreadOrder = { kind: 'messages', failures, timeZone, positions };
    const name = JSON.stringify(order);
    if (this.thread?.order === name) return this.thread.worker;
    void this.thread?.worker.terminate();
    // Standard output belongs to the protocol.
    const worker = new Worker(__filename, { workerData: order, stdout: true, resourceLimits: { maxYoungGenerationSizeMb: youngest } });
    this.thread = { worker, order: name };
    const isCurrent = (): boolean => this.thread?.worker === worker;
    worker.on('message', (message: ThreadAnswer | ThreadProgress) => {
      if ('progress' in message) {
        if (isCurrent()) this.tell(message.progress);
        return;
      }
      this.waiting.get(message.number)?.resolve(message);
      this.waiting.delete(message.number);
    });
    worker.once('error', () => undefined);
    worker.once('exit', () => {
      if (!isCurrent()) return;
      this.thread = undefined;
      this.tell(undefined);
      for (const { reject } of this.waiting.values()) reject(new ResponseError(ErrorCodes.InternalError, 'The reading of the messages broke off. Ask again to begin anew.'));
      this.waiting.clear();
    });
    // An editor that is gone does not wait for it.
    worker.unref();
    return worker;
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
