/** The client of the language server, by the protocol's library: a bundle of its own, which is loaded when a log is open or a command asks. */

import { DidChangeConfigurationNotification, LanguageClient, ProgressType, TransportKind } from 'vscode-languageclient/node';
import { commands, type InitializationOptions, suggestCommand } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';
import { isOurOwn, servedLanguages } from './served.ts';
import { currentSettings } from './settings.ts';
import { withoutIcons } from './shownText.ts';

/** With its title as it is written: it can name whom a log names. */
function titled<Lens extends { readonly command?: { title: string } }>(lens: Lens): Lens {
  if (lens.command) lens.command.title = withoutIcons(lens.command.title);
  return lens;
}

/** The commands that a link in a hover may run. */
const linked = [commands.insertRunbook, commands.openPage, commands.showOccurrences, commands.showSession];

/** @param module The server's bundle. */
export function createClient(module: string): LanguageServer {
  const options = (): InitializationOptions => ({ commands: [...Object.values(commands), suggestCommand], languages: servedLanguages, settings: currentSettings() });
  const sendSettings = (): Promise<void> => client.sendNotification(DidChangeConfigurationNotification.type, { settings: { mailflowLens: currentSettings() } });
  const client: LanguageClient = new LanguageClient(
    'mailflowLens',
    'Mailflow Lens',
    { module, transport: TransportKind.stdio },
    {
      // No scheme is named: logs are opened from archives, remote machines and untitled editors too.
      documentSelector: servedLanguages.map((language) => ({ language })),
      initializationOptions: options,
      synchronize: { configurationSection: 'mailflowLens' },
      middleware: {
        workspace: { didChangeConfiguration: sendSettings },
        didOpen: async (document, next) => (isOurOwn(document.uri) ? undefined : next(document)),
        provideCodeLenses: async (document, cancellation, next) => (await next(document, cancellation))?.map(titled),
        resolveCodeLens: async (lens, cancellation, next) => {
          const resolved = await next(lens, cancellation);
          return resolved && titled(resolved);
        },
      },
      // Hovers hold log text, so a link in one may run these commands and no other.
      markdown: { isTrusted: { enabledCommands: linked }, supportHtml: false },
    },
  );
  return {
    isRunning: () => client.isRunning(),
    onDidChangeState: client.onDidChangeState,
    start: () => client.start(),
    stop: () => client.stop(),
    // A token that is none would be sent as a second parameter.
    request: (name, parameters, cancellation) => (cancellation ? client.sendRequest(name, parameters, cancellation) : client.sendRequest(name, parameters)),
    onProgress: async <Value>(token: string, handle: (value: Value) => void) => client.onProgress(new ProgressType<Value>(), token, handle),
    sendSettings,
  };
}
