/** The thread that keeps the messages of a workspace: it reads when it is asked, and answers meanwhile from what it has read. */

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { MessageName } from '../analysis/messages/messageNames.ts';
import { MessageViews } from '../analysis/messages/messageViews.ts';
import { createTimeZone } from '../analysis/times/timeZone.ts';
import { addressOfPath } from '../files/address.ts';
import { ownCodePage } from '../files/codePage.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { ListAnswer, MessageStory, MessageSummary } from '../protocol/messages.ts';
import { keepHeapSmall } from '../scan/heap.ts';
import { Interruption } from '../scan/interruption.ts';
import { type IndexOptions, type IndexProgress, MessageIndex, readTextMessages } from '../scan/messageIndex.ts';
import type { Encoding, MessageWay, NamedRow } from '../service/index.ts';
import { answerRows, answerStory, answerWay, findAsked, type MessageSource, summarise } from './messageAnswers.ts';
import { type ListWanted, MessageListing } from './messageListing.ts';
import { ThreadKnowledge } from './threadKnowledge.ts';

/** What the thread is started with. */
export interface MessageThreadOrder {
  readonly kind: 'messages';
  /** The folder with failure documents of the user's own, where there is one. */
  readonly failures: string | undefined;
  readonly timeZone: string;
  readonly positions: Encoding;
}

/** What is wanted: rows, stories, ways, or a list. */
export interface MessagesWanted {
  readonly kind: 'rows' | 'stories' | 'ways' | 'list';
  readonly name?: MessageName;
  /** The first of them that messages have is meant. */
  readonly names?: readonly MessageName[];
  readonly text?: string;
  readonly key?: string;
  readonly list?: ListWanted;
}

export interface ThreadQuestion {
  readonly number: number;
  readonly folders: readonly string[];
  /** The document that somebody looks at: its path, and its text where it is not among the files of the folders. */
  readonly document?: { readonly file: string; readonly uri: string; readonly text?: string };
  readonly wanted: MessagesWanted;
  /** So long, in milliseconds, the answer waits for the reading; without it to the end. */
  readonly patience?: number;
}

export interface ThreadAnswer {
  readonly number: number;
  /** The document is not among the files, so its text is needed. */
  readonly needsText?: true;
  readonly rows?: readonly NamedRow[];
  readonly found?: readonly MessageSummary[];
  readonly story?: MessageStory;
  readonly ways?: readonly MessageWay[];
  readonly list?: Omit<ListAnswer, 'isComplete'>;
  readonly isComplete: boolean;
}

/** How far the reading is; undefined when it has ended. */
export type ThreadProgress = { readonly progress: IndexProgress | undefined };

/** What the thread is told: a question, or to stop reading. */
export type ThreadMessage = ThreadQuestion | { readonly stop: true };

/** So long, in milliseconds, what was found on the disk counts for somebody who waits. */
const fresh = 1_000;
const pause = 100;
/** In UTF-16 code units. */
const mostKept = 4 * 1024 * 1024;
/** So many messages are shown with their ways at once. */
const mostWays = 20;

if (parentPort) keepMessages(workerData as MessageThreadOrder, parentPort);

function keepMessages({ failures, timeZone, positions }: MessageThreadOrder, port: MessagePort): void {
  const zone = timeZone === '' ? undefined : createTimeZone(timeZone);
  const options: IndexOptions = { encoding: { codePage: ownCodePage() }, ...(zone && { timeZone: zone }) };
  const reader = new ThreadKnowledge().of(failures).then((knowledge) => new Reader(knowledge, options, positions, port));
  port.on('message', (message: ThreadMessage) => {
    void reader.then((own) => ('stop' in message ? own.stop() : own.answer(message)));
  });
}

class Reader {
  private readonly index: MessageIndex;
  private readonly listing = new MessageListing();
  private readonly knowledge: KnowledgeBase;
  private readonly options: IndexOptions;
  private readonly positions: Encoding;
  private readonly port: MessagePort;
  private reading: { readonly interruption: Interruption; readonly ended: Promise<void>; readonly folders: string } | undefined;
  private complete: { readonly at: number; readonly folders: string } | undefined;
  private progress: IndexProgress | undefined;
  /** The document that was read alone last. */
  private alone: (Pick<MessageIndex, 'journeys' | 'hours'> & { readonly file: string; readonly text: string }) | undefined;

  constructor(knowledge: KnowledgeBase, options: IndexOptions, positions: Encoding, port: MessagePort) {
    this.knowledge = knowledge;
    this.options = options;
    this.positions = positions;
    this.port = port;
    this.index = new MessageIndex(knowledge, options);
  }

  stop(): void {
    this.reading?.interruption.come('SIGINT');
  }

  async answer({ number, folders, document, wanted, patience }: ThreadQuestion): Promise<void> {
    const send = (answer: Omit<ThreadAnswer, 'number'>): void => this.port.postMessage({ number, ...answer } satisfies ThreadAnswer);
    try {
      const own = document?.text === undefined ? undefined : { ...document, text: document.text };
      if (!own && folders.length > 0) await this.read(folders, patience, isContinued(wanted));
      const isComplete = own !== undefined || folders.length === 0 || this.complete?.folders === key(folders);
      if (!own && document && isComplete && !this.index.has(document.file)) send({ needsText: true, isComplete });
      else send({ ...(await this.answerFrom(await this.sourceOf(own), wanted, document?.file, isComplete)), isComplete });
    } catch {
      // A fault in one answer is no reason to lose what was read.
      send({ found: [], rows: [], isComplete: true });
    }
  }

  /** Reads what has changed, and waits for that as long as there is patience. */
  private async read(folders: readonly string[], patience: number | undefined, mayRest: boolean): Promise<void> {
    const wanted = key(folders);
    if (this.reading && this.reading.folders !== wanted) {
      this.stop();
      await this.reading.ended;
    }
    // Whoever is in no hurry, or has just asked for a list, is told what stands on the disk now.
    if (mayRest && !this.reading && patience !== undefined && this.complete?.folders === wanted && Date.now() - this.complete.at < fresh) return;
    this.reading ??= this.begin(folders);
    const { ended } = this.reading;
    await (patience === undefined ? ended : Promise.race([ended, new Promise<void>((resolve) => setTimeout(resolve, patience))]));
  }

  private begin(folders: readonly string[]): NonNullable<Reader['reading']> {
    const interruption = new Interruption();
    const folder = key(folders);
    // What is over at once is not worth a word.
    let told = Date.now() + 4 * pause;
    const tidy = keepHeapSmall();
    const run = async (): Promise<void> => {
      for await (const progress of this.index.update(folders, interruption)) {
        this.complete = undefined;
        this.progress = progress;
        tidy();
        if (Date.now() - told < pause) continue;
        told = Date.now();
        this.port.postMessage({ progress } satisfies ThreadProgress);
      }
      if (interruption.signal === undefined) this.complete = { at: Date.now(), folders: folder };
    };
    const ended = run()
      .catch(() => undefined)
      .then(() => {
        tidy(true);
        this.reading = undefined;
        this.progress = undefined;
        this.port.postMessage({ progress: undefined } satisfies ThreadProgress);
      });
    return { interruption, ended, folders: folder };
  }

  private async sourceOf(document: { readonly file: string; readonly uri: string; readonly text: string } | undefined): Promise<MessageSource> {
    const { positions, knowledge, options, index } = this;
    const common = { encoding: options.encoding ?? {}, positions };
    if (!document) return { ...common, journeys: index.journeys, hours: index.hours, addressOf: (file) => addressOfPath(file) };
    if (this.alone?.file !== document.file || this.alone.text !== document.text) {
      const read = await readTextMessages(document.file, document.text, knowledge, options);
      this.alone = { ...read, file: document.file, text: document.text };
    }
    const { journeys, hours } = this.alone;
    // A long text is not kept for the next question.
    if (document.text.length > mostKept) this.alone = undefined;
    return { ...common, journeys, hours, document, addressOf: () => document.uri };
  }

  private async answerFrom(
    source: MessageSource,
    wanted: MessagesWanted,
    file: string | undefined,
    isComplete: boolean,
  ): Promise<Pick<ThreadAnswer, 'rows' | 'found' | 'story' | 'ways' | 'list'>> {
    if (wanted.kind === 'rows') return { rows: wanted.name ? await answerRows(source, wanted.name, file) : [] };
    if (wanted.list) return { list: this.listing.answer(source, wanted.list) };
    const views = new MessageViews(source.journeys, source.hours);
    const messages = findAsked(views, wanted);
    if (wanted.kind === 'ways') return { ways: await Promise.all(messages.slice(0, mostWays).map((message) => answerWay(source, views, message))) };
    const [first] = messages;
    const found = messages.map((message) => summarise(views.view(message).told));
    if (first === undefined || messages.length > 1) return { found };
    return { found, story: await answerStory(source, views, first, isComplete ? undefined : this.unfinished()) };
  }

  private unfinished(): string {
    const { progress } = this;
    return progress
      ? `Still reading: file ${progress.number} of ${progress.files}. What stands in the others is not told yet.`
      : 'Not all logs have been read, so more can be known of it.';
  }
}

/** A list that is asked for is read from the disk; its further rows are of what was read then. */
const isContinued = ({ list }: MessagesWanted): boolean => list === undefined || list.status !== undefined;

const key = (folders: readonly string[]): string => folders.join('\n');
