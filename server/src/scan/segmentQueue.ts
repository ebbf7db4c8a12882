/** The way of what is found in a segment, from the thread that reads it to the one that puts it out. */

import type { FoundPart } from './fileScan.ts';
import type { SegmentEnd } from './segmentReader.ts';

/**
 * What is told of a segment, one of the last three at its end: an error is what the file system says, and a thread that broke down says
 * nothing of the file.
 */
export type SegmentNews = FoundPart | SegmentEnd | { readonly error: unknown } | { readonly isBroken: true };

/**
 * Findings as they wait and as they go from thread to thread: as JSON, which is quicker than to clone them, takes less memory, and keeps no
 * text that they were found in.
 */
export interface StoredPart extends Omit<FoundPart, 'findings'> {
  readonly json: string;
  /** How many findings. */
  readonly count: number;
}

export function storePart({ findings, ...rest }: FoundPart): StoredPart {
  return { json: JSON.stringify(findings), count: findings.length, ...rest };
}

function takeOut({ json, count: _, ...rest }: StoredPart): FoundPart {
  return { findings: JSON.parse(json) as FoundPart['findings'], ...rest };
}

/** So many findings may wait before a reader has to. An ordinary segment has fewer; but a text can be made of nothing but failures. */
const mostWaiting = 10_000;

/** Lets readers get ahead of those who put out what was found, but not so far that the memory would depend on how much that is. */
export class Allowance {
  private used = 0;
  /** Several, where what a thread sends has to wait before the thread does. */
  private held: (() => void)[] = [];

  /** Resolves when there is room for more. */
  async use(count: number): Promise<void> {
    this.used += count;
    if (this.used > mostWaiting)
      await new Promise<void>((resolve) => {
        this.held.push(resolve);
      });
  }

  free(count: number): void {
    this.used -= count;
    if (this.used > mostWaiting) return;
    for (const goOn of this.held.splice(0)) goOn();
  }
}

/** One segment's way: written by its reader, read once, in the order of writing. */
export class Passage {
  private readonly waiting: (SegmentNews | StoredPart)[] = [];
  private readonly allowance = new Allowance();
  private wake: (() => void) | undefined;

  /** Resolves when the reader may go on. */
  async put(news: SegmentNews | StoredPart): Promise<void> {
    const isPart = 'findings' in news;
    // Where somebody waits for it, it goes as it is.
    this.waiting.push(isPart && !this.wake ? storePart(news) : news);
    this.wake?.();
    this.wake = undefined;
    await this.allowance.use(isPart ? news.findings.length : 'json' in news ? news.count : 0);
  }

  async *read(): AsyncGenerator<SegmentNews> {
    for (;;) {
      const next = this.waiting.shift();
      if (!next) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        continue;
      }
      const news = 'json' in next ? takeOut(next) : next;
      yield news;
      if (!('findings' in news)) return;
      this.allowance.free(news.findings.length);
    }
  }

  /** Nobody reads on: whoever writes need not wait. */
  close(): void {
    this.allowance.free(Number.POSITIVE_INFINITY);
  }
}
