/** Shows the overview of the open log, or of what was scanned, as a page beside the logs. */

import { type Disposable, commands as editorCommands, ProgressLocation, Range, Uri, ViewColumn, type Webview, type WebviewPanel, window, workspace } from 'vscode';
import { type OverviewParameters, type OverviewPicture, overviewRequests, type PicturePlace } from '../../server/src/protocol/overview.ts';
import type { LanguageServer } from './languageServer.ts';
import { overviewPageStyle } from './overviewStyle.ts';
import { createPictureChannel } from './pictureChannel.ts';
import { momentText } from './scanText.ts';
import { chooseScope, givenTextOf, type Scope, type ScopeSources, scopeName } from './scope.ts';
import { withoutLinks } from './shownText.ts';

/** Registers the command. @param script Where the bundle of the page lies. */
export function provideOverview(server: LanguageServer, sources: ScopeSources, script: Uri): Disposable[] {
  let panel: WebviewPanel | undefined;
  const channel = createPictureChannel((message) => void panel?.webview.postMessage(message));
  const fill = (made: WebviewPanel): WebviewPanel => {
    made.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(script, '..')] };
    made.webview.onDidReceiveMessage((message: unknown) => {
      const { kind, number, place } = (message ?? {}) as { readonly kind?: unknown; readonly number?: unknown; readonly place?: unknown };
      if (kind === 'ready') channel.begin(number);
      if (kind === 'open' && isPlace(place)) void openLine(place);
    });
    made.onDidDispose(() => {
      if (panel === made) panel = undefined;
    });
    made.webview.html = pageOf(made.webview, script);
    return made;
  };
  return [
    { dispose: () => panel?.dispose() },
    // Its page has kept what it showed when VS Code was closed.
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (kept) => {
        panel?.dispose();
        panel = fill(kept);
      },
    }),
    editorCommands.registerCommand('mailflowLens.showOverview', async () => {
      const scope = await chooseScope(sources, 'the overview');
      const next = scope && (await ask(server, scope));
      if (!next) return;
      if (panel) panel.reveal();
      else panel = fill(window.createWebviewPanel(viewType, 'Mail Flow Overview', ViewColumn.Active));
      channel.show({ ...next, facts: [...next.facts, ...notesOn(scope)] });
      panel.title = `Mail Flow of ${scopeName(scope)}`;
    }),
  ];
}

const viewType = 'mailflowLens.overview';

/** What it is of, where a reader could think of something else. */
function notesOn({ uris, since }: Scope): string[] {
  const isUnsaved = workspace.textDocuments.some(({ isDirty, uri }) => isDirty && uris.includes(uri.toString()));
  return [
    ...(since === undefined ? [] : [`Mail Failures lists only what is since ${momentText(since)}; this is of the logs as a whole.`]),
    ...(isUnsaved ? ['The log has changes that are not saved; this is of the file on the disk.'] : []),
  ];
}

/** Null where the user cancels it. */
async function ask(server: LanguageServer, scope: Scope): Promise<OverviewPicture | null> {
  const given = givenTextOf(scope);
  if (!given) return null;
  const parameters: OverviewParameters = { uris: scope.uris, ...given };
  return window.withProgress({ location: ProgressLocation.Notification, title: 'Reading the logs for the overview', cancellable: true }, async (progress, cancellation) => {
    const token = `mailflowLens.overview-${Date.now()}`;
    const heard = await server.onProgress<{ readonly message?: string }>(token, ({ message }) => message !== undefined && progress.report({ message: withoutLinks(message) }));
    try {
      return await server.request<OverviewPicture | null>(overviewRequests.overview, { ...parameters, workDoneToken: token }, cancellation);
    } finally {
      heard.dispose();
    }
  });
}

function isPlace(value: unknown): value is PicturePlace {
  const { file, line } = (value ?? {}) as Partial<Record<keyof PicturePlace, unknown>>;
  return typeof file === 'string' && Number.isInteger(line);
}

/** VS Code opens a large file for a reader though it gives an extension no document of it. */
async function openLine({ file, line }: PicturePlace): Promise<void> {
  const isPath = /^(?:[a-z]:)?[\\/]/i.test(file);
  const uri = isPath ? Uri.file(file) : workspace.textDocuments.find((document) => document.uri.toString() === file)?.uri;
  if (!uri) return void window.showInformationMessage('The text that this overview is of is not open any more.');
  await editorCommands.executeCommand('vscode.open', uri, { selection: new Range(line - 1, 0, line - 1, 0), viewColumn: ViewColumn.Active, preview: true });
}

/** The page itself: our script and our style alone, known by a number that nobody can guess; no address, no evaluated code. */
function pageOf(webview: Webview, script: Uri): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<title>Mail Flow Overview</title>
<style nonce="${nonce}">${overviewPageStyle}</style>
</head>
<body>
<main></main>
<script nonce="${nonce}" src="${webview.asWebviewUri(script).toString()}"></script>
</body>
</html>
`;
}
