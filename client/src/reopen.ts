/** Opens a file anew in its encoding, where VS Code has taken it for another. */

import { commands as editorCommands, type TextDocument, Uri, window, workspace } from 'vscode';
import type { ReopenArguments } from '../../server/src/protocol/editor.ts';

/** What VS Code has learned since the version that this extension needs at least: documents know their encoding, and can be opened in one (1.100). */
type OpenInEncoding = (uri: Uri, options: { readonly encoding: string }) => Thenable<TextDocument>;

const encodings = ['utf16le', 'utf16be'];

/**
 * Reopens the file at once where the encoding is known and this VS Code can, and lets the user choose it otherwise.
 * @param argument ReopenArguments; any document can run a command, so only the encodings of our own notices are taken.
 */
export async function reopen(argument: unknown): Promise<void> {
  const { uri, encoding } = (argument ?? {}) as Partial<ReopenArguments>;
  if (typeof uri !== 'string') return;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  await window.showTextDocument(document);
  if (typeof encoding === 'string' && encodings.includes(encoding) && 'encoding' in document && !document.isDirty)
    await (workspace.openTextDocument as OpenInEncoding)(document.uri, { encoding });
  else await editorCommands.executeCommand('workbench.action.editor.changeEncoding');
}
