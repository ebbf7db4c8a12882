/** What can be done about a notice on a session: see the session as a whole, and not be told of this kind again. */

import { type CodeAction, CodeActionKind, type Command, type Diagnostic, type Range } from 'vscode-languageserver-types';
import { commands, type IgnoreArguments, type SessionArguments } from '../protocol/editor.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { wantsQuickFixes } from './codeActions.ts';

/** How the kinds are called where it is offered not to tell of them. */
const kindNames: Readonly<Record<string, string>> = {
  'session-masked': 'Firewall rewrites SMTP',
  'session-tls-unused': 'Sent without TLS though offered',
  'session-silence': 'Silence in a session',
  'session-unused': 'Session without a message',
  'session-cut': 'Session cut by the log',
};

/** @param notices Those that the document's diagnostics tell of. Each is a row of its session. */
export function getNoticeActions(uri: string, notices: readonly Diagnostic[], range: Range, only: readonly string[] | undefined, client: ClientFeatures): (CodeAction | Command)[] {
  if (!wantsQuickFixes(only)) return [];
  return notices.filter((notice) => touches(notice.range, range)).flatMap((notice) => actionsFor(uri, notice, client));
}

function actionsFor(uri: string, notice: Diagnostic, client: ClientFeatures): (CodeAction | Command)[] {
  const failure = String(notice.code);
  const name = kindNames[failure] ?? failure;
  const offered: readonly Command[] = [
    { title: 'Show this session', command: commands.showSession, arguments: [{ uri, line: notice.range.start.line } satisfies SessionArguments] },
    { title: `Don't report "${name}" here`, command: commands.ignore, arguments: [{ failure, name } satisfies IgnoreArguments] },
  ];
  return offered
    .filter(({ command }) => client.commands.has(command))
    .map((command) => (client.readsCodeActions ? { title: command.title, kind: CodeActionKind.QuickFix, diagnostics: [notice], command } : command));
}

/** Whoever points at a row means what stands at its beginning too. */
function touches({ start, end }: Range, asked: Range): boolean {
  return start.line <= asked.end.line && asked.start.line <= end.line;
}
