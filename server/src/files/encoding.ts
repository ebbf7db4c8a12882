/** Decodes what a log was written in, whole or chunk by chunk: UTF-8, UTF-16 with or without byte order mark, or a code page of Windows. */

import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { defaultCodePage } from './codePage.ts';
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

/** How many bytes from a file's beginning say whether it is UTF-16 or no text at all. */
export const headLength = 4096;

/** How many bytes from the first that is not ASCII decide between UTF-8 and a code page. */
const sampleLength = 65_536;

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
    chosen = streamOf(encoding, hasMark);
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

/** The encoding of a file, from its whole content or from as much of its beginning as is there. */
export function chooseEncoding(bytes: Uint8Array, options: EncodingOptions = {}): string {
  const content = bufferOf(bytes);
  return unicodeOf(content, options) ?? codedAs(content.subarray(firstBeyondAscii(content)), options);
}

/** Whether an encoding can be decoded under this name. Base64 and hex are no encodings of text. */
export function isEncoding(name: string): boolean {
  return iconv.encodingExists(name) && !/^(?:base64|hex)$/i.test(name.replace(/[^0-9a-z]/gi, ''));
}

/** Whether bytes from the beginning of a file show that it is no text. NUL bytes at the end alone are space that IIS reserves in its logs. */
export function isBinary(head: Uint8Array, options: EncodingOptions = {}): boolean {
  if (unicodeOf(bufferOf(head), options) !== undefined) return false;
  const firstNul = head.indexOf(0);
  return firstNul !== -1 && head.subarray(firstNul).some((byte) => byte !== 0);
}

/** What a file's beginning says: its mark, an encoding that has not even ASCII in common with the others, or the NUL bytes of UTF-16. */
function unicodeOf(bytes: Buffer, { named }: EncodingOptions): string | undefined {
  return markedEncoding(bytes) ?? (named !== undefined && !holdsAscii(named) ? named : undefined) ?? unmarkedUtf16(bytes.subarray(0, headLength));
}

/** By the byte order mark (RFC 3629, 6; RFC 2781, 3.2). */
function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf8';
  return undefined;
}

/** Whether ASCII means the same in this encoding: then only bytes beyond it can tell it from UTF-8. */
function holdsAscii(encoding: string): boolean {
  return iconv.decode(Buffer.from('550 5.1.1'), encoding) === '550 5.1.1';
}

/**
 * UTF-16 without mark shows itself by NUL bytes on one side of its code units only, since even a log in Japanese
 * has blanks, digits and codes. Numbers in a binary file look alike, but make control characters that no log has.
 */
function unmarkedUtf16(head: Uint8Array): string | undefined {
  const units = Math.floor(head.length / 2);
  let evenNuls = 0;
  let oddNuls = 0;
  let controls = 0;
  for (let unit = 0; unit < units; unit += 1) {
    const even = head[unit * 2] as number;
    const odd = head[unit * 2 + 1] as number;
    if (even === 0) evenNuls += 1;
    if (odd === 0) oddNuls += 1;
    if ((even === 0 && isControl(odd)) || (odd === 0 && isControl(even))) controls += 1;
  }
  if (controls > 0) return undefined;
  if (oddNuls >= units / 10 && oddNuls > 0 && evenNuls === 0) return 'utf16le';
  if (evenNuls >= units / 10 && evenNuls > 0 && oddNuls === 0) return 'utf16be';
  return undefined;
}

/** NUL and the other controls of ASCII but for tab, line ends, form feed and ESC. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
}

/** Node looks through a stretch faster than we do: only where it finds something, we look for the place. */
function firstBeyondAscii(bytes: Buffer): number {
  let start = 0;
  while (start < bytes.length && isAscii(bytes.subarray(start, start + sampleLength))) start += sampleLength;
  while (start < bytes.length && (bytes[start] as number) < 0x80) start += 1;
  return Math.min(start, bytes.length);
}

/**
 * UTF-8 proves itself. Of a code page that the locale suggests every character must exist: bytes of Western Europe
 * are seldom Japanese. What the user names is not doubted.
 */
function codedAs(bytes: Buffer, options: EncodingOptions): string {
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

/** Past a file's beginning there is no byte order mark, but an invisible character that counts as a column. */
function streamOf(encoding: string, hasMark: boolean): Decoder {
  if (encoding === 'utf8') return utf8Stream(hasMark);
  const stream = iconv.getDecoder(encoding, { stripBOM: hasMark });
  return { write: (chunk) => stream.write(bufferOf(chunk)), end: () => stream.end() ?? '' };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
