/** Opens files as text: leaves out what is no text, unpacks what is compressed, and decodes the rest. */

import { BytesAhead } from './bytesAhead.ts';
import { readChunks } from './chunks.ts';
import { createDecoder, type EncodingOptions } from './encoding.ts';
import { gunzip, isGzip } from './gunzip.ts';
import { headLength, isBinary } from './head.ts';
import { refuseOutlookFile } from './outlookFile.ts';
import { type FilePath, readable } from './path.ts';
import type { TextPiece } from './textBuffer.ts';

/** A piece of a file's text, to be used before the next one is asked for. */
export interface Piece {
  readonly text: TextPiece;
  /** The size before decoding, unpacked. */
  readonly bytes: number;
}

/**
 * Opens one file as text, unpacked where it is compressed with gzip. It is read as the pieces are taken, so it needs the memory of one.
 * @param encoding What it is taken for where it is neither UTF-8 nor UTF-16.
 * @returns undefined where the file is no text, by its first 4 KB.
 * @throws What there is to do about an Outlook message file; and why nothing could be read. Where something could, the pieces give all of it
 * first, and throw then: what the file system says, or in plain words what was not read.
 */
export async function openText(path: FilePath, encoding: EncodingOptions = {}): Promise<AsyncIterable<Piece> | undefined> {
  return textOf(readChunks(path), readable(path), encoding);
}

/**
 * The same for bytes that come in chunks, however long these are. Each is used before the next one is asked for.
 * @param name What the file is called, for the message that says what to do about it.
 */
export async function textOf(chunks: AsyncIterable<Uint8Array>, name: string, encoding: EncodingOptions = {}): Promise<AsyncIterable<Piece> | undefined> {
  let bytes = new BytesAhead(chunks);
  let head = await headOf(bytes, name);
  for (let times = 0; isGzip(head); times += 1) {
    if (times === mostTimes) {
      await bytes.close();
      throw new Error(`compressed more than ${mostTimes} times over`);
    }
    bytes = new BytesAhead(gunzip(bytes));
    head = await headOf(bytes, name.replace(/\.gz$/i, ''));
  }
  if (!isBinary(head, encoding)) return decodeChunks(bytes.chunks(), encoding);
  await bytes.close();
  return undefined;
}

/** A file can be made that unpacks to itself. */
const mostTimes = 4;

async function headOf(bytes: BytesAhead, name: string): Promise<Uint8Array> {
  const head = await bytes.peek(headLength);
  if (head.length === 0 && bytes.fault) throw bytes.fault.error;
  const refusal = refuseOutlookFile(head, name);
  if (!refusal) return head;
  await bytes.close();
  throw refusal;
}

async function* decodeChunks(chunks: AsyncIterable<Uint8Array>, encoding: EncodingOptions): AsyncGenerator<Piece> {
  const decoder = createDecoder(encoding);
  let fault: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of chunks) yield { text: decoder.write(chunk), bytes: chunk.length };
  } catch (error) {
    fault = { error };
  }
  // What the decoder has held back was read as well.
  yield { text: decoder.end(), bytes: 0 };
  if (fault) throw fault.error;
}
