/** Conversations that somebody pastes or a report quotes: each refusal is about the command that it answers, and about its own recipient. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readRecords } from '../../server/src/formats/index.ts';
import { conversations, type Said } from '../support/conversations.ts';
import { trials } from '../support/trials.ts';

interface Shown {
  readonly name: string;
  readonly header: string;
  readonly client: string;
  readonly server: (text: string) => string;
}

const shown: readonly Shown[] = [
  { name: 'telnet', header: "Connected to mx.fabrikam.com.\nEscape character is '^]'.\n", client: '', server: () => '' },
  { name: 'swaks', header: '=== Connected to mx.fabrikam.com.\n', client: ' -> ', server: (text) => (/^[45]/.test(text) ? '<** ' : '<-  ') },
  { name: 'curl', header: '* Connected to mx.fabrikam.com (203.0.113.25) port 25\n', client: '> ', server: () => '< ' },
  { name: 'PHPMailer', header: '', client: '2026-01-15 08:00:00 CLIENT -> SERVER: ', server: () => '2026-01-15 08:00:00 SERVER -> CLIENT: ' },
];

function show({ header, client, server }: Shown, said: readonly Said[]): string {
  const lines = said.flatMap(({ by, text }) => (by === 'client' ? [client + text] : text.startsWith('354') ? [server(text) + text, `${client}.`] : [server(text) + text]));
  return `${header}${lines.join('\n')}\n`;
}

suite('a conversation that is shown', () => {
  for (const program of shown) {
    // Only telnet says where a conversation begins; the others are known from their first command that nothing else looks like.
    const tells = (command: string): boolean => program.name === 'telnet' || (command !== 'connection' && command !== 'EHLO');

    test(`by ${program.name}, pipelined or not, tells of each refusal what it answers and whom it is about`, () => {
      fc.assert(
        fc.property(conversations(1), ([said = []]) => {
          const wanted = said.flatMap(({ text, about }) => {
            if (!about || !tells(about.command)) return [];
            const { command, sender, recipient } = about;
            return [[text, command, sender, recipient]];
          });
          const texts = new Set(wanted.map(([text]) => text));
          const told = readRecords(show(program, said)).map(({ response, captures }) => [response?.text, response?.command, captures.sender, captures.recipient]);
          assert.deepEqual(
            told.filter(([text]) => texts.has(text)),
            wanted,
          );
        }),
        trials(150),
      );
    });
  }

  test('whose replies name their recipients believes them, in whatever order they come', () => {
    const names = ['anna', 'ben', 'carla', 'dan'];
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: 1 }), fc.constantFrom(...shown), (refused, program) => {
        const said: Said[] = [
          { by: 'client', text: 'MAIL FROM:<bob@contoso.com>' },
          ...names.map((name): Said => ({ by: 'client', text: `RCPT TO:<${name}@fabrikam.com>` })),
          { by: 'server', text: '250 2.1.0 Sender OK' },
          ...refused.map((name): Said => ({ by: 'server', text: `550 5.1.1 <${name}@fabrikam.com>: Recipient address rejected: User unknown` })),
        ];
        assert.deepEqual(
          readRecords(show(program, said)).map(({ response, captures }) => [response?.command, captures.recipient, captures.sender]),
          refused.map((name) => ['RCPT', `${name}@fabrikam.com`, 'bob@contoso.com']),
        );
      }),
      trials(),
    );
  });

  test('with a reply left out goes on at the next command', () => {
    const records = readRecords('EHLO ws.contoso.com\nMAIL FROM:<bob@contoso.com>\n250 2.1.0 OK\nRCPT TO:<anna@fabrikam.com>\n550 5.1.1 User unknown\n');
    assert.deepEqual(
      records.map(({ response, captures }) => [response?.command, captures.recipient]),
      [['RCPT', 'anna@fabrikam.com']],
    );
  });
});

suite('a transcript of Sendmail, which shows the command that was sent last', () => {
  const transcript = (command: string, ...replies: readonly string[]): string =>
    [
      'Subject: Returned mail: see transcript for details',
      'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.contoso.com>',
      '',
      '   ----- The following addresses had permanent fatal errors -----',
      '<anna@fabrikam.com>',
      '',
      '   ----- Transcript of session follows -----',
      '... while talking to mx.fabrikam.com.:',
      `>>> ${command}`,
      ...replies.map((reply) => `<<< ${reply}`),
      '',
    ].join('\n');
  const commandsIn = (text: string): unknown[] => readRecords(text).map(({ response, captures }) => [response?.command, captures.recipient]);

  test('takes a reply that names an address for one to that address', () => {
    for (const words of ['<anna@fabrikam.com>... User unknown', '<anna@fabrikam.com>: Recipient address rejected: User unknown', 'anna@fabrikam.com: no such mailbox'])
      assert.deepEqual(commandsIn(transcript('DATA', `550 5.1.1 ${words}`, '503 5.0.0 Need RCPT (recipient)')), [['RCPT', 'anna@fabrikam.com']], words);
  });

  test('believes the command where the reply names nobody', () => {
    const answered = (command: string, reply: string): unknown[] => readRecords(transcript(command, reply)).map(({ response }) => response?.command);
    assert.deepEqual(answered('DATA', '554 5.7.1 Message refused by policy'), ['DATA']);
    assert.deepEqual(answered('MAIL From:<bob@contoso.com> SIZE=900', '550 5.7.1 <bob@contoso.com>... Access denied'), ['MAIL']);
  });
});
