/** The language server as the rest of the client sees it. */

import { type CancellationToken, type Disposable, type Event, EventEmitter } from 'vscode';

export interface LanguageServer {
  /** Whether it answers at once. */
  readonly isRunning: () => boolean;
  readonly onDidChangeState: Event<unknown>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Asks the server, and starts it where it is not running yet. */
  readonly request: <Result>(name: string, parameters?: object, cancellation?: CancellationToken) => Promise<Result>;
  /** Hears what the server reports under a token before it answers. */
  readonly onProgress: <Value>(token: string, handle: (value: Value) => void) => Promise<Disposable>;
  /** Hands over the settings that may be used, instead of all that there are. */
  readonly sendSettings: () => Promise<void>;
}

/**
 * The server, whose client is loaded when the server is first needed. The library that it is made of is large: without it the extension
 * is active in a tenth of the time, and most windows show no log.
 */
export function createLanguageServer(module: string): LanguageServer {
  const changed = new EventEmitter<unknown>();
  let client: LanguageServer | undefined;
  let starting: Promise<LanguageServer> | undefined;
  const load = async (): Promise<LanguageServer> => {
    if (!client) {
      const { createClient } = await import('./languageClient.ts');
      client = createClient(module);
      client.onDidChangeState((state) => changed.fire(state));
    }
    await client.start();
    return client;
  };
  const started = (): Promise<LanguageServer> => {
    starting ??= load().catch((error: unknown) => {
      // The next one who asks tries again.
      starting = undefined;
      throw error;
    });
    return starting;
  };
  return {
    isRunning: () => client?.isRunning() ?? false,
    onDidChangeState: changed.event,
    start: async () => void (await started()),
    stop: async () => client?.stop(),
    request: async (...words) => (await started()).request(...words),
    onProgress: async (...words) => (await started()).onProgress(...words),
    sendSettings: async () => (await started()).sendSettings(),
  };
}
