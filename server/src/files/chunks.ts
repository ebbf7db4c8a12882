/** Reads the bytes of a file: the next ones while those before are looked at. */

import { type FileHandle, open } from 'node:fs/promises';

/** A small file needs little memory. The chunks of others are long, since each costs a turn of the event loop. */
const firstLength = 64 * 1024;
const usualLength = 512 * 1024;

/** Where to read, in bytes. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The chunks of a file in their order. Each is valid until the next one is asked for.
 * @param stretch All of the file where there is none: then it need not be a plain one.
 */
export async function* readChunks(path: string, stretch?: Stretch): AsyncGenerator<Buffer> {
  const handle = await open(path);
  try {
    yield* chunksOf(handle, stretch);
  } finally {
    // Waits for what is being read.
    await handle.close();
  }
}

/** Room for two chunks: one is read into while the other is looked at. */
type Rooms = [Buffer, Buffer];

/** The rooms of files that were read to their ends: fresh memory costs more than reading into it, and a folder has many files. */
const spareRooms: Rooms[] = [];

async function* chunksOf(handle: FileHandle, stretch: Stretch | undefined): AsyncGenerator<Buffer> {
  let at = stretch?.start ?? 0;
  const end = stretch?.end ?? Number.POSITIVE_INFINITY;
  const rooms = spareRooms.pop() ?? [Buffer.alloc(0), Buffer.alloc(0)];
  const read = async (turn: 0 | 1, length: number): Promise<Buffer> => {
    if (rooms[turn].length < length) rooms[turn] = Buffer.allocUnsafeSlow(length);
    const room = rooms[turn];
    const { bytesRead } = await handle.read(room, 0, Math.min(length, end - at), stretch ? at : null);
    at += bytesRead;
    return room.subarray(0, bytesRead);
  };
  let next = read(0, firstLength);
  for (let turn: 0 | 1 = 1; ; turn = turn === 0 ? 1 : 0) {
    const chunk = await next;
    if (chunk.length === 0) {
      spareRooms.push(rooms);
      return;
    }
    next = read(turn, chunk.length < firstLength ? firstLength : usualLength);
    // What goes wrong comes out where it is waited for; where nobody asks for more, it is of no matter.
    next.catch(() => undefined);
    yield chunk;
  }
}
