/** Tells V8 what it cannot know of the memory that is needed. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Documents of this length, in UTF-16 code units, are worth it. */
const large = 8 * 1024 * 1024;
/** So long, in milliseconds, an editor asks for more when it has opened a document. */
const quiet = 500;

let collect: (() => void) | undefined;
let timer: NodeJS.Timeout | undefined;

/**
 * A document comes as a message, in a buffer, as JSON: three times its size and more, which Node would keep until it needs room for something
 * else. An editor with a log open for a day should not pay for that.
 */
export function collectSoon(length: number): void {
  if (length < large) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    collect ??= exposeCollector();
    collect();
  }, quiet);
  timer.unref();
}

/** Node hands the collector only to contexts that are made after the flag is set. */
function exposeCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const found = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return found;
}

/**
 * For a process that only scans. V8 lets the space for new objects grow to tens of megabytes, so that fewer of them outlive a collection;
 * what is made of a part of a log is dead after it anyway, and a small space stays in the processor's cache. To be called in each thread,
 * since the start of one sets it back for all.
 */
export function keepNewSpaceSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
