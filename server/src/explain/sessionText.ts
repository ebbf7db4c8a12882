/** One session as a text that is read alone: what became of it, what was said, and which row each line is about. */

import type { SessionStep } from '../analysis/document/documentSession.ts';
import { Conversation } from '../analysis/sessions/conversations.ts';
import { isAnother } from '../analysis/sessions/sessionEnds.ts';
import { transcriptRow } from '../analysis/sessions/transcriptRows.ts';
import { judge, type Verdict } from '../analysis/sessions/verdicts.ts';
import type { Finding } from '../failures.ts';
import { shortened } from '../text/visible.ts';
import { transcriptOf } from './transcript.ts';

/** What came of a session, in a sentence. */
export const verdictTexts: Readonly<Record<Verdict, string>> = {
  delivered: 'Delivered: every message was accepted.',
  partial: 'Delivered in part: some recipients or messages were accepted, others were not.',
  refused: 'Refused: no message was accepted.',
  deferred: 'Deferred: no message was accepted yet, and the sending server tries again.',
  'tls-failed': 'TLS failed, so no message was accepted.',
  'auth-failed': 'Authentication failed, so no message was accepted.',
  'connect-failed': 'The connection could not be made.',
  dropped: 'The connection ended before the last message was answered.',
  proxied: 'Handed on to another server: what became of the message stands in that log.',
  unused: 'No message was sent.',
  cut: 'This log does not show the beginning or the end of the session.',
};

/** Where the rows of one session stand and what was found in them. */
export interface SessionView {
  readonly id: string;
  readonly steps: readonly SessionStep[];
  /** The findings of the session, by where their rows begin. */
  readonly findings: ReadonlyMap<number, Finding>;
  /** The zero-based line of an offset. */
  readonly lineAt: (offset: number) => number;
}

/** What came of a session; of an id that comes again, of the last one. Undefined where the log does not tell. */
export function verdictOfSession(view: SessionView): Verdict | undefined {
  const last = split(view).at(-1);
  return last && judge(last.conversation).verdict;
}

/** The text, and for each of its lines the line of the log that it is about. */
export function sessionText(view: SessionView): { readonly text: string; readonly lines: (number | null)[] } {
  const written: string[] = [];
  const lines: (number | null)[] = [];
  const write = (text: string, line: number | null): void => {
    written.push(text);
    lines.push(line);
  };
  for (const { conversation, steps } of split(view)) {
    if (written.length > 0) write('', null);
    for (const text of headline(view.id, conversation, view.lineAt)) write(text, null);
    const rows = steps.map(({ step, at }) => transcriptRow(step, view.lineAt(at), view.findings.get(at)));
    for (const { at, text } of transcriptOf(rows)) write(`${String(at + 1).padStart(7)}  ${text}`, at);
  }
  return { text: `${written.join('\n')}\n`, lines };
}

interface OneSession {
  readonly conversation: Conversation;
  readonly steps: readonly SessionStep[];
}

/** Ids come again: a log can be a copy of several. */
function split({ steps, findings }: SessionView): OneSession[] {
  const sessions: { readonly conversation: Conversation; readonly steps: SessionStep[] }[] = [];
  for (const given of steps) {
    let last = sessions.at(-1);
    if (!last || isAnother(given.step, last.conversation)) {
      last = { conversation: new Conversation(), steps: [] };
      sessions.push(last);
    }
    last.conversation.add(given.step, given.at, given.at, findings.get(given.at));
    last.steps.push(given);
  }
  return sessions;
}

function headline(id: string, conversation: Conversation, lineAt: SessionView['lineAt']): string[] {
  const { facts, first, last, direction, start, isLocalTime } = conversation;
  const other = facts.remoteHost ?? facts.remote;
  const details = [
    other === undefined ? '' : `${direction === 'send' ? 'to' : 'from'} ${other}`,
    facts.connector ?? '',
    start === undefined ? '' : `${start}${isLocalTime ? ' (as written)' : ''}`,
    `lines ${lineAt(first) + 1} to ${lineAt(last) + 1}`,
  ];
  return [
    `Session ${shortened(id, 100)}. ${verdictTexts[judge(conversation).verdict]}`,
    details
      .filter((detail) => detail !== '')
      .map((detail) => shortened(detail, 200))
      .join(' · '),
    '',
  ];
}
