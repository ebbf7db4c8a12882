/** The language status item: how many failures the log in front of the user holds. */

import { type Command, type Disposable, type DocumentFilter, LanguageStatusSeverity, languages, window, workspace } from 'vscode';
import { commands, requests, type Summary } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';
import { isOurOwn, isServed, logLanguages } from './served.ts';

/** Shows the counts of the active document, and keeps them current. */
export function showStatus(server: LanguageServer): Disposable[] {
  const item = languages.createLanguageStatusItem('mailflowLens.summary', logLanguages.map(asFilter));
  item.name = 'Mailflow Lens';
  const update = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    // A document of ours has the language of logs, and no counts of its own.
    if (document && isOurOwn(document.uri)) item.selector = [];
    if (!document || !server.isRunning() || !isServed(document)) return;
    const { version } = document;
    const summary = await server.request<Summary>(requests.summary, { uri: document.uri.toString() });
    // The user may have gone on meanwhile: then a later call has the right answer.
    if (window.activeTextEditor?.document !== document || document.version !== version) return;
    // Of notes and web pages only those are worth a word in which something failed.
    item.selector = [...new Set([...logLanguages, ...(summary.findings > 0 ? [document.languageId] : [])])].map(asFilter);
    item.text = describeCount(summary);
    item.detail = describeDetail(summary);
    item.severity = summary.errors > 0 ? LanguageStatusSeverity.Error : summary.warnings > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    item.command = summary.findings > 0 ? showFailures : scanThisFile;
  };
  const refresh = (): void => void update().catch(() => undefined);
  return [
    item,
    window.onDidChangeActiveTextEditor(refresh),
    workspace.onDidChangeTextDocument(refresh),
    languages.onDidChangeDiagnostics(refresh),
    server.onDidChangeState(refresh),
  ];
}

const asFilter = (language: string): DocumentFilter => ({ language });

const showFailures: Command = { title: 'Show Failures', command: 'workbench.actions.view.problems' };
const scanThisFile: Command = { title: 'Scan This File', command: commands.scanFile };

function describeCount({ findings }: Summary): string {
  return findings === 0 ? 'No mail failure' : counted(findings, 'failure');
}

/** "3 errors · 5 warnings · most: Certificate not trusted (3)". */
function describeDetail({ errors, warnings, information, mostFrequent, leftOut }: Summary): string {
  return [
    errors > 0 ? counted(errors, 'error') : '',
    warnings > 0 ? counted(warnings, 'warning') : '',
    information > 0 ? `${information.toLocaleString()} for information` : '',
    mostFrequent && mostFrequent.count > 1 ? `most: ${mostFrequent.name} (${mostFrequent.count.toLocaleString()})` : (mostFrequent?.name ?? ''),
    leftOut > 0 ? `${leftOut.toLocaleString()} ignored by your settings` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}
