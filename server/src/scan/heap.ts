/** Tells V8 what it cannot know of the memory that is needed. */

import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
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

/** In bytes: so much garbage may lie about beside what is kept. */
const mostGarbage = 32 * 1024 * 1024;

/**
 * For a thread that keeps what it reads beside a server that goes on: V8 would let its heap grow to several times of what is alive.
 * @returns Looks whether there is much that nobody needs any more, and if so, or at the end, collects it.
 */
export function keepHeapSmall(): (isAtEnd?: boolean) => void {
  let alive = getHeapStatistics().used_heap_size;
  return (isAtEnd = false) => {
    if (!isAtEnd && getHeapStatistics().used_heap_size < alive + mostGarbage) return;
    collect ??= exposeCollector();
    collect();
    alive = getHeapStatistics().used_heap_size;
  };
}

/** How large the space for new objects may get, in bytes: what lives no longer than a part of a log fits in. */
const mostNewSpace = 16 * 1024 * 1024;
/** Looked at so often, in milliseconds. */
const watching = 50;

/**
 * For a process that only scans. Next to nothing of what it makes lives longer than a part of a log; but V8 lets its heap grow to several times
 * of what is alive, and the space for new objects to 48 MB. With less room it takes about as long, and needs less memory.
 */
export function boundHeap(threads: number): void {
  // With several threads V8 collects twice as often for the same text, and compiles anew what it forgets by that: they get more room.
  setFlagsFromString(`--heap-growing-percent=${threads === 1 ? 300 : 400}`);
  // The optimizing compiler makes large functions out of small ones, and a scan is over before that has paid: with less of it ten megabytes take a fifth less.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
  // For the same reason Node 20, whose compiler has no step between, optimizes what has run half as much again as it would ask for: ten megabytes take a tenth less. Later versions have no such flag.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=200000');
  const timer = setInterval(() => {
    const newSpace = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (newSpace && newSpace.space_size < mostNewSpace) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(timer);
  }, watching);
  timer.unref();
}

/** For a process that keeps what it reads until the end: what V8 leaves lying about would be as much again. */
export function boundKeptHeap(): void {
  boundHeap(1);
  setFlagsFromString('--heap-growing-percent=30');
}
