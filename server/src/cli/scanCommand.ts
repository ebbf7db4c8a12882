/** The command `scan`: its options as one order, its output, and its exit status. */

import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { type ReportFormat, reports } from '../report/index.ts';
import type { ReadOptions } from '../scan/fileScan.ts';
import { boundHeap } from '../scan/heap.ts';
import { type ScanOrder, scan } from '../scan/index.ts';
import { endBySignal, listenForSignals } from '../scan/interruption.ts';
import { startThreads } from '../scan/threads.ts';
import type { Category } from '../values.ts';
import { unknownFailure } from './options.ts';
import { openOutput } from './output.ts';
import { encodingOptions, inputOf, isUnread, tellUnreadable } from './reading.ts';
import { type Outcome, type ReportEdge, writeReport } from './reportWriter.ts';
import { type ColorChoice, hasColor, outputUri, progress, warn } from './terminal.ts';

/** Put in place by the build. */
declare const VERSION: string;
declare const REPOSITORY: string;

export interface ScanOptions {
  readonly format: ReportFormat;
  readonly category?: ReadonlySet<Category>;
  readonly failure?: ReadonlySet<string>;
  readonly since?: number;
  readonly until?: number;
  readonly timeZone?: TimeZone;
  readonly encoding?: string;
  readonly max?: number;
  readonly workers: number;
  readonly include?: readonly string[];
  /** The file that the report is written to. */
  readonly output?: string;
  readonly color: ColorChoice;
  /** The folder with failure documents of the user's own. */
  readonly knowledge?: string;
}

export async function runScan(paths: readonly string[], options: ScanOptions, command: Command, knowledge: KnowledgeBase): Promise<void> {
  refuseUnusable(paths, options, command, knowledge);
  const { format, max, workers, include, output, color } = options;
  const reading = readOptions(options);
  const { interruption, stopListening } = listenForSignals();
  const order: ScanOrder = {
    ...reading,
    interruption,
    ...inputOf(paths),
    ...(include && { include }),
    ...(output !== undefined && { except: resolve(output) }),
  };
  const canUseThreads = workers > 1 && order.paths.some((path) => path !== '-');
  if (workers > 1 && !canUseThreads) warn('--workers is of no use for standard input, which is read in one piece.');
  boundHeap(canUseThreads ? workers : 1);
  const news = scan(order, knowledge, canUseThreads ? () => startThreads(workers, knowledge, reading, options.knowledge) : undefined);
  const report = reports[format]({ version: VERSION, repository: REPOSITORY, hasColor: hasColor(color, output !== undefined), uri: outputUri });
  const target = await openOutput(output);
  const outcome = await writeReport(news, report, knowledge, { ...edge, write: target.write }, max).finally(() => Promise.all([stopListening(), target.close()]));
  process.exitCode = statusOf(outcome);
  progress.clear();
  if (interruption.signal !== undefined) endBySignal(interruption.signal);
}

/** What commander cannot know to be wrong. */
function refuseUnusable(paths: readonly string[], { failure, since, until }: ScanOptions, command: Command, knowledge: KnowledgeBase): void {
  if (paths.length === 0 && process.stdin.isTTY) command.error('name a file or a folder, or give a log on standard input.');
  const unknown = [...(failure ?? [])].find((id) => !knowledge.failure(id));
  if (unknown !== undefined) command.error(unknownFailure(unknown, knowledge));
  if (since !== undefined && until !== undefined && since > until) command.error('--since is later than --until, so nothing can be between them.');
}

function readOptions({ category, failure, since, until, timeZone, encoding }: ScanOptions): ReadOptions {
  return {
    encoding: encodingOptions(encoding),
    ...(timeZone && { timeZone }),
    filter: {
      ...(category && { categories: category }),
      ...(failure && { failures: failure }),
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
    },
  };
}

const edge: Omit<ReportEdge, 'write'> = {
  unreadable: tellUnreadable,
  remark: warn,
  progress: (file, findings, bytes) => progress.show(file, findings, bytes),
};

/** Part of the command's contract. */
function statusOf({ findings, read }: Outcome): 0 | 1 | 2 {
  if (isUnread(read)) return 2;
  return findings > 0 ? 1 : 0;
}
