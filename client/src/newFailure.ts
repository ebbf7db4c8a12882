/** Begins a failure document of the user's own from the line under the cursor. */

import { commands as editorCommands, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type BeginFailureParameters, requests } from '../../server/src/protocol.ts';

/** Opens the document untitled: it comes into being in the knowledge folder when the user saves it there under its id. */
export async function beginFailure(client: LanguageClient): Promise<void> {
  const editor = window.activeTextEditor;
  const { line, character } = editor?.selection.active ?? { line: 0, character: 0 };
  const parameters: BeginFailureParameters = { uri: editor?.document.uri.toString() ?? '', position: { line, character } };
  const content = await client.sendRequest<string | null>(requests.beginFailure, parameters);
  if (content === null) {
    void window.showInformationMessage('Open a log and put the cursor on the line that the document shall be about.');
    return;
  }
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
  if (workspace.getConfiguration('mailflowLens').get<string>('knowledge', '') !== '') return;
  const choice = await window.showInformationMessage(
    'Save it as own-failure.md, or under its own id, in a folder that the setting mailflowLens.knowledge names.',
    'Open the Setting',
  );
  if (choice) await editorCommands.executeCommand('workbench.action.openSettings', 'mailflowLens.knowledge');
}
