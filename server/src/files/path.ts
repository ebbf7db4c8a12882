/** Paths of files as the system has them: on Linux a name is bytes, and need not be text. */

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

/** A path and what follows it, joined as they are. */
export function joined(path: FilePath, more: FilePath): FilePath {
  return typeof path === 'string' && typeof more === 'string' ? path + more : Buffer.concat([path, more].map((part) => Buffer.from(part as string)));
}
