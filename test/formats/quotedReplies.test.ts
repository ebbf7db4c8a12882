/** A reply that somebody quotes ends where the quotation does, whatever marks it; and codes that a sentence only speaks of are none. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';

const read = (text: string): (string | undefined)[] => readRecords(text).map(({ response }) => response?.text);

const reply = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; the recipient's mailbox is not found";
const marks = ['""', "''", '``', '“”', '””', '„“', '„”', '«»', '»«', '‘’', '‚‘', '「」', '『』', '**'];

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

suite('a reply in the midst of other words', () => {
  test('ends where people go on in another script', () => {
    for (const [text, said] of [
      ['收到 NDR 550 4.4.7 QUEUE.Expired; message expired，邮件投递失败', '550 4.4.7 QUEUE.Expired; message expired'],
      ['退信 550 5.7.1 Unable to relay。', '550 5.7.1 Unable to relay'],
      ['550 5.7.1 Unable to relay というエラーが出ます', '550 5.7.1 Unable to relay'],
      ['오류 550 5.7.1 Unable to relay 가 나옵니다', '550 5.7.1 Unable to relay'],
      // What the server itself says in another script is its own.
      ['550 5.7.1 邮件被拒绝，请稍后重试', '550 5.7.1 邮件被拒绝，请稍后重试'],
      ['550 5.1.1 Benutzer „Ünal“ gibt es hier nicht', '550 5.1.1 Benutzer „Ünal“ gibt es hier nicht'],
    ])
      assert.deepEqual(read(text as string), [said], text);
  });

  test('ends with the bracket of the server that reports it, and with the mark before its type', () => {
    for (const said of ['554 5.7.1 anna@fabrikam.com: Relay access denied', '554 5.7.1 <anna@fabrikam.com>: Relay access denied', '550 5.1.1 user unknown'])
      for (const host of ['mail.contoso.com ', '<mail.contoso.com '])
        for (const gap of ['', ' ']) assert.deepEqual(read(`It was like <${host.replace('<', '')}#${said.slice(4, 9)} smtp;${gap}${said}> and some more.`), [said], said);
    for (const [opening, closing] of ['``', '""', '“”'].map((pair) => [...pair])) assert.deepEqual(read(`| Bounces | ${opening}smtp;${reply}${closing} — nobody there |`), [reply]);
  });

  test('is not what a sentence goes on with behind codes alone', () => {
    assert.deepEqual(read('Without that record there are failures and 550 5.7.1. Logs often show more.'), ['550 5.7.1']);
    assert.deepEqual(read('> 550 5.7.1. Rejected by policy'), ['550 5.7.1. Rejected by policy']);
  });
});

test('codes that a sentence speaks of are told by the reply near them', () => {
  const said = '550 5.4.1 Recipient address rejected: Access denied';
  for (const words of ['should be added to the page', 'is what we get', 'means that nobody is there', 'NDR. The server says no', 'errors each night', 'bounce'])
    for (const [opening, closing] of ['**', '``', '“”', '«»', '""'].map((pair) => [...pair]))
      for (const text of [`550 5.4.1 ${words}\n\nIt looks like ${opening}${said}${closing}\n`, `It looks like ${opening}${said}${closing}\n\nWith a 550 5.4.1 ${words}\n`])
        assert.deepEqual(read(text), [said], text);
  assert.deepEqual(read('550 5.4.1 should be added\n\n550 5.4.1 is what we get\n').length, 2);
});

test('Exchange 2003 tells its name and a code in a line of their own', () => {
  const codes = (text: string): (string | undefined)[] => readRecords(text).map(({ response }) => response?.enhancedCode);
  for (const around of ['', '        ', '> '])
    assert.deepEqual(codes(`dave on 1/15/2026\n${around}Too many recipients.\n${around}ex01.contoso.com #5.5.3\n${around}more`), ['5.5.3']);
  for (const text of ['see ex01.contoso.com #5.5.3\n', 'ex01.contoso.com #5.5.3 is out\n', 'ex01 #5.5.3\n', 'contoso #5.5.3']) assert.deepEqual(codes(text), [], text);
});

test('a full stop may join the codes', () => {
  const [record] = readRecords('451 4.4.0 Primary target IP address responded with: "421.4.4.2 unable to connect." Attempted failover to alternate host.');
  assert.equal(record?.response?.enhancedCode, '4.4.2');
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
