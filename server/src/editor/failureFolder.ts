/** The folder of the user's own failure documents, as the language server follows it: read again when it changes, its faults shown. */

import { join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver-types';
import { addressOfPath, pathKey } from '../files/address.ts';
import { reasonOf } from '../files/faults.ts';
import { pathInFolder, readUserKnowledge, type UserKnowledge } from '../files/userKnowledge.ts';
import { bundledKnowledge } from '../knowledge/bundled.ts';
import type { Fault } from '../knowledge/compile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { createPositions, type Encoding, type FailureDocument, getDocumentFaults, LogText } from '../service/index.ts';
import type { OpenDocument } from './openDocuments.ts';

/** What the folder needs of the server. */
export interface FolderEdge {
  encoding(): Encoding;
  /** The documents that the editor has open: it asks for their faults itself. */
  openUris(): readonly string[];
  send(uri: string, diagnostics: Diagnostic[]): void;
  /** Other knowledge has come. */
  changed(): void;
  warn(message: string): void;
}

/** A failure document that is open, and all that can be asked in it. */
export interface OpenFailure {
  readonly document: FailureDocument;
  readonly service: typeof import('../service/failureDocument/index.ts');
}

export interface FailureFolder {
  /** Ours, and the user's. */
  readonly knowledge: KnowledgeBase;
  /** Follows a folder instead of the one before; undefined: none. */
  follow(folder: string | undefined): void;
  has(uri: string): boolean;
  /** The document as one of the folder; undefined where it is none. */
  open(document: OpenDocument | undefined): Promise<OpenFailure | undefined>;
  /** Reads the folder again if one of these documents is of it. */
  reread(uris: readonly string[]): void;
  /** Shows the faults of the documents that are not open, and takes away those of others. */
  showFaults(): void;
}

/** How many unreadable folders a message names at most. */
const mostTold = 5;

/** @param readDocuments How a folder is read. */
export function createFailureFolder(edge: FolderEdge, readDocuments = readUserKnowledge): FailureFolder {
  let folder: string | undefined;
  let read: UserKnowledge | undefined;
  /** Ends the reading in progress, whose answer nobody wants any more. */
  let reading = new AbortController();
  let toldOfUnreadable = '';
  let shown = new Set<string>();
  const opened = new WeakMap<OpenDocument, { readonly read: UserKnowledge | undefined; readonly document: FailureDocument }>();
  const pathOf = (uri: string): string | undefined => (folder === undefined ? undefined : pathInFolder(folder, uri));

  const showFaults = (): void => {
    const open = new Set(edge.openUris().map((uri) => keyOf(pathOf(uri) ?? '')));
    const now = new Set<string>();
    const faulty = new Map<string, Fault[]>();
    for (const fault of read?.faults ?? []) {
      const known = faulty.get(fault.path);
      if (known) known.push(fault);
      else faulty.set(fault.path, [fault]);
    }
    for (const [path, faults] of faulty) {
      if (open.has(keyOf(path)) || folder === undefined) continue;
      const uri = addressOfPath(join(folder, path));
      now.add(uri);
      edge.send(uri, getDocumentFaults(createPositions(LogText.create(uri, 'markdown', 0, read?.files.get(path)?.text ?? ''), edge.encoding()), faults));
    }
    for (const uri of shown) if (!now.has(uri)) edge.send(uri, []);
    shown = now;
  };
  const tellOfUnreadable = (): void => {
    const told = (read?.unreadable ?? []).map(({ path, reason }) => `${path} (${reason})`);
    const [first = '', more] = [told.slice(0, mostTold).join(', '), told.length - mostTold];
    if (first !== '' && first !== toldOfUnreadable)
      edge.warn(`In the folder of mailflowLens.knowledge some could not be read: ${first}${more > 0 ? ` and ${more} more` : ''}. The documents elsewhere in it are used.`);
    toldOfUnreadable = first;
  };
  const take = (next: UserKnowledge | undefined): void => {
    if (next === read) return;
    read = next;
    tellOfUnreadable();
    showFaults();
    edge.changed();
  };
  const readFolder = (before?: UserKnowledge): void => {
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    if (folder === undefined) take(undefined);
    else
      readDocuments(folder, before, signal).then(
        (next) => {
          if (!signal.aborted) take(next);
        },
        (error: unknown) => {
          if (signal.aborted) return;
          // What was read of it before is still true; of another folder it is not.
          if (read?.folder !== folder) take(undefined);
          edge.warn(`The folder of mailflowLens.knowledge could not be read: ${reasonOf(error)}`);
        },
      );
  };

  return {
    get knowledge() {
      return read?.knowledge ?? bundledKnowledge();
    },
    follow(next) {
      if (next === folder) return;
      folder = next;
      readFolder();
    },
    has: (uri) => pathOf(uri) !== undefined,
    async open(document) {
      const path = document && pathOf(document.uri);
      if (!document || path === undefined) return undefined;
      const service = await import('../service/failureDocument/index.ts');
      const known = opened.get(document);
      if (known && known.read === read) return { document: known.document, service };
      const isTaken = (id: string): boolean => keyOf(read?.ids.get(id) ?? path) !== keyOf(path);
      const made = service.createFailureDocument(document.text, path, { knowledge: read?.knowledge ?? bundledKnowledge(), encoding: edge.encoding(), isTaken });
      opened.set(document, { read, document: made });
      return { document: made, service };
    },
    reread(uris) {
      if (uris.some((uri) => pathOf(uri) !== undefined)) readFolder(read);
    },
    showFaults,
  };
}

/** Editor and disk can spell a name in different ways. */
function keyOf(path: string): string {
  return pathKey(path);
}
