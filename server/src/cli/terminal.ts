/** The process around the command line: standard input and output, messages, progress and colour. */

import { resolve } from 'node:path';
import { addressOfPath, pathBelow, relativeAddress } from '../files/address.ts';
import { reasonOf } from '../files/reason.ts';
import type { ScanEdge } from '../scan/fileScan.ts';
import { visible } from '../text/visible.ts';

/** A closed pipe is no failure: whoever read has seen enough. Called once, before anything is written. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** What is written stands here until it is taken. */
let room = Buffer.alloc(0);

/**
 * Writes to standard output and waits until it is taken, so that a slow reader does not fill the memory.
 * @returns False where nobody reads on.
 */
export async function write(text: string): Promise<boolean> {
  if (text === '') return true;
  clearProgress();
  // A character of UTF-16 has three bytes of UTF-8 at most: where there is room for as many, nobody need count them first.
  if (room.length < 3 * text.length) room = Buffer.allocUnsafeSlow(3 * text.length);
  const bytes = room.subarray(0, room.write(text));
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => {
    process.stdout.write(bytes, done);
  });
  if (!error) return true;
  if (['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED'].includes(error.code ?? '')) return false;
  throw error;
}

/** One line on standard error. It may name files, so it is made harmless. */
export function warn(message: string): void {
  clearProgress();
  process.stderr.write(`mailflow-lens: ${visible(message)}\n`);
}

/** What a scan needs of this process. */
export function createEdge(): ScanEdge {
  return {
    standardInput: () => process.stdin,
    write,
    unreadable: (file, error) => warn(`${file === '-' ? 'standard input' : file}: ${reasonOf(error)}`),
    progress: showProgress,
    remark: warn,
  };
}

/** Colour is for terminals whose user wants it (https://no-color.org). */
export function hasColor(): boolean {
  return process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
}

/** A file's URI: relative to the working folder below it, so that a report means the same on another machine; absolute elsewhere. */
export function uriOf(file: string): string {
  if (file === '-') return 'stdin';
  const below = pathBelow(process.cwd(), resolve(file));
  return below === undefined ? addressOfPath(resolve(file)) : relativeAddress(below);
}

let isProgressShown = false;

function showProgress(file: string, findings: number, bytes: number): void {
  if (!process.stderr.isTTY) return;
  const now = performance.now();
  if (isProgressShown && now - lastShown < pause) return;
  clearProgress();
  lastShown = now;
  const width = (process.stderr.columns || 80) - 1;
  const megabytes = bytes / 1_000_000;
  const rate = megabytes > 1 ? `, ${megabytes.toFixed(0)} MB, ${(megabytes / (now / 1_000)).toFixed(0)} MB/s` : '';
  process.stderr.write(`${findings} found so far${rate}; reading ${visible(file)}`.slice(0, width));
  isProgressShown = true;
}

/** So long, in milliseconds, a line of progress stays. */
const pause = 100;
let lastShown = 0;

/** ECMA-48: back to the first column, and erase to the end of the line. */
export function clearProgress(): void {
  if (isProgressShown) process.stderr.write('\r\u001b[K');
  isProgressShown = false;
}
