/** One scan of the command line: files in, findings counted and put out one by one, the exit status back. */

import { findFindings } from './analysis/findings.ts';
import { decode, type EncodingOptions } from './encoding.ts';
import type { KnowledgeBase } from './knowledge/knowledgeBase.ts';
import type { Report } from './report/index.ts';
import { createLocator } from './report/located.ts';
import { createTally, type Tally } from './report/totals.ts';
import { type FoundFile, findFiles, readTextFile, type TextFile } from './textFile.ts';
import type { Category, Finding } from './values.ts';

/** What to keep; all that is given must hold. */
export interface Filter {
  readonly categories?: ReadonlySet<Category>;
  readonly failures?: ReadonlySet<string>;
  /** Milliseconds since 1970 in UTC, both inclusive. A finding whose time or zone the log does not state is kept. */
  readonly since?: number;
  readonly until?: number;
  /** At most so many findings of a file are put out. All are counted. */
  readonly max?: number;
}

/** What the user says of the files. */
export interface Reading {
  readonly encoding?: EncodingOptions;
}

/** What a scan needs of the process around it. */
export interface ScanEdge {
  readonly standardInput: () => Promise<Uint8Array>;
  /** False where nobody reads on: the scan ends. */
  readonly write: (text: string) => Promise<boolean>;
  /** Takes what the file system says of a file that could not be read. */
  readonly unreadable: (file: string, error: unknown) => void;
  readonly progress: (file: string, findings: number) => void;
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
      if (!(await putOut(content.text, file, { knowledge, filter, report, edge, tally }))) return status();
    } else if (isGiven) unreadable(file, new Error('not a text file'));
  }
  const totals = tally.totals();
  await edge.write(report.end(totals));
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
  readonly filter: Filter;
  readonly report: Report;
  readonly edge: ScanEdge;
  readonly tally: Tally;
}

/** False where nobody reads on. */
async function putOut(text: string, file: string, { knowledge, filter, report, edge, tally }: Output): Promise<boolean> {
  const locate = createLocator(file, text);
  let shown = 0;
  let pending = '';
  for (const finding of findFindings(text, knowledge)) {
    if (!isKept(finding, filter)) continue;
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

function isKept({ record, category, failure }: Finding, filter: Filter): boolean {
  if (filter.categories && !filter.categories.has(category)) return false;
  if (filter.failures && !(failure && filter.failures.has(failure.id))) return false;
  if (record.time === undefined) return true;
  const time = Date.parse(record.time);
  return !(time < (filter.since ?? Number.NEGATIVE_INFINITY) || time > (filter.until ?? Number.POSITIVE_INFINITY));
}
