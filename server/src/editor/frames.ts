/** Cuts the bytes of an editor into messages, as LSP's base protocol frames them: header lines, an empty line, and the content, whose length in bytes the header says. */

import { constants } from 'node:buffer';
import type { Readable } from 'node:stream';

/** What a frame can be without a doubt: of headers LSP knows two, and no content longer than a string could be read. */
const longestHeader = 4_096;
const longestContent = constants.MAX_STRING_LENGTH;

/**
 * Hands over the content of each message as soon as it is there, all that have come at once, so that a request can be cancelled before it is begun.
 * @param broken Called once, with the reason, where no frame begins: whatever comes then cannot be read any more.
 */
export function readFrames(stream: Readable, take: (content: Buffer) => void, broken: (reason: string) => void): void {
  const frames = new Frames();
  const read = (piece: Buffer): void => {
    try {
      frames.add(piece);
      for (let content = frames.next(); content; content = frames.next()) take(content);
    } catch (error) {
      if (!(error instanceof BrokenFrame)) throw error;
      stream.off('data', read);
      broken(error.message);
    }
  };
  stream.on('data', read);
}

class BrokenFrame extends Error {}

class Frames {
  private pieces: Buffer[] = [];
  private size = 0;
  /** The length of the content whose header has been read. */
  private length: number | undefined;

  add(piece: Buffer): void {
    this.pieces.push(piece);
    this.size += piece.length;
  }

  /** The content of the next message, if all of it has come. */
  next(): Buffer | undefined {
    this.length ??= this.readHeader();
    if (this.length === undefined || this.size < this.length) return undefined;
    const content = this.cut(this.length);
    this.length = undefined;
    return content;
  }

  private readHeader(): number | undefined {
    if (this.size === 0) return undefined;
    const known = this.pieces.length === 1 && this.pieces[0] ? this.pieces[0] : Buffer.concat(this.pieces);
    this.pieces = [known];
    const end = known.indexOf('\r\n\r\n');
    if ((end < 0 ? known.length : end) > longestHeader) throw new BrokenFrame(`no header is longer than ${longestHeader} bytes`);
    if (end < 0) return undefined;
    return contentLength(this.cut(end + 4).toString('latin1', 0, end));
  }

  /** Takes bytes off the front: of a large message the pieces are joined once, when the last has come. */
  private cut(count: number): Buffer {
    const taken: Buffer[] = [];
    let missing = count;
    let index = 0;
    for (; missing > 0; index += 1) {
      const piece = this.pieces[index] as Buffer;
      taken.push(piece.subarray(0, missing));
      if (piece.length > missing) {
        this.pieces[index] = piece.subarray(missing);
        break;
      }
      missing -= piece.length;
    }
    this.pieces.splice(0, index);
    this.size -= count;
    return taken.length === 1 && taken[0] ? taken[0] : Buffer.concat(taken);
  }
}

/** @throws BrokenFrame where the header says no length. */
function contentLength(header: string): number {
  const lengths = header.split('\r\n').flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon < 0) throw new BrokenFrame('a header line has no colon');
    return line.slice(0, colon).toLowerCase() === 'content-length' ? [line.slice(colon + 1).trim()] : [];
  });
  const length = /^\d+$/.test(lengths[0] ?? '') ? Number(lengths[0]) : Number.NaN;
  if (!(length <= longestContent)) throw new BrokenFrame('the header says no Content-Length that a message can have');
  return length;
}
