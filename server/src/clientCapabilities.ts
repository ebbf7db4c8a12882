/** Reads what a connected client says it can do. */

import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol.ts';
import type { ClientFeatures } from './service/index.ts';

/** Reads the capabilities of a client. Unknown or malformed ones count as absent. */
export function readClientFeatures(capabilities: ClientCapabilities, options: unknown): ClientFeatures {
  const announced = (options as InitializationOptions | null | undefined)?.commands;
  const { textDocument, workspace } = capabilities;
  const edit = workspace?.workspaceEdit;
  return {
    commands: new Set(Array.isArray(announced) ? announced.filter((command) => typeof command === 'string') : []),
    readsMarkdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    createsFiles: edit?.documentChanges === true && (edit.resourceOperations?.includes('create') ?? false),
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties?.includes('edit') ?? false,
    readsCodeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    pullsConfigurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
  };
}
