/** Runs the scan that an editor asks for, and tells how far it is in the words of LSP. */

import { resolve as resolvePath, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type CancellationToken, ErrorCodes, ResponseError, type WorkDoneProgressBegin, type WorkDoneProgressEnd, type WorkDoneProgressReport } from 'vscode-languageserver';
import { pathOfAddress } from '../files/address.ts';
import type { OverviewParameters, OverviewPicture } from '../protocol/overview.ts';
import type { GivenText, OnlyFailures, OnlyFailuresParameters, ScannedFile, ScanParameters, ScanSummary } from '../protocol/scan.ts';
import type { ReadingSettings } from './readingSettings.ts';
import type { RecordsWish } from './recordsThread.ts';
import { emptySummary } from './scanListing.ts';
import type { ScanUpdate, ThreadOrder } from './scanThread.ts';

/** Sends what belongs to a token that the client chose. */
export type SendProgress = (token: string | number, value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd | readonly ScannedFile[]) => void;

/**
 * Scans files and folders in a thread of their own.
 * @param settings What the user has said of the logs.
 * @returns What was read. After a cancellation it comes at once, with what was counted so far.
 * @throws ResponseError where a URI is not that of a file on this machine, or where the thread broke down.
 */
export async function scanForEditor(parameters: ScanParameters, settings: ReadingSettings, send: SendProgress, cancellation: CancellationToken): Promise<ScanSummary> {
  const { summary } = await readFiles(parameters, settings, 'list', send, cancellation);
  return summary;
}

/**
 * Reads the same files for a report.
 * @returns The report as Markdown; null after a cancellation.
 */
export async function reportForEditor(parameters: ScanParameters, settings: ReadingSettings, send: SendProgress, cancellation: CancellationToken): Promise<string | null> {
  return (await readFiles(parameters, settings, 'report', send, cancellation)).report ?? null;
}

/**
 * Reads files and folders, or the text of a document, for an overview.
 * @returns What a page draws of it; null after a cancellation.
 */
export async function overviewForEditor(
  { text, document, ...parameters }: OverviewParameters,
  settings: ReadingSettings,
  send: SendProgress,
  cancellation: CancellationToken,
): Promise<OverviewPicture | null> {
  const given = text === undefined ? {} : { text: String(text), ...(document && { document }) };
  return (await readFiles(parameters, settings, 'overview', send, cancellation, given)).overview ?? null;
}

/**
 * Reads files and folders, or the text of a document, for their failures alone.
 * @returns The records as a text; null after a cancellation.
 */
export async function onlyFailuresForEditor(
  { uris, ...wish }: OnlyFailuresParameters,
  settings: ReadingSettings,
  send: SendProgress,
  cancellation: CancellationToken,
): Promise<OnlyFailures | null> {
  const { workDoneToken, text, since, until, order, ...others } = wish;
  for (const time of [since, until]) readTime(time);
  const records = {
    ...others,
    ...(text !== undefined && { text: String(text) }),
    ...(since && { since }),
    ...(until && { until }),
    order: order === 'time' ? order : ('failure' as const),
  };
  const parameters = { uris, ...(workDoneToken !== undefined && { workDoneToken }) };
  return (await readFiles(parameters, settings, 'records', send, cancellation, records, records)).records ?? null;
}

/** What comes of a thread. */
type ThreadResult = Pick<ScanUpdate, 'summary' | 'report' | 'overview' | 'records'>;

async function readFiles(
  parameters: ScanParameters,
  settings: ReadingSettings,
  wanted: ThreadOrder['wanted'],
  send: SendProgress,
  cancellation: CancellationToken,
  given: GivenText = {},
  records?: RecordsWish,
): Promise<ThreadResult> {
  const paths = given.text === undefined ? readPaths(parameters.uris) : [];
  const since = readTime(parameters.since);
  const { workDoneToken, partialResultToken } = parameters;
  const tell = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void => {
    if (workDoneToken !== undefined) send(workDoneToken, value);
  };
  tell({ kind: 'begin', title: 'Scanning logs', cancellable: true, percentage: 0, message: 'looking for files' });
  try {
    return await runThread({ paths, given, settings, since, wanted, ...(records && { records }) }, cancellation, (update) => {
      if (partialResultToken !== undefined && update.found.length > 0) send(partialResultToken, update.found);
      tell({ kind: 'report', message: progressText(update), percentage: percentage(update) });
    });
  } finally {
    tell({ kind: 'end' });
  }
}

/**
 * Ends the thread where it stands when the request is cancelled, so no file is too large to be stopped in. The answer does not
 * wait for that end, since a thread that waits for a disk or a network ends only when these answer.
 */
function runThread(order: ThreadOrder, cancellation: CancellationToken, take: (update: ScanUpdate) => void): Promise<ThreadResult> {
  return new Promise((resolve, reject) => {
    const updates = collectUpdates(take);
    // Standard output belongs to the protocol.
    const thread = new Worker(__filename, { workerData: order, stdout: true });
    const stop = (): void => {
      void thread.terminate();
      resolve(updates.end());
    };
    const listener = cancellation.onCancellationRequested(stop);
    if (cancellation.isCancellationRequested) stop();
    thread.on('message', updates.add);
    thread.once('error', (error) => {
      updates.end();
      reject(new ResponseError(ErrorCodes.InternalError, `The scan broke off: ${error.message}`));
    });
    thread.once('exit', () => {
      listener.dispose();
      resolve(updates.end());
    });
  });
}

/** So long, in milliseconds, updates are collected: a folder of many small files has more of them than an editor can show. */
const pause = 100;

/** Passes on the first update at once and those that follow it closely together, until it is ended. */
function collectUpdates(take: (update: ScanUpdate) => void): { readonly add: (update: ScanUpdate) => void; readonly end: () => ThreadResult } {
  let waiting: ScanUpdate | undefined;
  let found: ScannedFile[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isEnded = false;
  let result: ThreadResult = { summary: emptySummary };
  const pass = (): void => {
    timer = undefined;
    if (!waiting) return;
    take({ ...waiting, found });
    waiting = undefined;
    found = [];
    timer = setTimeout(pass, pause);
  };
  return {
    add: (update) => {
      if (isEnded) return;
      result = update;
      waiting = update;
      found.push(...update.found);
      if (!timer) pass();
    },
    end: () => {
      clearTimeout(timer);
      pass();
      clearTimeout(timer);
      isEnded = true;
      return result;
    },
  };
}

/** @throws ResponseError with a sentence for the user. */
function readTime(since: unknown): number | undefined {
  if (since === undefined || since === null) return undefined;
  const time = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(time)) throw new ResponseError(ErrorCodes.InvalidParams, 'The time that the scan begins with is none.');
  return time;
}

/** @throws ResponseError with a sentence for the user. */
function readPaths(uris: unknown): string[] {
  const list = Array.isArray(uris) ? uris : [];
  if (list.length === 0) throw new ResponseError(ErrorCodes.InvalidParams, 'Name a file or a folder to scan.');
  const paths = list.map((uri: unknown) => {
    const path = pathOfAddress(String(uri));
    if (path === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'Only files and folders of the machine that Mailflow Lens runs on can be scanned.');
    return resolvePath(path);
  });
  // In an explorer a folder is easily selected together with what is in it: that is read once.
  return [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && path.startsWith(other.endsWith(sep) ? other : other + sep)));
}

/** "File 12 of 120, 34 of 410 MB, 1,234 findings: SEND2026011508-1.LOG" */
function progressText({ summary, file, fileNumber, allFiles, allBytes }: ScanUpdate): string {
  const number = (value: number): string => Math.round(value).toLocaleString('en-US');
  const found = summary.findings > 0 ? `, ${number(summary.findings)} finding${summary.findings === 1 ? '' : 's'}` : '';
  const read = `File ${number(fileNumber)} of ${number(Math.max(fileNumber, allFiles))}, ${number(summary.bytes / 1_000_000)} of ${number(allBytes / 1_000_000)} MB`;
  return `${read}${found}${file && `: ${file}`}`;
}

/** By size, since files differ. A log can have grown since it was measured. */
function percentage({ summary, allBytes }: ScanUpdate): number {
  return allBytes === 0 ? 0 : Math.min(100, Math.floor((100 * summary.bytes) / allBytes));
}
