/** A file is read as far as it can be, whatever it is like and however its bytes arrive; what could not be read is told behind the rest. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { crc32, crc32ByTable } from '../../server/src/files/crc32.ts';
import type { EncodingOptions } from '../../server/src/files/encoding.ts';
import { textOfPiece } from '../../server/src/files/textBuffer.ts';
import { textOf } from '../../server/src/files/textFile.ts';
import { readProjectFile } from '../support/project.ts';
import { trials } from '../support/trials.ts';

/** What became of a file: its text and its size, and what was told then. */
interface Outcome {
  readonly text?: string;
  readonly bytes?: number;
  readonly fault?: string;
}

/** Longer than what is looked at ahead. */
const log = readProjectFile('samples/SEND2026011508-1.LOG').slice(1, 6_000);

/** Reads as a scan does. Pieces before a fault are kept. */
async function read(chunks: AsyncIterable<Uint8Array>, name = 'a.log', encoding: EncodingOptions = {}): Promise<Outcome> {
  let text: string | undefined;
  let bytes = 0;
  try {
    const pieces = await textOf(chunks, name, encoding);
    if (!pieces) return { fault: 'no text' };
    for await (const piece of pieces) {
      text = (text ?? '') + textOfPiece(piece.text);
      bytes += piece.bytes;
    }
  } catch (error) {
    const fault = (error as Error).message;
    return text === undefined ? { fault } : { text, bytes, fault };
  }
  return { text: text ?? '', bytes };
}

/** Chunks in memory that is used again for the next one, as the chunks of files are. */
async function* inChunks(bytes: Uint8Array, sizes: readonly number[], fault?: Error): AsyncGenerator<Uint8Array> {
  const room = Buffer.alloc(Math.max(...sizes));
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] as number;
    const chunk = bytes.subarray(at, at + size);
    room.set(chunk);
    yield room.subarray(0, chunk.length);
    room.fill(0xee);
    at += size;
  }
  if (fault) throw fault;
}

const atOnce = (bytes: Uint8Array): AsyncIterable<Uint8Array> => inChunks(bytes, [Math.max(1, bytes.length)]);

const packed = gzipSync(log);
const utf16 = Buffer.from(`\uFEFF${log}`, 'utf16le');
const changed = (bytes: Uint8Array, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ 0xff;
  return copy;
};
const outlook = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
/** A member with all that a header can have (RFC 1952, 2.3). */
const withHeader = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3, 5, 0]), Buffer.from('extraSEND.LOG\0a comment\0..'), packed.subarray(10)]);

const tooEarly = 'the compressed data ends too early';
const damaged = 'the compressed data is damaged';
const wrongSum = 'its checksum is wrong';
const unread = 'what follows its compressed data was not read';
const advice = /^an Outlook message file/;
const size = Buffer.byteLength(log);
const whole = { text: log, bytes: size };

const files: readonly [name: string, bytes: Uint8Array, wanted: Outcome | undefined, file?: string][] = [
  ['nothing', Buffer.alloc(0), { text: '', bytes: 0 }],
  ['one byte', Buffer.from('a'), { text: 'a', bytes: 1 }],
  ['two bytes', Buffer.from('ab'), { text: 'ab', bytes: 2 }],
  ['the beginning of a mark', Buffer.from([0xef, 0xbb]), undefined],
  ['a mark of UTF-16', Buffer.from([0xff, 0xfe]), { text: '', bytes: 2 }],
  ['the first byte of gzip', packed.subarray(0, 1), { fault: 'no text' }],
  ['the first two bytes of gzip', packed.subarray(0, 2), { fault: 'no text' }],
  ['the first three bytes of gzip', packed.subarray(0, 3), { fault: tooEarly }],
  ['a header of gzip', packed.subarray(0, 10), { fault: tooEarly }],
  ['UTF-8', Buffer.from(`${log}ä€😀`), { text: `${log}ä€😀`, bytes: size + 9 }],
  ['UTF-8 with mark', Buffer.from(`\uFEFF${log}`), { text: log, bytes: size + 3 }],
  ['UTF-16', utf16, { text: log, bytes: utf16.length }],
  ['UTF-16 big-endian without mark', Buffer.from(log, 'utf16le').swap16(), { text: log, bytes: utf16.length - 2 }],
  ['a code page', Buffer.from(`${log}Zürich`, 'latin1'), { text: `${log}Zürich`, bytes: log.length + 6 }],
  ['a binary file', Buffer.concat([Buffer.from('ab'), Buffer.alloc(8), deflateRawSync(log)]), { fault: 'no text' }],
  ['a message of Outlook', outlook, undefined, 'a.msg'],
  ['a message of Outlook from standard input', outlook, undefined, '-'],
  ['a packed message of Outlook', gzipSync(outlook), undefined, 'a.msg.gz'],
  ['gzip', packed, whole],
  ['gzip with a full header', withHeader, whole],
  ['gzip of nothing', gzipSync(''), { text: '', bytes: 0 }],
  ['gzip of two members', Buffer.concat([packed, gzipSync('below\n')]), { text: `${log}below\n`, bytes: size + 6 }],
  ['gzip of UTF-16', gzipSync(utf16), { text: log, bytes: utf16.length }],
  ['gzip of a code page', gzipSync(Buffer.from('Zürich', 'latin1')), { text: 'Zürich', bytes: 6 }],
  ['gzip of a binary file', gzipSync(Buffer.concat([Buffer.alloc(8, '\u0001'), deflateRawSync(log)])), { fault: 'no text' }],
  ['gzip in gzip', gzipSync(packed), whole],
  ['gzip with NULs behind it', Buffer.concat([packed, Buffer.alloc(10_000)]), whole],
  ['members with NULs between them', Buffer.concat([packed, Buffer.alloc(9), packed]), { text: log + log, bytes: 2 * size }],
  ['gzip with other bytes behind it', Buffer.concat([packed, Buffer.from('garbage\n')]), { ...whole, fault: unread }],
  ['gzip with NULs and other bytes behind it', Buffer.concat([packed, Buffer.alloc(600), Buffer.from('garbage\n')]), { ...whole, fault: unread }],
  ['gzip with a wrong checksum', changed(packed, packed.length - 6), { ...whole, fault: wrongSum }],
  ['gzip with a wrong length', changed(packed, packed.length - 2), { ...whole, fault: wrongSum }],
  ['a wrong checksum above another member', Buffer.concat([changed(packed, packed.length - 6), packed]), { text: log + log, bytes: 2 * size, fault: wrongSum }],
  ['two faults', Buffer.concat([changed(packed, packed.length - 6), Buffer.from('garbage\n')]), { ...whole, fault: `${wrongSum}, and ${unread}` }],
  ['gzip without its checksum', packed.subarray(0, -8), { ...whole, fault: tooEarly }],
  ['gzip that is cut', packed.subarray(0, 900), undefined],
  ['gzip that is damaged', changed(packed, 900), undefined],
  ['a damaged member below a good one', Buffer.concat([packed, changed(packed, 900)]), undefined],
  ['a good member, and a header that is none', Buffer.concat([packed, Buffer.from([0x1f, 0x8b, 8, 0xff, 1, 2, 3, 4, 5, 6, 7])]), { ...whole, fault: damaged }],
  ['gzip that is cut in gzip that is cut', gzipSync(packed.subarray(0, 900)).subarray(0, 700), undefined],
];

suite('however the bytes of a file arrive, it is read alike', () => {
  for (const [name, bytes, wanted, file] of files) {
    test(name, async () => {
      const all = await read(atOnce(bytes), file);
      if (wanted) assert.deepEqual(all, wanted);
      if (advice.test(all.fault ?? '') !== (file !== undefined)) assert.fail(all.fault);
      assert.deepEqual(await read(inChunks(bytes, [1]), file), all, 'byte by byte');
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 9 }), async (sizes) => {
          assert.deepEqual(await read(inChunks(bytes, sizes), file), all);
        }),
        trials(8),
      );
    });
  }
});

suite('of compressed data', () => {
  /** More than one piece of it. */
  const long = Array.from({ length: 6_000 }, (_, index) => `${index * index} 550 5.1.1 User u${index * 7919} unknown\r\n`).join('');
  const packedLong = gzipSync(long);
  const places = fc.integer({ min: 18, max: packedLong.length - 9 });

  test('all is read that stands above the place where it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(places, async (at) => {
        const cut = packedLong.subarray(0, at);
        const text = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
        assert.deepEqual(await read(atOnce(cut)), text === '' ? { fault: tooEarly } : { text, bytes: text.length, fault: tooEarly });
      }),
      trials(40),
    );
  });

  test('all is read that stands above the place where it is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(places, async (at) => {
        const { text = '', fault } = await read(atOnce(changed(packedLong, at)));
        const above = gunzipSync(packedLong.subarray(0, at), { finishFlush: constants.Z_SYNC_FLUSH }).toString();
        // The byte before may hold the half of what stands for several characters.
        assert.ok(text.startsWith(above), `${text.length} of ${above.length} characters`);
        assert.match(fault ?? '', /compressed data is damaged|ends too early|checksum is wrong|was not read/);
      }),
      trials(40),
    );
  });

  test('the whole of good members is read, wherever the one below is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(places, async (at) => {
        const { text = '', fault } = await read(atOnce(Buffer.concat([packed, packedLong, changed(packedLong, at)])));
        assert.ok(text.startsWith(log + long) && fault !== undefined);
      }),
      trials(10),
    );
  });

  test('no more is held than a little, whatever it becomes', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, '550 5.1.1 User unknown\n');
    const member = gzipSync(megabyte);
    let given = 0;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 60; count += 1) {
        given += megabyte.length;
        yield member;
      }
    };
    let taken = 0;
    for await (const { bytes } of (await textOf(source(), 'a.gz')) ?? []) {
      taken += bytes;
      assert.ok(given - taken < 8 * megabyte.length, `${given - taken} bytes are held`);
      assert.ok(bytes <= megabyte.length);
    }
    assert.equal(taken, 60 * megabyte.length);
  });

  test('what unpacks to itself over and over is left', async () => {
    let layers: Uint8Array = Buffer.from(log);
    for (let times = 0; times < 5; times += 1) layers = gzipSync(layers);
    assert.deepEqual(await read(atOnce(layers)), { fault: 'compressed more than 4 times over' });
  });

  test('the checksum is the same where Node has none', () => {
    for (const text of ['', 'a', '123456789', log]) {
      const bytes = Buffer.from(text);
      const middle = bytes.length >> 1;
      assert.equal(crc32ByTable(bytes.subarray(middle), crc32ByTable(bytes.subarray(0, middle), 0)), crc32(bytes, 0));
    }
    // The check value of CRC-32/ISO-HDLC.
    assert.equal(crc32ByTable(Buffer.from('123456789'), 0), 0xcbf4_3926);
  });
});

suite('where the reading fails in the middle', () => {
  const fault = new Error('the disk or the device reports an error');
  for (const [name, bytes, encoding] of [
    ['a log', Buffer.from(log), {}],
    ['a log in a code page', Buffer.from(`${log}Zürich`, 'latin1'), {}],
    ['a log in UTF-16', utf16, {}],
    ['a packed log', packed, {}],
  ] as const) {
    test(`all of ${name} is read until there, and the fault is told`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 64, max: bytes.length }), fc.integer({ min: 1, max: 9_000 }), async (length, chunk) => {
          const above = bytes.subarray(0, length);
          const { text, bytes: count } = await read(atOnce(above), 'a.log', encoding);
          if (text === undefined) return;
          assert.deepEqual(await read(inChunks(above, [chunk], fault), 'a.log', encoding), { text, bytes: count, fault: fault.message });
        }),
        trials(30),
      );
    });
  }

  test('nothing is given where nothing could be read', async () => {
    for (const above of [Buffer.alloc(0), packed.subarray(0, 11)]) assert.deepEqual(await read(inChunks(above, [1], fault)), { fault: fault.message });
  });
});
