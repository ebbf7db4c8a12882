/** One scan: files in, news of what is in them out, as a stream. It writes nothing, and keeps no more than a part of a file. */

import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

import { type ReadOptions, type ScanContext, scanFile } from './fileScan.ts';
import { Interruption } from './interruption.ts';
import type { ScanNews } from './news.ts';
import { Remarks } from './remarks.ts';
import { type Source, type SourceOrder, sources } from './sources.ts';
import { scanInThreads } from './threadedScan.ts';
import type { Threads } from './threads.ts';

/** What to read, and how. */
export interface ScanOrder extends SourceOrder, ReadOptions {}

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
