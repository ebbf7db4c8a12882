/** The command line: reads the arguments, runs one command, and sets the exit status. */

import { join, resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import type { TimeZone } from './analysis/timeZone.ts';
import { type Assignments, readAssignment, readCategories, readEncoding, readMaximum, readNames, readTime, readTimeZone, readWorkers, unknownFailure } from './cliOptions.ts';
import { ownCodePage } from './codePage.ts';
import type { Reading } from './fileScan.ts';
import type { Filter } from './filter.ts';
import { boundHeap } from './garbage.ts';
import { bundledKnowledge } from './knowledge/bundled.ts';
import type { KnowledgeBase } from './knowledge/knowledgeBase.ts';
import { type ReportFormat, reports } from './report/index.ts';
import { scan } from './scan.ts';
import { getPage } from './service/page.ts';
import { fits, runbookScript, variableName } from './service/powershell.ts';
import { clearProgress, createEdge, hasColor, reasonOf, tolerateClosedPipes, uriOf, warn, write } from './terminal.ts';
import { answerInThread, startThreads } from './threads.ts';
import { readUserKnowledge } from './userKnowledge.ts';
import { type CaptureName, type Category, captureNames, categories, type Failure } from './values.ts';

/** Put in place by the build. */
declare const VERSION: string;
declare const REPOSITORY: string;

/** Wrong use, or nothing could be read; commander's own errors too. */
const wrongUse = 2;

if (!answerInThread()) void main(process.argv);

async function main(words: readonly string[]): Promise<void> {
  tolerateClosedPipes();
  try {
    await createProgram().parseAsync(words);
    clearProgress();
  } catch (error) {
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : wrongUse;
    // Commander has said what was wrong.
    if (!(error instanceof CommanderError)) warn(reasonOf(error));
  }
}

function createProgram(): Command {
  const program = new Command('mailflow-lens')
    .description('Reads mail flow logs of Exchange and other mail servers, says what failed and why, and writes PowerShell runbooks.')
    .version(VERSION)
    .option('--knowledge <folder>', 'add the failure documents of your own in this folder')
    .hook('preAction', addKnowledge)
    .exitOverride()
    .showHelpAfterError('Add --help to see how it is used.');
  program
    .command('scan')
    .description('list the findings in files, folders (recursively) or standard input')
    .argument('[path...]', 'files and folders; "-" is standard input')
    .addOption(new Option('--format <name>', 'form of the output').choices(Object.keys(reports)).default('text'))
    .option('--category <name>', `keep only this category, or several joined by commas: ${categories.join(', ')}`, readCategories)
    .option('--failure <id>', 'keep only this failure, or several joined by commas', readNames)
    .option('--since <time>', 'keep only what happened at this time or later: ISO 8601, UTC unless it says otherwise', (text) => readTime(text, false))
    .option('--until <time>', 'keep only what happened at this time or earlier; a date alone means its whole day', (text) => readTime(text, true))
    .option('--time-zone <zone>', 'the zone of times that logs write without theirs: Europe/Berlin, UTC or +02:00', readTimeZone)
    .option('--encoding <name>', 'what files are read as that are neither UTF-8 nor UTF-16, such as windows-1251 or shift_jis', readEncoding)
    .option('--max <number>', 'put out at most so many findings of each file; the counts stay whole', readMaximum)
    .option('--workers <number>', 'read with so many threads at the same time: faster, with more memory', readWorkers, 1)
    .addHelpText('after', scanHelp)
    .action(scanCommand);
  program
    .command('explain')
    .description('say what a code ("5.7.1", "454 4.7.0"), an event ("event 2004"), a failure or a whole response means')
    .argument('<text...>', 'a code, an event, the id or the title of a failure, or what a server or a log says')
    .addHelpText('after', '\nWhat no document explains gets a list of the nearest ones.\nExit status: 0 where something was explained or listed, 2 where nothing is known.')
    .action(explainCommand);
  program
    .command('runbook')
    .description('write the PowerShell runbook of a failure to standard output')
    .argument('<id>', 'the id of a failure')
    .option('--set <name=value>', `set a variable of the runbook; may be repeated: ${captureNames.join(', ')}`, readAssignment, {})
    .action(runbookCommand);
  program
    .command('failures')
    .description('list the failures that the knowledge base holds')
    .addOption(new Option('--format <name>', 'form of the output').choices(['text', 'json']).default('text'))
    .action(failuresCommand);
  return program;
}

/** Ours, or ours with the documents that --knowledge names. */
let knowledge: KnowledgeBase;

/** Reads the documents that --knowledge names before a command runs. Faulty ones are named and left out. */
async function addKnowledge(program: Command): Promise<void> {
  const { knowledge: folder } = program.opts<{ readonly knowledge?: string }>();
  knowledge = bundledKnowledge();
  if (folder === undefined) return;
  const read = await readUserKnowledge(resolve(folder)).catch((error: unknown) => program.error(`error: --knowledge ${folder}: ${reasonOf(error)}`));
  for (const { path, line, column, message } of read.faults) warn(`${join(resolve(folder), path)}:${line}:${column}: ${message}`);
  knowledge = read.knowledge;
}

const scanHelp = `
Folders are read in the order of their names, without node_modules, .git and files that are no text.
A file that is neither UTF-8 nor UTF-16 is read in the ANSI code page of this computer's language,
or as Windows-1252 where it cannot be that; --encoding names another.
--since and --until compare the findings whose time in UTC is known. All others are kept, and standard error
says how many and why. With --time-zone it is known of local times too, unless the day cannot be told from
the month, or the clocks were put forward or back in that hour.

Exit status: 0 nothing found, 1 something found, 2 wrong use or nothing could be read.`;

interface ScanOptions {
  readonly format: ReportFormat;
  readonly category?: ReadonlySet<Category>;
  readonly failure?: ReadonlySet<string>;
  readonly since?: number;
  readonly until?: number;
  readonly timeZone?: TimeZone;
  readonly encoding?: string;
  readonly max?: number;
  readonly workers: number;
}

async function scanCommand(paths: readonly string[], options: ScanOptions, command: Command): Promise<void> {
  if (paths.length === 0 && process.stdin.isTTY) command.error('error: name a file or a folder, or give a log on standard input.');
  const { format, category, failure, since, until, timeZone, encoding, max, workers } = options;
  const unknown = [...(failure ?? [])].find((id) => !knowledge.failure(id));
  if (unknown !== undefined) command.error(`error: ${unknownFailure(unknown)}`);
  if (since !== undefined && until !== undefined && since > until) command.error('error: --since is later than --until, so nothing can be between them.');
  const report = reports[format]({ version: VERSION, repository: REPOSITORY, hasColor: hasColor(), uri: uriOf });
  const filter: Filter = {
    ...(category && { categories: category }),
    ...(failure && { failures: failure }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(max !== undefined && { max }),
  };
  // Most files are UTF-8 or UTF-16: then nobody asks for the code page.
  const coded = {
    named: encoding,
    get codePage(): string {
      return ownCodePage();
    },
  };
  const reading: Reading = { encoding: coded, ...(timeZone && { timeZone }) };
  boundHeap(workers);
  const threads = workers > 1 ? startThreads(workers, knowledge, { encoding: coded, knowledge: command.optsWithGlobals<{ readonly knowledge?: string }>().knowledge }) : undefined;
  process.exitCode = await scan(paths.length > 0 ? paths : ['-'], knowledge, reading, filter, report, createEdge(), threads);
  threads?.end();
}

async function explainCommand(words: readonly string[], _options: unknown, command: Command): Promise<void> {
  const query = words.join(' ');
  const text = getPage(query, knowledge);
  if (text === undefined)
    command.error(
      `error: nothing is known about "${query}". Try a code such as 5.7.1, an event such as "event 2004", what a server answered, or an id from "mailflow-lens failures".`,
    );
  else await write(`${text.trimEnd()}\n`);
}

async function runbookCommand(id: string, options: { readonly set: Assignments }, command: Command): Promise<void> {
  const failure = knowledge.failure(id) ?? command.error(`error: ${unknownFailure(id)}`);
  const fitting = Object.fromEntries(Object.entries(options.set).filter(([name, value]) => fits(name as CaptureName, value)));
  const script = runbookScript(failure, fitting, 'full');
  for (const name of captureNames.filter((candidate) => options.set[candidate] !== undefined)) {
    if (!(name in fitting)) warn(`${name}: the value does not have the shape of one, so ${variableName(name)} is left empty.`);
    else if (!script.includes(variableName(name))) warn(`${name}: this runbook does not use it.`);
  }
  await write(script);
}

async function failuresCommand({ format }: { readonly format: 'text' | 'json' }): Promise<void> {
  const { failures } = knowledge;
  await write(format === 'json' ? `${JSON.stringify(failures.map(indexEntry), null, 2)}\n` : failureTable(failures));
}

/** The form is part of the command line's contract. */
function indexEntry({ id, category, title, severity, products, references, page }: Failure): object {
  return { id, category, title, severity, products, references, page };
}

function failureTable(failures: readonly Failure[]): string {
  const width = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
  const idWidth = width(failures.map(({ id }) => id));
  const categoryWidth = width(failures.map(({ category }) => category));
  return failures.map(({ id, category, title }) => `${id.padEnd(idWidth)}  ${category.padEnd(categoryWidth)}  ${title}\n`).join('');
}
