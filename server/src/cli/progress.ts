/** The line on a terminal that says how far a scan is. */

import { visible } from '../text/visible.ts';

/** What it is written to. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A scan that takes no longer than this, in milliseconds, needs no progress. */
const patience = 300;
/** So long, in milliseconds, a line stays. */
const pause = 100;

export class Progress {
  private readonly stream: ProgressStream;
  private readonly now: () => number;
  private isShown = false;
  private lastShown = 0;

  /** @param now The milliseconds since the program was started. */
  constructor(stream: ProgressStream, now: () => number) {
    this.stream = stream;
    this.now = now;
  }

  /** @param file The file that is read, "-" for standard input. */
  show(file: string, findings: number, bytes: number): void {
    if (!this.stream.isTTY) return;
    const now = this.now();
    if (now < patience || (this.isShown && now - this.lastShown < pause)) return;
    this.clear();
    this.lastShown = now;
    const width = (this.stream.columns || 80) - 1;
    const megabytes = bytes / 1_000_000;
    const rate = megabytes > 1 ? `, ${megabytes.toFixed(0)} MB, ${(megabytes / (now / 1_000)).toFixed(0)} MB/s` : '';
    this.stream.write(`${findings} found so far${rate}; reading ${file === '-' ? 'standard input' : visible(file)}`.slice(0, width));
    this.isShown = true;
  }

  /** ECMA-48: back to the first column, and erase to the end of the line. */
  clear(): void {
    if (this.isShown) this.stream.write('\r\u001b[K');
    this.isShown = false;
  }
}
