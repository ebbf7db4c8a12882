/** Hands the questions of agents to the thread that answers them, with what may be read: the workspace, and what is open. */

import { Worker } from 'node:worker_threads';
import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { pathOfAddress, pathOfDocument } from '../files/address.ts';
import type { ToolParameters, ToolResult } from '../protocol/tools.ts';
import type { OpenDocument } from './openDocuments.ts';
import type { EditorSession } from './session.ts';
import type { AnsweredTool, AskedTool, ToolOrder } from './toolThread.ts';

export class ToolRequests {
  private readonly session: EditorSession;
  private thread: Worker | undefined;
  private readonly waiting = new Map<number, (answer: Omit<AnsweredTool, 'id'>) => void>();
  private readonly versions = new WeakMap<OpenDocument, number>();
  private versionCount = 0;
  /** The versions whose texts the thread has. */
  private sent = new Set<number>();
  private count = 0;

  constructor(session: EditorSession) {
    this.session = session;
  }

  /** @throws ResponseError with a sentence for whoever asks. */
  async ask({ name, input, budget, folders, documents }: ToolParameters, cancellation: CancellationToken): Promise<ToolResult> {
    const { session } = this;
    const id = ++this.count;
    const answered = new Promise<Omit<AnsweredTool, 'id'>>((resolve) => this.waiting.set(id, resolve));
    const order: AskedTool = {
      kind: 'ask',
      id,
      name: String(name),
      input,
      budget: typeof budget === 'number' ? budget : undefined,
      paths: readFolders(folders),
      documents: this.openOnes(Array.isArray(documents) ? documents : []),
      failures: session.followed,
      timeZone: session.settings.timeZone,
      isRevealed: session.settings.revealToAgents,
    };
    this.send(order);
    const listener = cancellation.onCancellationRequested(() => this.send({ kind: 'cancel', id }));
    try {
      const { text, error = 'The tools broke down.' } = await answered;
      if (cancellation.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Nobody waits for it any more.');
      if (text === undefined) throw new ResponseError(ErrorCodes.InvalidParams, error);
      return { text };
    } finally {
      listener.dispose();
      this.waiting.delete(id);
    }
  }

  private send(order: ToolOrder): void {
    this.thread ??= this.start();
    this.thread.postMessage(order);
  }

  private start(): Worker {
    // Standard output belongs to the protocol.
    const thread = new Worker(__filename, { workerData: { kind: 'tools' }, stdout: true });
    // What nobody waits for keeps no process alive.
    thread.unref();
    const end = (error: string): void => {
      if (this.thread !== thread) return;
      this.thread = undefined;
      this.sent = new Set();
      for (const take of this.waiting.values()) take({ error });
    };
    thread.on('message', ({ id, ...answer }: AnsweredTool) => this.waiting.get(id)?.(answer));
    thread.once('error', ({ message }) => end(`The tools broke down: ${message}`));
    thread.once('exit', () => end('The tools broke down.'));
    return thread;
  }

  /** Those that are read as logs: failure documents of the user's own are not. */
  private openOnes(uris: readonly unknown[]): AskedTool['documents'] {
    const { documents, failures } = this.session;
    const open = documents.all().filter(({ uri }) => uris.includes(uri) && !failures.has(uri));
    const before = this.thread ? this.sent : new Set<number>();
    const told = open.map((document) => {
      const version = this.versionOf(document);
      const path = pathOfDocument(document.uri) ?? document.uri;
      return { path, name: nameOf(document.uri), version, ...(!before.has(version) && { text: document.text.getText() }) };
    });
    this.sent = new Set(told.map(({ version }) => version));
    return told;
  }

  /** A number of ours: a document that is closed and opened again begins again with version 1. */
  private versionOf(document: OpenDocument): number {
    const version = this.versions.get(document) ?? ++this.versionCount;
    this.versions.set(document, version);
    return version;
  }
}

/** Folders that are not on this machine have nothing that could be read. */
function readFolders(folders: unknown): string[] {
  return Array.isArray(folders) ? folders.flatMap((uri: unknown) => pathOfAddress(String(uri)) ?? []) : [];
}

/** The last part of an address: `untitled:Untitled-1` has no other. */
function nameOf(uri: string): string {
  const [, name = uri] = /([^/:]*)$/.exec(uri.replace(/[?#].*$/s, '')) ?? [];
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
