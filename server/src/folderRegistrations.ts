/** What the client is asked for while a folder of failure documents is followed: no other Markdown file is ever sent to the server. */

import {
  BulkRegistration,
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
  type TextDocumentFilter,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { addressOfPath, type Platform } from './fileAddress.ts';

/** What brings up completion: where a key or a value of the front matter can begin, and what a code is made of, which is no word for an editor. */
export const triggerCharacters = [...' "{[.0123456789'];

/** Whether completion is announced at start, because the client cannot be asked for it later. */
export function announcesCompletion(capabilities: ClientCapabilities): boolean {
  return capabilities?.textDocument?.completion?.dynamicRegistration !== true;
}

/** All registrations that the client can take for a folder; the others it has from the start. Undefined where it can take none. */
export function folderRegistrations(folder: string, capabilities: ClientCapabilities): BulkRegistration | undefined {
  const { textDocument, workspace } = capabilities ?? {};
  const watched = workspace?.didChangeWatchedFiles;
  const askable = [textDocument?.synchronization, textDocument?.completion, textDocument?.hover, textDocument?.diagnostic, watched];
  if (!askable.some((feature) => feature?.dynamicRegistration === true)) return undefined;
  const registration = BulkRegistration.create();
  const relative: GlobPattern = { baseUri: addressOfPath(folder), pattern: documents };
  const pattern = textDocument?.filters?.relativePatternSupport === true ? relative : patternOf(folder);
  // Beside files, those that "New Failure from This Line" has begun and that are not saved yet.
  const documentSelector: TextDocumentFilter[] = ['file', 'untitled'].map((scheme) => ({ scheme, pattern }));
  if (textDocument?.synchronization?.dynamicRegistration === true) {
    registration.add(DidOpenTextDocumentNotification.type, { documentSelector });
    registration.add(DidChangeTextDocumentNotification.type, { documentSelector, syncKind: TextDocumentSyncKind.Incremental });
    registration.add(DidCloseTextDocumentNotification.type, { documentSelector });
    registration.add(DidSaveTextDocumentNotification.type, { documentSelector });
  }
  if (!announcesCompletion(capabilities)) registration.add(CompletionRequest.type, { documentSelector, triggerCharacters });
  if (textDocument?.hover?.dynamicRegistration === true) registration.add(HoverRequest.type, { documentSelector });
  if (textDocument?.diagnostic?.dynamicRegistration === true)
    registration.add(DocumentDiagnosticRequest.type, { documentSelector, identifier: 'mailflow-lens', interFileDependencies: false, workspaceDiagnostics: false });
  if (watched?.dynamicRegistration === true)
    registration.add(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: watched.relativePatternSupport === true ? relative : documents }] });
  return registration;
}

/** Failure documents below a folder, as Windows may have called them too. */
const documents = '**/*.{md,MD}';

/** The documents of a folder for clients that take no folder beside a pattern. A path can hold what means something in one, and a drive is written in either case. */
export function patternOf(folder: string, platform: Platform = process.platform): string {
  const slashed = platform === 'win32' ? folder.replaceAll('\\', '/') : folder;
  const literal = slashed.replace(/[*?{}[\]]/g, '[$&]').replace(/\/$/, '');
  const drive = platform === 'win32' ? literal.replace(/^[a-z](?=:)/i, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`) : literal;
  return `${drive}/${documents}`;
}
