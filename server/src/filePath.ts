/** Paths of files as the system has them: on Linux a name is bytes, and need not be text. */

import { join } from 'node:path';

/** A path as text, or its bytes where they are no UTF-8. */
export type FilePath = string | Uint8Array;

/** The path for the functions of Node. They take a Buffer, which in another thread is none any more. */
export function openable(path: FilePath): string | Buffer {
  return typeof path === 'string' ? path : Buffer.from(path.buffer, path.byteOffset, path.byteLength);
}

/** The path as text, for whoever reads it: U+FFFD stands for what is no UTF-8. */
export function readable(path: FilePath): string {
  return typeof path === 'string' ? path : openable(path).toString();
}

/** What is called so in a folder. */
export function below(folder: FilePath, name: FilePath): FilePath {
  if (typeof folder === 'string' && typeof name === 'string') return join(folder, name);
  // Only systems whose separator it is have such names.
  return Buffer.concat([Buffer.from(openable(folder)), Buffer.from('/'), Buffer.from(openable(name))]);
}
