/** Codes alone that somebody explains are no failure; those that somebody got are one, and end where the sentence goes on. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readRecords } from '../../server/src/formats/index.ts';
import { trials } from '../support/trials.ts';

const told = (text: string): (string | undefined)[] => readRecords(`Mail of contoso.com.\n\n${text}\n\nMore words.\n`).map(({ response }) => response?.text);

const codes = fc.constantFrom('550 5.7.1', '550 5.1.10', '451 4.7.0', '452 4.3.1', '530 5.7.57');

const explanations: readonly ((said: string) => string)[] = [
  (said) => `A ${said} error means that the server refused.`,
  (said) => `SMTP error ${said} can have several causes.`,
  (said) => `Error ${said} usually happens when a mailbox was deleted.`,
  (said) => `# Fix error code ${said} in Exchange Online`,
  (said) => `## ${said}: how to fix it`,
  (said) => `What does ${said} mean?`,
  (said) => `The server runs again. Is ${said} a relay problem?`,
  (said) => `Could the error ${said} be about DNS?`,
  (said) => `Ist der Fehler ${said} ein Problem mit dem Relay?`,
  (said) => `If you see ${said}, check the accepted domains.`,
  (said) => `When a message is rejected with ${said}, look at the connector.`,
  (said) => `To resolve error ${said}, turn on SMTP AUTH.`,
  (said) => `How to troubleshoot a ${said} response`,
  (said) => `The report has a code such as "${said}" in it.`,
  (said) => `The report has codes such as ${said} or ${said.replace('0', '4')}.`,
  (said) => `| ${said} | The recipient is not there |\n| 554 5.4.14 | A loop |`,
  (said) => `Common codes:\n- ${said} \u2013 The recipient is not there\n- 554 5.4.14 \u2013 A loop`,
  (said) => `${said}: The recipient is not there\n554 5.4.14: A loop`,
  (said) => `Der Fehler ${said} bedeutet, dass der Server ablehnt.`,
  (said) => `Fehlercode ${said} beheben`,
  (said) => `L'erreur ${said} signifie que le serveur refuse.`,
  (said) => `El error ${said} significa que el servidor no lo permite.`,
];

const reports: readonly ((said: string) => string)[] = [
  (said) => `I get a ${said} error since Monday.`,
  (said) => `We receive error ${said} for all mails to fabrikam.com`,
  (said) => `Mail to bob@fabrikam.com bounced with ${said}`,
  (said) => `The scanner shows ${said}`,
  (said) => `Users get an NDR ${said} after the migration`,
  (said) => `Delivery failed: ${said}`,
  (said) => `2026-01-15 10:00:00 mail to bob@fabrikam.com failed ${said}`,
  (said) => `Seit gestern kommt Fehler ${said}`,
  (said) => `When I mail them ${said} comes back`,
  (said) => `Since yesterday ${said} comes from the provider.`,
  (said) => `What does it mean that we get ${said} now?`,
];

const replies = fc.constantFrom('550 5.7.1', '452 4.3.1', '550 5.7.1 Unable to relay', '452 4.3.1 Insufficient system resources', '451 4.7.500 Server busy');

const generalities: readonly ((said: string) => string)[] = [
  (said) => `Exchange returns ${said} when the disk is full.`,
  (said) => `Exchange Online will answer ${said} if the sender is new.`,
  (said) => `A receiving server replies with "${said}" whenever a recipient is external.`,
  (said) => `Many gateways respond with ${said} until the address is known.`,
  (said) => `Other providers send the error code ${said} for all connections from there.`,
  (said) => `  • NDRs with "${said}" errors`,
  (said) => `- Bounces such as "${said}"`,
  (said) => `- "${said} ". This could be a fault of the driver.`,
  (said) => `* "${said}" - this means that the connector is not there.`,
  (said) => `"${said}" usually indicates a full disk.`,
  (said) => `There is no "${said}" on this page.`,
  (said) => `The table does not list ${said}`,
  (said) => `It says that too many messages will result in ${said}`,
  (said) => `This error: ${said} means that the connector is not there.`,
  (said) => `The first hit for "${said}" is an article.`,
  (said) => `Many administrators encounter the cryptic ${said} error in the queue.`,
  (said) => `You might see ${said} if the connector is wrong.`,
  (said) => `One of the most common errors there is the ${said} status on mail.`,
  (said) => `A ${said} response tells the sender that something is missing.`,
  (said) => `Error 1:\n\n${said}\n\nFix: turn it on\n\nError 2:\n\n550 5.4.1 Recipient address rejected: Access denied\n\nFix: look at the address`,
];

const particulars: readonly ((said: string) => string)[] = [
  (said) => `Our Exchange returns ${said} when the scanner sends`,
  (said) => `The server returns ${said} when a user sends to the group`,
  (said) => `Exchange Online answers me with ${said}`,
  (said) => `Since Monday Exchange returns ${said} when the report goes out`,
  (said) => `Exchange returns ${said}`,
  (said) => `- "${said}"`,
  (said) => `"${said}" is what we get`,
  (said) => `Users get NDRs with "${said}"`,
  (said) => `- ${said}\n- it comes every hour`,
  (said) => `Error:\n\n${said}\n\nFix: the connector was missing`,
  (said) => `Some users get ${said}`,
  (said) => `Postfix gives ${said} for all recipients`,
  (said) => `Exchange 2019 returns ${said} for every recipient outside`,
  (said) => `After the update Exchange returns ${said} when a scanner sends`,
  (said) => `Suddenly Exchange Online answers ${said} when a mail is large`,
];

/** What is said of a system in general, unless whoever says it has the system and asks. */
const conditions: readonly ((said: string) => string)[] = [
  (said) => `Exchange returns ${said} when a mail has an attachment`,
  (said) => `Exchange Online will answer ${said} when the sender is new`,
  (said) => `Postfix responds with ${said} whenever a recipient is external`,
];

const questions: readonly ((report: string) => string)[] = [
  (report) => `Please help me.\n\n${report}`,
  (report) => `${report}\n\nAny ideas?`,
  (report) => `Hello,\n${report}\nThanks in advance!`,
  (report) => `Hallo, ${report}\n\nKann jemand helfen?`,
  (report) => `${report}\n\nMerci d'avance`,
  (report) => `${report}\n\nGracias de antemano.`,
  (report) => `${report}\n\nGrazie in anticipo`,
  (report) => `${report}\n\nAlvast bedankt`,
  (report) => `${report}\n\nProszę o pomoc`,
];

suite('a reply', () => {
  test('is no failure in a sentence that speaks of all such replies', () => {
    fc.assert(
      fc.property(replies, fc.constantFrom(...generalities), (said, speak) => assert.deepEqual(told(speak(said)), [], speak(said))),
      trials(200),
    );
  });

  test('is told once where a heading or a title has it too', () => {
    for (const lead of ['# ', '## Error ', 'Fixing error ', 'How to resolve ']) {
      fc.assert(
        fc.property(replies, (said) => assert.deepEqual(told(`${lead}${said}\n\nThe queue viewer shows this:\n\n${said}`), [said], lead)),
        trials(20),
      );
    }
  });

  test('is one where it is told of one server or one time', () => {
    fc.assert(
      fc.property(replies, fc.constantFrom(...particulars), (said, report) => assert.deepEqual(told(report(said)), [said], report(said))),
      trials(200),
    );
  });
});

suite('a condition', () => {
  test('is general in a text that explains', () => {
    fc.assert(
      fc.property(replies, fc.constantFrom(...conditions), (said, speak) => assert.deepEqual(told(speak(said)), [], speak(said))),
      trials(60),
    );
  });

  test('is a report where somebody asks for help', () => {
    fc.assert(
      fc.property(replies, fc.constantFrom(...conditions), fc.constantFrom(...questions), (said, speak, ask) => assert.deepEqual(told(ask(speak(said))), [said], ask(speak(said)))),
      trials(150),
    );
  });
});

suite('codes alone', () => {
  test('are no failure where they are explained', () => {
    fc.assert(
      fc.property(codes, fc.constantFrom(...explanations), (said, explain) => assert.deepEqual(told(explain(said)), [], explain(said))),
      trials(200),
    );
  });

  test('are one where somebody got them, and nothing of his words is theirs', () => {
    fc.assert(
      fc.property(codes, fc.constantFrom(...reports), (said, report) => assert.deepEqual(told(report(said)), [said], report(said))),
      trials(200),
    );
  });

  test('with the words of a server are one wherever they stand', () => {
    for (const lead of ['If you see ', 'To resolve error ', 'When a message is rejected with ', '# Fix ']) assert.equal(told(`${lead}550 5.7.1 Unable to relay`).length, 1, lead);
  });

  test('are not what Exchange Online labels', () => {
    assert.deepEqual(told('Status code: 550 5.7.1'), ['550 5.7.1']);
  });
});

suite('replies that a page explains one after the other', () => {
  const replies = [
    '550 5.1.1 Account not found',
    '550 5.2.1 Mailbox not available',
    '552 5.2.0 spam detected',
    "550 5.7.1 Recipient doesn't want your mail",
    '452 4.3.1 Disk full',
  ];
  const words = ['The address that you write to does not exist or has been closed.', 'Skrzynka odbiorcy jest przepełniona lub konto zostało zawieszone.'];
  const list = fc.shuffledSubarray(replies, { minLength: 3 });
  const gap = fc.constantFrom('\n', '\n\n', '\r\n \r\n', '\n \u2022 - ');

  test('are no failure', () => {
    fc.assert(
      fc.property(list, gap, fc.constantFrom(...words), (said, between, explanation) => {
        assert.deepEqual(told(`Meanings:\n\n${said.map((reply) => `${reply}${between}${explanation}`).join('\n\n')}`), []);
      }),
      trials(100),
    );
  });

  test('are failures where somebody has got them, or asks for help', () => {
    const own = ['That one is of a mailbox which exists, and others can write to it.', 'Only the scanner gets this one, all the others are fine.'];
    const page = (said: readonly string[]): string => said.map((reply) => `${reply}\n${own[reply.length % 2]}`).join('\n\n');
    fc.assert(
      fc.property(list, fc.constantFrom('Since the update we see:\n\n', 'Can anybody help with these?\n\n'), (said, lead) =>
        assert.equal(told(lead + page(said)).length, said.length),
      ),
      trials(100),
    );
  });

  test('are failures where two stand below each other', () => {
    assert.equal(told(`${replies[0]}\n\n${words[0]}\n\n${replies[1]}\n\n${words[0]}`).length, 2);
  });
});

test('a reply that is an example of several is none, but where somebody tells of himself or asks', () => {
  const example = 'bounces that include reply codes such as \u201C550 5.1.1 User unknown\u201D or \u201C554 5.7.1 Relay access denied\u201D there.';
  assert.deepEqual(told(`Senders receive ${example}`), []);
  assert.equal(told(`Our users receive ${example}`).length, 2);
  assert.equal(told(`Senders receive ${example} Any ideas?`).length, 2);
});
