/** Decodes what a log was written in, whole or chunk by chunk: UTF-8, UTF-16 with or without byte order mark, or a code page of Windows. */

import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { defaultCodePage } from './codePage.ts';
import { headLength, unicodeOf } from './head.ts';
import { type TextPiece, textOfPiece } from './textBuffer.ts';
import { latin1OfUtf8 } from './utf8.ts';

export interface EncodingOptions {
  /** The encoding that the user names, as iconv-lite calls it: what a file without byte order mark is read as, if it is not UTF-8 or UTF-16. */
  readonly named?: string | undefined;
  /** What such a file is tried as where the user names none; Windows-1252 is what is left. */
  readonly codePage?: string | undefined;
}

/** Decodes the bytes of one file in their order. A character that a chunk cuts is put together again. */
export interface Decoder {
  /** What it gives is to be used before the next chunk comes: it can stand in the memory of the chunk. */
  readonly write: (chunk: Uint8Array) => TextPiece;
  /** What is left after the last chunk. */
  readonly end: () => string;
}

/** How many bytes from the first that is not ASCII decide between UTF-8 and a code page. */
export const sampleLength = 65_536;

/** Decodes a whole file. The byte order mark is not part of the text. */
export function decode(bytes: Uint8Array, options: EncodingOptions = {}): string {
  const decoder = createDecoder(options);
  return textOfPiece(decoder.write(bytes)) + decoder.end();
}

/**
 * Starts decoding one file. As long as nothing but ASCII has come it is open what the file was written in, and no more than
 * the sample is held back, so that a log of any size can be read in chunks and gives the same text whatever their size is.
 */
export function createDecoder(options: EncodingOptions = {}): Decoder {
  let chosen: Decoder | undefined;
  let held: Buffer = Buffer.alloc(0);
  let isPastHead = false;
  const decide = (isLast: boolean): TextPiece => {
    if (!isPastHead) {
      if (held.length < headLength && !isLast) return '';
      isPastHead = true;
      const unicode = unicodeOf(held, options);
      if (unicode) return decideFor(unicode, true);
    }
    const start = firstBeyondAscii(held);
    const ascii = held.subarray(0, start);
    held = held.subarray(start);
    const isEnough = held.length >= sampleLength || (isLast && held.length > 0);
    return isEnough ? textOfPiece(ascii) + textOfPiece(decideFor(codedAs(held, options), false)) : ascii;
  };
  const decideFor = (encoding: string, hasMark: boolean): TextPiece => {
    chosen = decoderOf(encoding, hasMark);
    const text = chosen.write(held);
    held = Buffer.alloc(0);
    return text;
  };
  return {
    write: (chunk) => {
      if (chosen) return chosen.write(chunk);
      held = held.length === 0 ? bufferOf(chunk) : Buffer.concat([held, chunk]);
      const text = decide(false);
      // The chunk's memory is its owner's: what waits is copied.
      held = Buffer.from(held);
      return text;
    },
    end: () => {
      const text = chosen ? '' : textOfPiece(decide(true));
      return text + (chosen?.end() ?? '');
    },
  };
}

/** Whether an encoding can be decoded under this name. Base64 and hex are no encodings of text. */
export function isEncoding(name: string): boolean {
  return iconv.encodingExists(name) && !/^(?:base64|hex)$/i.test(name.replace(/[^0-9a-z]/gi, ''));
}

/**
 * Where the first byte stands that is not ASCII; the length where none does. Node looks through a stretch faster than we do: only where it
 * finds something, we look for the place.
 */
export function firstBeyondAscii(bytes: Buffer): number {
  let start = 0;
  while (start < bytes.length && isAscii(bytes.subarray(start, start + sampleLength))) start += sampleLength;
  while (start < bytes.length && (bytes[start] as number) < 0x80) start += 1;
  return Math.min(start, bytes.length);
}

/**
 * The encoding of a file whose beginning does not show it, by `sampleLength` bytes from the first that is not ASCII, or as many as there are.
 * UTF-8 proves itself. Of a code page that the locale suggests every character must exist: bytes of Western Europe
 * are seldom Japanese. What the user names is not doubted.
 */
export function codedAs(bytes: Buffer, options: EncodingOptions): string {
  const sample = bytes.subarray(0, sampleLength);
  if (isUtf8(withoutCutCharacter(sample))) return 'utf8';
  if (options.named !== undefined) return options.named;
  const { codePage = defaultCodePage } = options;
  return iconv.getDecoder(codePage).write(sample).includes('\uFFFD') ? defaultCodePage : codePage;
}

/** A sample, and a log that is being written, may end in the middle of a character: that alone does not make it another encoding. */
function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? bytes.subarray(0, -back) : bytes;
    }
  }
  return bytes;
}

/** UTF-8 in pieces: a character that a piece cuts waits for the next one. */
function utf8Stream(hasMark: boolean): Decoder {
  let waiting: Buffer = Buffer.alloc(0);
  let isBeginning = hasMark;
  return {
    write: (chunk) => {
      const bytes = bufferOf(chunk);
      let start = 0;
      let text = '';
      if (waiting.length > 0) {
        while (start < 3 && start < bytes.length && ((bytes[start] as number) & 0xc0) === 0x80) start += 1;
        waiting = Buffer.concat([waiting, bytes.subarray(0, start)]);
        if (start === bytes.length && withoutCutCharacter(waiting).length < waiting.length) return '';
        text = waiting.toString('utf8');
      }
      const rest = bytes.subarray(start);
      const whole = bufferOf(withoutCutCharacter(rest));
      waiting = Buffer.from(rest.subarray(whole.length));
      const piece = latin1OfUtf8(whole) ?? whole.toString('utf8');
      if (text === '' && !isBeginning) return piece;
      text += textOfPiece(piece);
      if (!isBeginning || text === '') return text;
      isBeginning = false;
      return text.startsWith('\uFEFF') ? text.slice(1) : text;
    },
    end: () => waiting.toString('utf8'),
  };
}

/**
 * Starts decoding what is known to be in an encoding.
 * @param hasMark Whether it begins as the file does. Further below there is no byte order mark, but an invisible character that counts as a column.
 */
export function decoderOf(encoding: string, hasMark: boolean): Decoder {
  if (encoding === 'utf8') return utf8Stream(hasMark);
  const stream = iconv.getDecoder(encoding, { stripBOM: hasMark });
  return { write: (chunk) => stream.write(bufferOf(chunk)), end: () => stream.end() ?? '' };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
