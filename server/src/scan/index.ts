/** One scan: files in, news of what is in them out, as a stream. It writes nothing, and keeps no more than a part of a file. */

import { basename, resolve } from 'node:path';
import { type FoundFile, findFiles } from '../files/findFiles.ts';
import type { FilePath } from '../files/path.ts';
import { openText, textOf } from '../files/textFile.ts';
import { expandWildcards, matcherOf } from '../files/wildcards.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

import { type ReadOptions, type ScanContext, type Source, scanFile } from './fileScan.ts';
import { Interruption } from './interruption.ts';
import type { ScanNews } from './news.ts';
import { Remarks } from './remarks.ts';
import { scanInThreads } from './threadedScan.ts';
import type { Threads } from './threads.ts';

/** What to read, and how. */
export interface ScanOrder extends ReadOptions {
  /** Files and folders, perhaps with wildcards; "-" is standard input. */
  readonly paths: readonly string[];
  /** Of folders only the files whose names fit one of these patterns. */
  readonly include?: readonly string[];
  /** A file that is not read even where it stands in a folder: the one that is written meanwhile. */
  readonly except?: string;
  /** Whether a pipe that is named is read. */
  readonly readsPipes?: boolean;
  /** Asked once it is to be read. */
  readonly standardInput?: () => AsyncIterable<Uint8Array>;
  /** Ends the scan: what has been read until then is told. */
  readonly interruption?: Interruption;
}

/**
 * Scans the files in their order, so that the memory does not depend on their number or size. Whoever stops reading ends the scan.
 * @param startThreads Where it is given, several files, or segments of large ones, are read at the same time; the news are the same.
 */
export async function* scan(order: ScanOrder, knowledge: KnowledgeBase, startThreads?: () => Threads): AsyncGenerator<ScanNews> {
  const { interruption = new Interruption() } = order;
  const context: ScanContext = { knowledge, options: order, remarks: new Remarks(), interruption };
  const files = interruption.until(sources(order, interruption));
  const threads = startThreads?.();
  try {
    if (threads) yield* scanInThreads(files, threads, context);
    else yield* scanInOrder(files, context);
    const remark = context.remarks.text();
    const { signal } = interruption;
    yield { kind: 'ended', ...(remark !== undefined && { remark }), ...(signal !== undefined && { interruption: signal }) };
  } finally {
    threads?.end();
  }
}

async function* scanInOrder(files: AsyncIterable<Source>, context: ScanContext): AsyncGenerator<ScanNews> {
  for await (const source of files) {
    yield { kind: 'begun', file: source.file };
    yield* scanFile(source, context);
  }
}

async function* sources({ paths, include, except, encoding, readsPipes, standardInput = () => emptyInput() }: ScanOrder, interruption: Interruption): AsyncGenerator<Source> {
  const isIncluded = include && matcherOf(include);
  const isWanted = ({ file, isGiven }: FoundFile): boolean => isGiven || ((isIncluded?.(basename(file)) ?? true) && (except === undefined || resolve(file) !== except));
  for await (const path of expanded(paths)) {
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
      if (isWanted(found)) yield { ...found, isOnDisk: true, open: () => open(found.path) };
    }
    yield* missed;
  }
}

/** A pattern that nothing fits is told as a file that is not there. */
async function* expanded(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    const found = path === '-' ? [path] : await expandWildcards(path);
    yield* found.length > 0 ? found : [path];
  }
}

async function* emptyInput(): AsyncGenerator<Uint8Array> {
  // Nothing comes.
}
