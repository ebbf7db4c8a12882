/** Files that an editor has opened in an encoding that is not theirs. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import iconv from 'iconv-lite';
import type { CodeAction } from 'vscode-languageserver-types';
import { commands } from '../../server/src/protocol/editor.ts';
import { type ClientFeatures, getCodeActions, getDiagnostics } from '../../server/src/service/index.ts';
import { eventWith, modernClient, openLog, plainClient, untrusted } from '../support/openLog.ts';

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const remedies = (text: string, client: ClientFeatures = modernClient, uri?: string): (readonly [string, unknown])[] =>
  (getCodeActions(openLog(text, uri === undefined ? {} : { uri }), whole, undefined, client, undefined) as CodeAction[])
    .filter(({ command }) => command?.command === commands.reopen)
    .map(({ title, command }) => [title, command?.arguments?.[0]] as const);
const told = (text: string, uri?: string): string[] =>
  getDiagnostics(openLog(text, uri === undefined ? {} : { uri }), modernClient).map(({ message }) => String(message).split('\n')[0] ?? '');

suite('UTF-16 that was opened in another encoding', () => {
  const texts = [
    '550 5.1.1 User unknown',
    'Имя журнала:   Application\r\nИсточник:      MSExchangeTransport\r\n',
    'ログの名前: Application\r\nソース: MSExchangeTransport\r\n日付: ',
    '#Software:',
  ];
  for (const text of texts) {
    for (const [encoding, name] of [
      ['utf16le', 'UTF-16 LE'],
      ['utf16be', 'UTF-16 BE'],
    ] as const) {
      for (const mark of ['', '\uFEFF']) {
        for (const opened of ['utf8', 'windows-1252']) {
          test(`${JSON.stringify(text.slice(0, 12))} in ${name}${mark && ' with mark'}, opened as ${opened}: says so, and reopens`, () => {
            const misread = iconv.decode(iconv.encode(mark + text, encoding, { addBOM: false }), opened, { stripBOM: false });
            const [message, ...others] = told(misread);
            assert.equal(others.length, 0);
            assert.match(message ?? '', new RegExp(`looks like UTF-16.*Reopen with Encoding.*"${name}"`));
            assert.deepEqual(remedies(misread), [[`Reopen as ${name}`, { uri: 'file:///logs/some.log', encoding }]]);
            assert.deepEqual(remedies(misread, plainClient), []);
          });
        }
      }
    }
  }
});

suite('a code page that was opened as UTF-8', () => {
  const misread = iconv.encode(eventWith(untrusted, 'Zürich'), 'windows-1252').toString('utf8');
  test('is read, and says that names may be wrong, where the first character is lost', () => {
    const [notice, finding, ...others] = getDiagnostics(openLog(misread), modernClient);
    assert.equal(others.length, 0);
    assert.match(String(notice?.message), /names from this log may be wrong.*Reopen with Encoding/);
    assert.deepEqual(notice?.range, { start: { line: 6, character: 16 }, end: { line: 6, character: 17 } });
    assert.equal(finding?.code, 'tls-untrusted-root');
    assert.deepEqual(remedies(misread), [['Reopen with another encoding', { uri: 'file:///logs/some.log' }]]);
  });
  test('is not spoken of where no failure is told', () => {
    assert.deepEqual(told('Gr\uFFFD\uFFFDe'), []);
    assert.equal(told(`\uFFFD\uFFFD\uFFFD\n${eventWith(untrusted)}`).length, 1);
    assert.deepEqual(remedies(`\uFFFD\uFFFD\uFFFD\n${eventWith(untrusted)}`), []);
  });
  test('cannot be reopened where it was pasted', () => assert.equal(told(misread, 'untitled:Untitled-1').length, 1));
  test('Cyrillic letters at the beginning are not taken for UTF-16', () => {
    const russian = iconv.encode(`Имя журнала: Application\n${eventWith(untrusted)}`, 'windows-1251').toString('utf8');
    assert.deepEqual(
      told(russian).map((message) => /UTF-16/.test(message)),
      [false],
    );
  });
});

test('an Outlook message that was opened as text says what to do', () => {
  const bytes = Buffer.from('d0cf11e0a1b11ae100000000000000000000000000000000', 'hex');
  for (const opened of ['utf8', 'windows-1252', 'iso-8859-1']) {
    const [message, ...others] = told(iconv.decode(bytes, opened));
    assert.equal(others.length, 0);
    assert.match(message ?? '', /Outlook message.*\.eml/);
    assert.deepEqual(remedies(iconv.decode(bytes, opened)), []);
  }
});
