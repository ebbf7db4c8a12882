/** Inflates one stream of deflate (RFC 1951) as far as it goes, and says how it ended. */

import { createInflateRaw } from 'node:zlib';
import type { BytesAhead } from './bytesAhead.ts';

/** Where the stream has its end; the bytes ended before; they are no deflate any more. */
type End = 'ended' | 'cut' | 'damaged';

/** So much should be made at once, since each time costs; but packed bytes can become a thousand times as many. */
const usualOutput = 512 * 1024;
const shortestPiece = 1024;
const longestPiece = 64 * 1024;
const chunkLength = 256 * 1024;
/** So much of the beginning of a stream is kept to be inflated once more. */
const mostKept = 4 * 1024 * 1024;

/**
 * Takes the bytes of the stream, and leaves what stands behind them.
 *
 * Where something is wrong, zlib gives nothing of what it has made of the piece before the fault. So the stream is inflated once more from its
 * beginning, the place of the fault byte by byte. Of a longer stream than is kept, what the one piece would have given is lost.
 * @param see Is shown what is given.
 */
export async function* inflate(packed: BytesAhead, see: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array, End> {
  const inflater = new Inflater();
  const kept: Buffer[] = [];
  let length = 0;
  let given = 0;
  let wanted = shortestPiece;
  try {
    for (;;) {
      const piece = await packed.peek(wanted);
      if (piece.length === 0) return 'cut';
      const { output, taken, isDamaged } = await inflater.write(piece);
      for (const bytes of output) {
        given += bytes.length;
        see(bytes);
        yield bytes;
      }
      if (isDamaged) {
        if (length <= mostKept) yield* inflateAgain(kept, piece, given);
        return 'damaged';
      }
      packed.skip(taken);
      if (taken < piece.length) return 'ended';
      length += taken;
      wanted = Math.min(longestPiece, Math.max(shortestPiece, Math.floor((usualOutput * length) / given)));
      if (length <= mostKept) kept.push(Buffer.from(piece));
      else kept.length = 0;
    }
  } finally {
    inflater.close();
  }
}

/**
 * @param piece What follows those that are kept, with the fault in it.
 * @param given So many bytes have been given already.
 * @param step The piece is taken in so many bytes at once.
 */
async function* inflateAgain(kept: readonly Buffer[], piece: Buffer, given: number, step = 256): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater();
  let made = 0;
  try {
    const pieces = [...kept, ...divide(piece, step)];
    for (const [index, next] of pieces.entries()) {
      const { output, isDamaged } = await inflater.write(next);
      for (const bytes of output) {
        if (made + bytes.length > given) yield bytes.subarray(Math.max(0, given - made));
        made += bytes.length;
      }
      if (!isDamaged) continue;
      if (step > 1) yield* inflateAgain(pieces.slice(0, index), next, Math.max(made, given), 1);
      return;
    }
  } finally {
    inflater.close();
  }
}

function divide(piece: Buffer, step: number): Buffer[] {
  return Array.from({ length: Math.ceil(piece.length / step) }, (_, index) => piece.subarray(index * step, (index + 1) * step));
}

interface Inflated {
  readonly output: readonly Buffer[];
  /** How many of the bytes belong to the stream. */
  readonly taken: number;
  readonly isDamaged: boolean;
}

/** Node's stream, a piece at a time. */
class Inflater {
  private readonly stream = createInflateRaw({ chunkSize: chunkLength });
  private output: Buffer[] = [];
  private fail = (): void => undefined;

  constructor() {
    this.stream.on('data', (bytes: Buffer) => this.output.push(bytes));
    this.stream.on('error', () => this.fail());
  }

  write(piece: Buffer): Promise<Inflated> {
    const { stream } = this;
    const before = stream.bytesWritten;
    this.output = [];
    return new Promise((resolve) => {
      const settle = (isDamaged: boolean): void => resolve({ output: this.output, taken: stream.bytesWritten - before, isDamaged });
      this.fail = () => settle(true);
      stream.write(piece, (error) => settle(error !== undefined && error !== null));
    });
  }

  close(): void {
    this.stream.destroy();
  }
}
