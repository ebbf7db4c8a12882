/** Sentences that only Exchange writes go in, in any text; each is found once, and none inside a reply. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';

const read = (text: string): (string | undefined)[] => readRecords(text).map(({ response }) => response?.text);

const sentences = [
  'Failed to connect. Winsock error code: 10060, Win32 error code: 10060.',
  'Failed to connect. Winsock error code: 10061, Win32 error code: 10061.',
  'Failed to connect. Winsock error code: 10054',
  'TLS negotiation failed with error NoCredentials.',
  'TLS negotiation failed with error SocketError',
  'There is currently no route to the mailbox database.',
  'Message deferred by categorizer agent.',
  'Сообщение отложено агентом классификатора.',
  'The FIP-FS "Microsoft" Scan Engine failed to load.',
];

suite("Exchange's sentences", () => {
  const dresses: readonly ((sentence: string) => string)[] = [
    (sentence) => sentence,
    (sentence) => `Queue Viewer, copied: fabrikam.com DnsConnectorDelivery Retry 3\n IP address: "${sentence}" Attempted failover to alternate host, but that did not succeed.`,
    (sentence) => `The queue says \u201C${sentence}\u201D since Monday, what is it?`,
    (sentence) => `> ${sentence}`,
    (sentence) => sentence.replace('error ', 'error\n> '),
    (sentence) => `- ${sentence}\n- and nothing else`,
    (sentence) => `fabrikam.com\tRetry\t3\t${sentence}\tex01`,
  ];
  for (const sentence of sentences) {
    test(sentence, () => {
      for (const dress of dresses) {
        const text = `Hello,\n\n${dress(sentence)}\n\nThanks.\n`;
        assert.deepEqual(
          read(text).map((words) => words?.replace(/\.$/, '')),
          [sentence.replace(/\.$/, '')],
          text,
        );
      }
    });
  }

  test('are told with the reply that they belong to', () => {
    for (const sentence of sentences) {
      for (const between of [' ', ' Error encountered while communicating with primary target IP address: "', '\n  ']) {
        const found = readRecords(`The server says 441 4.4.1${between}${sentence}`);
        assert.equal(found.length, 1, between);
        assert.equal(found[0]?.response?.replyCode, 441);
      }
    }
  });

  test('are told by themselves in a line of their own below a reply that has its words', () => {
    for (const sentence of sentences) {
      const found = readRecords(`> 451 4.7.0 Temporary server error. Please try again later. PRX5\n> ${sentence}\n`);
      assert.deepEqual(
        found.map(({ response }) => response?.replyCode),
        [451, undefined],
        sentence,
      );
    }
  });

  test('are no lists of numbers and no prose', () => {
    const texts = [
      'Winsock error code 10060 means that the connection timed out.',
      'WSAETIMEDOUT 10060: Winsock error code: see the list.',
      'The TLS negotiation failed with errors that nobody has seen.',
      'If TLS negotiation failed with error, look at the certificate.',
      'There is currently no route to the office.',
      'tls negotiation failed with error nocredentials',
    ];
    for (const text of texts) assert.deepEqual(read(text), [], text);
  });

  test('name the endpoint that was attempted last', () => {
    const [found] = readRecords(
      'IP address: "Failed to connect. Winsock error code: 10060, Win32 error code: 10060." Attempted failover to alternate host. The last endpoint attempted was 198.51.100.7:25',
    );
    assert.deepEqual(found?.captures, { remoteAddress: '198.51.100.7' });
  });
});
