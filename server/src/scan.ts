/** One scan of the command line: files in, findings counted and put out one by one, the exit status back. */

import { createPlaceInTime } from './analysis/recordTimes.ts';
import { createTextReader, type Part } from './analysis/textReader.ts';
import type { TimeZone } from './analysis/timeZone.ts';
import type { EncodingOptions } from './encoding.ts';
import { createSieve, type Filter, type Sieve } from './filter.ts';
import type { KnowledgeBase } from './knowledge/knowledgeBase.ts';
import type { Report } from './report/index.ts';
import { createLocator } from './report/located.ts';
import { createTally, type Tally } from './report/totals.ts';
import { type FoundFile, findFiles, openText, type Piece, textOf } from './textFile.ts';

/** What the user says of the files. */
export interface Reading {
  readonly encoding?: EncodingOptions;
  /** The zone of local times. */
  readonly timeZone?: TimeZone;
}

/** What a scan needs of the process around it. */
export interface ScanEdge {
  readonly standardInput: () => AsyncIterable<Uint8Array>;
  /** False where nobody reads on: the scan ends. */
  readonly write: (text: string) => Promise<boolean>;
  /** Takes what the file system says of a file that could not be read. */
  readonly unreadable: (file: string, error: unknown) => void;
  readonly progress: (file: string, findings: number) => void;
  /** Takes what the user must know beside the findings. */
  readonly remark: (message: string) => void;
}

/** The exit status of the command: part of its contract. */
export type ScanStatus = 0 | 1 | 2;

/**
 * Scans one file after the other, so that the memory does not depend on their number.
 * @param paths Files and folders; "-" is standard input.
 * @returns 0 nothing found, 1 something found, 2 nothing could be read. A folder without files counts as read.
 */
export async function scan(paths: readonly string[], knowledge: KnowledgeBase, reading: Reading, filter: Filter, report: Report, edge: ScanEdge): Promise<ScanStatus> {
  const tally = createTally();
  const sieve = createSieve(filter);
  const unread: string[] = [];
  const unreadable = (file: string, error: unknown): void => {
    unread.push(file);
    edge.unreadable(file, error);
  };
  const status = (): ScanStatus => (tally.findings() > 0 ? 1 : 0);
  if (!(await edge.write(report.begin?.() ?? ''))) return status();
  for await (const { file, isGiven, open } of sources(paths, reading.encoding, edge, unreadable)) {
    edge.progress(file, tally.findings());
    try {
      const pieces = await open();
      if (pieces) {
        if (!(await scanText(pieces, file, { knowledge, reading, filter, sieve, report, edge, tally }))) return status();
      } else if (isGiven) unreadable(file, new Error('not a text file'));
    } catch (error) {
      unreadable(file, error);
    }
  }
  const totals = tally.totals();
  await edge.write(report.end(totals));
  const remark = sieve.remark();
  if (remark !== undefined) edge.remark(remark);
  return totals.files === 0 && unread.length > 0 ? 2 : status();
}

interface Source extends FoundFile {
  readonly open: () => Promise<AsyncIterable<Piece> | undefined>;
}

async function* sources(paths: readonly string[], encoding: EncodingOptions | undefined, edge: ScanEdge, unreadable: ScanEdge['unreadable']): AsyncGenerator<Source> {
  for (const path of paths) {
    if (path === '-') yield { file: path, isGiven: true, open: () => textOf(edge.standardInput(), path, encoding) };
    else for await (const found of findFiles([path], unreadable)) yield { ...found, open: () => openText(found.file, encoding) };
  }
}

interface Output {
  readonly knowledge: KnowledgeBase;
  readonly reading: Reading;
  readonly filter: Filter;
  readonly sieve: Sieve;
  readonly report: Report;
  readonly edge: ScanEdge;
  readonly tally: Tally;
}

/** False where nobody reads on. */
async function scanText(pieces: AsyncIterable<Piece>, file: string, output: Output): Promise<boolean> {
  const { knowledge, reading, tally } = output;
  const reader = createTextReader(knowledge, reading.timeZone && createPlaceInTime(reading.timeZone));
  const put = createPutter(file, output);
  let size = 0;
  for await (const { text, bytes } of pieces) {
    size += bytes;
    const part = reader.add(text);
    if (part && !(await put(part))) return false;
  }
  const isRead = await put(reader.end());
  tally.file(size);
  return isRead;
}

/** Puts out the findings of one file's parts. */
function createPutter(file: string, { filter, sieve, report, edge, tally }: Output): (part: Part) => Promise<boolean> {
  const locator = createLocator(file);
  let shown = 0;
  return async ({ text, from, end, findings }) => {
    let pending = '';
    locator.begin(text, from);
    for (const finding of findings) {
      if (!sieve.keeps(finding)) continue;
      const located = locator.locate(finding);
      const isShown = shown < (filter.max ?? Number.POSITIVE_INFINITY);
      tally.finding(located, finding.failure, isShown);
      if (!isShown) continue;
      shown += 1;
      pending += report.finding(located, finding.failure);
      if (pending.length < chunkLength) continue;
      if (!(await edge.write(pending))) return false;
      pending = '';
    }
    locator.end(end);
    return edge.write(pending);
  };
}

/** Many findings go out at once, since each writing waits for the reader. */
const chunkLength = 65_536;
