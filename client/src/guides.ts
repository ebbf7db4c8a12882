/** Inserts a runbook for no failure in particular: to diagnose, to verify after a change, to prevent. It takes the values of the row that the cursor is on. */

import { window } from 'vscode';
import { type GuideEntry, type OccurrencesArguments, type RunbookArguments, requests } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';
import { insertRunbook } from './scratchScript.ts';

/** Lets the user choose a guide and puts it into the scratch script. */
export async function insertGuide(server: LanguageServer): Promise<void> {
  const guides = await server.request<GuideEntry[]>(requests.guides);
  const chosen = await window.showQuickPick(
    guides.map(({ id, title }) => ({ label: title, description: id, id })),
    { title: 'Insert a guide into the scratch script', placeHolder: 'Commands that change something are commented out', matchOnDescription: true },
  );
  if (!chosen) return;
  await insertRunbook(server, { failure: chosen.id, captures: await valuesAtCursor(server), part: 'full', evidence: '' } satisfies RunbookArguments);
}

/** A text that is no log names none. */
async function valuesAtCursor(server: LanguageServer): Promise<RunbookArguments['captures']> {
  const editor = window.activeTextEditor;
  if (!editor) return {};
  const { line, character } = editor.selection.active;
  return server.request<RunbookArguments['captures']>(requests.valuesAt, { uri: editor.document.uri.toString(), position: { line, character } } satisfies OccurrencesArguments);
}
