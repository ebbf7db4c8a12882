/** Replies that somebody quotes in a sentence, and the same words in a program, a setting or a manual, where nobody was refused. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readRecords } from '../../server/src/formats/index.ts';
import { trials } from '../support/trials.ts';

const told = (text: string): string[] => readRecords(text).map(({ response }) => response?.text ?? '');

const replies = [
  '550 User does not exist',
  '550 this mailbox is not in use any more',
  '554 Your message was blocked by our spam filter',
  '552 message exceeds the maximum size',
  '421 Too many connections from your IP',
  '553 Sender is not allowed to use this address',
  '535 Authentication credentials invalid',
  '451 Temporary local problem - please try later',
  '571 Domain of the sender has a bad reputation',
  "550 The user's account is disabled",
];
const quotations = [
  ['`', '`'],
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['**`', '`**'],
] as const;
const leads = ['Since Monday we get ', 'The provider answers with ', 'The log has this: ', 'Der Server sagt ', 'Fehler beim Senden der E-Mail: ', '> '];
const ends = [' and nothing else.', '.', ', whatever we do.', ''];

suite('a reply that is quoted', () => {
  test('in a sentence is told, and nothing of what stands behind the quotation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...replies), fc.constantFrom(...quotations), fc.constantFrom(...leads), fc.constantFrom(...ends), (reply, [open, close], lead, end) => {
        assert.deepEqual(told(`Mail is not delivered.\n\n${lead}${open}${reply}${close}${end}\n`), [reply]);
      }),
      trials(300),
    );
  });

  test('behind the colon of a program is told', () => {
    for (const reply of replies.filter((each) => /^\d+ [A-Z]/.test(each))) {
      assert.deepEqual(told(`2026-01-15 08:00:00 ERROR mailer: sending failed: ${reply}\n`), [reply]);
      assert.deepEqual(told(`net/smtp.rb:960:in 'check_response': ${reply} (Net::SMTPFatalError)\n`), [`${reply} (Net::SMTPFatalError)`]);
    }
  });

  test('without its reply code is told by its enhanced status code', () => {
    for (const text of [
      'Error sending email: 5.7.1 <bob@fabrikam.com>... Relaying denied.',
      'The recipient \'bob@fabrikam.com\' was not accepted by SMTP for this reason:\n   "4.3.0 <anna@contoso.com>: Temporary lookup failure\n   "',
    ])
      assert.deepEqual(
        readRecords(text).map(({ response }) => response?.replyCode ?? response?.enhancedCode),
        [/[45]\.\d\.\d/.exec(text)?.[0]],
        text,
      );
  });
});

suite('no reply is what stands', () => {
  const programs: readonly ((reply: string) => string)[] = [
    (reply) => `  return "${reply}"\n`,
    (reply) => `  return '${reply}';\n`,
    (reply) => `socket.write('${reply}');\n`,
    (reply) => `const refused = "${reply}";\n`,
    (reply) => `  ERRORS = ["${reply}",\n`,
    (reply) => `  unknown: '${reply}',\n`,
    (reply) => `  if (line === "${reply}") {\n`,
    (reply) => `  it('answers "${reply}" to strangers', () => {\n`,
    (reply) => `  assert.equal(answer, '${reply}');\n`,
    (reply) => `  // says "${reply}" then\n`,
    (reply) => `  # says "${reply}" then\n`,
    (reply) => `  raise "${reply}"\n`,
    (reply) => `bob@fabrikam.com   ${reply}\n`,
    (reply) => `  text: "${reply}"\n`,
    (reply) => `      - "${reply}"\n`,
    (reply) => `450 Mailbox busy\n${reply}\n552 Too large\n`,
  ];
  for (const program of programs) {
    test(`in ${program('…').trim().split('\n')[0]}`, () => {
      for (const reply of replies) assert.deepEqual(told(`Mail of contoso.com\n\n${program(reply)}`), [], program(reply));
    });
  }

  for (const text of [
    'The upload failed: 550 File not available',
    'FTP error: "550 Permission denied"',
    'The mail library says "5.1.1 is out", at last.',
    'Mail client: 5.1.2 Fix of a crash',
    'The error page says "503 Service Unavailable".',
    'We counted "550 messages" of mail.',
    'Room: 550 Main Street is where the mail goes, and it was rejected.',
  ])
    test(text, () => assert.deepEqual(told(`Mail of contoso.com.\n\n${text}`), []));
});
