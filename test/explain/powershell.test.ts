/** Whatever a log says, it arrives in a script as the value it was, or not at all. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { assignments, comment, fits, logComment, quote, runbookScript, shellOf, variableName } from '../../server/src/explain/powershell.ts';
import { wrapComments } from '../../server/src/explain/wrappedComments.ts';
import type { Failure } from '../../server/src/failures.ts';
import { type CaptureName, captureNames } from '../../server/src/values.ts';
import { fitting, hostileCaptures } from '../support/hostileCaptures.ts';
import { hostileText } from '../support/hostileText.ts';
import { readExpression, structure } from '../support/powershellReader.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const failure = projectKnowledgeBase().failure('tls-untrusted-root') as Failure;
const everyVariable = captureNames.map(variableName).join('\n');
const laws = trials(300);
const guard = "# Values from the log. The quote at the end closes one that is left open above: '\n";
const isAscii = (text: string): boolean => /^[\n -~]*$/.test(text);

suite('quote', () => {
  const cases: [string, string][] = [
    ['', "''"],
    ['Outbound to Office 365', "'Outbound to Office 365'"],
    ["O'Brien", "'O''Brien'"],
    ['O\u2019Brien', "'O' + [char]0x2019 + 'Brien'"],
    ['\u0416x', "'' + [char]0x0416 + 'x'"],
    ['\u{1F4EC}', "'' + [char]0xD83D + [char]0xDCEC"],
    ['$(Stop-Computer)', "'' + [char]0x0024 + [char]0x0028 + 'Stop-Computer' + [char]0x0029"],
    ['a;b|c&d{e}"`', "'a' + [char]0x003B + 'b' + [char]0x007C + 'c' + [char]0x0026 + 'd' + [char]0x007B + 'e' + [char]0x007D + [char]0x0022 + [char]0x0060"],
    ['a#>b', "'a' + [char]0x0023 + [char]0x003E + 'b'"],
    ['<a1@contoso.com>', "'<a1@contoso.com>'"],
    ['a\r\nb', "'a' + [char]0x000D + [char]0x000A + 'b'"],
  ];
  for (const [value, expression] of cases) test(JSON.stringify(value), () => assert.equal(quote(value), expression));

  test('gives back every string, in ASCII', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        assert.equal(readExpression(quote(value)), value);
        assert.match(quote(value), /^[ -~]*$/);
      }),
      trials(1_000),
    );
  });

  test('is judged by a reader that knows curly quotes', () => {
    assert.throws(() => readExpression("'O\u2019Brien'"));
    assert.throws(() => readExpression("[char]0x0041 + 'x'"));
    assert.equal(readExpression("'O\u2019\u2019Brien\u201B"), 'O\u2019Brien');
  });
});

suite('comment', () => {
  test('breaks up the marks of a block comment', () => assert.equal(comment('<# x #> <#>'), '< # x # > < # >'));
  test('shows what is not ASCII', () => assert.equal(comment('Köln\u2028\u202E\u0000'), 'K\\u00F6ln\\u2028\\u202E\\u0000'));
  test('puts lines into one', () => assert.equal(comment(' 550 5.7.1\r\n\tno  relay '), '550 5.7.1 no relay'));
  test('tells an escape from what looks like one', () => assert.notEqual(comment('\\u00F6'), comment('\u00F6')));
  test('says so when it was cut', () => assert.match(comment('ö'.repeat(1_000)), /^(\\u00F6)+ \.\.\. \(cut\)$/));

  test('stays one bounded line of ASCII that closes no comment', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 20 }), (texts) => {
        const text = comment(texts.join(''));
        assert.match(text, /^[ -~]*$/);
        assert.ok(text.length <= 200);
        assert.ok(!text.includes('#>') && !text.includes('<#'));
      }),
      laws,
    );
  });
});

suite('logComment', () => {
  test('has no character that ends a string or a name in braces, or begins an expansion', () =>
    assert.equal(logComment('it\'s "{x}" $(y) `z`'), 'it\\u0027s \\u0022{x\\u007D\\u0022 \\u0024(y) \\u0060z\\u0060'));
  test('stays one bounded line of what is dead anywhere', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 20 }), (texts) => {
        const text = logComment(texts.join(''));
        assert.match(text, /^[ -~]*$/);
        assert.doesNotMatch(text, /["$'`}]|#>|<#/);
        assert.ok(text.length <= 200);
      }),
      laws,
    );
  });
});

suite('fits', () => {
  const good: [CaptureName, string][] = [
    ...captureNames.map((name): [CaptureName, string] => [name, fitting[name]]),
    ['sendConnector', "'; Remove-Mailbox \u2019$(x)"],
    ['recipient', 'jörg@köln.example'],
    ['recipient', '"ada lovelace"@contoso.com'],
    ['recipient', 'ada@[192.0.2.1]'],
    ['remoteHost', '192.0.2.1'],
    ['remoteHost', 'mail.contoso.com.'],
    ...['::', '::1', '2001:db8::1', '2001:db8:0:0:0:0:0:1', '::ffff:192.0.2.1', 'fe80::1%12'].map((value): [CaptureName, string] => ['remoteAddress', value]),
    ['server', 'EX01'],
    ['queue', 'EX01\\Shadow\\25'],
  ];
  for (const [name, value] of good) test(`${name} ${value}`, () => assert.ok(fits(name, value)));

  const bad: [CaptureName, string][] = [
    ...captureNames.flatMap((name) =>
      ['', ' ', `${fitting[name]}\n`, `${fitting[name]}\u202E`, `${fitting[name]}\u0000`, 'x'.repeat(10_000)].map((value): [CaptureName, string] => [name, value]),
    ),
    ['sendConnector', 'x'.repeat(257)],
    ['sendConnector', 'lone \uD800'],
    ['messageId', 'a1b2c3@contoso.com'],
    ['messageId', '<a b@contoso.com>'],
    ['recipient', 'contoso.com'],
    ['recipient', '@contoso.com'],
    ['recipient', 'ada@'],
    ['recipient', 'ada@contoso.com; x'],
    ['sender', '<>'],
    ['recipientDomain', 'contoso..com'],
    ['recipientDomain', '-contoso.com'],
    ['recipientDomain', `${'a'.repeat(64)}.com`],
    ...['192.0.2', '192.0.2.256', '192.0.2.1:25', ':', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '12345::', '192.0.2.1::', '::192.0.2.1:1'].map(
      (value): [CaptureName, string] => ['remoteAddress', value],
    ),
    ['queue', '*'],
    ['queue', 'EX01\\*'],
    ['certificateThumbprint', '5113'],
    ['certificateSubject', 'mail.contoso.com'],
    ['sessionId', '08DC1CB1A2B3C4DG'],
  ];
  for (const [name, value] of bad) test(`not ${name} ${JSON.stringify(value.slice(0, 60))}`, () => assert.ok(!fits(name, value)));
});

suite('assignments', () => {
  test('are written for the variables that the script uses, in a fixed order', () => {
    const script = 'Get-Queue -Server $Server\n# Set-SendConnector -Identity $SENDCONNECTOR\n$ServerName; $RecipientDomains; \u0024{Recipient}';
    assert.equal(
      assignments(script, { server: 'EX01', sendConnector: "Ada's connector" }),
      `${guard}$SendConnector = 'Ada''s connector'\n$Recipient = ''  # not found in the log: the recipient's address\n$Server = 'EX01'`,
    );
  });
  test('are not written where the script needs none', () => assert.equal(assignments('Get-Date', fitting), ''));
  test('leave out what does not fit', () => assert.match(assignments('$Queue', { queue: '*' }), /\n\$Queue = '' {2}# not found in the log: /));
  test('leave out what stands assigned', () => assert.equal(assignments('$Queue $Server', fitting, new Set(['queue'])), `${guard}$Server = 'ex01.contoso.com'`));
  test('fall back to this computer for the server', () => {
    assert.equal(assignments('$Server', {}), `${guard}$Server = ''  # not found in the log: the Exchange server's name\nif (-not $Server) { $Server = $env:COMPUTERNAME }`);
  });
  test("take the recipient's domain from the recipient", () => {
    assert.equal(assignments('$RecipientDomain', { recipient: 'ada@contoso.com' }), `${guard}$RecipientDomain = 'contoso.com'`);
    assert.match(assignments('$RecipientDomain', { recipient: 'no address' }), /= '' {2}#/);
    assert.match(assignments('$RecipientDomain', { recipient: 'ada@[192.0.2.1]' }), /= '' {2}#/);
  });
  test('say so when a value was cut', () => {
    const line = assignments('$CertificateSubject', { certificateSubject: `CN=${'x'.repeat(1_020)}\u{1F4EC}` });
    assert.match(line, /\n\$CertificateSubject = 'CN=x{1020}' {2}# cut to 1,024 characters$/);
  });

  test('have the same tokens for every value', () => {
    fc.assert(
      fc.property(hostileCaptures, (captures) => {
        const hasServer = fits('server', captures.server ?? '');
        const script = assignments(everyVariable, captures);
        assert.ok(isAscii(script));
        assert.equal(structure(script), structure(assignments(everyVariable, hasServer ? { server: 'EX01' } : {})));
      }),
      laws,
    );
  });
  test('hold the very value', () => {
    fc.assert(
      fc.property(hostileText, (value) => {
        fc.pre(fits('sendConnector', value));
        const expression = assignments('$SendConnector', { sendConnector: value }).replace(`${guard}$SendConnector = `, '');
        assert.equal(readExpression(expression), value);
      }),
      laws,
    );
  });
});

suite('the shell of a runbook', () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['Exchange 2016', 'Exchange SE'], 'the Exchange Management Shell'],
    [['Exchange Online'], 'Exchange Online PowerShell (Connect-ExchangeOnline)'],
    [['Exchange SE', 'Exchange Online'], 'the Exchange Management Shell, and what is about Exchange Online in Exchange Online PowerShell (Connect-ExchangeOnline)'],
  ];
  for (const [products, shell] of cases)
    test(products.join(' and '), () => {
      assert.equal(shellOf({ ...failure, products }), shell);
      assert.ok(runbookScript({ ...failure, products }, {}, 'full').includes(wrapComments(`\n# Run it step by step in ${shell}. Nothing in it runs by itself.\n`)));
    });
});

test('a script that saves old values has the time for the names of its files', () => {
  assert.match(assignments('# Get-Queue | Export-Clixml -Path "a-$Saved.xml"', {}), /^# [^\n]*\n\$Saved = Get-Date -Format 'yyyyMMdd-HHmmss'$/);
  assert.match(assignments('"$saved" $Queue', { queue: 'EX01\\1' }), /\n\$Queue = 'EX01\\1'\n# [^\n]*\n\$Saved = /);
  assert.equal(assignments('$SavedBefore', {}), '');
  assert.equal(assignments('$Saved', {}, new Set(['saved'])), '');
});

suite('runbookScript', () => {
  test('has a header, the values and the four stages', () => {
    const script = runbookScript(failure, fitting, 'full');
    const headings = script.split('\n').filter((line, index, lines) => lines[index - 1] === '' && /^# (Evidence|Change|Verify|Roll back)\b/.test(line));
    assert.deepEqual(headings, ['# Evidence (read-only)', '# Change (cannot be undone)', '# Verify', '# Roll back']);
    assert.ok(script.startsWith("# Certificate not trusted: the receiving server does not accept this server's TLS certificate\n"));
    assert.ok(
      script.includes(
        `\n\n${guard}$SendConnector = 'Outbound to Office 365'\n$Server = 'ex01.contoso.com'\n# Part of the names of files with old values. To roll back later, write the one of the file here.\n$Saved = Get-Date -Format 'yyyyMMdd-HHmmss'\n\n# Evidence`,
      ),
    );
    for (const stage of Object.values(failure.runbook)) assert.ok(script.includes(wrapComments(stage.script)));
    assert.ok(script.endsWith('\n') && !script.endsWith('\n\n'));
  });
  test('has only the stages that are asked for', () => {
    assert.ok(!runbookScript(failure, fitting, 'evidence').includes('# Change'));
    assert.ok(!runbookScript(failure, fitting, ['verify']).includes('# Evidence (read-only)'));
  });

  test('has the same tokens for every log', () => {
    fc.assert(
      fc.property(hostileCaptures, (captures) => {
        const script = runbookScript(failure, captures, 'full');
        assert.ok(isAscii(script));
        assert.equal(structure(script), structure(runbookScript(failure, fits('server', captures.server ?? '') ? fitting : {}, 'full')));
      }),
      laws,
    );
  });
});
