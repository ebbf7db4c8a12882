/** The failure that a command is about: the one on the cursor's line, or else the nearest below it. */

import { type TextEditor, window } from 'vscode';
import { type FailureAt, type OccurrencesArguments, requests } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';

/** undefined where there is none. */
export async function failureAtCursor(server: LanguageServer): Promise<FailureAt | undefined> {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  return (await server.request<FailureAt | null>(requests.failureAt, placeOf(editor))) ?? undefined;
}

function placeOf({ document, selection: { active } }: TextEditor): OccurrencesArguments {
  return { uri: document.uri.toString(), position: { line: active.line, character: active.character } };
}
