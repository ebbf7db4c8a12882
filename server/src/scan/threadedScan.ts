/** Scans files with several threads: they read ahead, and what they find is told in the order of the files. */

import type { Located } from '../analysis/located.ts';
import { reasonOf } from '../files/faults.ts';
import { withChanges } from '../text/withChanges.ts';
import { noText } from './fileReading.ts';
import { type FoundPart, found, type ScanContext, scanFile } from './fileScan.ts';
import type { ScanNews } from './news.ts';
import type { Passage } from './segmentQueue.ts';
import { planSegments } from './segments.ts';
import type { Source } from './sources.ts';
import type { Threads } from './threads.ts';

/** A file whose segments are being read. */
interface OpenFile {
  readonly source: Source;
  /** How many lines and bytes the segments before have had. */
  lines: number;
  bytes: number;
  /** What has been told of it. */
  readonly told: { findings: number; bytes: number };
  /** What comes of it after that is not wanted: it could not be read, or it was read from its beginning without threads. */
  isDone: boolean;
}

interface Job {
  readonly file: OpenFile;
  readonly isFirst: boolean;
  /** Absent for what no thread can read, such as standard input. */
  readonly passage?: Passage;
}

/** So many segments for each thread are read before they are wanted: each thread has its next one, and no more is kept in memory. */
const ahead = 2;

export async function* scanInThreads(sources: AsyncIterable<Source>, threads: Threads, context: ScanContext): AsyncGenerator<ScanNews> {
  const jobs = planJobs(sources, threads, context.options);
  const flight: Job[] = [];
  for (let isMore = true; context.interruption.signal === undefined && (isMore || flight.length > 0); ) {
    while (isMore && flight.length < ahead * threads.count) {
      const next = await jobs.next();
      if (next.done) isMore = false;
      else flight.push(next.value);
    }
    const job = flight.shift();
    if (job) yield* finish(job, context);
  }
}

async function* planJobs(sources: AsyncIterable<Source>, threads: Threads, { encoding }: ScanContext['options']): AsyncGenerator<Job> {
  for await (const source of sources) {
    const file: OpenFile = { source, lines: 0, bytes: 0, told: { findings: 0, bytes: 0 }, isDone: false };
    if (!source.isOnDisk) {
      yield { file, isFirst: true };
      continue;
    }
    let isFirst = true;
    for await (const segment of planSegments(source.path, encoding)) {
      if (!file.isDone) yield { file, isFirst, passage: threads.read(segment) };
      isFirst = false;
    }
  }
}

async function* finish({ file, isFirst, passage }: Job, context: ScanContext): AsyncGenerator<ScanNews> {
  const { source, told } = file;
  if (isFirst) yield { kind: 'begun', file: source.file };
  if (!passage) {
    yield* scanFile(source, context);
    return;
  }
  if (file.isDone) {
    void drain(passage);
    return;
  }
  for await (const news of context.interruption.until(passage.read())) {
    if ('findings' in news) {
      yield tellPart(news, file, context);
    } else if ('error' in news) {
      file.isDone = true;
      yield { kind: 'unreadable', file: source.file, reason: reasonOf(news.error), isPartial: told.bytes > 0, isGiven: source.isGiven };
    } else if ('isBroken' in news || !news.isSound) {
      // The file is not what its beginning promised, or a thread was lost: it is read from there once more, without what has been told already.
      file.isDone = true;
      yield* scanFile(source, context, told);
    } else if (!news.isText) {
      yield noText(source.file, source.isGiven);
    } else {
      file.lines += news.lines;
      file.bytes += news.bytes;
    }
  }
}

function tellPart(part: FoundPart, { lines, bytes, told }: OpenFile, context: ScanContext): ScanNews {
  const size = bytes + part.bytes;
  const news = found(lines === 0 ? part : { ...part, findings: part.findings.map((located) => moved(located, lines)) }, size - told.bytes, context);
  told.findings += part.findings.length;
  told.bytes = size;
  return news;
}

/** With its line in the file. */
function moved(located: Located, lines: number): Located {
  return withChanges(located, { startLine: located.startLine + lines, endLine: located.endLine + lines });
}

/** What is found is not wanted, but a thread that has to wait with it would read nothing else. */
async function drain(passage: Passage): Promise<void> {
  for await (const _ of passage.read());
}
