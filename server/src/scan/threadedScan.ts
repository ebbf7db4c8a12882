/** Scans files with several threads: they read ahead, and what they find goes out in the order of the files. */

import type { Located } from '../analysis/located.ts';
import { withChanges } from '../values.ts';
import { createPutter, type Output, type Putter, type Source, scanFile } from './fileScan.ts';
import type { Passage } from './segmentQueue.ts';
import { planSegments } from './segments.ts';
import type { Threads } from './threads.ts';

/** A file whose segments are being read. */
interface OpenFile {
  readonly source: Source;
  readonly put: Putter;
  /** How many lines and findings the segments before have had. */
  lines: number;
  findings: number;
  bytes: number;
  /** What comes of it after that is not wanted: it could not be read, or it was read from its beginning without threads. */
  isDone: boolean;
}

interface Job {
  readonly file: OpenFile;
  readonly isLast: boolean;
  /** Absent for what no thread can read, such as standard input. */
  readonly passage?: Passage;
}

/** So many segments for each thread are read before they are wanted: each thread has its next one, and no more is kept in memory. */
const ahead = 2;

/** False where nobody reads on. */
export async function scanInThreads(sources: AsyncIterable<Source>, threads: Threads, output: Output): Promise<boolean> {
  const jobs = planJobs(sources, threads, output);
  const flight: Job[] = [];
  for (let isMore = true; isMore || flight.length > 0; ) {
    while (isMore && flight.length < ahead * threads.count) {
      const next = await jobs.next();
      if (next.done) isMore = false;
      else flight.push(next.value);
    }
    const job = flight.shift();
    if (job && !(await finish(job, output))) return false;
  }
  return true;
}

async function* planJobs(sources: AsyncIterable<Source>, threads: Threads, output: Output): AsyncGenerator<Job> {
  for await (const source of sources) {
    const file: OpenFile = { source, put: createPutter(output, 0), lines: 0, findings: 0, bytes: 0, isDone: false };
    if (source.file === '-') {
      yield { file, isLast: true };
      continue;
    }
    const segments = await planSegments(source.file);
    for (const [index, segment] of segments.entries()) {
      if (!file.isDone) yield { file, isLast: index === segments.length - 1, passage: threads.read(segment) };
    }
  }
}

async function finish({ file, isLast, passage }: Job, output: Output): Promise<boolean> {
  const { source } = file;
  if (!passage) return scanFile(source, output, 0);
  if (file.isDone) {
    void drain(passage);
    return true;
  }
  for await (const news of passage.read()) {
    if ('findings' in news) {
      if (!(await file.put(keptFindings(news.findings, file, output)))) return false;
      tellProgress(file, output, file.bytes + news.bytes);
    } else if ('error' in news) {
      file.isDone = true;
      output.unreadable(source.file, news.error);
    } else if (!news.isText) {
      if (source.isGiven) output.unreadable(source.file, new Error('not a text file'));
    } else if (!news.isSound) {
      // The file is not what its beginning promised, so it is read once more from there, without what has been put out already.
      file.isDone = true;
      return scanFile(source, output, file.findings);
    } else {
      file.lines += news.lines;
      file.bytes += news.bytes;
      if (isLast) output.tally.file(file.bytes);
      tellProgress(file, output, isLast ? 0 : file.bytes);
    }
  }
  return true;
}

/** With the lines of the file. */
function* keptFindings(findings: readonly Located[], file: OpenFile, { sieve }: Output): Generator<Located> {
  const { lines } = file;
  for (const located of findings) {
    if (!sieve.keepsKind(located.category, located.failure ?? undefined)) continue;
    file.findings += 1;
    yield lines === 0 ? located : withChanges(located, { startLine: located.startLine + lines, endLine: located.endLine + lines });
  }
}

/** @param bytes Of this file, as long as it does not count as read. */
function tellProgress({ source }: OpenFile, { edge, tally }: Output, bytes: number): void {
  edge.progress(source.file, tally.findings(), tally.bytes() + bytes);
}

/** What is found is not wanted, but a thread that has to wait with it would read nothing else. */
async function drain(passage: Passage): Promise<void> {
  for await (const _ of passage.read());
}
