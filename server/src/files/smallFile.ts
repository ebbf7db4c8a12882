/** Reads small files at once: a folder has thousands of them, and each wait for the system costs as much as reading one. */

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type FilePath, openable } from './path.ts';

/** In bytes. */
const longest = 64 * 1024;

/** So long, in milliseconds, one file is read after another, before others have their turn: whoever interrupts it, and what was written. */
const longestTurn = 20;

/** Room for files that are not being read. */
const spareRooms: Buffer[] = [];
let turned = 0;

/**
 * The bytes of a small ordinary file, valid until more is asked for; nothing of an empty one.
 * @returns Whether that was all. Any other file is read in another way, and so is one that cannot be read: that tells why.
 */
export async function* readSmallFile(path: FilePath): AsyncGenerator<Buffer, boolean> {
  if (performance.now() - turned > longestTurn) {
    await setImmediate();
    turned = performance.now();
  }
  const room = spareRooms.pop() ?? Buffer.allocUnsafeSlow(longest + 1);
  try {
    const length = readAtOnce(path, room);
    if (length === undefined) return false;
    if (length > 0) yield room.subarray(0, length);
    return true;
  } finally {
    spareRooms.push(room);
  }
}

function readAtOnce(path: FilePath, room: Buffer): number | undefined {
  let file: number | undefined;
  try {
    if (!isSmall(statSync(openable(path)))) return undefined;
    // What stands there can be another file by now. A pipe that is opened so waits for nobody; Windows has neither.
    file = openSync(openable(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!isSmall(fstatSync(file))) return undefined;
    let length = 0;
    for (let read = -1; read !== 0 && length < room.length; length += read) read = readSync(file, room, length, room.length - length, null);
    return length < room.length ? length : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** A file of the system says that it is empty. */
function isSmall(status: { isFile(): boolean; readonly size: number }): boolean {
  return status.isFile() && status.size <= longest;
}
