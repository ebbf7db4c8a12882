/** The edge to VS Code: starts the server, and runs the commands that only an editor can. */

import { type ExtensionContext, commands as editorCommands, type TreeDataProvider, Uri, workspace } from 'vscode';
import { commands } from '../../server/src/protocol/editor.ts';
import { provideFailureCommands } from './failureCommands.ts';
import { provideOnlyFailures } from './failuresOnly.ts';
import { insertGuide } from './guides.ts';
import { offerScanOfLargeFiles, tellOfLogs } from './hints.ts';
import { ignore } from './ignoring.ts';
import { createLanguageServer, type LanguageServer } from './languageServer.ts';
import { showMarks } from './marks.ts';
import { provideMessageList } from './messageList.ts';
import type { MessageNode } from './messageNodes.ts';
import { startFailure } from './newFailure.ts';
import { provideOverview } from './overview.ts';
import { openPage, providePages } from './pages.ts';
import { recogniseLogs } from './recognition.ts';
import { reopen } from './reopen.ts';
import { openSample, sampleIncident } from './samples.ts';
import { openFile, provideScan } from './scan.ts';
import type { ScanView } from './scanView.ts';
import { insertRunbook } from './scratchScript.ts';
import { needsServer } from './served.ts';
import { provideSessions } from './sessions.ts';
import { currentSettings } from './settings.ts';
import { showStatus } from './status.ts';
import { provideStories } from './stories.ts';
import { provideTools } from './tools.ts';

let server: LanguageServer | undefined;

/** What other extensions can ask of this one. */
export interface Exports {
  /** The results of the last scan, as the view shows them. */
  readonly scanResults: ScanView['tree'];
  /** The messages that are listed, as their view shows them. */
  readonly messages: TreeDataProvider<MessageNode>;
}

/** Called by VS Code when a document of the languages in the manifest opens, or a command of ours is run. */
export function activate(context: ExtensionContext): Exports {
  const started = createLanguageServer(context.asAbsolutePath('dist/server.cjs'));
  server = started;
  const scan = provideScan(started, context.workspaceState);
  const sessions = provideSessions(started);
  const sources = { scanned: scan.view.scanned, openFile };
  const messages = provideMessageList(started);
  context.subscriptions.push(
    editorCommands.registerCommand(commands.insertRunbook, (argument: unknown) => insertRunbook(started, argument)),
    editorCommands.registerCommand(commands.openPage, (argument: unknown) => openPage(started, argument)),
    editorCommands.registerCommand(commands.reopen, reopen),
    editorCommands.registerCommand(commands.showSession, sessions.show),
    editorCommands.registerCommand(commands.ignore, ignore),
    editorCommands.registerCommand('mailflowLens.insertGuide', () => insertGuide(started)),
    editorCommands.registerCommand('mailflowLens.newFailure', () => startFailure(started)),
    editorCommands.registerCommand('mailflowLens.openSample', () => openSample(context)),
    editorCommands.registerCommand('mailflowLens.scanSample', () => editorCommands.executeCommand('mailflowLens.scanFolder', sampleIncident(context))),
    ...providePages(started),
    ...provideFailureCommands(started),
    ...sessions.disposables,
    ...provideOnlyFailures(started, sources),
    ...provideOverview(started, sources, Uri.joinPath(context.extensionUri, 'dist', 'overviewPage.js')),
    ...provideStories(started),
    ...messages.disposables,
    ...provideTools(started, context.extension),
    ...scan.disposables,
  );
  // Not in this turn: the extensions that wait for the same event come first. A command, and a document of ours, may be asked for at once.
  setImmediate(() => {
    context.subscriptions.push(
      recogniseLogs(),
      ...offerScanOfLargeFiles(),
      ...showStatus(started),
      ...showMarks(started),
      workspace.onDidGrantWorkspaceTrust(() => (started.isRunning() ? started.sendSettings() : startWhereNeeded(started))),
      workspace.onDidChangeConfiguration(() => startWhereNeeded(started)),
      workspace.onDidOpenTextDocument(() => startWhereNeeded(started)),
      // A text that is pasted into an empty note is no document that was opened.
      workspace.onDidChangeTextDocument(({ contentChanges }) => contentChanges.some(({ text }) => text.length >= shortestPasted) && startWhereNeeded(started)),
    );
    void startWhereNeeded(started);
    void tellOfLogs(context.globalState);
  });
  return { scanResults: scan.view.tree, messages: messages.tree };
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

/** No response of a server is shorter. */
const shortestPasted = 8;

/** Needed for logs, and where there is a folder of failure documents. A command starts it too, by asking it. */
async function startWhereNeeded(started: LanguageServer): Promise<void> {
  if (started.isRunning() || (currentSettings().knowledge === '' && !workspace.textDocuments.some(needsServer))) return;
  // The library shows a fault to the user; here it would end nothing but this attempt.
  await started.start().catch((error: unknown) => console.error(error));
}
