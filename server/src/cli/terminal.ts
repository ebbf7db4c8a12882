/** The process around the command line: the one door to standard output and standard error, progress and colour. */

import { resolve } from 'node:path';
import { addressOfPath, pathBelow, relativeAddress } from '../files/address.ts';
import { reasonOf } from '../files/faults.ts';
import { visible, visibleLines } from '../text/visible.ts';
import { Progress } from './progress.ts';

/** A closed pipe is no failure: whoever read has seen enough. Called once, before anything is written. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** What is written stands here until it is taken. */
let room = Buffer.alloc(0);

/**
 * Writes what is harmless already to standard output and waits until it is taken, so that a slow reader does not fill the memory.
 * @returns False where nobody reads on.
 * @throws An error that names standard output and says why it cannot be written.
 */
export async function write(text: string): Promise<boolean> {
  if (text === '') return true;
  progress.clear();
  // A character of UTF-16 has three bytes of UTF-8 at most: where there is room for as many, nobody need count them first.
  if (room.length < 3 * text.length) room = Buffer.allocUnsafeSlow(3 * text.length);
  const bytes = room.subarray(0, room.write(text));
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => {
    process.stdout.write(bytes, done);
  });
  if (!error) return true;
  if (['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED'].includes(error.code ?? '')) return false;
  throw new Error(`standard output: ${reasonOf(error)}`);
}

/** Writes lines that anybody may have written, such as those of a document, and makes them harmless. */
export function print(text: string): Promise<boolean> {
  return write(visibleLines(text));
}

/** One line on standard error. It may name files, so it is made harmless. */
export function warn(message: string): void {
  progress.clear();
  process.stderr.write(`mailflow-lens: ${visible(message)}\n`);
}

/** The same without the program's name: for what goes with a line before. */
export function advise(text: string): void {
  process.stderr.write(visibleLines(text));
}

/** The line of progress. It gives way to all else that is written here. */
export const progress = new Progress(process.stderr, () => performance.now());

/** How a file is called in messages. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

export type ColorChoice = 'auto' | 'always' | 'never';

/** Colour is for terminals whose user wants it (no-color.org, force-color.org), and wherever it is asked for. */
export function hasColor(choice: ColorChoice, isToFile: boolean): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return !isToFile && process.stdout.isTTY === true && TERM !== 'dumb';
}

/** A file's URI: relative to the working folder below it, so that a report means the same on another machine; absolute elsewhere. */
export function outputUri(file: string): string {
  if (file === '-') return 'stdin';
  const below = pathBelow(process.cwd(), resolve(file));
  return below === undefined ? addressOfPath(resolve(file)) : relativeAddress(below);
}
