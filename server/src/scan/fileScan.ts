/** Scans one file: its text in pieces, its findings put out as they are found. */

import { type Located, Locator } from '../analysis/located.ts';
import { createPlaceInTime } from '../analysis/recordTimes.ts';
import type { Tally } from '../analysis/tally.ts';
import { createTextReader, type Part } from '../analysis/textReader.ts';
import type { TimeZone } from '../analysis/timeZone.ts';
import type { EncodingOptions } from '../files/encoding.ts';
import type { FoundFile, Piece } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Report } from '../report/index.ts';
import type { Finding } from '../values.ts';
import type { Filter, Sieve } from './filter.ts';

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
  /** Told when a file is begun and while it is read. The bytes are those of all files so far. */
  readonly progress: (file: string, findings: number, bytes: number) => void;
  /** Takes what the user must know beside the findings. */
  readonly remark: (message: string) => void;
}

/** A file that can be read. */
export interface Source extends FoundFile {
  readonly open: () => Promise<AsyncIterable<Piece> | undefined>;
}

export interface Output {
  readonly knowledge: KnowledgeBase;
  readonly reading: Reading;
  readonly filter: Filter;
  readonly sieve: Sieve;
  readonly report: Report;
  readonly edge: ScanEdge;
  readonly tally: Tally;
  readonly unreadable: ScanEdge['unreadable'];
}

/**
 * False where nobody reads on.
 * @param skipped So many findings at the beginning of the file have been put out already.
 */
export async function scanFile({ file, isGiven, open }: Source, output: Output, skipped: number): Promise<boolean> {
  const { tally, edge, unreadable } = output;
  edge.progress(file, tally.findings(), tally.bytes());
  try {
    const pieces = await open();
    if (pieces) return await scanText(pieces, file, output, skipped);
    if (isGiven) unreadable(file, new Error('not a text file'));
  } catch (error) {
    unreadable(file, error);
  }
  return true;
}

/** False where nobody reads on. */
async function scanText(pieces: AsyncIterable<Piece>, file: string, output: Output, skipped: number): Promise<boolean> {
  const { knowledge, reading, tally, edge, sieve } = output;
  const reader = createTextReader(knowledge, { placeInTime: reading.timeZone && createPlaceInTime(reading.timeZone) });
  const locator = new Locator(file);
  const put = createPutter(output, skipped);
  let size = 0;
  const putPart = async (part: Part): Promise<boolean> => {
    locator.begin(part);
    const isRead = await put(locateKept(part.findings, sieve, locator));
    locator.end(part.end);
    return isRead;
  };
  for await (const { text, bytes } of pieces) {
    size += bytes;
    const part = reader.add(text);
    if (!part) continue;
    if (!(await putPart(part))) return false;
    edge.progress(file, tally.findings(), tally.bytes() + size);
  }
  const isRead = await putPart(reader.end());
  tally.file(size);
  return isRead;
}

function* locateKept(findings: Iterable<Finding>, sieve: Sieve, locator: Locator): Generator<Located> {
  for (const finding of findings) if (sieve.keeps(finding)) yield locator.locate(finding);
}

/** Puts out the findings of one file, some at a time. False where nobody reads on. */
export type Putter = (findings: Iterable<Located>) => Promise<boolean>;

/** @param skipped So many of the first findings have been put out already. */
export function createPutter({ knowledge, filter, report, edge, tally }: Output, skipped: number): Putter {
  let shown = 0;
  let left = skipped;
  return async (findings) => {
    let pending = '';
    for (const located of findings) {
      const isShown = shown < (filter.max ?? Number.POSITIVE_INFINITY);
      if (isShown) shown += 1;
      if (left > 0) {
        left -= 1;
        continue;
      }
      const failure = located.failure === null ? undefined : knowledge.failure(located.failure);
      tally.finding(located, failure, isShown);
      if (!isShown) continue;
      pending += report.finding(located, failure);
      if (pending.length < chunkLength) continue;
      if (!(await edge.write(pending))) return false;
      pending = '';
    }
    return edge.write(pending);
  };
}

/** Many findings go out at once, since each writing waits for the reader. */
const chunkLength = 65_536;
