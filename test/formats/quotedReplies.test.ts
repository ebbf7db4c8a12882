/** A reply that somebody quotes ends where the quotation does, whatever marks it; and codes that a sentence only speaks of are none. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';

const read = (text: string): (string | undefined)[] => readRecords(text).map(({ response }) => response?.text);

const reply = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; the recipient's mailbox is not found";
const marks = ['""', "''", '``', '“”', '””', '„“', '„”', '«»', '»«', '‘’', '‚‘', '「」', '『』'];

suite('a quoted reply', () => {
  for (const [opening, closing] of marks.map((pair) => [...pair])) {
    test(`${opening}…${closing}: is read up to the closing mark`, () => {
      for (const after of [' and nobody knows why.', ', since Monday', '', '。', ' (“what is it?”)'])
        assert.deepEqual(read(`We get ${opening}${reply}${closing}${after}\nThanks.`), [reply], after);
      for (const [before, said] of [
        ['#', `${reply} ##`],
        ['', reply],
      ])
        assert.deepEqual(read(`an NDR of ${opening}${before}${said}${closing}.`), [said]);
    });
  }

  test('two in one line are two', () => {
    assert.deepEqual(read('First “550 4.4.7 QUEUE.Expired; message expired” came, then “451 4.4.0 DNS query failed” stood there.'), [
      '550 4.4.7 QUEUE.Expired; message expired',
      '451 4.4.0 DNS query failed',
    ]);
  });
});

suite('what keeps all of a reply but its reply code', () => {
  const own = [
    '5.7.1 Client was not authenticated',
    '5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM',
    '5.7.57 Client not authenticated to send mail',
    '5.7.1 Unable to relay for dave@fabrikam.com',
    '5.7.3 Authentication unsuccessful',
    '4.3.1 Insufficient system resources',
  ];
  for (const words of own) {
    test(`is told by Exchange's own words, alone: ${words}`, () => {
      for (const text of [`I get this:\n\n\`${words} \`\n`, `It says:\n${words}\n`, `The error: "${words}".`, `> error:\n> ${words}`])
        assert.deepEqual(
          readRecords(text).map(({ response }) => response?.enhancedCode),
          [words.slice(0, words.indexOf(' '))],
          text,
        );
    });

    test(`is no reply in a sentence or a table: ${words}`, () => {
      for (const text of [
        `# ${words} error when connecting on port 25`,
        `| ${words.replace(' ', ' | ')} | see below |`,
        `Chapter ${words} and more`,
        `Whoever sees ${words} should wait.`,
      ])
        assert.deepEqual(read(text), [], text);
    });
  }

  test('is told behind the words of .NET, in the past and in the present', () => {
    for (const verb of ['was', 'is'])
      assert.deepEqual(read(`System.Net.Mail.SmtpException: The client was not authenticated. The server response ${verb}: 5.7.0 Sign in first`), ['5.7.0 Sign in first']);
  });
});

test('codes that are explained first are told by the reply that is reported behind', () => {
  const reported = '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail';
  for (const gap of [' ', '\n\n'])
    assert.deepEqual(read(`Status code: 530 5.7.57 This error occurs when the domain refuses anonymous users.${gap}Reported error: ${reported}`), [reported], JSON.stringify(gap));
  assert.equal(read('Status code: 530 5.7.57 This error occurs when the domain refuses anonymous users.').length, 1);
});

test('the kind of a report may stand behind its code', () => {
  for (const type of ['smtp', 'X-Unix', 'X-Gateway-Filter'])
    for (const gap of ['', ' '])
      assert.deepEqual(
        readRecords(`<${gap}mx.fabrikam.com #4.4.7 ${type}; 71>`).map(({ response }) => response?.enhancedCode),
        ['4.4.7'],
        type,
      );
  assert.deepEqual(read('<mx.fabrikam.com #4.4.7 and more>'), []);
});
