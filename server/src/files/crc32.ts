/** The checksum of gzip, CRC-32 (RFC 1952, 8). */

import zlib from 'node:zlib';

/**
 * The checksum of bytes and of what stood before them.
 * @param above That of what stood before them; 0 where nothing did.
 */
export type Crc32 = (bytes: Uint8Array, above: number) => number;

/** By a table of all bytes, several times slower than the platform's. */
export const crc32ByTable: Crc32 = (bytes, above) => {
  let crc = ~above;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
};

/** Node has its own from 20.15 on; the first versions of VS Code that we promise to run in have an older one. */
export const crc32: Crc32 = zlib.crc32 ?? crc32ByTable;

const polynomial = 0xedb8_8320;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
  return crc;
});
