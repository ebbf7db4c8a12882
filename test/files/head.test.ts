/** Text is told from what is none by its first bytes, and nothing that a stranger writes into a log can hide it. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { decode } from '../../server/src/files/encoding.ts';
import { headLength, isBinary } from '../../server/src/files/head.ts';
import { projectKnowledgeBase, readProjectFile, root } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const log = readProjectFile('samples/SEND2026011508-1.LOG').replace(/^\uFEFF/, '');
const isText = (bytes: Uint8Array): boolean => !isBinary(bytes.subarray(0, headLength));
const numbers = (...values: readonly number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);
/** Bytes that look like chance, the same in each run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 2004;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** A header of ustar (POSIX, pax, "ustar Interchange Format"). */
const tarHeader = (name: string): Buffer => {
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100));
  for (const [text, at] of [
    ['0000644\0', 100],
    ['0001750\0', 108],
    ['0001750\0', 116],
    ['00000010000\0', 124],
    ['15142356700\0', 136],
    ['0123456\0 0', 148],
    ['ustar\u000000', 257],
    ['root', 265],
    ['root', 297],
  ] as const)
    header.write(text, at, 'latin1');
  return header;
};

/** A capture of the network (libpcap's file format): the log's lines as they went over the wire. */
const capture = (): Buffer => {
  const packets = log.split(/(?<=\n)/).map((line) => {
    const headers = Buffer.from('00155d0a0b0c00155d0a0b0d08004500007c1c4640004006b2d9c0000201c6336401001900195b1f2a3c00000000501801f6e3b40000', 'hex');
    return Buffer.concat([numbers(1_768_464_000, 12_345, headers.length + line.length, headers.length + line.length), headers, Buffer.from(line)]);
  });
  return Buffer.concat([numbers(0xa1b2_c3d4, 0x0004_0002, 0, 0, 65_535, 1), ...packets]);
};

suite('what is no text', () => {
  const files: readonly [string, Uint8Array][] = [
    ['a program', readFileSync(process.execPath).subarray(0, headLength)],
    [
      'a library of Windows',
      Buffer.concat([
        Buffer.from('MZ\u0090\0\u0003\0\0\0\u0004\0\0\0ÿÿ\0\0¸\0\0\0\0\0\0\0@\0\0\0', 'latin1'),
        Buffer.alloc(32),
        noise(64),
        Buffer.from('This program cannot be run in DOS mode.\r\r\n$'),
        Buffer.alloc(7),
        noise(400),
        Buffer.alloc(3_000, '\0\0\u0001'),
      ]),
    ],
    ['a picture', readFileSync(join(root, 'images', 'icon.png'))],
    ['a document, which is a packed archive', zipSync({ '[Content_Types].xml': Buffer.from(log), 'word/document.xml': Buffer.from(log) })],
    ['an archive that is not packed', zipSync({ 'SEND.LOG': Buffer.from(log) }, { level: 0 })],
    ['a tar archive', Buffer.concat([tarHeader('SEND.LOG'), Buffer.from(log)])],
    ['a tar archive with a long name', Buffer.concat([tarHeader('TransportRoles/Logs/Hub/ProtocolLog/SmtpSend/'.repeat(3)), Buffer.from(log)])],
    ['a capture of the network', capture()],
    ['an event log', Buffer.concat([Buffer.from('ElfFile\0'), numbers(0, 0, 12, 0, 900, 0, 128, 0x0001_0003, 0x000d_1000), Buffer.alloc(4_020), numbers(0x1234_5678)])],
    [
      'a database',
      Buffer.concat([
        Buffer.from('SQLite format 3\0\u0010\0\u0001\u0001\0@  '),
        numbers(1, 2, 0, 0, 3),
        Buffer.alloc(2_000),
        Buffer.from('CREATE TABLE log (line TEXT)'),
        Buffer.alloc(2_000),
        noise(28),
      ]),
    ],
    ['what is packed in another way', noise(headLength)],
    ['a little of it', noise(300)],
    ['32-bit numbers', numbers(...Array.from({ length: 1_000 }, (_, index) => index % 250))],
    ['16-bit numbers', Buffer.from(Uint16Array.from({ length: 2_000 }, (_, index) => index % 200).buffer)],
  ];
  for (const [name, bytes] of files) test(name, () => assert.ok(!isText(bytes)));
});

suite('what is text', () => {
  const spaces: readonly [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['a log', Buffer.from(log)],
    ['a log with space that is reserved behind it', Buffer.concat([Buffer.from(log.slice(0, 500)), Buffer.alloc(headLength)])],
    ['a log behind a hole, as it is left where it was emptied under its writer', Buffer.concat([Buffer.alloc(1_000), Buffer.from(log)])],
    ['a single long line with a few NULs', Buffer.from(`{"log":"${log.slice(0, 3_000).replaceAll('\r\n', '\\n')}\0\0\0"}`)],
    ['a terminal session', Buffer.from(`\u001b]0;mail\u0007\u001b[1m$ \u001b[0mcat SEND.LOG\r\n${log}`)],
  ];
  for (const [name, bytes] of spaces) test(name, () => assert.ok(isText(bytes)));

  test('whatever a stranger writes into some of its lines', () => {
    const lines = log.slice(0, headLength).split(/(?<=\n)/);
    const controls = fc.array(
      fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 10 && byte !== 13),
      { minLength: 1, maxLength: 512 },
    );
    fc.assert(
      // The header is the writer's own. A third of the lines is less than half of the head, as long as they do not get much longer.
      fc.property(fc.array(fc.tuple(fc.integer({ min: 6, max: lines.length - 1 }), controls), { maxLength: 3 }), (written) => {
        const hostile = lines.map((line) => Buffer.from(line));
        for (const [index, bytes] of written) hostile[index] = Buffer.concat([hostile[index] as Buffer, Buffer.from(bytes), Buffer.from('\r\n')]);
        const bytes = Buffer.concat(hostile);
        assert.ok(isText(bytes));
        assert.ok(decode(bytes).includes('#Fields: date-time,connector-id'), 'taken for UTF-16');
      }),
      trials(300),
    );
  });

  test('with NULs in every other place, which make no UTF-16 of it', () => {
    const at = log.indexOf('\n2026') + 1;
    const bytes = Buffer.from(log.slice(0, at) + 'a\0'.repeat(500) + log.slice(at));
    for (const shift of [0, 1]) assert.ok(decode(Buffer.concat([Buffer.alloc(shift, '#'), bytes])).includes('#Fields'));
  });

  test('in UTF-16 without mark, in any language, with controls in some lines', () => {
    for (const words of ['Sendeconnector – …', '送信コネクタ　社外メール', 'ひらがなだけでかかれたきろくです', '发送连接器', 'Соединитель', '📧'.repeat(20)]) {
      const text = `#Fields: time\r\n${`2026-01-15 ${words} 550 5.1.1 User unknown\r\n`.repeat(80)}`.replace('User', '\0\u0001User');
      for (const [order, bytes] of [
        ['little-endian', Buffer.from(text, 'utf16le')],
        ['big-endian', Buffer.from(text, 'utf16le').swap16()],
      ] as const) {
        assert.ok(isText(bytes), `${words} ${order}`);
        assert.equal(decode(bytes), text, order);
      }
    }
  });
});

test('NULs in what a stranger says change no finding', () => {
  const knowledge = projectKnowledgeBase();
  const found = (text: string): unknown[] =>
    [...findFindings(text, knowledge)].map(({ failure, record }) => [failure?.id, record.response?.text.replaceAll('\0', ''), record.captures]);
  assert.ok(log.includes('ESMTP') && found(log).length > 0);
  assert.deepEqual(found(log.replaceAll('ESMTP', '\0ESM\0TP\0\0')), found(log));
});
