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
  LSPErrorCodes,
  MessageType,
  ProgressType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { createTimeZone, type TimeZone } from './analysis/timeZone.ts';
import { chooseEncoding, readClientFeatures, readFolders } from './clientCapabilities.ts';
import { createFailureFolder } from './failureFolder.ts';
import { pathOfAddress } from './fileAddress.ts';
import { announcesCompletion, folderRegistrations, triggerCharacters } from './folderRegistrations.ts';
import { scanForEditor } from './folderScan.ts';
import { collectSoon } from './garbage.ts';
import { openConnection } from './openConnection.ts';
import { createOpenDocuments } from './openDocuments.ts';
import {
  type BeginFailureParameters,
  commands,
  type ExtendScriptParameters,
  type GuideEntry,
  type PageArguments,
  requests,
  type ScanParameters,
  type Settings,
  scratchScriptName,
} from './protocol.ts';
import { openScratchFile, scratchUri } from './scratchFiles.ts';
import {
  beginFailure,
  type ClientFeatures,
  type EditRunbook,
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
import { isPath, pathOfSetting } from './settingPath.ts';
import { noSettings, readSettings } from './settings.ts';
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
  warn,
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
    void connection.window.showWarningMessage(
      `The setting mailflowLens.timeZone names no time zone: "${visible(settings.timeZone)}". Write it as Europe/Berlin, UTC or +02:00. Until then local times are shown as they are written.`,
    );
  if (timeZone !== before) refreshDiagnostics();
}

/** Tells of settings that can name no file here; what they are for does without them. */
function checkPaths(before: Settings): void {
  if (settings.scratchScript !== before.scratchScript && !isPath(settings.scratchScript))
    warn(`The setting mailflowLens.scratchScript is no path on this computer: "${settings.scratchScript}". Until it is one, runbooks go to ${scratchScriptName}.`);
  if (settings.knowledge !== before.knowledge && !isPath(settings.knowledge))
    warn(`The setting mailflowLens.knowledge is no path on this computer: "${settings.knowledge}". Until it is one, no failure documents of your own are read.`);
}

let followed: string | undefined;
let registered: Promise<Disposable> | undefined;

/** Follows the folder that the settings name now, and asks the client for its documents. */
function followFolder(): void {
  const folder = pathOfSetting(settings.knowledge, folders[0] && pathOfAddress(folders[0]));
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
connection.onCodeAction(async ({ textDocument, range, context }) => {
  const log = logOf(textDocument.uri);
  return log && getCodeActions(log, range, context.only, client, await editAtOnce(log.uri));
});
connection.onCodeActionResolve(async (action: CodeAction) => {
  const data = action.data as { insertion?: unknown; document?: unknown } | undefined;
  const [insertion, log] = [readRunbookArguments(data?.insertion), String(data?.document ?? '')];
  const edit = insertion && (await editRunbook(log).catch(refuse));
  return edit ? resolveCodeAction(action, insertion, log, edit) : action;
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
  return scanForEditor(parameters, followed, (token, value) => void connection.sendProgress(new ProgressType(), token, value), cancellation);
});

/**
 * Makes edits for clients without our commands: of a scratch file in the workspace, or beside the log where there is none.
 * @throws Error with a sentence for the user where the file cannot be read.
 */
async function editRunbook(log: string): Promise<EditRunbook | undefined> {
  const uri = scratchUri(settings.scratchScript, folders[0], log);
  if (uri === undefined) return undefined;
  const file = await openScratchFile(uri, documents.all(), encoding);
  return (insertion) => {
    const failure = failures.knowledge.failure(insertion.failure);
    return failure && editScratchFile(file, failure, insertion, client.createsFiles);
  };
}

/** The same for actions that carry their edit: those of most clients get it later, or a command. A client asks wherever the cursor goes, so a fault is told once. */
async function editAtOnce(log: string): Promise<EditRunbook | undefined> {
  if (client.resolvesEdits || client.commands.has(commands.insertRunbook)) return scratchUri(settings.scratchScript, folders[0], log) === undefined ? undefined : () => undefined;
  return editRunbook(log).catch(({ message }: Error) => {
    if (message !== toldOfScript) warn(message);
    toldOfScript = message;
    return undefined;
  });
}

let toldOfScript = '';

/** The request fails, and the user is told, since many editors only log that. */
function refuse({ message }: Error): never {
  warn(message);
  throw new ResponseError(LSPErrorCodes.RequestFailed, visible(message));
}

/** Tells the user something that needs no answer. It may name files, so it is made harmless. */
function warn(message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: visible(message) });
}

documents.listen(connection);
connection.listen();
