/** The edge to VS Code: starts the server, and runs the commands that only an editor can. */

import { type ExtensionContext, commands as editorCommands, type TextDocument, workspace } from 'vscode';
import { DidChangeConfigurationNotification, LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { commands, type InitializationOptions, suggestCommand } from '../../server/src/protocol.ts';
import { insertGuide } from './guides.ts';
import { beginFailure } from './newFailure.ts';
import { openPage, providePages } from './pages.ts';
import { reopen } from './reopen.ts';
import { openSample } from './samples.ts';
import { provideScan } from './scan.ts';
import type { ScanView } from './scanView.ts';
import { insertRunbook } from './scratchScript.ts';
import { readSettings } from './settings.ts';
import { showStatus } from './status.ts';

let client: LanguageClient | undefined;

/** The languages that are served. In those that are not ours only what is surely a mail failure is reported. */
const languages = ['mailflow-log', 'log', 'plaintext', 'xml', 'csv', 'json', 'eml'];

/** The commands that a link in a hover may run. */
const linked = [commands.insertRunbook, commands.openPage];

/** What other extensions can ask of this one. */
export interface Exports {
  /** The results of the last scan, as the view shows them. */
  readonly scanResults: ScanView['tree'];
}

/** Called by VS Code when a document of these languages or a Markdown file opens, or a command of ours is run. */
export async function activate(context: ExtensionContext): Promise<Exports> {
  const options = (): InitializationOptions => ({ commands: [...Object.values(commands), suggestCommand], settings: readSettings() });
  const started: LanguageClient = new LanguageClient(
    'mailflowLens',
    'Mailflow Lens',
    { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.stdio },
    {
      // No scheme is named: logs are opened from archives, remote machines and untitled editors too. Of Markdown the server asks for the
      // documents in the folder of mailflowLens.knowledge, and for no others.
      documentSelector: languages.map((language) => ({ language })),
      initializationOptions: options,
      synchronize: { configurationSection: 'mailflowLens' },
      middleware: {
        workspace: {
          didChangeConfiguration: (): Promise<void> => sendSettings(started),
        },
      },
      // Hovers hold log text, so a link in one may run these commands and no other.
      markdown: { isTrusted: { enabledCommands: linked }, supportHtml: false },
    },
  );
  client = started;
  const scan = provideScan(started);
  context.subscriptions.push(
    editorCommands.registerCommand(commands.insertRunbook, (argument: unknown) => insertRunbook(started, argument)),
    editorCommands.registerCommand(commands.openPage, (argument: unknown) => openPage(started, argument)),
    editorCommands.registerCommand(commands.reopen, reopen),
    editorCommands.registerCommand('mailflowLens.insertGuide', () => insertGuide(started)),
    editorCommands.registerCommand('mailflowLens.newFailure', () => beginFailure(started)),
    editorCommands.registerCommand('mailflowLens.openSample', () => openSample(context)),
    ...providePages(started),
    ...showStatus(started, languages),
    workspace.onDidGrantWorkspaceTrust(() => (started.isRunning() ? sendSettings(started) : startWhereNeeded(started))),
    workspace.onDidChangeConfiguration(() => startWhereNeeded(started)),
    workspace.onDidOpenTextDocument(() => startWhereNeeded(started)),
    ...scan.disposables,
  );
  await startWhereNeeded(started);
  return { scanResults: scan.view.tree };
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

let starting: Promise<void> | undefined;

/** Somebody who only writes Markdown needs no server, unless there is a folder of failure documents. A command starts it too, by asking it. */
async function startWhereNeeded(server: LanguageClient): Promise<void> {
  const isLog = ({ languageId }: TextDocument): boolean => languages.includes(languageId);
  if (readSettings().knowledge !== '' || workspace.textDocuments.some(isLog)) starting ??= server.start();
  await starting;
}

/** Hands over the settings that may be used, instead of all that there are. */
function sendSettings(server: LanguageClient): Promise<void> {
  return server.sendNotification(DidChangeConfigurationNotification.type, { settings: { mailflowLens: readSettings() } });
}
