/** The command `sessions`: its options as one order, its output, and its exit status. */

import type { Command } from 'commander';
import { goodVerdicts, type Verdict } from '../analysis/sessions/verdicts.ts';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { type SessionFormat, sessionReports } from '../report/sessions.ts';
import { boundHeap } from '../scan/heap.ts';
import { endBySignal, listenForSignals } from '../scan/interruption.ts';
import { ReadCount } from '../scan/news.ts';
import { readSessionStream, type SessionOrder } from '../scan/sessionStream.ts';
import { encodingOptions, inputOf, isUnread, tellUnreadable } from './reading.ts';
import { hasColor, progress, warn, write } from './terminal.ts';

export interface SessionsOptions {
  readonly format: SessionFormat;
  readonly session?: string;
  readonly verdict?: ReadonlySet<Verdict>;
  readonly since?: number;
  readonly until?: number;
  readonly timeZone?: TimeZone;
  readonly gap: number;
  readonly encoding?: string;
}

export async function runSessions(paths: readonly string[], options: SessionsOptions, command: Command, knowledge: KnowledgeBase): Promise<void> {
  const { format, session, verdict, since, until, timeZone, gap, encoding } = options;
  if (paths.length === 0 && process.stdin.isTTY) command.error('name a file or a folder, or give a log on standard input.');
  if (since !== undefined && until !== undefined && since > until) command.error('--since is later than --until, so nothing can be between them.');
  const { interruption, stopListening } = listenForSignals();
  boundHeap(1);
  const order: SessionOrder = {
    ...inputOf(paths),
    encoding: encodingOptions(encoding),
    interruption,
    gapSeconds: gap,
    ...(timeZone && { timeZone }),
    ...(session !== undefined && { transcriptOf: session }),
    ...(verdict && { verdicts: verdict }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
  const outcome = await writeSessions(order, format, knowledge).finally(stopListening);
  process.exitCode = statusOf(outcome);
  progress.clear();
  if (interruption.signal !== undefined) endBySignal(interruption.signal);
  else if (session !== undefined && outcome.told === 0) {
    warn(`there is no session "${session}" in what was read.`);
    process.exitCode = 2;
  }
}

interface SessionsOutcome {
  readonly read: ReadCount;
  told: number;
  failed: number;
}

async function writeSessions(order: SessionOrder, format: SessionFormat, knowledge: KnowledgeBase): Promise<SessionsOutcome> {
  const report = sessionReports[format]({ hasColor: hasColor('auto', false) });
  const outcome: SessionsOutcome = { read: new ReadCount(), told: 0, failed: 0 };
  let file = '';
  for await (const news of readSessionStream(order, knowledge)) {
    outcome.read.take(news);
    if (news.kind === 'ended') {
      const { files, bytes, leftOut, unreadable } = outcome.read;
      await write(report.end({ files, bytes, leftOut, unreadable, ...(news.interruption && { interruption: news.interruption }) }));
      break;
    }
    if (news.kind === 'sessions') {
      let text = '';
      for (const judged of news.sessions) {
        outcome.told += 1;
        if (!goodVerdicts.has(judged.session.verdict)) outcome.failed += 1;
        text += report.session(judged);
      }
      if (!(await write(text))) break;
    } else file = news.file;
    if (news.kind === 'unreadable') tellUnreadable(news);
    progress.show(file, outcome.told, outcome.read.bytes);
  }
  return outcome;
}

/** Part of the command's contract, as that of scan: what was found is a session in which something failed. */
function statusOf({ read, failed }: SessionsOutcome): 0 | 1 | 2 {
  if (isUnread(read)) return 2;
  return failed > 0 ? 1 : 0;
}
