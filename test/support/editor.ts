/** What an editor says of itself and asks for, and the log that most tests of the server open. */

import assert from 'node:assert/strict';
import type { InitializeParams } from 'vscode-languageserver';
import type { CodeAction, Diagnostic, Hover, MarkupContent, Position, WorkspaceEdit } from 'vscode-languageserver-types';
import { commands } from '../../server/src/protocol/editor.ts';
import { type Encoding, positionOf } from './edits.ts';
import type { RawClient } from './languageClient.ts';

export const connector = 'Outbound to Office 365';
export const untrusted = '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied';
/** The title of the failure that the response means. */
export const title = "Certificate not trusted: the receiving server does not accept this server's TLS certificate";

/** An event as Event Viewer copies it. */
export function eventLog(name = connector, response = untrusted): string {
  return `Log Name:      Application
Source:        MSExchangeTransport
Date:          1/15/2026 9:15:42 AM
Event ID:      2004
Computer:      ex01.contoso.com
Description:
Send connector ${name}: Message delivery was not successful. The message with message ID <a1b2c3@ex01.contoso.com> was acknowledged with SMTP response ${response}.
`;
}

export const literals = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } };
export const resolving = { codeAction: { ...literals, dataSupport: true, resolveSupport: { properties: ['edit'] } } };
export const creating = { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } };

/** An editor of today, without commands of ours. */
export const modern: Partial<InitializeParams> = {
  capabilities: { textDocument: { ...resolving, diagnostic: {}, hover: { contentFormat: ['markdown', 'plaintext'] } }, workspace: creating },
};
/** The same with our extension. */
export const extended: Partial<InitializeParams> = { ...modern, initializationOptions: { commands: Object.values(commands) } };

/** An editor that only pulls diagnostics and offers these position encodings. */
export function pulling(...positionEncodings: string[]): Partial<InitializeParams> {
  return { capabilities: { general: { positionEncodings }, textDocument: { diagnostic: {} } } };
}

/** The position just behind the first character of the words. */
export function at(text: string, words: string, encoding?: Encoding): Position {
  return positionOf(text, text.indexOf(words) + 1, encoding);
}

export function about(uri: string): { textDocument: { uri: string } } {
  return { textDocument: { uri } };
}

export async function pull(client: RawClient, uri: string): Promise<Diagnostic[]> {
  const report = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', about(uri));
  return report.items;
}

export function hover(client: RawClient, uri: string, position: Position): Promise<Hover | null> {
  return client.request('textDocument/hover', { ...about(uri), position });
}

/** The text of a hover that must be there. */
export async function hoverText(client: RawClient, uri: string, position: Position): Promise<MarkupContent> {
  const found = await hover(client, uri, position);
  assert.ok(found, 'no hover');
  return found.contents as MarkupContent;
}

export function actions(client: RawClient, uri: string, position: Position, context: object = { diagnostics: [] }): Promise<CodeAction[]> {
  return client.request('textDocument/codeAction', { ...about(uri), range: { start: position, end: position }, context });
}

/** Chooses a code action as an editor does, and gives its edit. */
export async function chosenEdit(client: RawClient, uri: string, position: Position, part = 'evidence'): Promise<WorkspaceEdit> {
  const action = (await actions(client, uri, position)).find((candidate) => candidate.title.includes(part));
  assert.ok(action, `no action for the ${part}`);
  const { edit } = action.edit ? action : await client.request<CodeAction>('codeAction/resolve', action);
  assert.ok(edit, 'no edit');
  return edit;
}
