/** Puts a text together from its pieces, in memory that is used again for each stretch of it. */

import type { TextBuffer } from '../text/textBuffer.ts';

/**
 * A piece of a text: a string, or the Latin-1 bytes of one whose characters are all below U+0100. The bytes may stand in memory that is
 * used again for the next piece.
 */
export type TextPiece = string | Buffer;

export function textOfPiece(piece: TextPiece): string {
  return typeof piece === 'string' ? piece : piece.toString('latin1');
}

/** Of a text that was read to its end. */
let spare = Buffer.alloc(0);
/** What a long mail has needed is not kept. */
const mostKept = 8 * 1024 * 1024;

/**
 * To decode each piece and to join the strings costs more than to read the file, because every string is in fresh memory that the system has
 * to clear. So Latin-1 waits as bytes, which are copied for next to nothing, and one string is made of them. As soon as a piece is a string, it
 * and what comes until the next `keep` are joined as strings.
 */
export function createTextBuffer(): TextBuffer<TextPiece> {
  let room = spare;
  spare = Buffer.alloc(0);
  let used = 0;
  let strings: string[] = [];
  let joined = 0;
  const reserve = (length: number): void => {
    if (length <= room.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(length, Math.min(2 * room.length, length + mostSpare)));
    room.copy(larger, 0, 0, used);
    room = larger;
  };
  const addBytes = (bytes: Buffer): void => {
    reserve(used + bytes.length);
    used += bytes.copy(room, used);
  };
  const addString = (text: string): void => {
    if (used > 0) strings.push(room.toString('latin1', 0, used));
    joined += used + text.length;
    used = 0;
    strings.push(text);
  };
  const all = (): string => {
    if (strings.length === 0) return room.toString('latin1', 0, used);
    if (strings.length > 1) strings = [strings.join('')];
    return strings[0] as string;
  };
  return {
    length: () => used + joined,
    add(piece) {
      if (piece.length === 0) return;
      if (typeof piece === 'string' || strings.length > 0) addString(textOfPiece(piece));
      else addBytes(piece);
    },
    all,
    wholeLines(from) {
      if (strings.length > 0) {
        const text = all();
        const end = text.lastIndexOf('\n') + 1;
        return end > from ? text.slice(0, end) : text;
      }
      const end = used === 0 ? 0 : room.lastIndexOf(lineFeed, used - 1) + 1;
      return room.toString('latin1', 0, end > from ? end : used);
    },
    keep(from, above) {
      if (strings.length > 0 || !isLatin1(above)) {
        const text = above + all().slice(from);
        strings = [];
        used = joined = 0;
        // A single character that Latin-1 does not have is no reason to join all that follows.
        if (isLatin1(text)) addBytes(Buffer.from(text, 'latin1'));
        else addString(text);
        return;
      }
      const length = above.length + used - from;
      reserve(length);
      room.copyWithin(above.length, from, used);
      room.write(above, 'latin1');
      used = length;
    },
    release() {
      if (room.length > spare.length && room.length <= mostKept) spare = room;
      room = Buffer.alloc(0);
    },
  };
}

function isLatin1(text: string): boolean {
  return !/[^\u0000-\u00ff]/.test(text);
}

const lineFeed = 0x0a;

/** So many bytes more than needed are reserved at most, since a text of many pieces grows step by step. */
const mostSpare = 4 * 1024 * 1024;
