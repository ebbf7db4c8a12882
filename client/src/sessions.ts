/** Shows one session of a log alone, as a document that is only read. Each of its lines leads back to its row. */

import { type Disposable, DocumentLink, EventEmitter, Location, languages, Position, Range, type TextDocument, Uri, window, workspace } from 'vscode';
import { requests, type SessionArguments, type SessionText, sessionScheme } from '../../server/src/protocol/editor.ts';
import type { LanguageServer } from './languageServer.ts';
import { isServed } from './served.ts';

/** So many sessions are remembered; an older one is asked for again. */
const mostRemembered = 50;

/** The command, and what its documents consist of. */
export function provideSessions(server: LanguageServer): { readonly show: (argument: unknown) => Promise<void>; readonly disposables: readonly Disposable[] } {
  const known = new Map<string, SessionText>();
  const changed = new EventEmitter<Uri>();
  const load = async (parameters: SessionArguments): Promise<SessionText | undefined> => {
    const session = (await server.request<SessionText | null>(requests.session, parameters)) ?? undefined;
    if (!session) return undefined;
    const uri = addressOf(parameters.uri, session.sessionId);
    known.set(uri.toString(), session);
    for (const [oldest] of known) if (known.size > mostRemembered) known.delete(oldest);
    changed.fire(uri);
    return session;
  };
  const knownOf = async (uri: Uri): Promise<SessionText | undefined> => known.get(uri.toString()) ?? (await load(argumentsOf(uri)));
  const rowAt = async (document: TextDocument, line: number): Promise<Location | undefined> => {
    const row = (await knownOf(document.uri))?.lines[line];
    return row === null || row === undefined ? undefined : new Location(Uri.parse(argumentsOf(document.uri).uri), new Position(row, 0));
  };
  return {
    async show(argument) {
      const parameters = readArguments(argument) ?? atCursor();
      const session = parameters && (await load(parameters));
      if (session) await window.showTextDocument(addressOf(parameters.uri, session.sessionId), { preview: true });
      else void window.showInformationMessage('No session here. Put the cursor on a row of a protocol log, such as SEND or RECV.');
    },
    disposables: [
      changed,
      workspace.registerTextDocumentContentProvider(sessionScheme, {
        onDidChange: changed.event,
        provideTextDocumentContent: async (uri) => (await knownOf(uri))?.text ?? 'The log that this session is from is not open any more.\n',
      }),
      languages.registerDefinitionProvider({ scheme: sessionScheme }, { provideDefinition: (document, { line }) => rowAt(document, line) }),
      languages.registerDocumentLinkProvider(
        { scheme: sessionScheme },
        {
          async provideDocumentLinks(document) {
            const log = Uri.parse(argumentsOf(document.uri).uri);
            return ((await knownOf(document.uri))?.lines ?? []).flatMap((row, line) => {
              const number = row === null ? undefined : /\d+/.exec(document.lineAt(Math.min(line, document.lineCount - 1)).text);
              if (row === null || !number) return [];
              const link = new DocumentLink(new Range(line, number.index, line, number.index + number[0].length), log.with({ fragment: `L${row + 1}` }));
              link.tooltip = 'Go to this row';
              return [link];
            });
          },
        },
      ),
    ],
  };
}

function atCursor(): SessionArguments | undefined {
  const editor = window.activeTextEditor;
  return editor && isServed(editor.document) ? { uri: editor.document.uri.toString(), line: editor.selection.active.line } : undefined;
}

/** The name of the tab says which session it is; the log stands in the query. */
function addressOf(log: string, sessionId: string): Uri {
  return Uri.from({ scheme: sessionScheme, path: `/Session ${sessionId.replace(/[^\w.-]/g, '_')}.log`, query: JSON.stringify({ uri: log, sessionId }) });
}

function argumentsOf(uri: Uri): SessionArguments {
  return JSON.parse(uri.query) as SessionArguments;
}

function readArguments(argument: unknown): SessionArguments | undefined {
  const { uri, sessionId, line } = (argument ?? {}) as Partial<Record<keyof SessionArguments, unknown>>;
  if (typeof uri !== 'string') return undefined;
  if (typeof sessionId === 'string') return { uri, sessionId };
  return typeof line === 'number' && Number.isInteger(line) ? { uri, line } : undefined;
}
