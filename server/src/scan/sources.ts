/** What is to be read: the files of an order, one after the other, each to be opened when its turn comes. */

import { basename, resolve } from 'node:path';
import type { Wishes } from '../analysis/reporting.ts';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { EncodingOptions } from '../files/encoding.ts';
import { type FoundFile, findFiles } from '../files/findFiles.ts';
import type { FilePath } from '../files/path.ts';
import { openText, type Piece, textOf } from '../files/textFile.ts';
import { expandWildcards, matcherOf } from '../files/wildcards.ts';
import type { Interruption } from './interruption.ts';

/** What to read. */
export interface SourceOrder {
  /** Files and folders, perhaps with wildcards; "-" is standard input. */
  readonly paths: readonly string[];
  /** Of folders only the files whose names fit one of these patterns. */
  readonly include?: readonly string[];
  /** Whether the files were found in folders, and not named by the user: then one that is no text is no fault. */
  readonly areFound?: boolean;
  /** The texts of some paths, as an editor has them: they are read instead of what is on the disk. */
  readonly texts?: ReadonlyMap<string, string>;
  /** A file that is not read even where it stands in a folder: the one that is written meanwhile. */
  readonly except?: string;
  readonly encoding?: EncodingOptions;
  /** The zone of local times. */
  readonly timeZone?: TimeZone;
  /** What is to be told; all, where it is not given. Threads that read beside each other do not know it. */
  readonly wishes?: Wishes;
  /** Whether a pipe that is named is read. */
  readonly readsPipes?: boolean;
  /** Asked once it is to be read. */
  readonly standardInput?: () => AsyncIterable<Uint8Array>;
  /** Ends the reading: what has been read until then is told. */
  readonly interruption?: Interruption;
}

/** A file that can be read. */
export interface Source extends FoundFile {
  /** undefined where it is no text. */
  readonly open: () => Promise<AsyncIterable<Piece> | undefined>;
  /** Whether a thread can open it by its name. */
  readonly isOnDisk: boolean;
}

export async function* sources(order: SourceOrder, interruption: Interruption): AsyncGenerator<Source> {
  const { paths, include, except, encoding, readsPipes, areFound, texts, standardInput = () => emptyInput() } = order;
  const isIncluded = include && matcherOf(include);
  const isWanted = ({ file, isGiven }: FoundFile): boolean => isGiven || ((isIncluded?.(basename(file)) ?? true) && (except === undefined || resolve(file) !== except));
  for await (const path of expanded(paths, texts)) {
    const text = texts?.get(path);
    if (text !== undefined) {
      yield { file: path, path, isGiven: true, isOnDisk: false, open: async () => interruption.until(piecesOf(text)) };
      continue;
    }
    if (path === '-') {
      // Interrupted as bytes: what a decoder still holds of them is decoded then.
      yield { file: path, path, isGiven: true, isOnDisk: false, open: () => textOf(interruption.until(standardInput()), path, encoding) };
      continue;
    }
    const missed: Source[] = [];
    const miss = (file: string, error: unknown): void => {
      missed.push({ file, path: file, isGiven: file === path, isOnDisk: false, open: () => Promise.reject(error) });
    };
    const open = async (found: FilePath): ReturnType<Source['open']> => {
      const pieces = await interruption.before(openText(found, encoding));
      return pieces && interruption.until(pieces);
    };
    for await (const found of findFiles([path], miss, readsPipes)) {
      yield* missed.splice(0);
      if (isWanted(found)) yield { ...found, isGiven: found.isGiven && areFound !== true, isOnDisk: true, open: () => open(found.path) };
    }
    yield* missed;
  }
}

/** A pattern that nothing fits is told as a file that is not there. */
async function* expanded(paths: readonly string[], texts?: ReadonlyMap<string, string>): AsyncGenerator<string> {
  for (const path of paths) {
    const found = path === '-' || texts?.has(path) ? [path] : await expandWildcards(path);
    yield* found.length > 0 ? found : [path];
  }
}

/** Between two pieces whoever wants to end it can say so. */
async function* piecesOf(text: string): AsyncGenerator<Piece> {
  for (let start = 0; start < text.length; start += pieceLength) {
    await new Promise(setImmediate);
    const piece = text.slice(start, start + pieceLength);
    yield { text: piece, bytes: piece.length };
  }
}

const pieceLength = 256 * 1024;

async function* emptyInput(): AsyncGenerator<Uint8Array> {
  // Nothing comes.
}
