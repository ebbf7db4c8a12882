/** The command `report`: the overview of all that was read, as one document. */

import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ToldReport } from '../analysis/overview/toldReport.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { type OverviewFormat, overviewReports } from '../report/overview.ts';
import { boundKeptHeap } from '../scan/heap.ts';
import { endBySignal, listenForSignals } from '../scan/interruption.ts';
import { ReadCount } from '../scan/news.ts';
import { readOverviewStream } from '../scan/overviewStream.ts';
import type { SourceOrder } from '../scan/sources.ts';
import { reportHelp } from './help.ts';
import { readEncoding } from './options.ts';
import { openOutput } from './output.ts';
import { encodingOptions, inputOf, isUnread, tellUnreadable } from './reading.ts';
import { hasColor, progress } from './terminal.ts';

/** Put in place by the build. */
declare const VERSION: string;

interface ReportCommandOptions {
  readonly format?: OverviewFormat;
  readonly output?: string;
  readonly encoding?: string;
}

/** @param knowledge Known once a command runs. */
export function addReport(program: Command, knowledge: () => KnowledgeBase): void {
  program
    .command('report')
    .description('write the overview: since when, how often, whom, and what changed before')
    .argument('[path...]', 'files and folders; "-" is standard input')
    .addOption(new Option('--format <name>', 'form of the output: text on a terminal, else html').choices(Object.keys(overviewReports)))
    .option('--output <file>', 'write the report to this file, in UTF-8')
    .option('--encoding <name>', 'what files are read as that are neither UTF-8 nor UTF-16, such as windows-1251 or shift_jis', readEncoding)
    .addHelpText('after', reportHelp)
    .action((paths: readonly string[], _options: unknown, command: Command) => runReport(paths, command.optsWithGlobals<ReportCommandOptions>(), command, knowledge()));
}

async function runReport(paths: readonly string[], { format, output, encoding }: ReportCommandOptions, command: Command, knowledge: KnowledgeBase): Promise<void> {
  if (paths.length === 0 && process.stdin.isTTY) command.error('name a file or a folder, or give a log on standard input.');
  const { interruption, stopListening } = listenForSignals();
  boundKeptHeap();
  const order: SourceOrder = { ...inputOf(paths), encoding: encodingOptions(encoding), interruption, ...(output !== undefined && { except: resolve(output) }) };
  // A document that nobody sees at once is one to be opened.
  const form = format ?? (output === undefined && process.stdout.isTTY ? 'text' : 'html');
  const target = await openOutput(output);
  const read = new ReadCount();
  let report: ToldReport | undefined;
  try {
    for await (const news of readOverviewStream(order, knowledge)) {
      if (news.kind === 'overview') {
        report = news.report;
        continue;
      }
      read.take(news);
      if (news.kind === 'unreadable') tellUnreadable(news);
      if (news.kind === 'ended') {
        const { files, bytes, leftOut, unreadable } = read;
        const totals = { files, bytes, leftOut, unreadable, ...(news.interruption && { interruption: news.interruption }) };
        if (report) await target.write(overviewReports[form](report, totals, { version: VERSION, hasColor: hasColor('auto', output !== undefined) }));
        break;
      }
      if (news.kind === 'begun') progress.show(news.file, 0, read.bytes);
    }
  } finally {
    await Promise.all([stopListening(), target.close()]);
  }
  process.exitCode = isUnread(read) ? 2 : report && report.onsets.length > 0 ? 1 : 0;
  progress.clear();
  if (interruption.signal !== undefined) endBySignal(interruption.signal);
}
