/** Inserts a runbook for no failure in particular: verification after a change, prevention. */

import { window } from 'vscode';
import { type GuideEntry, type RunbookArguments, requests } from '../../server/src/protocol/editor.ts';
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
  await insertRunbook(server, { failure: chosen.id, captures: {}, part: 'full', evidence: '' } satisfies RunbookArguments);
}
