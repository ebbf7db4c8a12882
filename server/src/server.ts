/** The edge to an editor: the only file with a connection. It keeps the open documents and hands each request to the service. */

import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  DidChangeConfigurationNotification,
  type Disposable,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  ProgressType,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { createTimeZone, type TimeZone } from './analysis/timeZone.ts';
import { chooseEncoding, readClientFeatures, readFolders } from './clientCapabilities.ts';
import { createFailureFolder } from './failureFolder.ts';
import { announcesCompletion, folderRegistrations, triggerCharacters } from './folderRegistrations.ts';
import { scanForEditor } from './folderScan.ts';
import { collectSoon } from './garbage.ts';
import { openConnection } from './openConnection.ts';
import { createOpenDocuments } from './openDocuments.ts';
import { type BeginFailureParameters, type ExtendScriptParameters, type GuideEntry, type PageArguments, type RunbookArguments, requests, type ScanParameters } from './protocol.ts';
import { openScratchFile, scratchUri } from './scratchFiles.ts';
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
  readRunbookArguments,
  resolveCodeAction,
} from './service/index.ts';
import { noSettings, readSettings } from './settings.ts';
import { knowledgeFolder } from './userKnowledge.ts';
import { visible } from './visible.ts';

declare const VERSION: string;

if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) {
  process.stderr.write('This is the language server of Mailflow Lens. An editor starts it with --stdio.\n');
  process.exit(2);
}

const connection = openConnection();
const failures = createFailureFolder({
  encoding: () => encoding,
  openUris: () => documents.keys(),
  send: (uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }),
  changed: refreshDiagnostics,
  warn: (message) => void connection.window.showWarningMessage(message),
});
const documents = createOpenDocuments(() => ({ knowledge: failures.knowledge, encoding, timeZone }));
let capabilities: ClientCapabilities = {};
let client: ClientFeatures = readClientFeatures({}, undefined);
let encoding: Encoding = 'utf-16';
let folders: readonly string[] = [];
let settings = noSettings;
let timeZone: TimeZone | undefined;

connection.onInitialize((parameters: InitializeParams): InitializeResult => {
  capabilities = parameters.capabilities ?? {};
  client = readClientFeatures(parameters.capabilities, parameters.initializationOptions);
  encoding = chooseEncoding(parameters.capabilities);
  folders = readFolders(parameters);
  settings = readSettings((parameters.initializationOptions as { settings?: unknown } | null | undefined)?.settings, settings);
  return {
    serverInfo: { name: 'Mailflow Lens', version: VERSION },
    capabilities: {
      positionEncoding: encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      ...(announcesCompletion(capabilities) && { completionProvider: { triggerCharacters } }),
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'], resolveProvider: true },
      codeLensProvider: {},
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      documentLinkProvider: {},
      diagnosticProvider: { identifier: 'mailflow-lens', interFileDependencies: false, workspaceDiagnostics: false },
    },
  };
});

connection.onInitialized(() => {
  if (client.pullsConfigurationChanges) void connection.client.register(DidChangeConfigurationNotification.type, { section: 'mailflowLens' });
  readTimeZone();
  followFolder();
});

connection.onDidChangeConfiguration(({ settings: changed }) => {
  const before = settings;
  settings = readSettings((changed as { mailflowLens?: unknown } | null)?.mailflowLens, before);
  if (settings.timeZone !== before.timeZone) readTimeZone();
  followFolder();
});
connection.onDidChangeWatchedFiles(({ changes }) => failures.reread(changes.map(({ uri }) => uri)));
documents.onDidSave(({ document }) => failures.reread([document.uri]));

/** Takes the zone of the settings for local times, and lets open logs that were read without it be read anew. */
function readTimeZone(): void {
  const before = timeZone;
  timeZone = settings.timeZone === '' ? undefined : createTimeZone(settings.timeZone);
  if (settings.timeZone !== '' && !timeZone)
    void connection.window.showWarningMessage(
      `The setting mailflowLens.timeZone names no time zone: "${visible(settings.timeZone)}". Write it as Europe/Berlin, UTC or +02:00. Until then local times are shown as they are written.`,
    );
  if (timeZone !== before) refreshDiagnostics();
}

let followed: string | undefined;
let registered: Promise<Disposable> | undefined;

/** Follows the folder that the settings name now, and asks the client for its documents. */
function followFolder(): void {
  const folder = knowledgeFolder(settings.knowledge, folders[0]);
  if (folder === followed) return;
  followed = folder;
  failures.follow(folder);
  const before = registered;
  const wanted = folder === undefined ? undefined : folderRegistrations(folder, capabilities);
  registered = wanted && connection.client.register(wanted);
  registered?.catch((error: unknown) => connection.console.error(String(error)));
  before?.then(
    (registration) => registration.dispose(),
    () => undefined,
  );
}

/** Lets every open document be read anew. */
function refreshDiagnostics(): void {
  if (client.pullsDiagnostics) connection.languages.diagnostics.refresh();
  else for (const { uri } of documents.all()) pushDiagnostics(uri);
}

// A client that pulls asks when it wants to; any other is sent the diagnostics, and told that they are gone when a document closes.
documents.onDidChangeContent(({ document }) => pushDiagnostics(document.uri));
documents.onDidOpen(({ document }) => {
  collectSoon(document.text.length);
  if (failures.has(document.uri)) failures.showFaults();
});
documents.onDidClose(({ document }) => {
  if (!client.pullsDiagnostics) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  if (failures.has(document.uri)) failures.showFaults();
});

function pushDiagnostics(uri: string): void {
  const document = documents.get(uri);
  if (!document || client.pullsDiagnostics) return;
  const push = (diagnostics: Diagnostic[]): void => void connection.sendDiagnostics({ uri, version: document.text.version, diagnostics });
  if (failures.has(uri)) failures.open(document).then((own) => own && documents.get(uri) === document && push(getDocumentFaults(own.document, own.document.problems)));
  else push(getDiagnostics(document.log, client));
}

/** A document as a log: all but the failure documents of the user's own are read as such. */
const logOf = (uri: string): LogDocument | undefined => (failures.has(uri) ? undefined : documents.get(uri)?.log);

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
connection.onCodeAction(({ textDocument, range, context }) => {
  const log = logOf(textDocument.uri);
  return log && getCodeActions(log, range, context.only, client, scratchUriFor(log.uri) === undefined ? undefined : editRunbook);
});
connection.onCodeActionResolve((action: CodeAction) => {
  const data = action.data as { insertion?: unknown; document?: unknown } | undefined;
  return resolveCodeAction(action, readRunbookArguments(data?.insertion), String(data?.document ?? ''), editRunbook);
});
connection.onCodeLens(({ textDocument }) => {
  const log = logOf(textDocument.uri);
  return log && getCodeLenses(log, client);
});
connection.onDocumentSymbol(({ textDocument }) => {
  const log = logOf(textDocument.uri);
  return log && getDocumentSymbols(log);
});
connection.onFoldingRanges(({ textDocument }) => {
  const log = logOf(textDocument.uri);
  return log && getFoldingRanges(log);
});
connection.onDocumentLinks(({ textDocument }) => {
  const log = logOf(textDocument.uri);
  return log && getDocumentLinks(log);
});
connection.onRequest(requests.summary, ({ uri }: { uri: string }) => getSummary(logOf(uri)?.findings ?? []));
connection.onRequest(requests.beginFailure, ({ uri, position, id }: BeginFailureParameters) => {
  const log = logOf(uri);
  return log ? beginFailure(log, log.offsetAt(position), /^[a-z\d-]+$/.test(id) ? id : 'own-failure') : null;
});
connection.onRequest(requests.guides, (): GuideEntry[] => failures.knowledge.failures.filter(({ kind }) => kind === 'guide').map(({ id, title }) => ({ id, title })));
connection.onRequest(requests.page, ({ id }: PageArguments) => getPage(String(id), failures.knowledge) ?? null);
connection.onRequest(requests.extendScript, (parameters: ExtendScriptParameters) => {
  const insertion = readRunbookArguments(parameters);
  const failure = insertion && failures.knowledge.failure(insertion.failure);
  return insertion && failure && typeof parameters.script === 'string' ? extendScript(parameters.script, failure, insertion) : null;
});
connection.onRequest(requests.scan, (parameters: ScanParameters, cancellation: CancellationToken) => {
  return scanForEditor(parameters, followed, (token, value) => void connection.sendProgress(new ProgressType(), token, value), cancellation);
});

/** The edit for clients without our commands: a scratch file in the workspace, or beside the log where there is none. */
function editRunbook(insertion: RunbookArguments, log: string): ReturnType<typeof editScratchFile>['edit'] {
  const failure = failures.knowledge.failure(insertion.failure);
  const uri = scratchUriFor(log);
  return failure && uri ? editScratchFile(openScratchFile(uri, documents.get(uri)?.text, encoding), failure, insertion, client.createsFiles).edit : undefined;
}

function scratchUriFor(log: string): string | undefined {
  return scratchUri(settings.scratchScript, folders[0], log);
}

documents.listen(connection);
connection.listen();
