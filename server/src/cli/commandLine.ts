/** The command line: reads the arguments, runs one command, and sets the exit status. */

import { join, resolve } from 'node:path';
import { Argument, Command, CommanderError, Option } from 'commander';
import { type PipeProtocol, pipeProtocols } from '../analysis/lineAnswers.ts';
import { verdicts } from '../analysis/sessions/verdicts.ts';
import { getPage } from '../explain/page.ts';
import { fits, runbookScript, variableName } from '../explain/powershell.ts';
import type { Failure } from '../failures.ts';
import { reasonOf } from '../files/faults.ts';
import { readUserKnowledge } from '../files/userKnowledge.ts';
import { bundledKnowledge } from '../knowledge/bundled.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { reports } from '../report/index.ts';
import { sessionReports } from '../report/sessions.ts';
import { type CaptureName, captureNames, categories } from '../values.ts';
import { completions, type Shell, wordsOf } from './completion.ts';
import { completionHelp, explainHelp, failuresHelp, mcpHelp, pipeHelp, programHelp, runbookHelp, scanHelp, sessionsHelp } from './help.ts';
import { type McpOptions, runMcp } from './mcpCommand.ts';
import { addMessages } from './messagesCommand.ts';
import {
  type Assignments,
  readAssignment,
  readCategories,
  readEncoding,
  readMaximum,
  readNames,
  readPatterns,
  readSeconds,
  readTime,
  readTimeZone,
  readVerdicts,
  readWorkers,
  unknownFailure,
  withListsJoined,
} from './options.ts';
import { printTo } from './output.ts';
import { runPipe } from './pipeCommand.ts';
import { addReport } from './reportCommand.ts';
import { runScan, type ScanOptions } from './scanCommand.ts';
import { runSessions, type SessionsOptions } from './sessionsCommand.ts';
import { advise, print, progress, tolerateClosedPipes, warn } from './terminal.ts';

/** Put in place by the build. */
declare const VERSION: string;

/** Wrong use, something that could not be read, or an output that could not be written. */
const failed = 2;

/** @param words Those of the process: the program stands before them. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  tolerateClosedPipes();
  try {
    const help = await runCommand(words);
    await print(help);
  } catch (error) {
    process.exitCode = failed;
    warn(reasonOf(error));
  }
  progress.clear();
}

/** Runs a command. Gives the help or the version where they were asked for. */
async function runCommand(words: readonly string[]): Promise<string> {
  const asked: string[] = [];
  try {
    await createProgram((text) => asked.push(text)).parseAsync(withListsJoined(words));
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what was wrong.
    if (error.exitCode !== 0) process.exitCode = failed;
  }
  return asked.join('');
}

function createProgram(writeHelp: (text: string) => void): Command {
  const program = new Command('mailflow-lens')
    .description('Reads mail flow logs of Exchange and other mail servers, says what failed and why, and writes PowerShell runbooks.')
    .version(VERSION)
    .option('--knowledge <folder>', 'add the failure documents of your own in this folder')
    .hook('preAction', addKnowledge)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: writeHelp, writeErr: advise, outputError: (message) => warn(message.replace(/^error: /, '')) })
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', programHelp);
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
    .option('--include <pattern>', 'of folders read only files whose names fit, such as SEND*.LOG, or several patterns joined by commas', readPatterns)
    .option('--output <file>', 'write the report to this file, in UTF-8')
    .addOption(new Option('--color <when>', 'colour in the text').choices(['auto', 'always', 'never']).default('auto'))
    .option('--max <number>', 'put out at most so many findings of each file; the counts stay whole', readMaximum)
    .option('--workers <number>', 'read with so many threads at the same time: faster, with more memory', readWorkers, 1)
    .addHelpText('after', scanHelp)
    .action((paths: readonly string[], _options: unknown, command: Command) => runScan(paths, command.optsWithGlobals<ScanOptions>(), command, knowledge));
  program
    .command('sessions')
    .description('list every SMTP session of the protocol logs with what it came to, or tell one word by word')
    .argument('[path...]', 'files and folders; "-" is standard input')
    .addOption(new Option('--format <name>', 'form of the output').choices(Object.keys(sessionReports)).default('text'))
    .option('--session <id>', 'tell all that this session says, row by row')
    .option('--verdict <name>', `keep only sessions that came to this, or to several joined by commas: ${verdicts.join(', ')}`, readVerdicts)
    .option('--since <time>', 'keep only sessions that ended at this time or later: ISO 8601, UTC unless it says otherwise', (text) => readTime(text, false))
    .option('--until <time>', 'keep only sessions that began at this time or earlier; a date alone means its whole day', (text) => readTime(text, true))
    .option('--time-zone <zone>', 'the zone of times that logs write without theirs: Europe/Berlin, UTC or +02:00', readTimeZone)
    .option('--gap <seconds>', 'tell silences that are longer than this', readSeconds, 60)
    .option('--encoding <name>', 'what files are read as that are neither UTF-8 nor UTF-16, such as windows-1251 or shift_jis', readEncoding)
    .addHelpText('after', sessionsHelp)
    .action((paths: readonly string[], _options: unknown, command: Command) => runSessions(paths, command.optsWithGlobals<SessionsOptions>(), command, knowledge));
  addMessages(program, () => knowledge);
  addReport(program, () => knowledge);
  program
    .command('explain')
    .description('say what a code ("5.7.1", "454 4.7.0"), an event ("event 2004"), a failure or a whole response means')
    .argument('<text...>', 'a code, an event, the id or the title of a failure, or what a server or a log says')
    .option('--output <file>', 'write it to this file, in UTF-8')
    .addHelpText('after', explainHelp)
    .action(explainCommand);
  program
    .command('runbook')
    .description('write the PowerShell runbook of a failure to standard output')
    .argument('<id>', 'the id of a failure')
    .option('--set <name=value>', `set a variable of the runbook; may be repeated: ${captureNames.join(', ')}`, readAssignment)
    .option('--output <file>', 'write it to this file')
    .addHelpText('after', runbookHelp)
    .action(runbookCommand);
  program
    .command('failures')
    .description('list the failures that the knowledge base holds')
    .addOption(new Option('--format <name>', 'form of the output').choices(['text', 'json']).default('text'))
    .option('--output <file>', 'write it to this file, in UTF-8')
    .addHelpText('after', failuresHelp)
    .action(failuresCommand);
  program
    .command('pipe')
    .description('a filter for log pipelines: one line in, exactly one line of JSON out, until the input ends')
    .addOption(new Option('--protocol <name>', 'form of the answers').choices(pipeProtocols).default('jsonl'))
    .addHelpText('after', pipeHelp)
    .action((options: { readonly protocol: PipeProtocol }) => runPipe(options, knowledge));
  program
    .command('mcp')
    .description('tools for agents, over standard input and output as the Model Context Protocol has it: they read these files and folders and no others')
    .argument('<path...>', 'files and folders that may be read')
    .option('--reveal', 'tell addresses, hosts and subjects as they are, and fill them into runbooks')
    .option('--time-zone <zone>', 'the zone of times that logs write without theirs: Europe/Berlin, UTC or +02:00', readTimeZone)
    .addHelpText('after', mcpHelp)
    .action((paths: readonly string[], options: McpOptions, command: Command) => runMcp(paths, options, command, knowledge));
  program
    .command('completion')
    .description('write what lets a shell complete commands, options and names')
    .addArgument(new Argument('<shell>').choices(Object.keys(completions)))
    .addHelpText('after', completionHelp)
    .action((shell: Shell) => printTo(undefined, completions[shell](wordsOf(program, knowledge))));
  return program;
}

/** Ours, or ours with the documents that --knowledge names. */
let knowledge: KnowledgeBase;

/** Reads the documents that --knowledge names before a command runs. Faulty ones are named and left out. */
async function addKnowledge(program: Command): Promise<void> {
  const { knowledge: folder } = program.opts<{ readonly knowledge?: string }>();
  knowledge = bundledKnowledge();
  if (folder === undefined) return;
  const read = await readUserKnowledge(resolve(folder)).catch((error: unknown) => program.error(`--knowledge ${folder}: ${reasonOf(error)}`));
  for (const { path, line, column, message } of read.faults) warn(`${join(resolve(folder), path)}:${line}:${column}: ${message}`);
  for (const { path, reason } of read.unreadable) warn(`${join(resolve(folder), path)}: ${reason}`);
  knowledge = read.knowledge;
}

interface OutputOption {
  readonly output?: string;
}

async function explainCommand(words: readonly string[], { output }: OutputOption, command: Command): Promise<void> {
  const query = words.join(' ');
  const text = getPage(query, knowledge);
  if (text === undefined)
    command.error(`nothing is known about "${query}". Try a code such as 5.7.1, an event such as "event 2004", what a server answered, or an id from "mailflow-lens failures".`);
  else await printTo(output, `${text.trimEnd()}\n`);
}

async function runbookCommand(id: string, { set = {}, output }: OutputOption & { readonly set?: Assignments }, command: Command): Promise<void> {
  const failure = knowledge.failure(id) ?? command.error(unknownFailure(id, knowledge));
  const fitting = Object.fromEntries(Object.entries(set).filter(([name, value]) => fits(name as CaptureName, value)));
  const script = runbookScript(failure, fitting, 'full');
  for (const name of captureNames.filter((candidate) => set[candidate] !== undefined)) {
    if (!(name in fitting)) warn(`${name}: the value does not have the shape of one, so ${variableName(name)} is left empty.`);
    else if (!script.includes(variableName(name))) warn(`${name}: this runbook does not use it.`);
  }
  await printTo(output, script);
}

async function failuresCommand({ format, output }: OutputOption & { readonly format: 'text' | 'json' }): Promise<void> {
  const { failures } = knowledge;
  await printTo(output, format === 'json' ? `${JSON.stringify(failures.map(indexEntry), null, 2)}\n` : failureTable(failures));
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
