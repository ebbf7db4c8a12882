/** Asks what to explain: any failure by its title, name, codes or id, and any text that a server or a bounce shows. */

import { type QuickPickItem, ThemeIcon, window } from 'vscode';
import { longestQuery, type PageEntry, requests } from '../../server/src/protocol/editor.ts';
import { failureAtCursor } from './failureAtCursor.ts';
import type { LanguageServer } from './languageServer.ts';
import { withoutIcons } from './shownText.ts';

interface Choice extends QuickPickItem {
  readonly query: string;
}

/** @returns undefined where the user has chosen nothing. */
export async function askForQuery(server: LanguageServer): Promise<string | undefined> {
  const pick = window.createQuickPick<Choice>();
  pick.title = 'Explain a code, event, failure or response';
  pick.placeholder = 'A title, an id, a code such as 454 4.7.0, event 2004, or the whole text of a bounce';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const [pages, prefilled] = await Promise.all([server.request<PageEntry[]>(requests.pages), textAtCursor(server)]);
  const known = pages.map(toChoice);
  const offer = (): void => {
    const text = pick.value.trim().replace(/\s+/g, ' ');
    pick.items = text === '' ? known : [asIs(text), ...known];
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(offer);
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.query ?? pick.value.trim());
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.busy = false;
    pick.value = prefilled;
    offer();
    pick.show();
  });
}

/** Its label is the text, since VS Code sorts by how well labels fit. */
function asIs(text: string): Choice {
  const isLong = text.length > mostShown;
  return {
    label: withoutIcons(isLong ? `${text.slice(0, mostShown)}…` : text),
    description: 'explain this',
    iconPath: new ThemeIcon('search'),
    alwaysShow: true,
    query: text.slice(0, longestQuery),
  };
}

const mostShown = 60;

function toChoice({ id, title, short, codes }: PageEntry): Choice {
  const name = title.startsWith(short) ? '' : short;
  return { label: title, description: id, detail: [name, codes].filter((part) => part !== '').join(' · '), query: id };
}

/** What is selected; or else the failure on the cursor's line. */
async function textAtCursor(server: LanguageServer): Promise<string> {
  const editor = window.activeTextEditor;
  if (!editor) return '';
  const selected = editor.document.getText(editor.selection).trim();
  if (selected !== '') return selected.slice(0, longestQuery);
  const failure = await failureAtCursor(server);
  return failure?.start.line === editor.selection.active.line ? (failure.page ?? '') : '';
}
