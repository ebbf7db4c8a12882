/** The command `messages`: its options as one order, its output, and its exit status. */

import { type Command, Option } from 'commander';
import { recipientStatuses } from '../analysis/messages/messageFate.ts';
import { type AskedMessages, isAskedMessage } from '../analysis/messages/messageSearch.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { type MessageFormat, type MessageReport, messageReports } from '../report/messages.ts';
import { boundKeptHeap } from '../scan/heap.ts';
import { endBySignal, type Interruption, listenForSignals } from '../scan/interruption.ts';
import { readMessageStream, type ToldAtLast } from '../scan/messageStream.ts';
import { ReadCount } from '../scan/news.ts';
import { messagesHelp } from './help.ts';
import { readEncoding, readStatuses, readTime } from './options.ts';
import { encodingOptions, inputOf, isUnread, tellUnreadable } from './reading.ts';
import { hasColor, progress, warn, write } from './terminal.ts';

interface MessagesOptions extends AskedMessages {
  readonly format: MessageFormat;
  readonly encoding?: string;
}

/** @param knowledge Known once a command runs. */
export function addMessages(program: Command, knowledge: () => KnowledgeBase): void {
  program
    .command('messages')
    .description('follow every message over all logs and servers, with its way and what became of it for each recipient')
    .argument('[path...]', 'files and folders; "-" is standard input')
    .addOption(new Option('--format <name>', 'form of the output').choices(Object.keys(messageReports)).default('text'))
    .option('--message <id>', 'keep only the message with this message id or network message id, and tell its steps')
    .option('--recipient <address>', 'keep only messages to this address or domain, and tell their steps')
    .option('--sender <address>', 'keep only messages from this address or domain, and tell their steps')
    .option('--status <name>', `keep only messages that came to this, or to several joined by commas: ${recipientStatuses.join(', ')}`, readStatuses)
    .option('--since <time>', 'keep only messages that went on at this time or later: ISO 8601, UTC unless it says otherwise', (text) => readTime(text, false))
    .option('--until <time>', 'keep only messages that began at this time or earlier; a date alone means its whole day', (text) => readTime(text, true))
    .option('--encoding <name>', 'what files are read as that are neither UTF-8 nor UTF-16, such as windows-1251 or shift_jis', readEncoding)
    .addHelpText('after', messagesHelp)
    .action((paths: readonly string[], _options: unknown, command: Command) => runMessages(paths, command.optsWithGlobals<MessagesOptions>(), command, knowledge()));
}

async function runMessages(paths: readonly string[], options: MessagesOptions, command: Command, knowledge: KnowledgeBase): Promise<void> {
  const { since, until, message } = options;
  if (paths.length === 0 && process.stdin.isTTY) command.error('name a file or a folder, or give a log on standard input.');
  if (since !== undefined && until !== undefined && since > until) command.error('--since is later than --until, so nothing can be between them.');
  const { interruption, stopListening } = listenForSignals();
  boundKeptHeap();
  const outcome = await writeMessages(paths, options, interruption, knowledge).finally(stopListening);
  process.exitCode = isUnread(outcome.read) ? 2 : outcome.failed > 0 ? 1 : 0;
  progress.clear();
  if (interruption.signal !== undefined) endBySignal(interruption.signal);
  else if (message !== undefined && outcome.told === 0) {
    warn(`there is no message "${message}" in what was read.`);
    process.exitCode = 2;
  }
}

interface MessagesOutcome {
  readonly read: ReadCount;
  told: number;
  failed: number;
}

async function writeMessages(paths: readonly string[], options: MessagesOptions, interruption: Interruption, knowledge: KnowledgeBase): Promise<MessagesOutcome> {
  const { format, message, recipient, sender } = options;
  const report = messageReports[format]({ hasColor: hasColor('auto', false), hasSteps: message !== undefined || recipient !== undefined || sender !== undefined });
  const outcome: MessagesOutcome = { read: new ReadCount(), told: 0, failed: 0 };
  let file = '';
  let probes = 0;
  for await (const news of readMessageStream({ ...inputOf(paths), encoding: encodingOptions(options.encoding), interruption }, knowledge)) {
    if (news.kind === 'messages') {
      if (!(await writeEach(news, options, report, outcome))) break;
      probes = news.told.probes();
      continue;
    }
    outcome.read.take(news);
    if (news.kind === 'ended') {
      const { files, bytes, leftOut, unreadable } = outcome.read;
      await write(report.end({ files, bytes, leftOut, unreadable, ...(news.interruption && { interruption: news.interruption }) }, probes));
      break;
    }
    if (news.kind !== 'read') file = news.file;
    if (news.kind === 'unreadable') tellUnreadable(news);
    progress.show(file, 0, outcome.read.bytes);
  }
  return outcome;
}

/** False where nobody reads on. */
async function writeEach({ told }: ToldAtLast, options: MessagesOptions, report: MessageReport, outcome: MessagesOutcome): Promise<boolean> {
  let text = report.begin?.() ?? '';
  for (const message of told.messages) {
    if (!isAskedMessage(message, options)) continue;
    outcome.told += 1;
    if (message.status === 'failed' || message.status === 'delayed') outcome.failed += 1;
    text += report.message(message);
    if (text.length < longestWrite) continue;
    if (!(await write(text))) return false;
    text = '';
  }
  return write(text);
}

const longestWrite = 64 * 1024;
