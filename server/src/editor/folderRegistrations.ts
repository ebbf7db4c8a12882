/** What the client is asked for while a folder of failure documents is followed. A client that does not send Markdown anyway sends no other Markdown file. */

import { randomUUID } from 'node:crypto';
import {
  type ClientCapabilities,
  CompletionRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  type GlobPattern,
  HoverRequest,
  type Registration,
  type TextDocumentFilter,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { addressOfPath, type Platform } from '../files/address.ts';

/** What brings up completion: where a key or a value of the front matter can begin, and what a code is made of, which is no word for an editor. */
export const triggerCharacters = [...' "{[.0123456789'];

/** Whether completion is announced at start, because the client cannot be asked for it later. */
export function announcesCompletion(capabilities: ClientCapabilities): boolean {
  return capabilities?.textDocument?.completion?.dynamicRegistration !== true;
}

/**
 * All registrations for a folder. What of them a client can take, it says; the others it has from the start.
 * @param sendsMarkdown Whether the client sends Markdown anyway: what is asked for twice would be shown twice.
 */
export function folderRegistrations(folder: string, capabilities: ClientCapabilities, sendsMarkdown: boolean): Registration[] {
  const relative: GlobPattern = { baseUri: addressOfPath(folder), pattern: documents };
  const pattern = capabilities.textDocument?.filters?.relativePatternSupport === true ? relative : patternOf(folder);
  const watched = capabilities.workspace?.didChangeWatchedFiles?.relativePatternSupport === true ? relative : documents;
  // Beside files, those that "New Failure from This Line" has begun and that are not saved yet.
  const documentSelector: TextDocumentFilter[] = ['file', 'untitled'].map((scheme) => ({ scheme, pattern }));
  const wanted = [
    registration(DidOpenTextDocumentNotification.method, { documentSelector }),
    registration(DidChangeTextDocumentNotification.method, { documentSelector, syncKind: TextDocumentSyncKind.Incremental }),
    registration(DidCloseTextDocumentNotification.method, { documentSelector }),
    registration(DidSaveTextDocumentNotification.method, { documentSelector }),
    registration(CompletionRequest.method, { documentSelector, triggerCharacters }),
    registration(HoverRequest.method, { documentSelector }),
    registration(DocumentDiagnosticRequest.method, { documentSelector, identifier: 'mailflow-lens', interFileDependencies: false, workspaceDiagnostics: false }),
    registration(DidChangeWatchedFilesNotification.method, { watchers: [{ globPattern: watched }] }),
  ];
  return sendsMarkdown ? wanted.filter(({ method }) => ofFailureDocuments.has(method)) : wanted;
}

/** What is asked for in failure documents and in no log. */
const ofFailureDocuments: ReadonlySet<string> = new Set([CompletionRequest.method, DidChangeWatchedFilesNotification.method]);

/** Failure documents below a folder, as Windows may have called them too. */
const documents = '**/*.{md,MD}';

/** The documents of a folder for clients that take no folder beside a pattern. A path can hold what means something in one, and a drive is written in either case. */
export function patternOf(folder: string, platform: Platform = process.platform): string {
  const slashed = platform === 'win32' ? folder.replaceAll('\\', '/') : folder;
  const literal = slashed.replace(/[*?{}[\]]/g, '[$&]').replace(/\/$/, '');
  const drive = platform === 'win32' ? literal.replace(/^[a-z](?=:)/i, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`) : literal;
  return `${drive}/${documents}`;
}

/** One thing that a client is asked for, under an id that can be taken back. */
export function registration(method: string, registerOptions: object): Registration {
  return { id: randomUUID(), method, registerOptions };
}
