/** The edit that puts a runbook into a scratch file, for clients without our commands. */

import type { Range, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { RunbookArguments } from '../protocol.ts';
import type { Failure } from '../values.ts';
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

/** Creates or extends the scratch file, in one edit. */
export function editScratchFile(file: ScratchFile, failure: Failure, insertion: RunbookArguments, createsFiles: boolean): WorkspaceEdit {
  const { insertions } = extendScript(file.text, failure, insertion);
  const edits: TextEdit[] = insertions.map(({ offset, text }) => ({ range: file.range(offset), newText: text }));
  if (!createsFiles) return { changes: { [file.uri]: edits } };
  const change: TextDocumentEdit = { textDocument: { uri: file.uri, version: file.version }, edits };
  return { documentChanges: [...(file.exists ? [] : [{ kind: 'create' as const, uri: file.uri, options: { ignoreIfExists: true } }]), change] };
}
