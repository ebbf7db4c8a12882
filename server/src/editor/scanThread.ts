/** The thread that scans files for an editor: the server goes on answering meanwhile, and whoever cancels ends the thread. */

import { statSync } from 'node:fs';
import { basename, dirname, relative, sep } from 'node:path';

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Located } from '../analysis/located.ts';
import { createTally } from '../analysis/tally.ts';
import { addressOfPath } from '../files/address.ts';
import { findFiles } from '../files/findFiles.ts';

import { type FilePath, openable } from '../files/path.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { OverviewPicture } from '../protocol/overview.ts';
import type { GivenText, OnlyFailures, ScannedFile, ScanSummary, UnreadableFile } from '../protocol/scan.ts';
import { createMarkdownReport } from '../report/markdown.ts';
import { scan } from '../scan/index.ts';
import { ReadCount } from '../scan/news.ts';
import { visible } from '../text/visible.ts';
import { readPicture } from './overviewThread.ts';
import { type ReadingSettings, readingOf } from './readingSettings.ts';
import { type RecordsWish, readOnlyFailures } from './recordsThread.ts';
import { createListing, type ListedPlace } from './scanListing.ts';
import { ThreadKnowledge } from './threadKnowledge.ts';

/** What the thread is started with. */
export interface ThreadOrder {
  readonly paths: readonly string[];
  /** What is read instead of files, where a document is. */
  readonly given: GivenText;
  readonly settings: ReadingSettings;
  /** Milliseconds since 1970: what is earlier is left out. */
  readonly since: number | undefined;
  /** Whether what is found is listed, written as a report, told as an overview, or shown with its records. */
  readonly wanted: 'list' | 'report' | 'overview' | 'records';
  /** Which records are wanted, where they are. */
  readonly records?: RecordsWish;
}

/** Put in place by the build. */
declare const VERSION: string;

/** What the thread says while it reads, and once more at the end: then the summary is complete. */
export interface ScanUpdate {
  readonly found: readonly ScannedFile[];
  readonly summary: ScanSummary;
  /** The name of the file that is read now, and its number. */
  readonly file: string;
  readonly fileNumber: number;
  /** How much there is to read, as far as the file system could say. */
  readonly allFiles: number;
  readonly allBytes: number;
  /** The report, at the end, where one is written. */
  readonly report?: string;
  /** The overview, at the end, where one is wanted. */
  readonly overview?: OverviewPicture;
  /** The records, at the end, where they are wanted. */
  readonly records?: OnlyFailures;
}

const mostUnreadable = 100;
/** So many findings wait for others at most, and so long, in milliseconds. */
const batchSize = 500;
const pause = 100;

if (parentPort) void run(workerData as ThreadOrder, parentPort);

async function run({ paths, given, settings, since, wanted, records }: ThreadOrder, port: MessagePort): Promise<void> {
  const size = await measure(paths);
  const knowledge = await new ThreadKnowledge().of(settings.failures);
  const reading = readingOf(settings);
  const name = (file: string): string => pathBelow(file, paths);
  const tell = (update: Omit<ScanUpdate, 'allFiles' | 'allBytes'>): void => port.postMessage({ ...update, ...size } satisfies ScanUpdate);
  if (wanted === 'overview') return readPicture({ paths, given, reading, knowledge, name, tell });
  if (records) return readOnlyFailures({ paths, reading, wish: records, knowledge, name, tell });
  const listing = createListing(
    (file) => ({ uri: addressOfPath(file), ...placeOf(file, paths) }),
    (id) => knowledge.failure(id)?.short,
  );
  const report = wanted === 'report' ? createReport(knowledge, paths) : undefined;
  const read = new ReadCount();
  let [begun, sent] = [0, 0];
  let current = '';

  const send = (isComplete: boolean): void => {
    sent = Date.now();
    const summary = { isComplete, ...listing.totals(), ...readSummary(read, paths), hasIgnored: reading.hasIgnored() };
    port.postMessage({
      found: listing.take(),
      summary,
      file: current && placeOf(current, paths).name,
      fileNumber: begun,
      ...size,
      ...(isComplete && report && { report: report.end(read, reading.hasIgnored()) }),
    } satisfies ScanUpdate);
  };
  for await (const news of scan({ paths, ...reading.options, ...(since !== undefined && { filter: { since } }) }, knowledge)) {
    read.take(news);
    if (news.kind === 'begun') {
      begun += 1;
      current = news.file;
      // Said before the file is read, since that can take long.
      send(false);
    }
    if (news.kind === 'ended') send(true);
    if (news.kind !== 'found') continue;
    for (const located of news.findings) {
      if (report) report.add(located);
      listing.add(located);
      if (listing.waiting() >= batchSize) send(false);
    }
    if (Date.now() - sent >= pause) send(false);
  }
}

/** The report of the command line; its files are named as in the list. */
function createReport(
  knowledge: KnowledgeBase,
  paths: readonly string[],
): { readonly add: (located: Located) => void; readonly end: (read: ReadCount, hasIgnored: boolean) => string } {
  const tally = createTally();
  const markdown = createMarkdownReport({ version: VERSION });
  return {
    add: (located) => {
      const failure = located.failure === null ? undefined : knowledge.failure(located.failure);
      tally.finding(located, failure, true);
      markdown.finding({ ...located, file: pathBelow(located.file, paths) }, failure);
    },
    end: ({ files, bytes, leftOut, unreadable }, hasIgnored) => markdown.end({ ...tally.totals(), files, bytes, leftOut, unreadable, ...(hasIgnored && { hasIgnored }) }),
  };
}

function pathBelow(file: string, paths: readonly string[]): string {
  const { name, folder } = placeOf(file, paths);
  return folder === '' ? name : `${folder}/${name}`;
}

function readSummary(
  { files, bytes, leftOut, unreadable }: ReadCount,
  paths: readonly string[],
): Pick<ScanSummary, 'files' | 'bytes' | 'leftOut' | 'unreadable' | 'partlyRead' | 'unreadableFiles'> {
  const partlyRead = unreadable.filter(({ isPartial }) => isPartial).length;
  const named = unreadable
    .slice(0, mostUnreadable)
    .map(({ file, reason, isPartial }): UnreadableFile => ({ ...placeOf(file, paths), reason: visible(reason), ...(isPartial && { isPartial }) }));
  return { files, bytes, leftOut, unreadable: unreadable.length - partlyRead, partlyRead, unreadableFiles: named };
}

/** How much there is to read. What cannot be read, the scan will say. */
async function measure(paths: readonly string[]): Promise<{ allFiles: number; allBytes: number }> {
  let [allFiles, allBytes] = [0, 0];
  for await (const { path } of findFiles(paths, () => undefined)) {
    allFiles += 1;
    allBytes += sizeOf(path);
  }
  return { allFiles, allBytes };
}

/** Zero where the file system does not say it: reading the file will tell why. */
function sizeOf(path: FilePath): number {
  try {
    return statSync(openable(path)).size;
  } catch {
    return 0;
  }
}

/** A file's name, and its folder below the one that was asked for; where several were, its name stands before. */
function placeOf(file: string, paths: readonly string[]): Omit<ListedPlace, 'uri'> {
  const root = paths.find((path) => file !== path && file.startsWith(path.endsWith(sep) ? path : path + sep));
  const folder = root === undefined ? '' : relative(paths.length > 1 ? dirname(root) : root, dirname(file));
  return { name: visible(basename(file)), folder: visible(folder.split(sep).join('/')) };
}
