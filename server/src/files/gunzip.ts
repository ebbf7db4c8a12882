/** Unpacks gzip (RFC 1952) as far as it can be unpacked: what is wrong with it is told behind all that could be read. */

import type { BytesAhead } from './bytesAhead.ts';
import { crc32 } from './crc32.ts';
import { inflate } from './inflate.ts';

/** By its first bytes (RFC 1952, 2.3.1), since a rotated log may have any name. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/**
 * The content of all members of a file, in chunks. It needs the same memory for any length.
 * @throws Behind all that could be unpacked: the fault of the packed bytes, or in plain words what was not unpacked.
 */
export async function* gunzip(packed: BytesAhead): AsyncGenerator<Uint8Array> {
  const faults = new Set<string>();
  try {
    let isMore = true;
    while (isMore) {
      const fault = yield* unpackMember(packed);
      if (fault !== undefined) faults.add(fault);
      isMore = (fault === undefined || fault === wrongChecksum) && (await isAtMember(packed, faults));
    }
  } finally {
    await packed.close();
  }
  if (packed.fault) throw packed.fault.error;
  if (faults.size > 0) throw new Error([...faults].join(', and '));
}

const cutShort = 'the compressed data ends too early';
const damaged = 'the compressed data is damaged';
const wrongChecksum = 'its checksum is wrong';
const unread = 'what follows its compressed data was not read';

/** @returns What is wrong with it, if anything is. */
async function* unpackMember(packed: BytesAhead): AsyncGenerator<Uint8Array, string | undefined> {
  const fault = await skipHeader(packed);
  if (fault !== undefined) return fault;
  let checksum = 0;
  let length = 0;
  const end = yield* inflate(packed, (bytes) => {
    checksum = crc32(bytes, checksum);
    length += bytes.length;
  });
  if (end !== 'ended') return end === 'cut' ? cutShort : damaged;
  const trailer = await packed.peek(8);
  if (trailer.length < 8) return cutShort;
  packed.skip(8);
  return trailer.readUInt32LE(0) === checksum && trailer.readUInt32LE(4) === length % 2 ** 32 ? undefined : wrongChecksum;
}

/** RFC 1952, 2.3. */
async function skipHeader(packed: BytesAhead): Promise<string | undefined> {
  const header = await packed.peek(10);
  const flags = header[3] ?? 0;
  if (header.length < 10) return cutShort;
  if ((flags & 0xe0) !== 0) return damaged;
  packed.skip(10);
  if ((flags & 4) !== 0) {
    const extra = await packed.peek(2);
    if (extra.length < 2) return cutShort;
    const length = 2 + extra.readUInt16LE();
    packed.skip((await packed.peek(length)).length);
  }
  // The file's name, and a comment; each ends with a NUL.
  for (const flag of [8, 16]) if ((flags & flag) !== 0) await packed.skipThrough(0);
  if ((flags & 2) !== 0) packed.skip((await packed.peek(2)).length);
  return undefined;
}

/** Tapes and block devices fill up with NULs; that is no fault. Anything else but another member is one. */
async function isAtMember(packed: BytesAhead, faults: Set<string>): Promise<boolean> {
  await packed.skipAll(0);
  const next = await packed.peek(3);
  if (isGzip(next)) return true;
  if (next.length > 0) faults.add(unread);
  return false;
}
