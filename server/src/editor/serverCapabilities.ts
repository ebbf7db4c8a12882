/** What the server announces to a client: nothing that the client could not use. */

import { type ClientCapabilities, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { commands, showRunbookCommand } from '../protocol/editor.ts';
import type { ClientFeatures, Encoding } from '../service/index.ts';
import { announcesCompletion, triggerCharacters } from './folderRegistrations.ts';

export function serverCapabilities(client: ClientFeatures, capabilities: ClientCapabilities, encoding: Encoding): ServerCapabilities {
  return {
    positionEncoding: encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    ...(announcesCompletion(capabilities) && { completionProvider: { triggerCharacters } }),
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: ['quickfix'], resolveProvider: true },
    // A lens is nothing but one of our commands.
    ...(client.commands.has(commands.insertRunbook) && { codeLensProvider: { resolveProvider: true } }),
    ...(client.runsServerCommands && { executeCommandProvider: { commands: [showRunbookCommand] } }),
    ...(capabilities.textDocument?.inlayHint != null && { inlayHintProvider: true }),
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    documentLinkProvider: {},
    ...(capabilities.textDocument?.references != null && { referencesProvider: true }),
    ...(capabilities.textDocument?.definition != null && { definitionProvider: true }),
    ...(capabilities.textDocument?.callHierarchy != null && { callHierarchyProvider: true }),
    ...(capabilities.workspace?.workspaceFolders === true && { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }),
    diagnosticProvider: { identifier: 'mailflow-lens', interFileDependencies: false, workspaceDiagnostics: false },
  };
}
