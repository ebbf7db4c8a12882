/** The edge to VS Code: starts the server, and runs the commands that only an editor can. */

import { type ExtensionContext, commands as editorCommands, type TextDocument, workspace } from 'vscode';
import { commands } from '../../server/src/protocol.ts';
import { insertGuide } from './guides.ts';
import { createLanguageServer, type LanguageServer } from './languageServer.ts';
import { startFailure } from './newFailure.ts';
import { openPage, providePages } from './pages.ts';
import { reopen } from './reopen.ts';
import { openSample } from './samples.ts';
import { provideScan } from './scan.ts';
import type { ScanView } from './scanView.ts';
import { insertRunbook } from './scratchScript.ts';
import { currentSettings } from './settings.ts';
import { showStatus } from './status.ts';

let server: LanguageServer | undefined;

/** The languages that are served. In those that are not ours only what is surely a mail failure is reported. */
const languages = ['mailflow-log', 'log', 'plaintext', 'xml', 'csv', 'json', 'eml'];

/** What other extensions can ask of this one. */
export interface Exports {
  /** The results of the last scan, as the view shows them. */
  readonly scanResults: ScanView['tree'];
}

/** Called by VS Code when a document of these languages or a Markdown file opens, or a command of ours is run. */
export function activate(context: ExtensionContext): Exports {
  const started = createLanguageServer(context.asAbsolutePath('dist/server.cjs'), languages);
  server = started;
  const scan = provideScan(started, context.workspaceState);
  context.subscriptions.push(
    editorCommands.registerCommand(commands.insertRunbook, (argument: unknown) => insertRunbook(started, argument)),
    editorCommands.registerCommand(commands.openPage, (argument: unknown) => openPage(started, argument)),
    editorCommands.registerCommand(commands.reopen, reopen),
    editorCommands.registerCommand('mailflowLens.insertGuide', () => insertGuide(started)),
    editorCommands.registerCommand('mailflowLens.newFailure', () => startFailure(started)),
    editorCommands.registerCommand('mailflowLens.openSample', () => openSample(context)),
    ...providePages(started),
    ...showStatus(started, languages),
    workspace.onDidGrantWorkspaceTrust(() => (started.isRunning() ? started.sendSettings() : startWhereNeeded(started))),
    workspace.onDidChangeConfiguration(() => startWhereNeeded(started)),
    workspace.onDidOpenTextDocument(() => startWhereNeeded(started)),
    ...scan.disposables,
  );
  // Not in this turn: the extensions that wait for the same event come first.
  setImmediate(() => void startWhereNeeded(started));
  return { scanResults: scan.view.tree };
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

/** Somebody who only writes Markdown needs no server, unless there is a folder of failure documents. A command starts it too, by asking it. */
async function startWhereNeeded(started: LanguageServer): Promise<void> {
  const isLog = ({ languageId }: TextDocument): boolean => languages.includes(languageId);
  if (currentSettings().knowledge === '' && !workspace.textDocuments.some(isLog)) return;
  // The library shows a fault to the user; here it would end nothing but this attempt.
  await started.start().catch((error: unknown) => console.error(error));
}
