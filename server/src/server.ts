/** The edge to an editor: the only file with a connection. It keeps the open documents and hands each request to the service. */

import {
  type CancellationToken,
  type CodeAction,
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  type Message,
  ProgressType,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { createTimeZone, type TimeZone } from './analysis/timeZone.ts';
import { chooseEncoding, readClientFeatures, readFolders } from './clientCapabilities.ts';
import { scanForEditor } from './folderScan.ts';
import { collectSoon } from './garbage.ts';
import { bundledKnowledge } from './knowledge/bundled.ts';
import { createOpenDocuments } from './openDocuments.ts';
import {
  type BeginFailureParameters,
  type ExtendScriptParameters,
  type GuideEntry,
  type PageArguments,
  type RunbookArguments,
  requests,
  type ScanParameters,
  type Settings,
} from './protocol.ts';
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
import { createFaultReporter, readUserKnowledge } from './userKnowledge.ts';
import { decodeUtf8 } from './utf8.ts';
import { visible } from './visible.ts';

declare const VERSION: string;

if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) {
  process.stderr.write('This is the language server of Mailflow Lens. An editor starts it with --stdio.\n');
  process.exit(2);
}

const connection = openConnection();
const documents = createOpenDocuments(() => ({ knowledge, encoding, timeZone }));
let knowledge = bundledKnowledge();
let isShutDown = false;
let client: ClientFeatures = readClientFeatures({}, undefined);
let encoding: Encoding = 'utf-16';
let folders: readonly string[] = [];
let settings: Settings = { scratchScript: '', knowledge: '', timeZone: '' };
let timeZone: TimeZone | undefined;

connection.onShutdown(() => {
  isShutDown = true;
});

/** An editor that talks over standard input sends whole documents there: they are decoded as fast as files are. */
function openConnection(): Connection {
  if (!process.argv.includes('--stdio')) return createConnection(ProposedFeatures.all);
  const decode = (bytes: Uint8Array): Promise<Message> => Promise.resolve(JSON.parse(decodeUtf8(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) as Message);
  // The library ends with an editor that is gone only where it has opened the stream itself.
  for (const event of ['end', 'close']) process.stdin.once(event, () => process.exit(isShutDown ? 0 : 1));
  const reader = new StreamMessageReader(process.stdin, { charset: 'utf-8', contentTypeDecoder: { name: 'utf-8', decode } });
  return createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout));
}

connection.onInitialize((parameters: InitializeParams): InitializeResult => {
  client = readClientFeatures(parameters.capabilities, parameters.initializationOptions);
  encoding = chooseEncoding(parameters.capabilities);
  folders = readFolders(parameters);
  changeSettings((parameters.initializationOptions as { settings?: unknown } | null | undefined)?.settings);
  return {
    serverInfo: { name: 'Mailflow Lens', version: VERSION },
    capabilities: {
      positionEncoding: encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
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
  if (client.watchesFiles && settings.knowledge) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.md' }] });
  readTimeZone();
  readKnowledge();
});

connection.onDidChangeConfiguration(({ settings: changed }) => {
  const before = settings;
  changeSettings((changed as { mailflowLens?: unknown } | null)?.mailflowLens);
  if (settings.timeZone !== before.timeZone) readTimeZone();
  if (settings.knowledge !== before.knowledge) readKnowledge();
});
connection.onDidChangeWatchedFiles(({ changes }) => {
  if (settings.knowledge && changes.some(({ uri }) => uri.endsWith('.md'))) readKnowledge();
});

/** Takes over the settings that have the right form, and leaves the others as they are. */
function changeSettings(value: unknown): void {
  const { scratchScript, knowledge: folder, timeZone: zone } = (value ?? {}) as Partial<Record<keyof Settings, unknown>>;
  settings = {
    scratchScript: typeof scratchScript === 'string' ? scratchScript : settings.scratchScript,
    knowledge: typeof folder === 'string' ? folder : settings.knowledge,
    timeZone: typeof zone === 'string' ? zone.trim() : settings.timeZone,
  };
}

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

function refreshDiagnostics(): void {
  if (client.pullsDiagnostics) connection.languages.diagnostics.refresh();
  else for (const { uri } of documents.all()) pushDiagnostics(uri);
}

const reportFaults = createFaultReporter((uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }));

/** Reads the user's own failures, if a folder of them is set, and lets every open log be read anew. */
function readKnowledge(): void {
  const folder = settings.knowledge;
  const isOurs = knowledge === bundledKnowledge();
  if (folder === '' && isOurs) return;
  const reading = folder === '' ? Promise.resolve({ knowledge: bundledKnowledge(), count: 0, faults: [] }) : readUserKnowledge(folder, folders[0]);
  reading.then(
    (read) => {
      // Another folder may have been set meanwhile.
      if (settings.knowledge !== folder) return;
      knowledge = read.knowledge;
      reportFaults(read.faults);
      refreshDiagnostics();
    },
    (error: unknown) => void connection.window.showWarningMessage(`The folder of mailflowLens.knowledge could not be read: ${error instanceof Error ? error.message : error}`),
  );
}

// A client that pulls asks when it wants to; any other is sent the diagnostics, and told that they are gone when a document closes.
documents.onDidChangeContent(({ document }) => pushDiagnostics(document.uri));
documents.onDidOpen(({ document }) => collectSoon(document.text.length));
documents.onDidClose(({ document }) => {
  if (!client.pullsDiagnostics) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
});

function pushDiagnostics(uri: string): void {
  const document = documents.get(uri);
  if (document && !client.pullsDiagnostics) void connection.sendDiagnostics({ uri, version: document.text.version, diagnostics: getDiagnostics(document.log, client) });
}

const logOf = (uri: string): LogDocument | undefined => documents.get(uri)?.log;

connection.languages.diagnostics.on(({ textDocument, previousResultId }) => {
  const document = documents.get(textDocument.uri);
  if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const { resultId } = document;
  if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...getDiagnostics(document.log, client)] };
});
connection.onHover(({ textDocument, position }) => {
  const log = logOf(textDocument.uri);
  return log && getHover(log, position, client);
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
connection.onRequest(requests.beginFailure, ({ uri, position }: BeginFailureParameters) => {
  const log = logOf(uri);
  return log ? beginFailure(log, log.offsetAt(position)) : null;
});
connection.onRequest(requests.guides, (): GuideEntry[] => knowledge.failures.filter(({ kind }) => kind === 'guide').map(({ id, title }) => ({ id, title })));
connection.onRequest(requests.page, ({ id }: PageArguments) => getPage(String(id), knowledge) ?? null);
connection.onRequest(requests.extendScript, (parameters: ExtendScriptParameters) => {
  const insertion = readRunbookArguments(parameters);
  const failure = insertion && knowledge.failure(insertion.failure);
  return insertion && failure && typeof parameters.script === 'string' ? extendScript(parameters.script, failure, insertion) : null;
});
connection.onRequest(requests.scan, (parameters: ScanParameters, cancellation: CancellationToken) => {
  const own = { knowledge: settings.knowledge, ...(folders[0] !== undefined && { workspace: folders[0] }) };
  return scanForEditor(parameters, own, (token, value) => void connection.sendProgress(new ProgressType(), token, value), cancellation);
});

/** The edit for clients without our commands: a scratch file in the workspace, or beside the log where there is none. */
function editRunbook(insertion: RunbookArguments, log: string): ReturnType<typeof editScratchFile> | undefined {
  const failure = knowledge.failure(insertion.failure);
  const uri = scratchUriFor(log);
  return failure && uri ? editScratchFile(openScratchFile(uri, documents.get(uri)?.text, encoding), failure, insertion, client.createsFiles) : undefined;
}

function scratchUriFor(log: string): string | undefined {
  return scratchUri(settings.scratchScript, folders[0], log);
}

documents.listen(connection);
connection.listen();
