/** One scan of the command line: files in, findings counted and put out one by one, the exit status back. */

import { findFindings } from './analysis/findings.ts';
import { createPlaceInTime } from './analysis/recordTimes.ts';
import type { TimeZone } from './analysis/timeZone.ts';
import { decode, type EncodingOptions } from './encoding.ts';
import { createSieve, type Filter, type Sieve } from './filter.ts';
import type { KnowledgeBase } from './knowledge/knowledgeBase.ts';
import type { Report } from './report/index.ts';
import { createLocator } from './report/located.ts';
import { createTally, type Tally } from './report/totals.ts';
import { type FoundFile, findFiles, readTextFile, type TextFile } from './textFile.ts';

/** What the user says of the files. */
export interface Reading {
  readonly encoding?: EncodingOptions;
  /** The zone of local times. */
  readonly timeZone?: TimeZone;
}

/** What a scan needs of the process around it. */
export interface ScanEdge {
  readonly standardInput: () => Promise<Uint8Array>;
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
  for await (const { file, isGiven, read } of sources(paths, reading.encoding, edge, unreadable)) {
    edge.progress(file, tally.findings());
    const content = await read().catch((error: unknown) => {
      unreadable(file, error);
      return 'unreadable' as const;
    });
    if (content === 'unreadable') continue;
    if (content) {
      tally.file(content.bytes);
      if (!(await putOut(content.text, file, { knowledge, reading, filter, sieve, report, edge, tally }))) return status();
    } else if (isGiven) unreadable(file, new Error('not a text file'));
  }
  const totals = tally.totals();
  await edge.write(report.end(totals));
  const remark = sieve.remark();
  if (remark !== undefined) edge.remark(remark);
  return totals.files === 0 && unread.length > 0 ? 2 : status();
}

interface Source extends FoundFile {
  readonly read: () => Promise<TextFile | undefined>;
}

async function* sources(paths: readonly string[], encoding: EncodingOptions | undefined, edge: ScanEdge, unreadable: ScanEdge['unreadable']): AsyncGenerator<Source> {
  for (const path of paths) {
    if (path === '-') {
      const read = async (): Promise<TextFile> => {
        const bytes = await edge.standardInput();
        return { text: decode(bytes, encoding), bytes: bytes.length };
      };
      yield { file: path, isGiven: true, read };
    } else for await (const found of findFiles([path], unreadable)) yield { ...found, read: () => readTextFile(found.file, encoding) };
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
async function putOut(text: string, file: string, { knowledge, reading, filter, sieve, report, edge, tally }: Output): Promise<boolean> {
  const locate = createLocator(file, text);
  let shown = 0;
  let pending = '';
  for (const finding of findFindings(text, knowledge, reading.timeZone && createPlaceInTime(reading.timeZone))) {
    if (!sieve.keeps(finding)) continue;
    const located = locate(finding);
    const isShown = shown < (filter.max ?? Number.POSITIVE_INFINITY);
    tally.finding(located, finding.failure, isShown);
    if (!isShown) continue;
    shown += 1;
    pending += report.finding(located, finding.failure);
    if (pending.length < chunkLength) continue;
    if (!(await edge.write(pending))) return false;
    pending = '';
  }
  return edge.write(pending);
}

/** Many findings go out at once, since each writing waits for the reader. */
const chunkLength = 65_536;
