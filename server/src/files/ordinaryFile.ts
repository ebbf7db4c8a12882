/** Reads files that somebody else can have put where they are: ordinary ones only, and no more of them than is wanted. */

import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/**
 * Reads a whole file. A pipe, a device or a folder is never opened, whatever leads to it.
 * @param most In bytes: a file with more of them is not read.
 * @throws Error with a reason for the user, or what the file system says.
 */
export async function readOrdinaryFile(path: string, most: number): Promise<Buffer> {
  check(await stat(path), most);
  // What stands there can be another file by now. A pipe that is opened so waits for nobody; Windows has neither.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = await file.stat();
    check(status, most);
    return await readAll(file, status.size, most);
  } finally {
    await file.close();
  }
}

interface Status {
  isFile(): boolean;
  readonly size: number;
}

function check(status: Status, most: number): void {
  if (!status.isFile()) throw notOrdinary();
  if (status.size > most) throw tooLarge(most);
}

/** What is read counts: a file of the system says that it is empty, and a log grows. */
async function readAll(file: FileHandle, size: number, most: number): Promise<Buffer> {
  let buffer = Buffer.allocUnsafe(size + 1);
  for (let length = 0; ; ) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length);
    length += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length > most) throw tooLarge(most);
    if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * length);
  }
}

export function notOrdinary(): Error {
  return new Error('it is no ordinary file');
}

function tooLarge(most: number): Error {
  return new Error(`it is larger than ${most / 1_000_000} MB`);
}
