/** The edit that puts a runbook into a scratch file, and what is said of it, for clients without our commands. */

import type { Range, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { fileName } from '../explain/runbook.ts';
import type { Failure } from '../failures.ts';
import type { RunbookArguments } from '../protocol/editor.ts';
import { extendScript } from './scratchScript.ts';

/** The scratch file as it stands. */
export interface ScratchFile {
  readonly uri: string;
  readonly exists: boolean;
  /** The open document's version, or null where it is not open. */
  readonly version: number | null;
  readonly text: string;
  /** The range of an offset, in the encoding that was agreed with the client. */
  range(offset: number): Range;
}

/** An edit, or the reason why there is none, as a text for the user. */
export type ScratchEdit = { readonly edit: WorkspaceEdit; readonly warning?: never } | { readonly edit?: never; readonly warning: string };

/** Creates or extends the scratch file, in one edit. */
export function editScratchFile(file: ScratchFile, failure: Failure, insertion: RunbookArguments, createsFiles: boolean): ScratchEdit {
  const { insertions, warning } = extendScript(file.text, failure, insertion);
  if (warning !== undefined) return { warning };
  const edits: TextEdit[] = insertions.map(({ offset, text }) => ({ range: file.range(offset), newText: text }));
  if (!createsFiles) return { edit: { changes: { [file.uri]: edits } } };
  const change: TextDocumentEdit = { textDocument: { uri: file.uri, version: file.version }, edits };
  return { edit: { documentChanges: [...(file.exists ? [] : [{ kind: 'create' as const, uri: file.uri, options: { ignoreIfExists: true } }]), change] } };
}

/** Where a runbook stands, and a sentence about it: a warning where it could not be inserted. */
interface PlaceOfRunbook {
  readonly uri: string;
  readonly selection: Range;
  readonly message: string;
  readonly isWarning: boolean;
}

/** Where a runbook stands in the scratch file, and the sentence for a client that cannot show it. The file may be known as it was before the edit, or as it is. */
export function locateRunbook(file: ScratchFile, failure: Failure, insertion: RunbookArguments): PlaceOfRunbook {
  const { line, warning } = extendScript(file.text, failure, insertion);
  const start = { line, character: 0 };
  return {
    uri: file.uri,
    selection: { start, end: start },
    isWarning: warning !== undefined,
    message: warning ?? `Runbook added to ${fileName(file.uri)}, line ${line + 1}. It is not saved.`,
  };
}
