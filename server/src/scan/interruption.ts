/** Ends a scan early, so that what was found until then can be put out as a whole. */

/** Control and C; what a service or a container is ended with. */
const signals = ['SIGINT', 'SIGTERM'] as const;

/** What can come at any time, while a scan waits for a disk, a pipe or a thread that may never answer. */
export class Interruption {
  private cause: NodeJS.Signals | undefined;
  private readonly waiting = new Set<() => void>();

  /** The signal that it came with; undefined as long as it has not come. */
  get signal(): NodeJS.Signals | undefined {
    return this.cause;
  }

  come(signal: NodeJS.Signals): void {
    this.cause ??= signal;
    for (const goOn of this.waiting) goOn();
  }

  /** What a promise gives; undefined where the interruption comes first. */
  async before<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    if (this.cause !== undefined) return undefined;
    let goOn = (): void => undefined;
    try {
      return await new Promise<Value | undefined>((resolve, reject) => {
        goOn = () => resolve(undefined);
        this.waiting.add(goOn);
        promise.then(resolve, reject);
      });
    } finally {
      this.waiting.delete(goOn);
    }
  }

  /** The values up to the interruption. It does not wait for the next one. */
  async *until<Value>(values: AsyncIterable<Value>): AsyncGenerator<Value> {
    const iterator = values[Symbol.asyncIterator]();
    try {
      for (let next = await this.before(iterator.next()); next && !next.done; next = await this.before(iterator.next())) yield next.value;
    } finally {
      const ended = Promise.resolve(iterator.return?.());
      if (this.cause === undefined) await ended;
      else ended.catch(() => undefined);
    }
  }
}

/** The interruption that comes with the first signal. A second signal finds nobody listening, and ends the process at once. */
export function listenForSignals(): { readonly interruption: Interruption; readonly stopListening: () => void } {
  const interruption = new Interruption();
  const stopListening = (): void => {
    for (const name of signals) process.off(name, take);
  };
  const take = (signal: NodeJS.Signals): void => {
    stopListening();
    interruption.come(signal);
  };
  for (const name of signals) process.on(name, take);
  return { interruption, stopListening };
}

/** Ends the process as if the signal had ended it: whoever started it can tell. */
export function endBySignal(signal: NodeJS.Signals): void {
  process.exitCode = signal === 'SIGINT' ? 130 : 143;
  process.kill(process.pid, signal);
}
