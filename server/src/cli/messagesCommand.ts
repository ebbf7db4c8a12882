/** The command `messages`: its options as one order, its output, and its exit status. */

import type { Command } from 'commander';
import type { RecipientStatus } from '../analysis/messageFate.ts';
import { plainMessageId } from '../analysis/messageKeys.ts';
import type { ToldMessage } from '../analysis/toldMessage.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { type MessageFormat, type MessageReport, messageReports } from '../report/messages.ts';
import { boundKeptHeap } from '../scan/heap.ts';
import { endBySignal, type Interruption, listenForSignals } from '../scan/interruption.ts';
import { readMessageStream, type ToldAtLast } from '../scan/messageStream.ts';
import { ReadCount } from '../scan/news.ts';
import { encodingOptions, inputOf, isUnread, tellUnreadable } from './reading.ts';
import { hasColor, progress, warn, write } from './terminal.ts';

export interface MessagesOptions {
  readonly format: MessageFormat;
  readonly message?: string;
  readonly recipient?: string;
  readonly sender?: string;
  readonly status?: ReadonlySet<RecipientStatus>;
  readonly since?: number;
  readonly until?: number;
  readonly encoding?: string;
}

export async function runMessages(paths: readonly string[], options: MessagesOptions, command: Command, knowledge: KnowledgeBase): Promise<void> {
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
    if (!isWanted(message, options)) continue;
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

function isWanted({ messageId, networkMessageId, sender, recipients, status, first, last }: ToldMessage, wanted: MessagesOptions): boolean {
  if (wanted.message !== undefined && ![messageId, networkMessageId].some((id) => id !== null && plainMessageId(id) === plainMessageId(wanted.message as string))) return false;
  if (wanted.sender !== undefined && !isAddress(sender, wanted.sender)) return false;
  if (wanted.recipient !== undefined && !recipients.some(({ address }) => isAddress(address, wanted.recipient as string))) return false;
  if (wanted.status && !wanted.status.has(status)) return false;
  const [start, end] = [first, last].map((time) => (time === null ? Number.NaN : Date.parse(time))) as [number, number];
  return !(end < (wanted.since ?? Number.NEGATIVE_INFINITY) || start > (wanted.until ?? Number.POSITIVE_INFINITY));
}

/** An address, or what stands behind its at sign where only a domain was named. */
function isAddress(address: string | null, wanted: string): boolean {
  const [known = '', asked] = [address?.toLowerCase(), wanted.toLowerCase()];
  return known === asked || (!asked.includes('@') && known.endsWith(`@${asked}`));
}
