/** The language status item: how many failures the log in front of the user holds. */

import { type Disposable, LanguageStatusSeverity, languages, window, workspace } from 'vscode';
import { requests, type Summary } from '../../server/src/protocol.ts';
import type { LanguageServer } from './languageServer.ts';

/** Shows the counts of the active document, and keeps them current. */
export function showStatus(server: LanguageServer, served: readonly string[]): Disposable[] {
  const item = languages.createLanguageStatusItem(
    'mailflowLens.summary',
    served.map((language) => ({ language })),
  );
  item.name = 'Mailflow Lens';
  const update = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (!document || !server.isRunning() || !served.includes(document.languageId)) return;
    const { version } = document;
    const summary = await server.request<Summary>(requests.summary, { uri: document.uri.toString() });
    // The user may have gone on meanwhile: then a later call has the right answer.
    if (window.activeTextEditor?.document !== document || document.version !== version) return;
    item.text = summary.findings === 0 ? 'No mail failure found' : `${summary.findings.toLocaleString()} mail ${summary.findings === 1 ? 'failure' : 'failures'}`;
    item.detail = summary.mostFrequent ? `${summary.errors} errors, ${summary.warnings} warnings; most frequent: ${summary.mostFrequent}` : '';
    item.severity = summary.errors > 0 ? LanguageStatusSeverity.Error : summary.warnings > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
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
