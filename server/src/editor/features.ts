/** What an editor can ask for: what is announced to it, and for each request the service that answers it. */

import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  DocumentDiagnosticReportKind,
  type ServerCapabilities,
  type TextDocumentIdentifier,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import {
  type BeginFailureParameters,
  commands,
  type ExtendScriptParameters,
  type GuideEntry,
  longestQuery,
  type MarksParameters,
  type OccurrencesArguments,
  type PageArguments,
  requests,
  type SessionArguments,
  showRunbookCommand,
} from '../protocol/editor.ts';
import { type OverviewParameters, overviewRequests } from '../protocol/overview.ts';
import type { OnlyFailuresParameters, ScanParameters } from '../protocol/scan.ts';
import { type ToolParameters, toolRequest } from '../protocol/tools.ts';
import {
  beginFailure,
  type ClientFeatures,
  type Encoding,
  extendScript,
  getCodeLenses,
  getDiagnostics,
  getDocumentFaults,
  getDocumentLinks,
  getDocumentSymbols,
  getFailureAt,
  getFoldingRanges,
  getHover,
  getInlayHints,
  getMarks,
  getOccurrences,
  getPage,
  getPages,
  getSession,
  getSummary,
  getValuesAt,
  type LogDocument,
  lensAddress,
  readRunbookArguments,
  resolveCodeLens,
} from '../service/index.ts';
import { announcesCompletion, triggerCharacters } from './folderRegistrations.ts';
import { onlyFailuresForEditor, overviewForEditor, reportForEditor, scanForEditor } from './folderScan.ts';
import type { EditorSession } from './session.ts';
import { ToolRequests } from './toolRequests.ts';

/** Nothing is announced that the client could not use. */
export function serverCapabilities(client: ClientFeatures, capabilities: ClientCapabilities, encoding: Encoding): ServerCapabilities {
  return {
    positionEncoding: encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    ...(announcesCompletion(capabilities) && { completionProvider: { triggerCharacters } }),
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: ['quickfix'], resolveProvider: true },
    // A lens is nothing but one of our commands.
    ...(client.commands.has(commands.insertRunbook) && { codeLensProvider: { resolveProvider: true } }),
    ...(client.runsServerCommands && { executeCommandProvider: { commands: [showRunbookCommand] } }),
    ...(capabilities.textDocument?.inlayHint != null && { inlayHintProvider: true }),
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    documentLinkProvider: {},
    ...(capabilities.textDocument?.references != null && { referencesProvider: true }),
    ...(capabilities.textDocument?.definition != null && { definitionProvider: true }),
    ...(capabilities.textDocument?.callHierarchy != null && { callHierarchyProvider: true }),
    ...(capabilities.workspace?.workspaceFolders === true && { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }),
    diagnosticProvider: { identifier: 'mailflow-lens', interFileDependencies: false, workspaceDiagnostics: false },
  };
}

export function answerRequests(connection: Connection, session: EditorSession): void {
  const { documents, failures, messages } = session;
  /** What is asked about a log alone; about another document there is nothing to say. */
  const aboutLog =
    <Answer>(answer: (log: LogDocument) => Answer) =>
    ({ textDocument }: { readonly textDocument: TextDocumentIdentifier }): Answer | undefined => {
      const log = session.logOf(textDocument.uri);
      return log && answer(log);
    };

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }) => {
    const document = documents.get(textDocument.uri);
    if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const own = await failures.open(document);
    if (own) return { kind: DocumentDiagnosticReportKind.Full, items: getDocumentFaults(own.document, own.document.problems) };
    const { resultId } = document;
    if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...getDiagnostics(document.log, session.client)] };
  });
  connection.onHover(async ({ textDocument, position }) => {
    const own = await failures.open(documents.get(textDocument.uri));
    if (own) return own.service.getDocumentHover(own.document, position, session.client);
    const log = session.logOf(textDocument.uri);
    return log && getHover(log, position, session.client);
  });
  connection.onCompletion(async ({ textDocument, position }) => {
    const own = await failures.open(documents.get(textDocument.uri));
    return own?.service.getCompletions(own.document, position, session.client);
  });
  connection.onCodeLens(aboutLog((log) => getCodeLenses(log, session.client, session.settings.codeLens)));
  connection.onCodeLensResolve((lens) => {
    const uri = lensAddress(lens);
    const log = uri === undefined ? undefined : session.logOf(uri);
    return log ? resolveCodeLens(log, lens) : lens;
  });
  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const log = session.settings.inlayHints ? session.logOf(textDocument.uri) : undefined;
    return log ? getInlayHints(log, range) : [];
  });
  connection.onDocumentSymbol(aboutLog(getDocumentSymbols));
  connection.onFoldingRanges(aboutLog(getFoldingRanges));
  connection.onDocumentLinks(aboutLog(getDocumentLinks));
  connection.onRequest(requests.occurrences, ({ uri, position }: OccurrencesArguments) => {
    const log = session.logOf(uri);
    return log ? getOccurrences(log, position) : [];
  });
  connection.onRequest(requests.failureAt, ({ uri, position }: OccurrencesArguments) => {
    const log = session.logOf(uri);
    return (log && getFailureAt(log, position)) ?? null;
  });
  connection.onRequest(requests.valuesAt, ({ uri, position }: OccurrencesArguments) => {
    const log = session.logOf(uri);
    return log ? getValuesAt(log, position) : {};
  });
  connection.onRequest(requests.marks, ({ uri, startLine, endLine }: MarksParameters) => {
    const log = session.logOf(uri);
    return log ? getMarks(log, Number.isInteger(startLine) && Number.isInteger(endLine) ? { start: startLine as number, end: endLine as number } : undefined) : [];
  });
  connection.onRequest(requests.session, ({ uri, sessionId, line }: SessionArguments) => {
    const log = session.logOf(uri);
    const wanted = { ...(typeof sessionId === 'string' && { sessionId }), ...(Number.isInteger(line) && { line: line as number }) };
    return (log && getSession(log, wanted)) ?? null;
  });
  connection.onRequest(requests.summary, ({ uri }: { uri: string }) => getSummary(session.logOf(uri)?.findings));
  connection.onRequest(requests.beginFailure, ({ uri, position, id }: BeginFailureParameters) => {
    const log = session.logOf(uri);
    return log ? beginFailure(log, log.offsetAt(position), /^[a-z\d-]+$/.test(id) ? id : 'own-failure', new Date()) : null;
  });
  connection.onRequest(requests.guides, (): GuideEntry[] => failures.knowledge.failures.filter(({ kind }) => kind === 'guide').map(({ id, title }) => ({ id, title })));
  connection.onRequest(requests.page, ({ id }: PageArguments) => getPage(String(id).slice(0, longestQuery), failures.knowledge, (of) => `${of}.md`) ?? null);
  connection.onRequest(requests.extendScript, (parameters: ExtendScriptParameters) => {
    const insertion = readRunbookArguments(parameters);
    const failure = insertion && failures.knowledge.failure(insertion.failure);
    return insertion && failure && typeof parameters.script === 'string' ? extendScript(parameters.script, failure, insertion) : null;
  });
  connection.onRequest(requests.scan, (parameters: ScanParameters, cancellation: CancellationToken) => {
    return scanForEditor(parameters, session.readingSettings, messages.sendProgress, cancellation);
  });
  connection.onRequest(requests.report, (parameters: ScanParameters, cancellation: CancellationToken) => {
    return reportForEditor(parameters, session.readingSettings, messages.sendProgress, cancellation);
  });
  const tools = new ToolRequests(session);
  connection.onRequest(toolRequest, (parameters: ToolParameters, cancellation: CancellationToken) => tools.ask(parameters, cancellation));
  connection.onRequest(overviewRequests.overview, (parameters: OverviewParameters, cancellation: CancellationToken) => {
    return overviewForEditor(parameters, session.readingSettings, messages.sendProgress, cancellation);
  });
  connection.onRequest(overviewRequests.onlyFailures, (parameters: OnlyFailuresParameters, cancellation: CancellationToken) => {
    return onlyFailuresForEditor(parameters, session.readingSettings, messages.sendProgress, cancellation);
  });
  connection.onRequest(requests.pages, () => getPages(failures.knowledge));
}
