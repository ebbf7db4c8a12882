/** Shows the pages about failures and codes in the editor's own Markdown preview: bundled, so they are there offline. */

import { type Disposable, EventEmitter, commands as editorCommands, TabInputCustom, TabInputText, Uri, ViewColumn, window, workspace } from 'vscode';
import { longestQuery, type PageArguments, pageScheme, requests } from '../../server/src/protocol/editor.ts';
import { askForQuery } from './explain.ts';
import type { LanguageServer } from './languageServer.ts';
import { withoutLinks } from './shownText.ts';

/** Serves `mailflow-lens:` documents, whose text the server has. */
export function providePages(server: LanguageServer): Disposable[] {
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(pageScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) =>
      (await askForPage(server, queryOf(uri))) ??
      `# Nothing is known about "${queryOf(uri)
        .replace(/[^\w .-]/g, '')
        .slice(0, 80)}"\n`,
  });
  return [provider, changed];
}

/** Opens the page about a failure, a code, or whatever a text is recognised as. Without an argument, as from the command palette, it asks what to explain. */
export async function openPage(server: LanguageServer, argument: unknown): Promise<void> {
  const query = readQuery(argument) ?? (await askForQuery(server));
  if (!query) return;
  if ((await askForPage(server, query)) === null) {
    void window.showInformationMessage(`"${withoutLinks(query.slice(0, 80))}" is no failure that is known. Choose one from the list, or paste the whole response of the server.`);
    return;
  }
  await showPage(addressOf(query));
}

/** Beside what the reader looks at, or where pages are shown already. */
async function showPage(uri: Uri): Promise<void> {
  const viewColumn = columnOfPages() ?? (window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active);
  try {
    await editorCommands.executeCommand('vscode.openWith', uri, 'vscode.markdown.preview.editor', { viewColumn, preview: true });
  } catch {
    // The Markdown preview is a built-in extension that can be turned off: then the page is shown as text.
    await window.showTextDocument(uri, { viewColumn, preview: true });
  }
}

function columnOfPages(): ViewColumn | undefined {
  const isPage = ({ input }: { readonly input: unknown }): boolean => (input instanceof TabInputCustom || input instanceof TabInputText) && input.uri.scheme === pageScheme;
  return window.tabGroups.all.find(({ tabs }) => tabs.some(isPage))?.viewColumn;
}

function readQuery(argument: unknown): string | undefined {
  const id = (argument as Partial<PageArguments> | null | undefined)?.id;
  return typeof id === 'string' ? id.trim().slice(0, longestQuery) : undefined;
}

/** Codes and ids have addresses that say them; a longer text stands in the query. */
function addressOf(query: string): Uri {
  const isName = /^[\w.-][\w .-]{0,79}$/.test(query);
  return Uri.from({ scheme: pageScheme, path: isName ? `/${query}.md` : '/explained.md', query: isName ? '' : query });
}

function queryOf({ path, query }: Uri): string {
  return query || path.replace(/^\//, '').replace(/\.md$/, '');
}

function askForPage(server: LanguageServer, id: string): Promise<string | null> {
  return server.request<string | null>(requests.page, { id } satisfies PageArguments);
}
