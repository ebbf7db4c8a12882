/** The edge to an editor: the only file with a connection. It keeps the open documents and hands each request to the service. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type CodeAction,
  createConnection,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  type TextDocumentContentChangeEvent,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readClientFeatures } from './clientCapabilities.ts';
import { bundledKnowledge } from './knowledge/bundled.ts';
import type { KnowledgeBase } from './knowledge/knowledgeBase.ts';
import { type ExtendScriptParameters, type PageArguments, type RunbookArguments, requests, type Settings, scratchScriptName } from './protocol.ts';
import {
  type ClientFeatures,
  createLogDocument,
  type Encoding,
  editScratchFile,
  extendScript,
  fromUtf8,
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

declare const VERSION: string;

if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) {
  process.stderr.write('This is the language server of Mailflow Lens. An editor starts it with --stdio.\n');
  process.exit(2);
}

const connection = createConnection(ProposedFeatures.all);
const knowledge: KnowledgeBase = bundledKnowledge();
let client: ClientFeatures = readClientFeatures({}, undefined);
let encoding: Encoding = 'utf-16';
let folders: readonly string[] = [];
let settings: Settings = { scratchScript: '' };

/** One version of a document, and what was read out of it. A new version is a new value, so nothing stale can stay. */
interface OpenDocument {
  readonly text: TextDocument;
  readonly log: LogDocument;
}

const documents = new TextDocuments<OpenDocument & { readonly uri: string }>({
  create: (uri, languageId, version, content) => open(TextDocument.create(uri, languageId, version, content)),
  update: (document, changes, version) => {
    // A full change replaces the text; ranges are in the encoding that was agreed with the client.
    let text = document.text;
    for (const change of changes) text = TextDocument.update(text, [toUtf16(text, change)], version);
    return open(text);
  },
});

function open(text: TextDocument): OpenDocument & { readonly uri: string } {
  let log: LogDocument | undefined;
  return {
    uri: text.uri,
    text,
    get log() {
      log ??= createLogDocument(text, knowledge, encoding);
      return log;
    },
  };
}

function toUtf16(text: TextDocument, change: TextDocumentContentChangeEvent): TextDocumentContentChangeEvent {
  if (encoding === 'utf-16' || !('range' in change)) return change;
  const { start, end } = change.range;
  return { range: { start: { line: start.line, character: fromUtf8(text, start) }, end: { line: end.line, character: fromUtf8(text, end) } }, text: change.text };
}

connection.onInitialize((parameters: InitializeParams): InitializeResult => {
  client = readClientFeatures(parameters.capabilities, parameters.initializationOptions);
  encoding = chooseEncoding(parameters.capabilities.general?.positionEncodings);
  folders = parameters.workspaceFolders?.map(({ uri }) => uri) ?? (parameters.rootUri ? [parameters.rootUri] : []);
  readSettings((parameters.initializationOptions as { settings?: unknown } | undefined)?.settings);
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

/** UTF-16, unless the client offers UTF-8 and names it first (LSP 3.17, general.positionEncodings: in order of preference). */
function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  return offered?.find((name) => name === 'utf-8' || name === 'utf-16') === 'utf-8' ? 'utf-8' : 'utf-16';
}

connection.onInitialized(() => {
  if (!client.pullsConfigurationChanges) return;
  void connection.client.register(DidChangeConfigurationNotification.type, { section: 'mailflowLens' });
});

connection.onDidChangeConfiguration(({ settings: changed }) => readSettings((changed as { mailflowLens?: unknown } | null)?.mailflowLens));

function readSettings(value: unknown): void {
  const scratchScript = (value as Partial<Settings> | null | undefined)?.scratchScript;
  if (typeof scratchScript === 'string') settings = { scratchScript };
}

// A client that pulls asks when it wants to; any other is sent the diagnostics, and told that they are gone when a document closes.
documents.onDidChangeContent(({ document }) => {
  if (!client.pullsDiagnostics) void connection.sendDiagnostics({ uri: document.uri, version: document.text.version, diagnostics: getDiagnostics(document.log) });
});
documents.onDidClose(({ document }) => {
  if (!client.pullsDiagnostics) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
});

const logOf = (uri: string): LogDocument | undefined => documents.get(uri)?.log;

connection.languages.diagnostics.on(({ textDocument, previousResultId }) => {
  const document = documents.get(textDocument.uri);
  if (!document) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const resultId = String(document.text.version);
  if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...getDiagnostics(document.log)] };
});
connection.onHover(({ textDocument, position }) => {
  const log = logOf(textDocument.uri);
  return log && getHover(log, position, client);
});
connection.onCodeAction(({ textDocument, range, context }) => {
  const log = logOf(textDocument.uri);
  return log && getCodeActions(log, range, context.only, client, editRunbook);
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
connection.onRequest(requests.page, ({ id }: PageArguments) => getPage(String(id), knowledge) ?? null);
connection.onRequest(requests.extendScript, (parameters: ExtendScriptParameters) => {
  const insertion = readRunbookArguments(parameters);
  const failure = insertion && knowledge.failure(insertion.failure);
  return insertion && failure ? extendScript(String(parameters.script), failure, insertion) : null;
});

/** The edit for clients without our commands: a scratch file in the workspace, or beside the log where there is none. */
function editRunbook(insertion: RunbookArguments, document: string): ReturnType<typeof editScratchFile> | undefined {
  const failure = knowledge.failure(insertion.failure);
  const uri = scratchUri(document);
  if (!failure || !uri) return undefined;
  const opened = documents.get(uri)?.text;
  const path = uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  const exists = opened !== undefined || (path !== undefined && existsSync(path));
  const text = opened ?? TextDocument.create(uri, 'powershell', 0, exists && path ? readFileSync(path, 'utf8') : '');
  const log = createLogDocument(text, knowledge, encoding);
  const file = { uri, exists, version: opened?.version ?? null, text: text.getText(), range: (offset: number) => log.range({ start: offset, end: offset }) };
  return editScratchFile(file, failure, insertion, client.createsFiles);
}

function scratchUri(document: string): string | undefined {
  const base = folders[0] ?? (document.startsWith('file:') ? document.slice(0, document.lastIndexOf('/')) : undefined);
  if (!base) return undefined;
  const folder = base.endsWith('/') ? base : `${base}/`;
  if (settings.scratchScript === '') return `${folder}${scratchScriptName}`;
  const isAbsolute = /^(?:[A-Za-z]:[\\/]|[\\/])/.test(settings.scratchScript);
  if (isAbsolute) return pathToFileURL(settings.scratchScript).href;
  return `${folder}${settings.scratchScript.split(/[\\/]/).map(encodeURIComponent).join('/')}`;
}

documents.listen(connection);
connection.listen();
