/** Scans files with several threads: they read ahead, and what they find goes out in the order of the files. */

import { createPutter, type Output, type Putter, type Source, scanFile } from './fileScan.ts';
import { planSegments } from './segments.ts';
import type { SegmentResult, Threads } from './threads.ts';
import { withChanges } from './values.ts';

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
  readonly result?: Promise<SegmentResult>;
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
      if (!file.isDone) yield { file, isLast: index === segments.length - 1, result: threads.read(segment) };
    }
  }
}

async function finish({ file, isLast, result }: Job, output: Output): Promise<boolean> {
  const { source } = file;
  const found = file.isDone ? undefined : await result;
  if (file.isDone) return true;
  if (!found) return scanFile(source, output, 0);
  if ('error' in found) {
    file.isDone = true;
    output.unreadable(source.file, found.error);
    return true;
  }
  if (!found.isText) {
    if (source.isGiven) output.unreadable(source.file, new Error('not a text file'));
    return true;
  }
  if (!found.isSound) {
    // The file is not what its beginning promised, so it is read once more from there, without what has been put out already.
    file.isDone = true;
    return scanFile(source, output, file.findings);
  }
  const kept = found.findings.filter(({ category, failure }) => output.sieve.keepsKind(category, failure ?? undefined));
  const lines = file.lines;
  const isRead = await file.put(lines === 0 ? kept : kept.map((located) => withChanges(located, { startLine: located.startLine + lines, endLine: located.endLine + lines })));
  file.lines += found.lines;
  file.findings += kept.length;
  file.bytes += found.bytes;
  if (isLast) output.tally.file(file.bytes);
  output.edge.progress(source.file, output.tally.findings(), output.tally.bytes() + (isLast ? 0 : file.bytes));
  return isRead;
}
