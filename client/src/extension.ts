/** The edge to VS Code: starts the server, and runs the commands that only an editor can. */

import { type ExtensionContext, commands as editorCommands, workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { commands, type InitializationOptions, type Settings } from '../../server/src/protocol.ts';
import { insertGuide } from './guides.ts';
import { beginFailure } from './newFailure.ts';
import { openPage, providePages } from './pages.ts';
import { reopen } from './reopen.ts';
import { openSample } from './samples.ts';
import { provideScan } from './scan.ts';
import type { ScanView } from './scanView.ts';
import { insertRunbook } from './scratchScript.ts';
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

/** Called by VS Code when a document of these languages opens or a command of ours is run. */
export async function activate(context: ExtensionContext): Promise<Exports> {
  const { scratchScript = '', knowledge = '', timeZone = '' } = workspace.getConfiguration('mailflowLens') as Partial<Settings>;
  const options: InitializationOptions = { commands: Object.values(commands), settings: { scratchScript, knowledge, timeZone } };
  const started = new LanguageClient(
    'mailflowLens',
    'Mailflow Lens',
    { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.stdio },
    {
      // No scheme is named: logs are opened from archives, remote machines and untitled editors too.
      documentSelector: languages.map((language) => ({ language })),
      initializationOptions: options,
      synchronize: { configurationSection: 'mailflowLens' },
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
    ...scan.disposables,
  );
  await started.start();
  return { scanResults: scan.view.tree };
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}
