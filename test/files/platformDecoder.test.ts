/** The platform's decoder reads the code pages of Windows as iconv-lite does, in pieces too. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import iconv from 'iconv-lite';
import { codePageOf } from '../../server/src/files/codePage.ts';
import platform from '../../server/src/files/platformDecoder.ts';

suite('the platform decodes', () => {
  const words: readonly (readonly [locale: string, text: string])[] = [
    ['de-DE', 'Größe 550 5.1.1'],
    ['pl-PL', 'Dziennik zdarzeń, źródło'],
    ['ru-RU', 'Имя журнала: Приложение'],
    ['el-GR', 'Όνομα αρχείου'],
    ['tr-TR', 'Günlük adı: İşlem'],
    ['th-TH', 'ชื่อบันทึก'],
    ['ja-JP', 'ログの名前: アプリケーション'],
    ['zh-CN', '日志名称: 应用程序'],
    ['zh-TW', '記錄檔名稱: 應用程式'],
    ['ko-KR', '로그 이름: 응용 프로그램'],
  ];
  for (const [locale, text] of words) {
    const encoding = codePageOf(locale);
    test(`${encoding} of ${locale}`, () => {
      const bytes = iconv.encode(text, encoding);
      assert.equal(iconv.decode(bytes, encoding), text, 'the sample is of this code page');
      assert.ok(platform.encodingExists(encoding));
      assert.equal(platform.decode(bytes, encoding), text);
      const decoder = platform.getDecoder(encoding);
      assert.equal([...bytes].map((byte) => decoder.write(Buffer.from([byte]))).join('') + decoder.end(), text);
    });
  }
  for (const encoding of ['utf16le', 'utf16be']) {
    test(encoding, () => {
      const bytes = iconv.encode('\uFEFFLog 日志', encoding, { addBOM: false });
      assert.equal(platform.decode(bytes, encoding), 'Log 日志');
      const kept = platform.getDecoder(encoding, { stripBOM: false });
      assert.equal(kept.write(bytes) + kept.end(), '\uFEFFLog 日志');
    });
  }
  test('nothing of an encoding that is none', () => assert.equal(platform.encodingExists('windows-9999'), false));
});
