/** Reads what a connected client says it can do. */

import { type ClientCapabilities, type InitializeParams, MarkupKind } from 'vscode-languageserver';
import { type InitializationOptions, commands as ownCommands } from '../protocol/editor.ts';
import type { ClientFeatures, Encoding } from '../service/index.ts';

/** Reads the capabilities of a client. Unknown or malformed ones count as absent. */
export function readClientFeatures(capabilities: ClientCapabilities, options: unknown): ClientFeatures {
  const announced = (options as InitializationOptions | null | undefined)?.commands;
  const { textDocument, workspace } = capabilities ?? {};
  const edit = workspace?.workspaceEdit;
  const commands = new Set(Array.isArray(announced) ? announced.filter((command) => typeof command === 'string') : []);
  const readsCodeActions = textDocument?.codeAction?.codeActionLiteralSupport != null;
  return {
    commands,
    readsMarkdown: list(textDocument?.hover?.contentFormat).find((format) => format === MarkupKind.Markdown || format === MarkupKind.PlainText) === MarkupKind.Markdown,
    createsFiles: edit?.documentChanges === true && list(edit.resourceOperations).includes('create'),
    resolvesEdits: list(textDocument?.codeAction?.resolveSupport?.properties).includes('edit'),
    readsCodeActions,
    pullsDiagnostics: textDocument?.diagnostic != null,
    takesDiagnostics: textDocument?.publishDiagnostics != null,
    readsSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    // Whoever reads code actions runs the command in one after its edit (LSP 3.17, CodeAction.command). `workspace.executeCommand` would say
    // less: Neovim and vim-lsp run such commands and do not announce it. With our own commands nothing of the server's is needed.
    runsServerCommands: readsCodeActions && !commands.has(ownCommands.insertRunbook),
  };
}

/** The languages whose documents the client sends, where it says so. */
export function readLanguages(options: unknown): string[] {
  return list((options as InitializationOptions | null | undefined)?.languages).filter((language) => typeof language === 'string');
}

/** UTF-16, unless the client offers UTF-8 and names it first (LSP 3.17, general.positionEncodings: in order of preference). */
export function chooseEncoding(capabilities: ClientCapabilities): Encoding {
  return list(capabilities?.general?.positionEncodings).find((name) => name === 'utf-8' || name === 'utf-16') === 'utf-8' ? 'utf-8' : 'utf-16';
}

/** The addresses of the workspace's folders, first the one that relative paths start from. */
export function readFolders({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const folders = readUris(workspaceFolders);
  return folders.length === 0 && typeof rootUri === 'string' ? [rootUri] : folders;
}

/** The addresses of things that have one each. What has none does not touch the others. */
export function readUris(things: unknown): string[] {
  return list(things)
    .map((thing) => (thing as { uri?: unknown } | null)?.uri)
    .filter((uri) => typeof uri === 'string');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
