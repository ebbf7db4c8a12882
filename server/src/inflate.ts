/** Inflates one stream of deflate (RFC 1951) as far as it goes, and says how it ended. */

import { createInflateRaw } from 'node:zlib';
import type { BytesAhead } from './bytesAhead.ts';

/** Where the stream has its end; the bytes ended before; they are no deflate any more. */
type End = 'ended' | 'cut' | 'damaged';

/** So many packed bytes are inflated at once, whatever chunks they came in. They become four megabytes at most. */
const pieceLength = 4096;
/** So much of the beginning of a stream is kept to be inflated once more. */
const mostKept = 1024 * 1024;
const outputLength = 256 * 1024;

/**
 * Takes the bytes of the stream, and leaves what stands behind them.
 *
 * Where something is wrong, zlib gives nothing of what it has made of the piece before the fault. So the stream is inflated once more from its
 * beginning, the last piece byte by byte. Of a longer stream than is kept, what the one piece would have given is lost.
 * @param see Is shown what is given.
 */
export async function* inflate(packed: BytesAhead, see: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array, End> {
  const inflater = new Inflater();
  const kept: Buffer[] = [];
  let length = 0;
  let given = 0;
  try {
    for (;;) {
      const piece = await packed.peek(pieceLength);
      if (piece.length === 0) return 'cut';
      const { output, taken, isDamaged } = await inflater.write(piece);
      for (const bytes of output) {
        given += bytes.length;
        see(bytes);
        yield bytes;
      }
      if (isDamaged) {
        if (length <= mostKept) yield* inflateAgain([...kept, ...bytesOf(piece)], given);
        return 'damaged';
      }
      packed.skip(taken);
      if (taken < piece.length) return 'ended';
      length += taken;
      if (length <= mostKept) kept.push(Buffer.from(piece));
      else kept.length = 0;
    }
  } finally {
    inflater.close();
  }
}

/** @param given So many bytes have been given already. */
async function* inflateAgain(pieces: readonly Buffer[], given: number): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater();
  let left = given;
  try {
    for (const piece of pieces) {
      const { output, isDamaged } = await inflater.write(piece);
      for (const bytes of output) {
        if (bytes.length > left) yield bytes.subarray(left);
        left = Math.max(0, left - bytes.length);
      }
      if (isDamaged) return;
    }
  } finally {
    inflater.close();
  }
}

function bytesOf(piece: Buffer): Buffer[] {
  return Array.from(piece, (_, at) => piece.subarray(at, at + 1));
}

interface Inflated {
  readonly output: readonly Buffer[];
  /** How many of the bytes belong to the stream. */
  readonly taken: number;
  readonly isDamaged: boolean;
}

/** Node's stream, a piece at a time. */
class Inflater {
  private readonly stream = createInflateRaw({ chunkSize: outputLength });
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
