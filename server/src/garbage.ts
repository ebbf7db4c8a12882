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
 * For a process that only scans. The text of each part is memory outside of V8's heap, because of which V8 would look through all that is alive
 * after every eight parts, and forget what it has compiled for functions that live no longer than a part. So it is asked to wait longer, which
 * saves a fifth of the processor time for some megabytes of memory.
 */
export function collectLessOften(): void {
  setFlagsFromString('--heap-growing-percent=150');
}
