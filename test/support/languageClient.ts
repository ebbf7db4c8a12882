/** A bare client of the bundled language server over stdio: it shares no code with the server, and every wait of it ends. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { InitializeParams, InitializeResult, PublishDiagnosticsParams, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { root } from './project.ts';

/** How long an answer, a notification or the end of the process is waited for: only a fault takes as long. */
const deadline = 20_000;

/** A connection to a server that has just been started. */
export interface RawClient {
  /** Rejects with the server's error, or when no answer comes. */
  request<Result>(method: string, parameters: unknown): Promise<Result>;
  /** The same for a request that is cancelled meanwhile. */
  begin<Result>(method: string, parameters: unknown): { readonly answer: Promise<Result>; readonly cancel: () => void };
  /** The values that the server sends for a progress token, once there are any that fit. */
  progress<Value>(token: string, fits?: (value: Value) => boolean): Promise<readonly Value[]>;
  notify(method: string, parameters: unknown): void;
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void;
  /** The diagnostics that the server pushes for a version of a document; without a version, those after it was closed. */
  published(uri: string, version?: number): Promise<PublishDiagnosticsParams>;
  /** Waits until the server has sent so many notifications or requests with this name, and gives the parameters of the last of them. */
  sent(method: string, count: number): Promise<unknown>;
  /** The parameters of each notification and request of the server with this name, so far. */
  received(method: string): readonly unknown[];
  /** What the server has asked the client so far. */
  asked(): readonly Message[];
  /** The errors that are about no request in particular, once there are so many. */
  errors(count: number): Promise<readonly Message['error'][]>;
  /** The answer to a request that was written with this id. */
  answered(id: number): Promise<Message>;
  /** Sends bytes as they are, framed or not. */
  write(bytes: string | Uint8Array): void;
  /** Closes what the server reads. */
  stopWriting(): void;
  /** Reads no more of what the server writes. */
  stopReading(): void;
  /** What the server has written to standard error. */
  complaints(): string;
  /** Shuts the server down in order and gives its exit status. */
  stop(): Promise<number | null>;
  /** The exit status of a server that ends by itself. */
  ended(): Promise<number | null>;
}

export interface LanguageClient extends RawClient {
  readonly initialized: InitializeResult;
}

/** How the client answers a request of the server; undefined: it never does. */
export type Answer = (method: string) => { readonly result: unknown } | { readonly error: { readonly code: number; readonly message: string } } | undefined;

export interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/**
 * Starts the bundled server and initializes it.
 * @param folder Where it is started, as an editor does it in the folder of the workspace.
 */
export async function startServer(parameters: Partial<InitializeParams> = {}, answer?: Answer, folder?: string): Promise<LanguageClient> {
  const client = connectServer(answer, [], folder);
  const initialized = await client.request<InitializeResult>('initialize', { processId: process.pid, rootUri: null, capabilities: {}, ...parameters });
  client.notify('initialized', {});
  return { ...client, initialized };
}

/** Starts the bundled server. */
export function connectServer(answer: Answer = () => ({ result: null }), nodeOptions: readonly string[] = [], folder?: string): RawClient {
  const server = spawn(process.execPath, [...nodeOptions, join(root, 'dist/server.cjs'), '--stdio'], folder === undefined ? {} : { cwd: folder });
  let complaints = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  // A server that a failed test leaves behind must not keep the tests from ending: it ends when its input does.
  for (const handle of [server, server.stdin, server.stdout, server.stderr]) (handle as { readonly unref?: () => void }).unref?.();
  server.stdin.on('error', (error) => {
    complaints += error.message;
  });
  const ended = new Promise<number | null>((resolve) => server.once('close', resolve));
  const endedEarly = ended.then((status) => Promise.reject(new Error(`The server has ended with ${status}. Standard error: ${complaints || 'nothing'}`)));
  endedEarly.catch(() => undefined);
  const messages: Message[] = [];
  const listeners = new Set<() => void>();
  const send = (message: object): void => void server.stdin.write(framed({ jsonrpc: '2.0', ...message }));
  readMessages(server, (message) => {
    messages.push(message);
    const answered = message.method !== undefined && message.id !== undefined ? answer(message.method) : undefined;
    if (answered) send({ id: message.id, ...answered });
    for (const listener of [...listeners]) listener();
  });

  /** The first message that fits, among those received and those to come. */
  const find = (what: string, fits: (message: Message) => boolean): Promise<Message> => {
    let listener: (() => void) | undefined;
    const found = new Promise<Message>((resolve) => {
      listener = () => {
        const message = messages.find(fits);
        if (message) resolve(message);
      };
      listeners.add(listener);
      listener();
    });
    return inTime(Promise.race([found, endedEarly]), what, () => complaints).finally(() => listener && listeners.delete(listener));
  };

  let lastId = 0;
  const begin = <Result>(method: string, params: unknown): { answer: Promise<Result>; cancel: () => void } => {
    lastId += 1;
    const id = lastId;
    send({ id, method, params });
    const answer = find(`an answer to ${method}`, (message) => message.id === id && message.method === undefined).then(({ error, result }) => {
      if (error) throw new Error(`${method}: ${error.message} (${error.code})`);
      return result as Result;
    });
    return { answer, cancel: () => notify('$/cancelRequest', { id }) };
  };
  const request = <Result>(method: string, params: unknown): Promise<Result> => begin<Result>(method, params).answer;
  const notify = (method: string, params: unknown): void => send({ method, params });
  const progressOf = <Value>({ method, params }: Message, token: string): Value[] => {
    const { token: of, value } = (params ?? {}) as { token?: unknown; value?: Value };
    return method === '$/progress' && of === token ? [value as Value] : [];
  };

  return {
    request,
    begin,
    async progress<Value>(token: string, fits: (value: Value) => boolean = () => true) {
      await find(`progress of ${token}`, (message) => progressOf<Value>(message, token).some(fits));
      return messages.flatMap((message) => progressOf<Value>(message, token));
    },
    notify,
    open: (uri, text, languageId = 'log') => notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, contentChanges) => notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    async published(uri, version) {
      const fits = (params: unknown): boolean => (params as PublishDiagnosticsParams).uri === uri && (params as PublishDiagnosticsParams).version === version;
      const message = await find(`diagnostics of ${uri}`, ({ method, params }) => method === 'textDocument/publishDiagnostics' && fits(params));
      return message.params as PublishDiagnosticsParams;
    },
    async sent(name, count) {
      const all = (): Message[] => messages.filter(({ method }) => method === name);
      await find(`${name}, number ${count}`, () => all().length >= count);
      return all()[count - 1]?.params;
    },
    received: (name) => messages.flatMap(({ method, params }) => (method === name ? [params] : [])),
    asked: () => messages.filter(({ method, id }) => method !== undefined && id !== undefined),
    async errors(count) {
      const all = (): Message[] => messages.filter(({ id, error }) => id === null && error);
      await find(`error number ${count}`, () => all().length >= count);
      return all().map(({ error }) => error);
    },
    answered: (id) => find(`an answer to request ${id}`, (message) => message.id === id && message.method === undefined),
    stopWriting: () => void server.stdin.end(),
    write: (bytes) => void server.stdin.write(bytes),
    stopReading: () => void server.stdout.destroy(),
    complaints: () => complaints,
    async stop() {
      await request('shutdown', undefined);
      notify('exit', undefined);
      return inTime(ended, 'the end of the server', () => complaints);
    },
    ended: () => inTime(ended, 'the end of the server', () => complaints),
  };
}

async function inTime<Value>(waited: Promise<Value>, what: string, complaints: () => string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${deadline} ms in vain for ${what}. Standard error: ${complaints() || 'nothing'}`)), deadline);
  });
  return Promise.race([waited, late]).finally(() => clearTimeout(timer));
}

/** The base protocol: a header with the length in bytes, an empty line, and JSON in UTF-8. */
export function framed(content: string | object): Buffer {
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content), 'utf8');
  return Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
}

function readMessages(server: ChildProcessWithoutNullStreams, take: (message: Message) => void): void {
  let pieces: Buffer[] = [];
  let size = 0;
  // A large message comes in many pieces: they are joined only when they can be enough.
  let wanted = 0;
  server.stdout.on('data', (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    while (size > 0 && size >= wanted) {
      const received = Buffer.concat(pieces);
      pieces = [received];
      const headerEnd = received.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      const length = Number(/^Content-Length: (\d+)$/im.exec(received.toString('latin1', 0, headerEnd))?.[1]);
      if (!Number.isInteger(length)) throw new Error(`The server wrote something else than a message: ${received.toString('utf8', 0, 200)}`);
      wanted = headerEnd + 4 + length;
      if (size < wanted) return;
      take(JSON.parse(received.toString('utf8', headerEnd + 4, wanted)) as Message);
      pieces = [received.subarray(wanted)];
      size -= wanted;
      wanted = 0;
    }
  });
}
