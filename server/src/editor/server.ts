/** The edge to an editor: the only file with a connection. It keeps the open documents and hands each request to the service. */

import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  type TextDocumentIdentifier,
} from 'vscode-languageserver/node';
import { createTimeZone, type TimeZone } from '../analysis/timeZone.ts';
import { pathOfAddress } from '../files/address.ts';
import { pathOfSetting } from '../files/settingPath.ts';
import { type BeginFailureParameters, type ExtendScriptParameters, type GuideEntry, type PageArguments, requests, type ScanParameters, showRunbookCommand } from '../protocol.ts';
import { collectSoon } from '../scan/heap.ts';
import {
  beginFailure,
  type ClientFeatures,
  type Encoding,
  editScratchFile,
  extendScript,
  getCodeActions,
  getCodeLenses,
  getDiagnostics,
  getDocumentFaults,
  getDocumentLinks,
  getDocumentSymbols,
  getFoldingRanges,
  getHover,
  getPage,
  getSummary,
  type LogDocument,
  locateRunbook,
  readRunbookArguments,
} from '../service/index.ts';
import { chooseEncoding, readClientFeatures, readFolders } from './clientCapabilities.ts';
import { createClientMessages } from './clientMessages.ts';
import { createFailureFolder } from './failureFolder.ts';
import { folderRegistrations, registration } from './folderRegistrations.ts';
import { scanForEditor } from './folderScan.ts';
import { openConnection } from './openConnection.ts';
import { createOpenDocuments } from './openDocuments.ts';
import { createRunbookPlaces } from './runbookPlaces.ts';
import { serverCapabilities } from './serverCapabilities.ts';
import { findPathFaults, noSettings, readSettings } from './settings.ts';

declare const VERSION: string;

const connection = openConnection();
const messages = createClientMessages(connection, () => capabilities);
const failures = createFailureFolder({
  encoding: () => encoding,
  openUris: () => documents.keys(),
  send: (uri, diagnostics) => messages.sendDiagnostics({ uri, diagnostics }),
  changed: refreshDiagnostics,
  warn: messages.warn,
});
const documents = createOpenDocuments(() => ({ knowledge: failures.knowledge, encoding, timeZone }));
const runbooks = createRunbookPlaces({
  scratchScript: () => settings.scratchScript,
  folder: () => folders[0],
  documents: () => documents.all(),
  hasLog: (uri) => logOf(uri) !== undefined,
  encoding: () => encoding,
  failure: (id) => failures.knowledge.failure(id),
  warn: messages.warn,
});
let capabilities: ClientCapabilities = {};
let client: ClientFeatures = readClientFeatures({}, undefined);
let encoding: Encoding = 'utf-16';
let folders: readonly string[] = [];
let settings = noSettings;
let timeZone: TimeZone | undefined;

connection.onInitialize((parameters: InitializeParams): InitializeResult => {
  capabilities = parameters.capabilities;
  client = readClientFeatures(capabilities, parameters.initializationOptions);
  encoding = chooseEncoding(capabilities);
  folders = readFolders(parameters);
  settings = readSettings((parameters.initializationOptions as { settings?: unknown } | null | undefined)?.settings, settings);
  return { serverInfo: { name: 'Mailflow Lens', version: VERSION }, capabilities: serverCapabilities(client, capabilities, encoding) };
});

connection.onInitialized(() => {
  messages.register([registration(DidChangeConfigurationNotification.method, { section: 'mailflowLens' })]);
  readTimeZone();
  checkPaths(noSettings);
  followFolder();
});

connection.onDidChangeConfiguration(({ settings: changed }) => {
  const before = settings;
  settings = readSettings((changed as { mailflowLens?: unknown } | null)?.mailflowLens, before);
  if (settings.timeZone !== before.timeZone) readTimeZone();
  checkPaths(before);
  followFolder();
});
connection.onDidChangeWatchedFiles(({ changes }) => failures.reread(changes.map(({ uri }) => uri)));
documents.onDidSave(({ document }) => failures.reread([document.uri]));

/** Takes the zone of the settings for local times, and lets open logs that were read without it be read anew. */
function readTimeZone(): void {
  const before = timeZone;
  timeZone = settings.timeZone === '' ? undefined : createTimeZone(settings.timeZone);
  if (settings.timeZone !== '' && !timeZone)
    messages.warn(
      `The setting mailflowLens.timeZone names no time zone: "${settings.timeZone}". Write it as Europe/Berlin, UTC or +02:00. Until then local times are shown as they are written.`,
    );
  if (timeZone !== before) refreshDiagnostics();
}

/** Tells of settings that can name no file here, each once. What they are for does without them. */
function checkPaths(before: typeof settings): void {
  for (const fault of findPathFaults(settings, before)) messages.warn(fault);
}

let followed: string | undefined;
let unregister = (): void => undefined;

/** Follows the folder that the settings name now, and asks the client for its documents. */
function followFolder(): void {
  const folder = pathOfSetting(settings.knowledge, folders[0] && pathOfAddress(folders[0]));
  if (folder === followed) return;
  followed = folder;
  failures.follow(folder);
  const unregisterBefore = unregister;
  unregister = messages.register(folder === undefined ? [] : folderRegistrations(folder, capabilities));
  unregisterBefore();
}

/** Lets every open document be read anew. */
function refreshDiagnostics(): void {
  if (client.pullsDiagnostics) messages.refreshDiagnostics();
  else for (const { uri } of documents.all()) void pushDiagnostics(uri);
}

// A client that pulls asks when it wants to; any other is sent the diagnostics, and told that they are gone when a document closes.
documents.onDidChangeContent(({ document }) => void pushDiagnostics(document.uri));
documents.onDidOpen(({ document }) => {
  collectSoon(document.text.length);
  if (failures.has(document.uri)) failures.showFaults();
});
documents.onDidClose(({ document }) => {
  if (!client.pullsDiagnostics) messages.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  if (failures.has(document.uri)) failures.showFaults();
});

async function pushDiagnostics(uri: string): Promise<void> {
  const document = documents.get(uri);
  if (!document || client.pullsDiagnostics) return;
  const push = (diagnostics: Diagnostic[]): void => messages.sendDiagnostics({ uri, version: document.text.version, diagnostics });
  if (!failures.has(uri)) return push(getDiagnostics(document.log, client));
  const own = await failures.open(document);
  if (own && documents.get(uri) === document) push(getDocumentFaults(own.document, own.document.problems));
}

/** A document as a log: all but the failure documents of the user's own are read as such. */
const logOf = (uri: string): LogDocument | undefined => (failures.has(uri) ? undefined : documents.get(uri)?.log);

/** What is asked about a log alone; about another document there is nothing to say. */
function aboutLog<Answer>(answer: (log: LogDocument) => Answer) {
  return ({ textDocument }: { readonly textDocument: TextDocumentIdentifier }): Answer | undefined => {
    const log = logOf(textDocument.uri);
    return log && answer(log);
  };
}

connection.languages.diagnostics.on(async ({ textDocument, previousResultId }) => {
  const document = documents.get(textDocument.uri);
  if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const own = await failures.open(document);
  if (own) return { kind: DocumentDiagnosticReportKind.Full, items: getDocumentFaults(own.document, own.document.problems) };
  const { resultId } = document;
  if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...getDiagnostics(document.log, client)] };
});
connection.onHover(async ({ textDocument, position }) => {
  const own = await failures.open(documents.get(textDocument.uri));
  if (own) return own.service.getDocumentHover(own.document, position, client);
  const log = logOf(textDocument.uri);
  return log && getHover(log, position, client);
});
connection.onCompletion(async ({ textDocument, position }) => {
  const own = await failures.open(documents.get(textDocument.uri));
  return own?.service.getCompletions(own.document, position, client);
});
connection.onCodeAction(async ({ textDocument, range, context }) => {
  const log = logOf(textDocument.uri);
  const script = log && (client.resolvesEdits ? runbooks.has(log.uri) && 'later' : await runbooks.open(log.uri));
  return log && getCodeActions(log, range, context.only, client, script || undefined);
});
connection.onCodeActionResolve(async (action: CodeAction): Promise<CodeAction> => {
  const placed = action.edit ? undefined : await runbooks.openPlaced(action.data);
  return placed ? { ...action, edit: editScratchFile(placed.file, placed.failure, placed.insertion, client.createsFiles) } : action;
});
connection.onExecuteCommand(async ({ command, arguments: given }) => {
  const placed = command === showRunbookCommand ? await runbooks.openPlaced(given?.[0]) : undefined;
  if (!placed) throw new ResponseError(ErrorCodes.InvalidParams, 'There is no such command, or no runbook that it could show.');
  const { uri, selection, message } = locateRunbook(placed.file, placed.failure, placed.insertion);
  // The reader stays in the log, and the script stands beside it. The command does not wait for that: it is the client's turn then.
  void messages.showDocument({ uri, selection, takeFocus: false }).then((isShown) => isShown || messages.inform(message));
  return null;
});
connection.onCodeLens(aboutLog((log) => getCodeLenses(log, client)));
connection.onDocumentSymbol(aboutLog(getDocumentSymbols));
connection.onFoldingRanges(aboutLog(getFoldingRanges));
connection.onDocumentLinks(aboutLog(getDocumentLinks));
connection.onRequest(requests.summary, ({ uri }: { uri: string }) => getSummary(logOf(uri)?.findings ?? []));
connection.onRequest(requests.beginFailure, ({ uri, position, id }: BeginFailureParameters) => {
  const log = logOf(uri);
  return log ? beginFailure(log, log.offsetAt(position), /^[a-z\d-]+$/.test(id) ? id : 'own-failure', new Date()) : null;
});
connection.onRequest(requests.guides, (): GuideEntry[] => failures.knowledge.failures.filter(({ kind }) => kind === 'guide').map(({ id, title }) => ({ id, title })));
connection.onRequest(requests.page, ({ id }: PageArguments) => getPage(String(id), failures.knowledge) ?? null);
connection.onRequest(requests.extendScript, (parameters: ExtendScriptParameters) => {
  const insertion = readRunbookArguments(parameters);
  const failure = insertion && failures.knowledge.failure(insertion.failure);
  return insertion && failure && typeof parameters.script === 'string' ? extendScript(parameters.script, failure, insertion) : null;
});
connection.onRequest(requests.scan, (parameters: ScanParameters, cancellation: CancellationToken) => {
  return scanForEditor(parameters, followed, messages.sendProgress, cancellation);
});

documents.listen(connection);
connection.listen();

// What nobody has caught is a fault of ours. It costs one answer, and not all documents that are open.
process.stderr.on('error', () => undefined);
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, messages.logFault);
