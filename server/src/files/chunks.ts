/** Reads the bytes of a file: the next ones while those before are looked at. */

import { createReadStream, fstatSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { type FilePath, openable } from './path.ts';
import { readSmallFile } from './smallFile.ts';

/** A small file needs little memory. The chunks of others are long, since each costs a turn of the event loop. */
const firstLength = 64 * 1024;
const usualLength = 512 * 1024;

/** Where to read, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The chunks of a file in their order. Each is valid until the next one is asked for.
 * @param stretch All of the file where there is none: then it need not be a plain one.
 * @throws Behind all that could be read, what the file system says, or that the file became shorter meanwhile.
 */
export async function* readChunks(path: FilePath, stretch?: ByteRange): AsyncGenerator<Buffer> {
  if (!stretch && (yield* readSmallFile(path))) return;
  const handle = await openFile(path);
  if (!handle) {
    yield* createReadStream('', { fd: standardInput, autoClose: false }) as AsyncIterable<Buffer>;
    return;
  }
  try {
    yield* chunksOf(handle, stretch);
  } finally {
    // Waits for what is being read.
    await handle.close();
  }
}

/** Whether a path, by its status, leads to what is standard input too, as /dev/stdin does. */
export function isStandardInput({ dev, ino }: { readonly dev: number; readonly ino: number }): boolean {
  try {
    const status = fstatSync(standardInput);
    return status.dev === dev && status.ino === ino;
  } catch {
    // It is closed.
    return false;
  }
}

/** Whether a path gives the same when it is read a second time: not where it leads to a pipe, or by another name to standard input. */
export async function isReadableAgain(path: FilePath): Promise<boolean> {
  const status = await stat(openable(path)).catch(() => undefined);
  return status?.isFile() === true && !isStandardInput(status);
}

const standardInput = 0;

/** undefined for standard input that is a socket: that cannot be opened by its name. */
async function openFile(path: FilePath): Promise<FileHandle | undefined> {
  try {
    return await open(openable(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENXIO' && isStandardInput(await stat(openable(path)))) return undefined;
    throw error;
  }
}

/** Logs are emptied while they are read, where they are rotated by copying. */
export function shortenedFile(): Error {
  return new Error('it became shorter while it was read');
}

/** Room for two chunks: one is read into while the other is looked at. */
type Rooms = [Buffer, Buffer];

/** The rooms of files that were read to their ends: fresh memory costs more than reading into it, and a folder has many files. */
const spareRooms: Rooms[] = [];

async function* chunksOf(handle: FileHandle, stretch: ByteRange | undefined): AsyncGenerator<Buffer> {
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
  let size: number | undefined;
  for (let turn: 0 | 1 = 1; ; turn = turn === 0 ? 1 : 0) {
    const chunk = await next;
    if (chunk.length === 0) {
      spareRooms.push(rooms);
      if (size !== undefined && at < size) throw shortenedFile();
      return;
    }
    // One that is short is read at once.
    if (!stretch && chunk.length === firstLength) size ??= (await handle.stat()).size;
    next = read(turn, chunk.length < firstLength ? firstLength : usualLength);
    // What goes wrong comes out where it is waited for; where nobody asks for more, it is of no matter.
    next.catch(() => undefined);
    yield chunk;
  }
}
