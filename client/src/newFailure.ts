/** Begins a failure document of the user's own from the line under the cursor. */

import { ConfigurationTarget, commands as editorCommands, Position, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { type BeginFailureParameters, requests } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';
import { currentSettings, exists, uriOf } from './settings.ts';

/** Opens the document unsaved: in the knowledge folder where there is one, so that saving it is all that is left to do. */
export async function startFailure(server: LanguageServer): Promise<void> {
  const editor = window.activeTextEditor;
  const { line, character } = editor?.selection.active ?? { line: 0, character: 0 };
  const named = currentSettings().knowledge;
  const folder = named === '' ? undefined : uriOf(named, workspace.workspaceFolders?.[0]);
  const id = folder ? await freeId(folder) : 'own-failure';
  const parameters: BeginFailureParameters = { uri: editor?.document.uri.toString() ?? '', position: { line, character }, id };
  const content = await server.request<string | null>(requests.beginFailure, parameters);
  if (content === null) {
    void window.showInformationMessage('Open a log and put the cursor on the line that the document shall be about.');
    return;
  }
  if (folder) {
    await window.showTextDocument(await openUnsaved(Uri.joinPath(folder, `${id}.md`), content));
    return;
  }
  const draft = await workspace.openTextDocument({ language: 'markdown', content });
  await window.showTextDocument(draft);
  const choice = await window.showInformationMessage(
    'Choose a folder for failure documents of your own. The document is saved there, and checked and completed while you write.',
    'Choose Folder...',
    'Open Settings',
  );
  if (choice === 'Open Settings') await editorCommands.executeCommand('workbench.action.openSettings', 'mailflowLens.knowledge');
  else if (choice) await saveInChosenFolder(draft);
}

/** Names the folder in the settings and saves the document there, under a name that is free. */
async function saveInChosenFolder(draft: TextDocument): Promise<void> {
  const question = { title: 'The folder for failure documents of your own', openLabel: 'Choose', canSelectFolders: true, canSelectFiles: false };
  const [folder] = (await window.showOpenDialog(question)) ?? [];
  if (!folder) return;
  const id = await freeId(folder);
  const text = draft.getText().replace(/^id: own-failure$/m, `id: ${id}`);
  const uri = Uri.joinPath(folder, `${id}.md`);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await workspace.getConfiguration('mailflowLens').update('knowledge', folder.fsPath, ConfigurationTarget.Global);
  await window.showTextDocument(draft);
  await editorCommands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await window.showTextDocument(uri);
}

/** The first of own-failure, own-failure-2, … that no document of the folder has, on the disk or unsaved. */
async function freeId(folder: Uri): Promise<string> {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? 'own-failure' : `own-failure-${number}`;
    const uri = Uri.joinPath(folder, `${id}.md`);
    const isOpen = workspace.textDocuments.some((document) => document.uri.path === uri.path);
    if (!isOpen && !(await exists(uri))) return id;
  }
}

async function openUnsaved(uri: Uri, content: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), content);
  await workspace.applyEdit(edit);
  return document;
}
