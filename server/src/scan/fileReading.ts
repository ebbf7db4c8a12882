/** Reads one file part by part, whatever is wanted of the parts, and tells what could not be read of it. */

import { createTextReader, type Part, type ReadingOptions } from '../analysis/textReader.ts';
import { reasonOf } from '../files/faults.ts';
import { createTextBuffer } from '../files/textBuffer.ts';
import type { Piece } from '../files/textFile.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Interruption } from './interruption.ts';
import type { LeftOut, ReadNews, Unreadable } from './news.ts';
import type { Source } from './sources.ts';

/**
 * Opens a file and tells what is read of it. Whatever ends the reading early, what was read until then counts.
 * @param read Tells what stands in the pieces, and throws what they throw after all that came before it.
 * @param isBegun Whether a part of the file has been told already.
 */
export async function* readSource<News extends ReadNews>(
  { file, isGiven, open }: Source,
  interruption: Interruption,
  read: (pieces: AsyncIterable<Piece>) => AsyncIterable<News>,
  isBegun = false,
): AsyncGenerator<News | Unreadable | LeftOut> {
  let isPartial = isBegun;
  try {
    const pieces = await open();
    if (!pieces) {
      if (interruption.signal === undefined) yield noText(file, isGiven);
      return;
    }
    for await (const news of read(pieces)) {
      isPartial ||= news.bytes > 0;
      yield news;
    }
  } catch (error) {
    // What is broken off need not be whole.
    if (interruption.signal === undefined) yield { kind: 'unreadable', file, reason: reasonOf(error), isPartial, isGiven };
  }
}

/** A binary file is a fault only where the user has named it. */
export function noText(file: string, isGiven: boolean): Unreadable | LeftOut {
  return isGiven ? { kind: 'unreadable', file, reason: 'not a text file', isPartial: false, isGiven } : { kind: 'leftOut', file };
}

export interface ReadPart {
  readonly part: Part;
  /** So many bytes of the text have been read. */
  readonly size: number;
  readonly isLast: boolean;
}

/** @throws What the pieces throw, after all that came before it. */
export async function* readParts(pieces: AsyncIterable<Piece>, knowledge: KnowledgeBase, options: ReadingOptions = {}): AsyncGenerator<ReadPart> {
  const reader = createTextReader(knowledge, createTextBuffer(), options);
  let size = 0;
  let fault: { readonly error: unknown } | undefined;
  try {
    for await (const { text, bytes } of pieces) {
      size += bytes;
      const part = reader.add(text);
      if (part) yield { part, size, isLast: false };
    }
  } catch (error) {
    fault = { error };
  }
  if (!fault || size > 0) yield { part: reader.end(), size, isLast: true };
  if (fault) throw fault.error;
}
