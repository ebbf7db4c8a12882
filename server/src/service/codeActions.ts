/** What can be done about the failure under the cursor. Titles say what happens and whether anything changes. */

import { type CodeAction, CodeActionKind, type Command, type Diagnostic, type Range } from 'vscode-languageserver-types';
import { destinationOf } from '../analysis/document/findingKind.ts';
import { keyOfFinding } from '../analysis/findingKey.ts';
import { shownCodes } from '../explain/describe.ts';
import { pageName } from '../explain/page.ts';
import { runbookArguments } from '../explain/runbook.ts';
import type { Failure, Finding } from '../failures.ts';
import { commands, type IgnoreArguments, type PlacedRunbook, type ReopenArguments, type RunbookPart, showRunbookCommand } from '../protocol/editor.ts';
import { shortened } from '../text/visible.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { getDiagnostics } from './diagnostics.ts';
import type { LogDocument } from './logDocument.ts';
import { findMisreading } from './misreading.ts';
import { editScratchFile, type ScratchFile } from './scratchFile.ts';

/** Enough for a selection over a whole log: a longer list helps nobody. */
const mostFindings = 20;
/** Of these it is offered not to report them. */
const mostIgnored = 3;

/**
 * The code actions for a range. A client with our commands gets commands; another gets an edit of a scratch file,
 * at once or when it resolves the action, and a command that says where it went.
 * @param script The scratch file as it stands; 'later' for a client that resolves actions; undefined where there is no place for one.
 */
export function getCodeActions(
  document: LogDocument,
  range: Range,
  only: readonly string[] | undefined,
  client: ClientFeatures,
  script: ScratchFile | 'later' | undefined,
): (CodeAction | Command)[] {
  if (!wantsQuickFixes(only)) return [];
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  const found = document.findings.touching({ start, end }, mostFindings);
  const seen = new Set<string>();
  return [
    ...reopenAction(document, start, end, client),
    ...[...found.flatMap((finding) => actionsFor(document, finding, client, script)), ...found.slice(0, mostIgnored).flatMap((finding) => ignoreActions(finding, client))].filter(
      ({ title }) => !seen.has(title) && seen.add(title),
    ),
  ];
}

/** Whether what a client asks for has quick fixes among it. */
export function wantsQuickFixes(only: readonly string[] | undefined): boolean {
  return !only || only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix || CodeActionKind.QuickFix.startsWith(`${kind}.`));
}

/** Where the file was opened in another encoding than it is written in. */
function reopenAction(document: LogDocument, start: number, end: number, client: ClientFeatures): (CodeAction | Command)[] {
  const { place, remedy } = client.commands.has(commands.reopen) ? (findMisreading(document) ?? {}) : {};
  if (!place || !remedy || place.start > end || start > place.end) return [];
  const { title, encoding } = remedy;
  const command = { title, command: commands.reopen, arguments: [{ uri: document.uri, ...(encoding && { encoding }) } satisfies ReopenArguments] };
  return [client.readsCodeActions ? { title, kind: CodeActionKind.QuickFix, command } : command];
}

function actionsFor(document: LogDocument, finding: Finding, client: ClientFeatures, script: ScratchFile | 'later' | undefined): (CodeAction | Command)[] {
  const { failure } = finding;
  const actions: (CodeAction | Command)[] = [];
  if (failure) {
    actions.push(...runbookAction(document, finding, failure, 'evidence', client, script));
    actions.push(...runbookAction(document, finding, failure, 'full', client, script));
  }
  const page = pageName(finding);
  if (page && client.commands.has(commands.openPage)) {
    const title = `Open the page about ${failure ? `"${shortName(failure)}"` : shownCodes(finding)}`;
    const command = { title, command: commands.openPage, arguments: [{ id: page }] };
    actions.push(client.readsCodeActions ? { title, kind: CodeActionKind.QuickFix, command } : command);
  }
  return actions;
}

/** A failure of the user's own may have no short name. */
function shortName({ short, title }: Failure): string {
  return short ?? title;
}

/** Not to be told of the failure any more, or not where its target is concerned. */
function ignoreActions(finding: Finding, client: ClientFeatures): (CodeAction | Command)[] {
  const { failure, title } = finding;
  if (!client.commands.has(commands.ignore)) return [];
  const name = shortened(failure ? shortName(failure) : title, 60);
  const { id } = keyOfFinding(finding);
  const { receiveConnector, remoteAddress } = finding.record.captures;
  // Whoever connects from outside is known by his address alone: names are what he says of himself.
  const target = (receiveConnector !== undefined && remoteAddress) || destinationOf(finding);
  const wanted: readonly IgnoreArguments[] = [{ failure: id, name }, ...(target === '' ? [] : [{ failure: id, name, target }])];
  return wanted.map((argument) => {
    const about = argument.target === undefined ? 'here' : `for ${shortened(argument.target, 60)}`;
    const command = { title: `Don't report "${name}" ${about}`, command: commands.ignore, arguments: [argument] };
    return client.readsCodeActions ? { title: command.title, kind: CodeActionKind.QuickFix, command } : command;
  });
}

function runbookAction(
  document: LogDocument,
  finding: Finding,
  failure: Failure,
  part: RunbookPart,
  client: ClientFeatures,
  script: ScratchFile | 'later' | undefined,
): (CodeAction | Command)[] {
  const target = shortened(finding.record.captures.sendConnector ?? finding.record.captures.receiveConnector ?? finding.record.captures.recipientDomain ?? '', 60);
  const about = `${shortName(failure)}${target ? ` (${target})` : ''}`;
  // What it does to the script stands first: a menu cuts off what is long.
  const title = part === 'evidence' ? `Insert evidence (read-only): ${about}` : `Insert full runbook (changes commented out): ${about}`;
  const insertion = runbookArguments(document, finding, failure, part);
  const command = { title, command: commands.insertRunbook, arguments: [insertion] };
  const hasCommand = client.commands.has(commands.insertRunbook);
  if (!client.readsCodeActions) return hasCommand ? [command] : [];
  const action: CodeAction = { title, kind: CodeActionKind.QuickFix, isPreferred: part === 'evidence', diagnostics: diagnosticsOf(document, finding, client) };
  if (hasCommand) return [{ ...action, command }];
  if (!script) return [];
  const placed: PlacedRunbook = { insertion, document: document.uri };
  const shown = client.runsServerCommands && { command: { title: 'Show the runbook', command: showRunbookCommand, arguments: [placed] } };
  if (script === 'later') return [{ ...action, ...shown, data: placed }];
  const { edit } = editScratchFile(script, failure, insertion, client.createsFiles);
  // Where the script is open nothing can be inserted, and the command says why.
  return edit || shown ? [{ ...action, ...shown, ...(edit && { edit }) }] : [];
}

/** The diagnostics that an action is about, as they were published. */
function diagnosticsOf(document: LogDocument, finding: Finding, client: ClientFeatures): Diagnostic[] {
  const { start, end } = document.range(finding.record.mark);
  return getDiagnostics(document, client).filter(
    ({ range }) => range.start.line === start.line && range.start.character === start.character && range.end.character === end.character,
  );
}
