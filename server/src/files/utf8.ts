/** Decodes UTF-8 about as fast as it is copied, where nearly all of it is ASCII, as in logs. */

import { isAscii } from 'node:buffer';

/**
 * The text of bytes that are UTF-8, as `Buffer.toString` gives it: a wrong byte becomes U+FFFD. Node reads a text with a single character
 * outside of ASCII byte by byte, several times slower than a text without.
 */
export function decodeUtf8(bytes: Buffer): string {
  return latin1OfUtf8(bytes)?.toString('latin1') ?? bytes.toString('utf8');
}

/**
 * The Latin-1 bytes of a text in UTF-8; undefined where it has other characters or a wrong byte. Where all is ASCII, they are the given
 * bytes, else they stand in memory that is used again for the next text.
 */
export function latin1OfUtf8(bytes: Buffer): Buffer | undefined {
  if (isAscii(bytes)) return bytes;
  const places = findLatin(bytes);
  if (places === undefined) return undefined;
  const room = bytes.length <= scratch.length ? scratch : Buffer.allocUnsafeSlow(bytes.length);
  if (room.length <= keptRoom) scratch = room;
  let to = bytes.copy(room, 0, 0, places[0]);
  for (const [index, place] of places.entries()) {
    // U+0080 to U+00FF are two bytes, 110000xx 10xxxxxx (RFC 3629, 3).
    room[to++] = (((bytes[place] as number) & 0x03) << 6) | ((bytes[place + 1] as number) & 0x3f);
    to += bytes.copy(room, to, place + 2, places[index + 1] ?? bytes.length);
  }
  return room.subarray(0, to);
}

/** Room for the Latin-1 of one piece, kept for the next; what a whole document needs is not kept. */
let scratch = Buffer.alloc(0);
const keptRoom = 1024 * 1024;

const highBits = 0x8080_8080 | 0;

/** Where the characters from U+0080 to U+00FF stand; undefined where there is any other outside of ASCII, or a wrong byte. */
function findLatin(bytes: Uint8Array): number[] | undefined {
  const places: number[] = [];
  // Words are aligned in memory; a short text has none.
  const first = (4 - (bytes.byteOffset % 4)) % 4;
  const words = bytes.length < first ? new Int32Array() : new Int32Array(bytes.buffer, bytes.byteOffset + first, (bytes.length - first) >> 2);
  // The end of the last character that was found: a character may reach into the next word.
  let done = 0;
  const look = (from: number, end: number): boolean => {
    for (let at = Math.max(from, done); at < end; at++) {
      const lead = bytes[at] as number;
      if (lead < 0x80) continue;
      if ((lead !== 0xc2 && lead !== 0xc3) || ((bytes[at + 1] ?? 0) & 0xc0) !== 0x80) return false;
      places.push(at++);
      done = at + 1;
    }
    return true;
  };
  if (!look(0, Math.min(first, bytes.length))) return undefined;
  let word = 0;
  for (const end = words.length - 3; word < end; word += 4) {
    const any = (words[word] as number) | (words[word + 1] as number) | (words[word + 2] as number) | (words[word + 3] as number);
    if ((any & highBits) !== 0 && !look(first + 4 * word, first + 4 * word + 16)) return undefined;
  }
  return look(first + 4 * word, bytes.length) ? places : undefined;
}
