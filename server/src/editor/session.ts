/** What an editor and this server know of each other while it is open: what the editor can do, its settings, its documents, and the folder of failure documents. */

import {
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
  type TextDocuments,
} from 'vscode-languageserver/node';
import { type Reporting, reportAll } from '../analysis/reporting.ts';
import { createTimeZone, type TimeZone } from '../analysis/times/timeZone.ts';
import { pathOfAddress } from '../files/address.ts';
import { pathOfSetting } from '../files/settingPath.ts';
import { collectSoon } from '../scan/heap.ts';
import { type ClientFeatures, type Encoding, getDiagnostics, getDocumentFaults, type LogDocument } from '../service/index.ts';
import { chooseEncoding, readClientFeatures, readFolders, readLanguages, readUris } from './clientCapabilities.ts';
import { type ClientMessages, createClientMessages } from './clientMessages.ts';
import { createFailureFolder, type FailureFolder } from './failureFolder.ts';
import { folderRegistrations, registration } from './folderRegistrations.ts';
import { createOpenDocuments, type OpenDocument } from './openDocuments.ts';
import type { ReadingSettings } from './readingSettings.ts';
import { SessionNotices } from './sessionNotices.ts';
import { findPathFaults, noSettings, readSettings } from './settings.ts';

declare const VERSION: string;

export class EditorSession {
  readonly messages: ClientMessages;
  readonly failures: FailureFolder;
  readonly documents: TextDocuments<OpenDocument>;
  private readonly notices: SessionNotices;
  client: ClientFeatures = readClientFeatures({}, undefined);
  encoding: Encoding = 'utf-16';
  folders: readonly string[] = [];
  settings = noSettings;
  /** The folder of failure documents that is followed. */
  followed: string | undefined;
  private capabilities: ClientCapabilities = {};
  private readonly announce: (client: ClientFeatures, capabilities: ClientCapabilities, encoding: Encoding) => ServerCapabilities;
  private sendsMarkdown = false;
  private timeZone: TimeZone | undefined;
  private reporting: Reporting = reportAll;
  private unregister = (): void => undefined;

  /** @param announce What this server can be asked, by what the client can do. */
  constructor(connection: Connection, announce: EditorSession['announce']) {
    this.announce = announce;
    this.messages = createClientMessages(connection, () => this.capabilities);
    this.failures = createFailureFolder({
      encoding: () => this.encoding,
      openUris: () => this.documents.keys(),
      send: (uri, diagnostics) => this.messages.sendDiagnostics({ uri, diagnostics }),
      changed: () => this.refreshDiagnostics(),
      warn: this.messages.warn,
    });
    this.documents = createOpenDocuments(() => ({ knowledge: this.failures.knowledge, encoding: this.encoding, timeZone: this.timeZone, reporting: this.reporting }));
    this.notices = new SessionNotices(
      () => ({ settings: this.settings, failures: this.followed }),
      (uri) => this.pushNotices(uri),
    );
    connection.onInitialize((parameters) => this.initialize(parameters));
    connection.onInitialized(() => this.begin());
    connection.onDidChangeConfiguration(({ settings }) => this.change((settings as { mailflowLens?: unknown } | null)?.mailflowLens));
    connection.onDidChangeWatchedFiles(({ changes }) => this.failures.reread(readUris(changes)));
    this.followDocuments();
    this.documents.listen(connection);
  }

  /** A document as a log: all but the failure documents of the user's own are read as such. */
  logOf(uri: string): LogDocument | undefined {
    return this.failures.has(uri) ? undefined : this.documents.get(uri)?.log;
  }

  /** What is worth a look in the sessions of an open log, as far as that is known. */
  noticesOf(uri: string): readonly Diagnostic[] {
    const document = this.documents.get(uri);
    return document ? this.notices.of(document) : [];
  }

  /** What reads files is told of the settings. */
  get readingSettings(): ReadingSettings {
    return { failures: this.followed, timeZone: this.settings.timeZone, reporting: this.reporting };
  }

  private initialize(parameters: InitializeParams): InitializeResult {
    this.capabilities = parameters.capabilities;
    this.client = readClientFeatures(this.capabilities, parameters.initializationOptions);
    this.encoding = chooseEncoding(this.capabilities);
    this.folders = readFolders(parameters);
    this.sendsMarkdown = readLanguages(parameters.initializationOptions).includes('markdown');
    this.settings = readSettings((parameters.initializationOptions as { settings?: unknown } | null | undefined)?.settings, this.settings);
    return { serverInfo: { name: 'Mailflow Lens', version: VERSION }, capabilities: this.announce(this.client, this.capabilities, this.encoding) };
  }

  private begin(): void {
    this.messages.register([registration(DidChangeConfigurationNotification.method, { section: 'mailflowLens' })]);
    this.useSettings(noSettings);
  }

  private change(settings: unknown): void {
    const before = this.settings;
    this.settings = readSettings(settings, before);
    this.useSettings(before);
  }

  /** Each fault of a setting is told once. What it is for does without it. */
  private useSettings(before: typeof noSettings): void {
    if (this.settings.timeZone !== before.timeZone) this.readTimeZone();
    for (const fault of findPathFaults(this.settings, before)) this.messages.warn(fault);
    this.readReporting(before);
    if (this.settings.inlayHints !== before.inlayHints) this.messages.refreshInlayHints();
    this.followFolder();
  }

  /** Takes the zone of the settings for local times, and lets open logs that were read without it be read anew. */
  private readTimeZone(): void {
    const before = this.timeZone;
    const name = this.settings.timeZone;
    this.timeZone = name === '' ? undefined : createTimeZone(name);
    if (name !== '' && !this.timeZone)
      this.messages.warn(
        `The setting mailflowLens.timeZone names no time zone: "${name}". Write it as Europe/Berlin, UTC or +02:00. Until then local times are shown as they are written.`,
      );
    if (this.timeZone !== before) this.refreshDiagnostics();
  }

  /** Takes what the user wants to be told, and lets open logs be read anew where that has changed. */
  private readReporting(before: typeof noSettings): void {
    const { severity, ignore, codeLens } = this.settings;
    const isOther = JSON.stringify([severity, ignore]) !== JSON.stringify([before.severity, before.ignore]);
    if (isOther) {
      this.reporting = { severities: severity, ignored: ignore };
      this.refreshDiagnostics();
    }
    if (isOther || this.settings.gapSeconds !== before.gapSeconds) for (const document of this.documents.all()) this.notices.look(document);
    if (isOther || codeLens !== before.codeLens) this.messages.refreshCodeLenses();
  }

  /** Follows the folder that the settings name now, and asks the client for its documents. */
  private followFolder(): void {
    const folder = pathOfSetting(this.settings.knowledge, this.folders[0] && pathOfAddress(this.folders[0]));
    if (folder === this.followed) return;
    this.followed = folder;
    this.failures.follow(folder);
    const unregisterBefore = this.unregister;
    this.unregister = this.messages.register(folder === undefined ? [] : folderRegistrations(folder, this.capabilities, this.sendsMarkdown));
    unregisterBefore();
  }

  /** Lets every open document be read anew. */
  private refreshDiagnostics(): void {
    if (this.client.pullsDiagnostics) this.messages.refreshDiagnostics();
    else for (const { uri } of this.documents.all()) void this.pushDiagnostics(uri);
  }

  /** A client that pulls asks when it wants to; any other is sent the diagnostics, and told that they are gone when a document closes. */
  private followDocuments(): void {
    const { documents, failures, messages } = this;
    documents.onDidChangeContent(({ document }) => {
      void this.pushDiagnostics(document.uri);
      if (!failures.has(document.uri)) this.notices.look(document);
    });
    documents.onDidSave(({ document }) => failures.reread([document.uri]));
    documents.onDidOpen(({ document }) => {
      collectSoon(document.text.length);
      if (failures.has(document.uri)) failures.showFaults();
    });
    documents.onDidClose(({ document }) => {
      // What was pushed to a client that pulls are the notices.
      if (!this.client.pullsDiagnostics || this.notices.of(document).length > 0) messages.sendDiagnostics({ uri: document.uri, diagnostics: [] });
      this.notices.forget(document.uri);
      if (failures.has(document.uri)) failures.showFaults();
    });
  }

  /** They come later than the failures. A client that pulls keeps what is pushed beside that. */
  private pushNotices(uri: string): void {
    const document = this.documents.get(uri);
    if (!document) return;
    if (!this.client.pullsDiagnostics) void this.pushDiagnostics(uri);
    else if (this.client.takesDiagnostics) this.messages.sendDiagnostics({ uri, version: document.text.version, diagnostics: [...this.notices.of(document)] });
  }

  private async pushDiagnostics(uri: string): Promise<void> {
    const document = this.documents.get(uri);
    if (!document || this.client.pullsDiagnostics) return;
    const push = (diagnostics: Diagnostic[]): void => this.messages.sendDiagnostics({ uri, version: document.text.version, diagnostics });
    if (!this.failures.has(uri)) return push([...getDiagnostics(document.log, this.client), ...this.notices.of(document)]);
    const own = await this.failures.open(document);
    if (own && this.documents.get(uri) === document) push(getDocumentFaults(own.document, own.document.problems));
  }
}
