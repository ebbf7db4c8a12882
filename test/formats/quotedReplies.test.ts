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
        assert.deepEqual(read(`an NDR of ${opening}${before}${said}${closing}.`), [reply]);
    });
  }

  test('goes on behind the quotation that stands within it, where both have the same marks', () => {
    const inner = '421 4.4.2 Connection dropped.';
    for (const mark of ['"', "'"])
      for (const words of [
        'Primary target IP address responded with:',
        'Proxy session setup failed on Frontend with',
        'Error encountered while communicating with primary target IP address:',
      ])
        for (const tail of [' Attempted failover to alternate host, but that did not succeed.', ''])
          assert.deepEqual(read(`Mail waits with ${mark}451 4.4.0 ${words} ${mark}${inner}${mark}${tail}${mark} or with something else, and nobody knows.`), [inner], words + tail);
  });

  test('ends there where blanks stand within the marks', () => {
    for (const [opening, closing] of ["''", '""', '“”', '„“', '«»'].map((pair) => [...pair]))
      for (const blank of [' ', '\u00A0'])
        assert.deepEqual(read(`The server said ${opening}${blank}550 5.1.8 Access denied${blank}${closing} to all`), ['550 5.1.8 Access denied'], opening);
  });

  test('goes on where its writer has wrapped it', () => {
    for (const [opening, closing] of ['``', '“”', '„“', '«»'].map((pair) => [...pair])) {
      assert.deepEqual(read(`the fourth gets ${opening}432 4.3.2 STOREDRV.ClientSubmit; sender\n  thread limit exceeded${closing}) and waits`), [
        '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded',
      ]);
      for (const below of ['\n', '- and more', '# Title', ''])
        assert.deepEqual(read(`it gets ${opening}432 4.3.2 STOREDRV.ClientSubmit; sender\n${below}\nand ${closing} there`), ['432 4.3.2 STOREDRV.ClientSubmit; sender'], below);
    }
  });

  test('goes on with straight marks too, but not into what is no sentence', () => {
    for (const mark of ['"', "'"]) {
      for (const behind of ['', '.', ' since Monday', ', and now?', ')'])
        assert.deepEqual(
          read(`The scanner shows ${mark}550 5.7.1 Unable to relay for\nbob@fabrikam.com${mark}${behind}`),
          ['550 5.7.1 Unable to relay for bob@fabrikam.com'],
          behind,
        );
      for (const below of [
        `name=${mark}x${mark}`,
        `Status: ${mark}x${mark}`,
        `Jan 15 10:00:00 said ${mark}x${mark}`,
        `it${mark}s gone`,
        `at com.contoso.Mail.send(${mark}x${mark})`,
      ])
        assert.deepEqual(read(`The scanner shows ${mark}550 5.7.1 Unable to relay\n${below}`), ['550 5.7.1 Unable to relay'], below);
    }
  });

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
    '4.7.500 Access denied, please try again later',
    '5.7.708 Access denied, traffic not accepted from this IP',
    '4.7.500 Server busy, please try again later from [203.0.113.25]',
    '5.1.1 RESOLVER.ADR.RecipNotFound; not found',
    '5.7.0 x-unix; maildrop: maildir over quota',
    '5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message',
  ];
  for (const words of own) {
    test(`is told by Exchange's own words, alone: ${words}`, () => {
      for (const text of [
        `{"message": "b'${words}'"}`,
        `I get this:\n\n\`${words} \`\n`,
        `It says “${words}”.`,
        `It says \`“${words}”\`.`,
        `It says:\n${words}\n`,
        `It says\n${words}\n`,
        `The error: "${words}".`,
        `> error:\n> ${words}`,
      ])
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
      ['Ошибка 452 4.3.1 Insufficient system resources - окончание места на диске', '452 4.3.1 Insufficient system resources'],
      ['σφάλμα 550 5.7.1 Unable to relay στο log', '550 5.7.1 Unable to relay'],
      ['收到 NDR 550 5.7.23，目标邮件服务器拒绝', '550 5.7.23'],
      // What the server itself says in another script is its own.
      ['550 5.7.1 邮件被拒绝，请稍后重试', '550 5.7.1 邮件被拒绝，请稍后重试'],
      ['550 5.7.1 Сообщение отклонено', '550 5.7.1 Сообщение отклонено'],
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

  test('ends with the code of Markdown that began before other words', () => {
    for (const before of ['MessagingException: Got bad greeting ... ', 'x: ', 'AuthenticationFailedException: '])
      for (const after of ['', '\n\nmore', ' and `more`']) assert.deepEqual(read(`### 6.1 \`${before}${reply}\`${after}`), [reply], before + after);
    assert.deepEqual(read(`Set-X \`\n  ${reply} of it\`s so`), [`${reply} of it\`s so`]);
  });

  test('ends where Exchange closes it, and before the next field of its report where a page has lost the line ends', () => {
    for (const after of ['##', ' ##', ' ##rfc822;bob@contoso.com', ' ## and nobody knows why'])
      assert.deepEqual(read(`It says #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found${after}`), ['550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'], after);
    for (const [opening, closing] of [
      ["Remote Server returned '< #", ">'"],
      ['<ex01.contoso.com #', '>'],
      ['<EX01#', '>'],
      ['< mail.contoso.com #', '>'],
    ] as const)
      assert.deepEqual(read(`It only says\n${opening}4.4.7${closing}\nand that is all.`), ['4.4.7'], opening);
    const said = '550 5.4.1 Recipient address rejected: Access denied. [DB5EUR01FT020.eop-EUR01.prod.protection.outlook.com]';
    for (const fields of ['DSN generated by: EX01.contoso.com Remote server: mx.fabrikam.com', 'Message rejected by: mx.fabrikam.com', 'Remote server: mx.fabrikam.com'])
      assert.deepEqual(read(`In the page stands Reported error: ${said} ${fields}`), [said], fields);
  });

  test('of a report ends before the mark with which its code of Markdown ends', () => {
    const report = (said: string, end: string): string =>
      `\`Reporting-MTA: dns; mx.contoso.com\n\nFinal-Recipient: rfc822; jane@fabrikam.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; ${said}${end}`;
    for (const end of ['`', '`\n', '`\n\nThanks.', '']) assert.deepEqual(read(report('550 Relay denied for <contoso.com>', end)), ['550 Relay denied for <contoso.com>'], end);
    assert.deepEqual(read(report('550 Unknown `jane`', '')), ['550 Unknown `jane`']);
  });

  test('ends before the other properties of a list that was copied without its beginning', () => {
    const said = '454 4.7.5 Certificate validation failure, reason:untrustedroot';
    for (const name of ['MSG', 'FQDN', 'IP', 'LRT']) assert.deepEqual(read(`The queue tells:\n ${said}};{${name}=x};{FQDN=mx.fabrikam.com`), [said]);
  });

  test('ends with its cell where it is told in a table', () => {
    assert.deepEqual(read(`| 8 | we get ${reply} | nobody is there |\n| 9 | NDR ${reply}... | x |`), [reply, `${reply}...`]);
    assert.deepEqual(read(`${reply} | nobody`), [`${reply} | nobody`]);
  });

  test('is not what people ask behind it, or tell of themselves', () => {
    const said = '550 5.7.60 SMTP; Client does not have permissions to send as this sender.';
    for (const more of [
      'How can I resolve this?',
      'I have tried all.',
      'I enabled the log.',
      'This is a known issue of ours.',
      'Any ideas here?',
      'It seems to come at night.',
      "I've read the page.",
    ])
      assert.deepEqual(read(`When I test it I get this error: ${said} ${more}`), [said], more);
    // What a server goes on with is its own.
    for (const more of [
      'Visit https://contoso.com/help for more information.',
      'We do not relay.',
      'Please try again later.',
      "I'm not going to try again; this message has been in the queue too long.",
    ])
      assert.deepEqual(read(`${said} ${more}`), [`${said} ${more}`], more);
  });

  test('is not what a script looks for', () => {
    assert.deepEqual(read(`$site = (Get-Queue | Where-Object { $_.LastError -like "451 4.4.0*" }).NextHopDomain\nGet-Queue | ? {$_.LastError -like '*5.7.1*'}`), []);
  });

  test('is not what a sentence goes on with behind codes alone', () => {
    assert.deepEqual(read('Without that record there are failures and 550 5.7.1. Logs often show more.'), ['550 5.7.1']);
    assert.deepEqual(read('> 550 5.7.1. Rejected by policy'), ['550 5.7.1. Rejected by policy']);
  });
});

test('codes that a sentence speaks of are told by the reply near them', () => {
  const said = '550 5.4.1 Recipient address rejected: Access denied';
  for (const words of ['should be added to the page', 'is what we get', 'means that nobody is there', 'NDR. The server says no', 'errors each night', 'bounce', 'Error'])
    for (const [opening, closing] of ['**', '``', '“”', '«»', '""'].map((pair) => [...pair]))
      for (const text of [`550 5.4.1 ${words}\n\nIt looks like ${opening}${said}${closing}\n`, `It looks like ${opening}${said}${closing}\n\nWith a 550 5.4.1 ${words}\n`])
        assert.deepEqual(read(text), [said], text);
  assert.deepEqual(read('# SMTP 535 5.7.139 Error\n\nit returns the error 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.\n'), [
    '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.',
  ]);
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
