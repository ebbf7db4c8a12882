/** Shows the records of failures alone, as a document that is only read. Each of its lines leads back to its log. */

import {
  type Disposable,
  DocumentLink,
  EventEmitter,
  commands as editorCommands,
  Location,
  languages,
  Position,
  ProgressLocation,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { failuresScheme, overviewRequests } from '../../server/src/protocol/overview.ts';
import type { OnlyFailures, OnlyFailuresParameters } from '../../server/src/protocol/scan.ts';
import { chooseFilter, type FailuresFilter } from './failuresFilter.ts';
import type { LanguageServer } from './languageServer.ts';
import { chooseScope, givenTextOf, type ScopeSources } from './scope.ts';
import { withoutLinks } from './shownText.ts';

/** So many of these documents are remembered; an older one is read again. */
const mostRemembered = 10;

/** What a document's address says: which logs it is of, and what of them. */
interface Shown extends FailuresFilter {
  readonly uris: readonly string[];
  /** The document whose text is read, where it is not a file as it is on the disk. */
  readonly document?: string;
}

export function provideOnlyFailures(server: LanguageServer, sources: ScopeSources): Disposable[] {
  const known = new Map<string, OnlyFailures>();
  const load = async (uri: Uri): Promise<OnlyFailures | undefined> => {
    const answer = (await ask(server, shownIn(uri))) ?? undefined;
    if (!answer) return undefined;
    known.set(uri.toString(), answer);
    for (const [oldest] of known) if (known.size > mostRemembered) known.delete(oldest);
    return answer;
  };
  const knownOf = async (uri: Uri): Promise<OnlyFailures | undefined> => known.get(uri.toString()) ?? (await load(uri));
  const show = async (shown: Shown): Promise<void> => {
    const uri = addressOf(shown);
    if (await load(uri)) {
      changed.fire(uri);
      await window.showTextDocument(uri, { preview: true });
    }
  };
  const placeAt = ({ lines, uris }: OnlyFailures, line: number): Location | undefined => {
    const [log, row] = lines[line] ?? [];
    const uri = log === undefined ? undefined : uris[log];
    return uri === undefined || row === undefined ? undefined : new Location(Uri.parse(uri, true), new Position(row, 0));
  };
  const changed = new EventEmitter<Uri>();
  const selector = { scheme: failuresScheme };
  return [
    changed,
    editorCommands.registerCommand('mailflowLens.showOnlyFailures', async () => {
      const shown = await chooseScope(sources, 'the list of failures');
      if (shown) await show({ order: 'failure', ...shown });
    }),
    editorCommands.registerCommand('mailflowLens.filterFailures', async () => {
      const uri = window.activeTextEditor?.document.uri;
      const answer = uri?.scheme === failuresScheme ? await knownOf(uri) : undefined;
      if (!uri || !answer) return;
      const { uris, document, ...filter } = shownIn(uri);
      const next = await chooseFilter(filter, answer);
      if (next) await show({ ...next, uris, ...(document !== undefined && { document }) });
    }),
    workspace.registerTextDocumentContentProvider(failuresScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => (await knownOf(uri))?.text ?? 'The logs could not be read.\n',
    }),
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async ({ uri }, { line }) => {
        const answer = await knownOf(uri);
        return answer && placeAt(answer, line);
      },
    }),
    languages.registerDocumentLinkProvider(selector, { provideDocumentLinks: async (document) => linksOf(document, await knownOf(document.uri)) }),
  ];
}

/** The heading of each record leads to its first row. */
function linksOf(document: TextDocument, answer: OnlyFailures | undefined): DocumentLink[] {
  if (!answer) return [];
  return answer.lines.flatMap((place, line) => {
    if (place === null || answer.lines[line - 1] !== null || line >= document.lineCount) return [];
    const uri = answer.uris[place[0]];
    if (uri === undefined) return [];
    const link = new DocumentLink(document.lineAt(line).range.with(new Position(line, 2)), Uri.parse(uri, true).with({ fragment: `L${place[1] + 1}` }));
    link.tooltip = 'Go to this record';
    return [link];
  });
}

/** Null where the user cancels it. */
async function ask(server: LanguageServer, { uris, document, ...filter }: Shown): Promise<OnlyFailures | null> {
  const given = givenTextOf({ uris, ...(document !== undefined && { document }) });
  if (!given) return null;
  const parameters: OnlyFailuresParameters = { ...filter, uris, ...given };
  return window.withProgress({ location: ProgressLocation.Notification, title: 'Reading the failures', cancellable: true }, async (progress, cancellation) => {
    const workDoneToken = `mailflowLens.onlyFailures-${Date.now()}`;
    const heard = await server.onProgress<{ readonly message?: string }>(
      workDoneToken,
      ({ message }) => message !== undefined && progress.report({ message: withoutLinks(message) }),
    );
    try {
      return await server.request<OnlyFailures | null>(overviewRequests.onlyFailures, { ...parameters, workDoneToken }, cancellation);
    } finally {
      heard.dispose();
    }
  });
}

/** The name of the tab says what it is of; all else stands in the query. */
function addressOf(shown: Shown): Uri {
  const of =
    Uri.parse(shown.document ?? shown.uris[0] ?? '', true)
      .path.split('/')
      .pop() ?? '';
  return Uri.from({ scheme: failuresScheme, path: `/Failures in ${of.replace(/[^\w. -]/g, '_').replace(/\.log$/i, '')}.log`, query: JSON.stringify(shown) });
}

function shownIn(uri: Uri): Shown {
  return JSON.parse(uri.query) as Shown;
}
