/** Shows the pages about failures and codes in the editor's own Markdown preview: bundled, so they are there offline. */

import { type Disposable, EventEmitter, commands as editorCommands, Uri, window, workspace } from 'vscode';
import { type PageArguments, pageScheme, requests } from '../../server/src/protocol.ts';
import type { LanguageServer } from './languageServer.ts';

/** Serves `mailflow-lens:` documents, whose text the server has. */
export function providePages(server: LanguageServer): Disposable[] {
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(pageScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => (await askForPage(server, idOf(uri))) ?? `# Nothing is known about "${idOf(uri).replace(/[^\w .-]/g, '')}"\n`,
  });
  return [provider, changed];
}

/** Opens the page about a failure or a code. Without an argument, as from the command palette, it asks for a code. */
export async function openPage(server: LanguageServer, argument: unknown): Promise<void> {
  const id =
    readId(argument) ??
    (await window.showInputBox({
      title: 'Explain a code, event or failure',
      prompt: 'A code, an event, a failure, or what a server answered, such as 454 4.7.0, event 2004, tls-untrusted-root or 550 5.1.1 User unknown',
      placeHolder: '454 4.7.0',
    }));
  if (!id) return;
  if ((await askForPage(server, id)) === null) {
    void window.showInformationMessage(`Mailflow Lens knows nothing about "${id.slice(0, 80)}".`);
    return;
  }
  // A path cannot begin with two slashes.
  const uri = Uri.from({ scheme: pageScheme, path: `/${id.replace(/^[\\/\s]+/, '')}.md` });
  try {
    await editorCommands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The Markdown preview is a built-in extension that can be turned off: then the page is shown as text.
    await window.showTextDocument(uri, { preview: true });
  }
}

function readId(argument: unknown): string | undefined {
  const id = (argument as Partial<PageArguments> | null | undefined)?.id;
  return typeof id === 'string' && id.length <= 80 ? id : undefined;
}

function idOf(uri: Uri): string {
  return uri.path.replace(/^\//, '').replace(/\.md$/, '');
}

function askForPage(server: LanguageServer, id: string): Promise<string | null> {
  return server.request<string | null>(requests.page, { id } satisfies PageArguments);
}
