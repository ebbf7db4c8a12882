/** Ends a scan early when the process is asked to end, so that its output can be made whole first. */

import type { ScanNews } from './scanNews.ts';

/** Control and C; what a service or a container is ended with. */
const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * The news up to the first signal, and then an end that names it. A second signal finds nobody listening, and ends the process at once.
 * It does not wait for what is being read: a pipe may never say anything more.
 */
export async function* untilSignal(news: AsyncGenerator<ScanNews>): AsyncGenerator<ScanNews> {
  let signal: NodeJS.Signals | undefined;
  let wake = (): void => undefined;
  const stopListening = (): void => {
    for (const name of signals) process.off(name, take);
  };
  const take = (name: NodeJS.Signals): void => {
    stopListening();
    signal = name;
    wake();
  };
  for (const name of signals) process.on(name, take);
  try {
    while (signal === undefined) {
      const next = await new Promise<IteratorResult<ScanNews> | undefined>((resolve, reject) => {
        wake = () => resolve(undefined);
        news.next().then(resolve, reject);
      });
      if (next?.done) return;
      if (next) yield next.value;
    }
    yield { kind: 'ended', interruption: signal };
  } finally {
    stopListening();
    const ended = news.return(undefined);
    if (signal === undefined) await ended;
    else ended.catch(() => undefined);
  }
}

/** Ends the process as if the signal had ended it: whoever started it can tell. */
export function endBySignal(signal: NodeJS.Signals): void {
  process.exitCode = signal === 'SIGINT' ? 130 : 143;
  process.kill(process.pid, signal);
}
