/** Reads the files of a question with the scan's own stream, and stops where nobody waits for the answer any more. */

import type { Located } from '../analysis/located.ts';
import { scan } from '../scan/index.ts';
import { Interruption } from '../scan/interruption.ts';
import { ReadCount, type ScanNews } from '../scan/news.ts';
import type { AgentContext } from './context.ts';
import { orderOf, type Question } from './question.ts';
import type { ReadableFile } from './readableFiles.ts';

/** A finding of a file, and which one it is in its file, from 0. */
export interface FileFinding {
  readonly file: ReadableFile;
  readonly located: Located;
  readonly number: number;
}

/** @param read Counts what is read. */
export async function* findingsOf(
  files: readonly ReadableFile[],
  question: Omit<Question, 'files'>,
  context: AgentContext,
  signal: AbortSignal,
  read = new ReadCount(),
): AsyncGenerator<FileFinding> {
  if (files.length === 0) return;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const order = { ...orderOf(question, context), paths: files.map(({ path }) => path), interruption: interruptionBy(signal) };
  let path = '';
  let number = 0;
  for await (const news of scan(order, context.knowledge)) {
    signal.throwIfAborted();
    read.take(news);
    const file = byPath.get(news.kind === 'ended' ? '' : fileOf(news, path));
    if (news.kind === 'begun') {
      path = news.file;
      number = 0;
    }
    if (news.kind === 'found' && file) for (const located of news.findings) yield { file, located, number: number++ };
  }
}

function fileOf(news: Exclude<ScanNews, { kind: 'ended' }>, current: string): string {
  return 'file' in news ? news.file : current;
}

/** The scan's interruption for the protocol's. */
export function interruptionBy(signal: AbortSignal): Interruption {
  const interruption = new Interruption();
  if (signal.aborted) interruption.come('SIGINT');
  signal.addEventListener('abort', () => interruption.come('SIGINT'), { once: true });
  return interruption;
}
