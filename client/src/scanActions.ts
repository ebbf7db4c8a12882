/** What can be done with the results of a scan: runbooks, text for a ticket, other groupings. All of it works from what the scan has sent. */

import { type Disposable, commands as editorCommands, env, Uri, window, workspace } from 'vscode';
import type { RunbookPart } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';
import { openPage } from './pages.ts';
import { type Grouping, newestLines, type ScanNode } from './scanNodes.ts';
import { momentText, nodeText } from './scanText.ts';
import type { ScanView } from './scanView.ts';
import { insertRunbook } from './scratchScript.ts';

/** Runbooks of so many failures are inserted at once. */
const mostInserted = 10;

/**
 * Registers the actions of the view and of its rows.
 * @param report Reads the logs of the last scan for a report; undefined where that was cancelled or there is none.
 * @param scanSince Scans again, only for what is later.
 */
export function provideScanActions(
  server: LanguageServer,
  view: ScanView,
  report: () => Promise<string | undefined>,
  scanSince: (since: string | undefined) => unknown,
): Disposable[] {
  const command = (name: string, action: (node: ScanNode) => unknown): Disposable =>
    editorCommands.registerCommand(`mailflowLens.${name}`, (node: unknown) => (isNode(node) ? action(node) : undefined));
  const insert = async (node: ScanNode, part: RunbookPart): Promise<void> => {
    for (const { runbook } of newestLines(node, mostInserted)) if (runbook) await insertRunbook(server, { ...runbook, part });
  };
  return [
    command('insertEvidenceOfRow', (node) => insert(node, 'evidence')),
    command('insertRunbookOfRow', (node) => insert(node, 'full')),
    command('openPageOfRow', (node) => openPage(server, { id: newestLines(node, 1)[0]?.cell.failure.id })),
    command('copyRow', (node) => env.clipboard.writeText(nodeText(node, view.shown().day))),
    editorCommands.registerCommand('mailflowLens.groupScan', () => chooseGrouping(view)),
    editorCommands.registerCommand('mailflowLens.showErrorsOnly', () => view.showErrorsOnly(true)),
    editorCommands.registerCommand('mailflowLens.showAllSeverities', () => view.showErrorsOnly(false)),
    editorCommands.registerCommand('mailflowLens.chooseSince', () => chooseSince(view, scanSince)),
    editorCommands.registerCommand('mailflowLens.copyReport', () => copyReport(report)),
    editorCommands.registerCommand('mailflowLens.exportReport', () => exportReport(report)),
  ];
}

function isNode(value: unknown): value is ScanNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

async function chooseGrouping(view: ScanView): Promise<void> {
  const choices: readonly { readonly label: string; readonly description: string; readonly grouping: Grouping }[] = [
    { label: 'Failure', description: 'what has failed, then to whom', grouping: 'failure' },
    { label: 'Destination or connector', description: 'to whom, then what has failed', grouping: 'destination' },
    { label: 'File', description: 'in which log, then what has failed', grouping: 'file' },
  ];
  const chosen = await window.showQuickPick(
    choices.map((choice) => ({ ...choice, picked: choice.grouping === view.grouping() })),
    { title: 'Group mail failures by' },
  );
  if (chosen) view.groupBy(chosen.grouping);
}

const hour = 3_600_000;

/** Counted back from the newest finding and not from now: logs that were collected yesterday have a last hour too. */
async function chooseSince(view: ScanView, scanSince: (since: string | undefined) => unknown): Promise<void> {
  const newest = view.shown().seen.last;
  const back = (hours: number): string | undefined => newest && new Date(Date.parse(newest) - hours * hour).toISOString();
  const choice = (label: string, since: string | undefined): { readonly label: string; readonly description: string; readonly since: string | undefined } => ({
    label,
    description: since === undefined ? '' : `since ${momentText(since)}, counted back from the newest finding`,
    since,
  });
  const choices = [choice('All', undefined), ...(newest === undefined ? [] : [choice('Last hour', back(1)), choice('Last day', back(24))])];
  const chosen = await window.showQuickPick(choices, { title: 'Scan again for what is later', placeHolder: newest === undefined ? 'No finding has a time in UTC' : '' });
  if (chosen) await scanSince(chosen.since);
}

async function copyReport(report: () => Promise<string | undefined>): Promise<void> {
  const markdown = await report();
  if (markdown === undefined) return;
  await env.clipboard.writeText(markdown);
  window.setStatusBarMessage('The report is on the clipboard, as Markdown.', 5_000);
}

async function exportReport(report: () => Promise<string | undefined>): Promise<void> {
  const markdown = await report();
  if (markdown === undefined) return;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog({
    title: 'Export the report on mail failures',
    filters: { Markdown: ['md'] },
    ...(folder && { defaultUri: Uri.joinPath(folder, 'mail-failures.md') }),
  });
  if (!uri) return;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(markdown));
  await window.showTextDocument(uri);
}
