/** One scan: files in, findings counted and put out one by one, the exit status back. */

import { createTally } from '../analysis/tally.ts';
import type { EncodingOptions } from '../files/encoding.ts';
import { findFiles, openText, textOf } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Report } from '../report/index.ts';
import { type Output, type Reading, type ScanEdge, type Source, scanFile } from './fileScan.ts';
import { createSieve, type Filter } from './filter.ts';
import { scanInThreads } from './threadedScan.ts';
import type { Threads } from './threads.ts';

/** The exit status of the command: part of its contract. */
export type ScanStatus = 0 | 1 | 2;

/**
 * Scans the files in their order, so that the memory does not depend on their number or size.
 * @param paths Files and folders; "-" is standard input.
 * @param threads Where there are any, several files, or segments of large ones, are read at the same time; the output is the same.
 * @returns 0 nothing found, 1 something found, 2 nothing could be read. A folder without files counts as read.
 */
export async function scan(
  paths: readonly string[],
  knowledge: KnowledgeBase,
  reading: Reading,
  filter: Filter,
  report: Report,
  edge: ScanEdge,
  threads?: Threads,
): Promise<ScanStatus> {
  const tally = createTally();
  const sieve = createSieve(filter);
  const unread: string[] = [];
  const unreadable = (file: string, error: unknown): void => {
    unread.push(file);
    edge.unreadable(file, error);
  };
  const output: Output = { knowledge, reading, filter, sieve, report, edge, tally, unreadable };
  const status = (): ScanStatus => (tally.findings() > 0 ? 1 : 0);
  if (!(await edge.write(report.begin?.() ?? ''))) return status();
  const files = sources(paths, reading.encoding, edge, unreadable);
  // What depends on times is decided with all of a file's times at hand.
  const isTimed = reading.timeZone !== undefined || filter.since !== undefined || filter.until !== undefined;
  const isRead = threads && !isTimed ? await scanInThreads(files, threads, output) : await scanInOrder(files, output);
  if (!isRead) return status();
  const totals = tally.totals();
  await edge.write(report.end(totals));
  const remark = sieve.remark();
  if (remark !== undefined) edge.remark(remark);
  return totals.files === 0 && unread.length > 0 ? 2 : status();
}

/** False where nobody reads on. */
async function scanInOrder(files: AsyncIterable<Source>, output: Output): Promise<boolean> {
  for await (const source of files) if (!(await scanFile(source, output, 0))) return false;
  return true;
}

async function* sources(paths: readonly string[], encoding: EncodingOptions | undefined, edge: ScanEdge, unreadable: ScanEdge['unreadable']): AsyncGenerator<Source> {
  for (const path of paths) {
    if (path === '-') yield { file: path, isGiven: true, open: () => textOf(edge.standardInput(), path, encoding) };
    else for await (const found of findFiles([path], unreadable)) yield { ...found, open: () => openText(found.file, encoding) };
  }
}
