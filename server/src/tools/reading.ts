/** Reads the files of a question with the scan's own streams, remembers what was read last, and stops where nobody waits for the answer any more. */

import { detached } from '../analysis/copied.ts';
import type { Located } from '../analysis/located.ts';
import { Overview } from '../analysis/overview/overview.ts';
import { applyFilter } from '../scan/filter.ts';
import { scan } from '../scan/index.ts';
import { Interruption } from '../scan/interruption.ts';
import { ReadCount } from '../scan/news.ts';
import type { SourceOrder } from '../scan/sources.ts';
import { readStepStream } from '../scan/stepStream.ts';
import { mostFindingsKept } from './lastReadings.ts';
import { filterOf, type Question, readingOptions } from './question.ts';
import type { ReadableFile } from './readableFiles.ts';
import { nothingRead, type ReadSum, sumOf } from './readSum.ts';
import type { ToolCall, ToolContext } from './tool.ts';

/** A finding of a file, and which one it is in its file, from 0. */
export interface FileFinding {
  readonly file: ReadableFile;
  readonly located: Located;
  readonly number: number;
}

/** The findings that a question is about. @param add Hears what was read of each file. */
export async function* findingsOf(
  files: readonly ReadableFile[],
  question: Omit<Question, 'files'>,
  context: ToolContext,
  call: ToolCall,
  add: (sum: ReadSum) => void = () => undefined,
): AsyncGenerator<FileFinding> {
  const { keepsLocated } = applyFilter(filterOf(question, context.knowledge));
  const progress = new ReadingProgress(files, call);
  for (const file of files) {
    let number = 0;
    for await (const located of readFindings(file, context, call, progress, add)) if (keepsLocated(located)) yield { file, located, number: number++ };
    progress.finish(file);
  }
}

/** All findings of a file, as they come. They are remembered where the file was read to its end and has not too many. */
async function* readFindings(file: ReadableFile, context: ToolContext, { signal }: ToolCall, progress: ReadingProgress, add: (sum: ReadSum) => void): AsyncGenerator<Located> {
  const known = context.memory.ofFile(file);
  if (known) {
    add(known.sum);
    yield* known.findings;
    return;
  }
  const kept: Located[] = [];
  let count = 0;
  const read = new ReadCount();
  for await (const news of scan(orderOf([file], context, signal), context.knowledge)) {
    signal.throwIfAborted();
    read.take(news);
    if (news.kind !== 'found') continue;
    count += news.findings.length;
    if (count <= mostFindingsKept) kept.push(...detached(news.findings));
    yield* news.findings;
    progress.read(news.bytes);
  }
  const sum = sumOf(read);
  if (count <= mostFindingsKept) context.memory.keepFile(file, { findings: kept, sum });
  add(sum);
}

export interface OverviewReading {
  readonly overview: Overview;
  readonly sum: ReadSum;
}

/** All that the files say of messages, sessions aside. */
export async function readOverview(files: readonly ReadableFile[], context: ToolContext, call: ToolCall): Promise<OverviewReading> {
  const { signal } = call;
  const known = context.memory.whole<OverviewReading>('overview', files, '');
  if (known) return known;
  const overview = new Overview();
  const read = new ReadCount();
  const progress = new ReadingProgress(files, call);
  const sizes = new Map(files.map((file) => [file.path, file]));
  let current: ReadableFile | undefined;
  for await (const news of files.length === 0 ? [] : readStepStream(orderOf(files, context, signal), context.knowledge)) {
    signal.throwIfAborted();
    read.take(news);
    if (news.kind === 'begun') {
      if (current) progress.finish(current);
      current = sizes.get(news.file);
      overview.beginFile(news.file);
    } else if (news.kind === 'steps') {
      overview.take(news.steps);
      progress.read(news.bytes);
    }
  }
  const reading = { overview, sum: files.length === 0 ? nothingRead : sumOf(read) };
  if (overview.journeys.table.length <= mostStepsKept) context.memory.keepWhole('overview', files, '', reading);
  return reading;
}

/** A step takes some fifty bytes. */
const mostStepsKept = 500_000;

/** How to read files that an agent may have read. */
export function orderOf(files: readonly ReadableFile[], context: ToolContext, signal: AbortSignal): SourceOrder {
  const texts = new Map(files.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text] as const])));
  return { ...readingOptions(context), paths: files.map(({ path }) => path), areFound: true, texts, interruption: interruptionBy(signal) };
}

/** The scan's interruption for that of whoever asks: one for all that is read for him. */
function interruptionBy(signal: AbortSignal): Interruption {
  const known = interruptions.get(signal);
  if (known) return known;
  const interruption = new Interruption();
  interruptions.set(signal, interruption);
  if (signal.aborted) interruption.come('SIGINT');
  signal.addEventListener('abort', () => interruption.come('SIGINT'), { once: true });
  return interruption;
}

const interruptions = new WeakMap<AbortSignal, Interruption>();

/** Tells how far a reading is, by the sizes of the files: what is packed counts as its file does. */
export class ReadingProgress {
  private readonly call: ToolCall;
  private readonly all: number;
  private done = 0;
  private now = 0;

  constructor(files: readonly ReadableFile[], call: ToolCall) {
    this.call = call;
    this.all = files.reduce((sum, { size }) => sum + size, 0);
  }

  read(bytes: number): void {
    this.now += bytes;
    this.call.progress?.(Math.min(this.all, this.done + this.now), this.all);
  }

  finish({ size }: ReadableFile): void {
    this.done += size;
    this.now = 0;
    this.call.progress?.(this.done, this.all);
  }
}
