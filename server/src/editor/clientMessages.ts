/**
 * Everything that the server says to the client of its own accord. A request is sent only where the client has announced it, and whatever becomes
 * of it, no answer reaches a feature that does not need it: what is refused stands in the log.
 */

import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  DiagnosticRefreshRequest,
  InlayHintRefreshRequest,
  LogMessageNotification,
  MessageType,
  ProgressType,
  type PublishDiagnosticsParams,
  type Registration,
  RegistrationRequest,
  type ShowDocumentParams,
  ShowDocumentRequest,
  type ShowDocumentResult,
  ShowMessageNotification,
  UnregistrationRequest,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node';
import { visible } from '../text/visible.ts';

export interface ClientMessages {
  sendDiagnostics(parameters: PublishDiagnosticsParams): void;
  /** Asks the client to pull diagnostics again. One that cannot be asked gets the new ones when it pulls next. */
  refreshDiagnostics(): void;
  /** Asks the client to ask for code lenses again. */
  refreshCodeLenses(): void;
  /** Asks the client to ask for inlay hints again. */
  refreshInlayHints(): void;
  /** Tells of work that nobody has given a token for, where the client shows such; undefined where it does not. @param stop Called when the user has enough of it. */
  beginWork(title: string, stop: () => void): Promise<ShownWork | undefined>;
  sendProgress(token: string | number, value: unknown): void;
  /** Asks for what the client can be asked for later, and gives what takes that back. */
  register(registrations: readonly Registration[]): () => void;
  /** Whether the client has shown the document. */
  showDocument(parameters: ShowDocumentParams): Promise<boolean>;
  /** Tells the user something that needs no answer. It may name files and settings: it is made harmless here. */
  inform(message: string): void;
  warn(message: string): void;
  /** Says what went wrong without being asked, in the log and on standard error. */
  logFault(fault: unknown): void;
}

/** Work that the client shows. */
export interface ShownWork {
  readonly report: (percentage: number, message: string) => void;
  readonly end: () => void;
}

/** @param capabilities What the client has announced; asked for at each use, since it says so only at start. */
export function createClientMessages(connection: Connection, capabilities: () => ClientCapabilities): ClientMessages {
  /** A connection that has gone throws or rejects, and nobody is left to be told. */
  const notify = async (send: () => Promise<void>): Promise<void> => {
    try {
      await send();
    } catch {}
  };
  const log = (type: MessageType, message: string): void => void notify(() => connection.sendNotification(LogMessageNotification.type, { type, message }));
  const show = (type: MessageType, message: string): void => void notify(() => connection.sendNotification(ShowMessageNotification.type, { type, message: visible(message) }));
  /** The answer of the client, or undefined where it refuses. A client that never answers is waited for by nobody but the caller. */
  const ask = async <Answer>(method: string, send: () => Promise<Answer>): Promise<{ readonly answer: Answer } | undefined> => {
    try {
      return { answer: await send() };
    } catch (error) {
      log(MessageType.Warning, `The client has refused ${method}: ${visible((error instanceof Error ? error.message : String(error)) || 'it gives no reason')}`);
      return undefined;
    }
  };
  return {
    sendDiagnostics: (parameters) => void notify(() => connection.sendDiagnostics(parameters)),
    refreshDiagnostics() {
      if (capabilities().workspace?.diagnostics?.refreshSupport !== true) return;
      void ask(DiagnosticRefreshRequest.method, () => connection.sendRequest(DiagnosticRefreshRequest.type));
    },
    refreshCodeLenses() {
      if (capabilities().workspace?.codeLens?.refreshSupport !== true) return;
      void ask(CodeLensRefreshRequest.method, () => connection.sendRequest(CodeLensRefreshRequest.type));
    },
    refreshInlayHints() {
      if (capabilities().workspace?.inlayHint?.refreshSupport !== true) return;
      void ask(InlayHintRefreshRequest.method, () => connection.sendRequest(InlayHintRefreshRequest.type));
    },
    async beginWork(title, stop) {
      if (capabilities().window?.workDoneProgress !== true) return undefined;
      const begun = await ask(WorkDoneProgressCreateRequest.method, () => connection.window.createWorkDoneProgress());
      if (!begun) return undefined;
      const { answer: work } = begun;
      work.begin(title, 0, '', true);
      work.token.onCancellationRequested(stop);
      return { report: (percentage, message) => work.report(percentage, message), end: () => work.done() };
    },
    sendProgress: (token, value) => void notify(() => connection.sendProgress(new ProgressType(), token, value)),
    register(wanted) {
      const registrations = wanted.filter(({ method }) => canRegister(capabilities(), method));
      if (registrations.length === 0) return () => undefined;
      const registered = ask(RegistrationRequest.method, () => connection.sendRequest(RegistrationRequest.type, { registrations }));
      const unregisterations = registrations.map(({ id, method }) => ({ id, method }));
      return () => void registered.then((taken) => taken && ask(UnregistrationRequest.method, () => connection.sendRequest(UnregistrationRequest.type, { unregisterations })));
    },
    async showDocument(parameters) {
      if (capabilities().window?.showDocument?.support !== true) return false;
      const shown = await ask<ShowDocumentResult | null>(ShowDocumentRequest.method, () => connection.sendRequest(ShowDocumentRequest.type, parameters));
      return shown?.answer?.success === true;
    },
    inform: (message) => show(MessageType.Info, message),
    warn: (message) => show(MessageType.Warning, message),
    logFault(fault) {
      const lines = String(fault instanceof Error ? (fault.stack ?? fault.message) : fault).split('\n');
      const message = lines.map(visible).join('\n');
      process.stderr.write(`${message}\n`);
      log(MessageType.Error, message);
    },
  };
}

/** LSP 3.17, "Register Capability": what the client has announced for a method stands below the method's own name, but for four notifications. */
function canRegister(capabilities: ClientCapabilities, method: string): boolean {
  const [area = '', feature = ''] = method.split('/');
  const announced = (capabilities as Record<string, Record<string, { dynamicRegistration?: unknown } | null | undefined> | null | undefined>)[area];
  return announced?.[synchronization.has(feature) && area === 'textDocument' ? 'synchronization' : feature]?.dynamicRegistration === true;
}

const synchronization: ReadonlySet<string> = new Set(['didOpen', 'didChange', 'didClose', 'didSave']);
