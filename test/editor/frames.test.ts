/** The framing of messages, in whatever pieces they come and wherever it is broken. */

import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readFrames } from '../../server/src/editor/frames.ts';
import { framed } from '../support/languageClient.ts';
import { trials } from '../support/trials.ts';

/** What is read of pieces: the contents, and why no more can be. */
function read(pieces: readonly Uint8Array[]): { readonly contents: readonly string[]; readonly reasons: readonly string[] } {
  const stream = new EventEmitter();
  const [contents, reasons]: [string[], string[]] = [[], []];
  readFrames(
    stream as Readable,
    (content) => contents.push(content.toString('utf8')),
    (reason) => reasons.push(reason),
  );
  for (const piece of pieces) stream.emit('data', Buffer.from(piece));
  return { contents, reasons };
}

/** Cuts bytes at these places. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((one, other) => one - other);
  return [...sorted, bytes.length].map((end, index) => bytes.subarray(sorted[index - 1] ?? 0, end)).filter(({ length }) => length > 0);
}

const contents = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 6 });

suite('frames', () => {
  test('give the same contents in whatever pieces they come', () => {
    fc.assert(
      fc.property(contents, fc.array(fc.nat({ max: 500 })), (sent, places) => {
        const bytes = Buffer.concat(sent.map((content) => framed(content)));
        assert.deepEqual(read(cutAt(bytes, places)), { contents: sent.map((content) => Buffer.from(content).toString('utf8')), reasons: [] });
      }),
      trials(),
    );
  });
  test('may have other headers, in any case and order', () => {
    const header = 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-LENGTH:  2 \r\n\r\n';
    assert.deepEqual(read([Buffer.from(`${header}{}${header}[]`)]).contents, ['{}', '[]']);
  });
  test('of a large message are joined once', () => {
    const large = 'x'.repeat(300_000);
    const bytes = Buffer.concat([framed(large), framed('y')]);
    const copies = Buffer.concat;
    let joined = 0;
    Buffer.concat = (list, length) => {
      joined += list.reduce((sum, { length: one }) => sum + one, 0);
      return copies(list, length);
    };
    try {
      assert.deepEqual(
        read(
          cutAt(
            bytes,
            Array.from({ length: 3_000 }, (_, index) => index * 100),
          ),
        ).contents,
        [large, 'y'],
      );
    } finally {
      Buffer.concat = copies;
    }
    assert.ok(joined < bytes.length + 10_000, `${joined} bytes were copied`);
  });

  const broken: readonly (readonly [what: string, header: string])[] = [
    ['a line without a colon', 'garbage\r\n\r\n'],
    ['no header at all', '\r\n\r\n'],
    ['no length', 'Content-Type: x\r\n\r\n'],
    ...['abc', '', '-5', '1e3', '0x10', '5 5', '5.0', String(2 ** 40), '9'.repeat(400)].map(
      (length) => [`the length "${length.slice(0, 20)}"`, `Content-Length: ${length}\r\n\r\n`] as const,
    ),
    ['a header without an end', `Content-Length: 5${' '.repeat(5_000)}`],
    ['a header that ends too late', `Content-Length: 5\r\nX: ${'x'.repeat(5_000)}\r\n\r\n`],
  ];
  for (const [what, header] of broken) {
    test(`are broken by ${what}: what came before is read, and nothing after`, () => {
      fc.assert(
        fc.property(contents, fc.array(fc.nat({ max: 6_000 })), (sent, places) => {
          const bytes = Buffer.concat([...sent.map((content) => framed(content)), Buffer.from(header), framed('{}')]);
          const seen = read(cutAt(bytes, places));
          assert.deepEqual(
            seen.contents,
            sent.map((content) => Buffer.from(content).toString('utf8')),
          );
          assert.equal(seen.reasons.length, 1);
        }),
        trials(20),
      );
    });
  }
});
