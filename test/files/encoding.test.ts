/** What bytes a log can be written in: each is told from the others, and the size of the chunks makes no difference. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { codePageOf } from '../../server/src/files/codePage.ts';
import { createDecoder, decode, type EncodingOptions, isEncoding } from '../../server/src/files/encoding.ts';
import { isBinary } from '../../server/src/files/head.ts';
import { textOfPiece } from '../../server/src/files/textBuffer.ts';
import { trials } from '../support/trials.ts';

/** What Windows calls the send connector, or a name, in languages of each code page. */
const words: Readonly<Record<string, readonly [locale: string, text: string]>> = {
  'windows-1250': ['pl-PL', 'Łącznik wysyłania "Poczta wychodząca"'],
  'windows-1251': ['ru-RU', 'Соединитель отправки "Исходящая почта"'],
  'windows-1252': ['de-DE', 'Sendeconnector "Für Übersee – Größe"'],
  'windows-1253': ['el-GR', 'Σύνδεσμος αποστολής'],
  'windows-1254': ['tr-TR', 'Gönderme bağlayıcısı "İstanbul"'],
  'windows-1255': ['he-IL', 'מחבר שליחה'],
  'windows-1256': ['ar-SA', 'موصل الإرسال'],
  'windows-1257': ['lt-LT', 'Siuntimo jungtis "Šiauliai"'],
  'windows-874': ['th-TH', 'ตัวเชื่อมต่อการส่ง'],
  cp932: ['ja-JP', '送信コネクタ "社外メール" ソ表能'],
  cp936: ['zh-CN', '发送连接器 "外部邮件"'],
  cp949: ['ko-KR', '송신 커넥터 "외부 메일"'],
  cp950: ['zh-TW', '傳送連接器 "外部郵件"'],
};

const lines = (text: string): string => `Event ID: 2004\r\n${`${text}: 550 5.1.1 User unknown\r\n`.repeat(40)}`;

suite('code pages', () => {
  for (const [codePage, [locale, text]] of Object.entries(words)) {
    test(`${codePage} is the one of ${locale}, and is read there`, () => {
      assert.equal(codePageOf(locale), codePage);
      assert.equal(decode(iconv.encode(lines(text), codePage), { codePage: codePageOf(locale) }), lines(text));
    });
    test(`${codePage} is read everywhere where it is named`, () => assert.equal(decode(iconv.encode(lines(text), codePage), { named: codePage }), lines(text)));
    test(`what is UTF-8 or UTF-16 stays that where ${codePage} is named`, () => {
      for (const bytes of [Buffer.from(lines(text)), Buffer.from(lines(text), 'utf16le'), Buffer.from(`\uFEFF${lines(text)}`, 'utf16le').swap16()])
        assert.equal(decode(bytes, { named: codePage, codePage }), lines(text));
    });
  }

  test('scripts of one language have their own', () => {
    for (const [locale, codePage] of [
      ['sr-Latn-RS', 'windows-1250'],
      ['sr-RS', 'windows-1251'],
      ['zh-Hant-HK', 'cp950'],
      ['zh-HK', 'cp950'],
      ['zh-SG', 'cp936'],
      ['uz-Cyrl', 'windows-1251'],
      ['en-US', 'windows-1252'],
      ['hi-IN', 'windows-1252'],
      ['no such locale!', 'windows-1252'],
    ] as const)
      assert.equal(codePageOf(locale), codePage, locale);
  });

  test('a text of Western Europe is not taken for characters that do not exist', () => {
    const text = lines('Größe überschritten, Zürich');
    for (const codePage of ['cp932', 'windows-874']) assert.equal(decode(iconv.encode(text, 'windows-1252'), { codePage }), text, codePage);
  });

  test('are known by their names, and what is no text is none of them', () => {
    for (const name of ['windows-1251', 'Shift_JIS', 'GBK', 'cp850', 'koi8-r', 'UTF-16LE', 'big5']) assert.ok(isEncoding(name), name);
    for (const name of ['', 'base64', 'hex', 'windows-9999', '__proto__']) assert.ok(!isEncoding(name), name);
  });
});

suite('UTF-16 that only its name tells', () => {
  const text = '送信コネクタ社外漢字仮名交文送信先不明配信不能';
  const bytes = Buffer.from(text.repeat(20), 'utf16le');
  test('is read where it is named', () => {
    assert.ok(!isBinary(bytes, { named: 'utf-16le' }));
    assert.equal(decode(bytes, { named: 'utf-16le' }), text.repeat(20));
  });
});

suite('chunks', () => {
  const logs: [string, Uint8Array, EncodingOptions][] = [
    ['UTF-8', Buffer.from(lines('送信 – ä')), {}],
    ['UTF-8 with byte order mark', Buffer.from(`\uFEFF${lines('ä')}`), {}],
    ['UTF-8 behind much ASCII', Buffer.from(`${'a'.repeat(9_000)}\uFEFFä😀`), {}],
    ['UTF-16', Buffer.from(`\uFEFF${lines('送信😀')}`, 'utf16le'), {}],
    ['UTF-16 big-endian without mark', Buffer.from(lines('ä'), 'utf16le').swap16(), {}],
    ['Shift_JIS', iconv.encode(lines('送信コネクタ ソ表'), 'cp932'), { codePage: 'cp932' }],
    ['GBK behind much ASCII', iconv.encode('a'.repeat(9_001) + lines('发送连接器'), 'cp936'), { codePage: 'cp936' }],
    ['a named code page', iconv.encode(lines('Исходящая'), 'windows-1251'), { named: 'windows-1251' }],
    ['a character that is cut at the end', Buffer.from('ä€').subarray(0, -1), {}],
    ['nothing', Buffer.alloc(0), {}],
  ];
  for (const [name, bytes, options] of logs) {
    test(`${name}: their size makes no difference`, () => {
      const whole = decode(bytes, options);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 20 }), (sizes) => {
          const decoder = createDecoder(options);
          let text = '';
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = sizes[turn % sizes.length] as number;
            text += textOfPiece(decoder.write(bytes.subarray(at, at + size)));
            at += size;
          }
          assert.equal(text + decoder.end(), whole);
        }),
        trials(60),
      );
    });
  }

  test('are passed on as long as they are ASCII', () => {
    const decoder = createDecoder();
    assert.equal(decoder.write(Buffer.alloc(10_000, 'a')).length, 10_000);
    assert.equal(textOfPiece(decoder.write(Buffer.from('b'))), 'b');
  });
});
