/** A word names something only where the log itself says so. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { getMessageNamesAt, getNameAt } from '../../server/src/service/index.ts';
import { openLog } from '../support/openLog.ts';
import { rowsOf, sendHeader } from '../support/protocolLog.ts';
import { trackingLog } from '../support/trackingLog.ts';

/** What the word names, pointed at by its first, its middle and its last character: they say the same. */
function nameOf(text: string, word: string, uri = 'file:///logs/ex07/MessageTracking/MSGTRK2026011508-1.LOG'): string | undefined {
  const document = openLog(text, { uri });
  const at = text.indexOf(word);
  assert.ok(at >= 0, word);
  const names = [at, at + Math.floor(word.length / 2), at + word.length].map((offset) => {
    const name = getNameAt(document, offset);
    return name && `${name.kind} ${document.slice(name.span.start, name.span.end)}${name.server === undefined ? '' : ` of ${name.server}`}`;
  });
  assert.deepEqual(new Set(names).size, 1, JSON.stringify(names));
  return names[0];
}

const tracking = trackingLog({
  event: 'SMTP SENDEXTERNAL',
  'network-message-id': '6bcbf65d-5f1b-4fb0-b661-08dede78234e',
  'internal-message-id': '70970845495101',
  'connector-id': 'Outbound, to all',
  'recipient-address': 'bob@fabrikam.com;carla@fabrikam.com',
  'source-context': '08DE540000000A01;250 2.0.0 Ok: queued as 4QpQP0P38wz1jp',
  'server-hostname': 'mx1.fabrikam.com',
  'server-ip': '203.0.113.25',
  'message-subject': 'For bob@fabrikam.com about one@contoso.com',
});

suite('names', () => {
  for (const [word, expected] of [
    ['one@contoso.com>', 'message one@contoso.com'],
    ['6bcbf65d-5f1b-4fb0-b661-08dede78234e', 'network 6bcbf65d-5f1b-4fb0-b661-08dede78234e'],
    ['70970845495101', 'internal 70970845495101 of ex07'],
    ['carla@fabrikam.com', 'address carla@fabrikam.com'],
    ['anna@contoso.com', 'address anna@contoso.com'],
    ['Outbound, to all', 'connector Outbound, to all'],
    ['08DE540000000A01', 'session 08DE540000000A01'],
    ['4QpQP0P38wz1jp', 'queue 4QpQP0P38wz1jp'],
  ] as const)
    test(`of a tracking log: ${word}`, () => assert.equal(nameOf(tracking, word.replace(/>$/, '')), expected));

  test('no word of a subject, of an event or of a time', () => {
    for (const word of ['For bob', 'about one', 'SENDEXTERNAL', '2026-01-15T', '#Fields']) assert.equal(getNameAt(openLog(tracking), tracking.indexOf(word) + 5), undefined, word);
  });

  const protocol = sendHeader + rowsOf(['+', '< 220 mx.fabrikam.com', '> RCPT TO:<bob@fabrikam.com>', '< 550 5.1.1 User unknown']).join('');
  for (const [word, expected] of [
    ['08DE540000000A01', 'session 08DE540000000A01'],
    ['Internet', 'connector Internet'],
    ['203.0.113.25', 'host 203.0.113.25'],
    ['bob@fabrikam.com', 'address bob@fabrikam.com'],
  ] as const)
    test(`of a protocol log: ${word}`, () => assert.equal(nameOf(protocol, word), expected));

  const postfix = 'Jan 15 08:00:01 mx1 postfix/smtp[123]: 4QpQP0P38wz1jp: to=<bob@fabrikam.com>, relay=mx.fabrikam.com[203.0.113.25]:25, dsn=2.0.0, status=sent (250 Ok)\n';
  test('of Postfix', () => {
    assert.equal(nameOf(postfix, '4QpQP0P38wz1jp', 'file:///logs/mail.log'), 'queue 4QpQP0P38wz1jp of mx1');
    assert.equal(nameOf(postfix, 'bob@fabrikam.com'), 'address bob@fabrikam.com');
  });

  test('of an event of several lines', () => {
    const event = `Log Name:      Application
Source:        MSExchangeTransport
Event ID:      2004
Description:
Send connector Outbound: Message delivery was not successful. The message with message ID <a1b2c3@ex01.contoso.com> was acknowledged with SMTP response 550 5.1.1 User unknown.
`;
    assert.equal(nameOf(event, 'a1b2c3@ex01.contoso.com'), 'message a1b2c3@ex01.contoso.com');
  });

  test('prose names nothing', () => {
    const prose = 'Please write to bob@fabrikam.com about 70970845495101 and 08DE540000000A01.\n';
    for (const word of ['bob@fabrikam.com', '70970845495101', '08DE540000000A01']) assert.equal(nameOf(prose, word), undefined, word);
  });

  test('of a row the surest comes first: the id that is pointed at, its own, its session, what else is pointed at', () => {
    const kinds = (text: string, word: string): string[] => getMessageNamesAt(openLog(text), text.indexOf(word) + 1).map(({ kind }) => kind);
    assert.deepEqual(kinds(tracking, 'one@contoso.com'), ['message']);
    assert.deepEqual(kinds(tracking, 'For bob'), ['message', 'network', 'queue', 'session']);
    assert.deepEqual(kinds(tracking, 'carla@fabrikam.com'), ['message', 'network', 'queue', 'session', 'address']);
    assert.deepEqual(kinds(protocol, '220 mx'), ['session']);
    assert.deepEqual(kinds('Some prose.\n', 'prose'), []);
  });

  test('in a row with thousands of recipients in no time', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `user${index}@fabrikam.com`);
    assert.equal(nameOf(trackingLog({ event: 'SMTP SEND', 'recipient-address': many.join(';') }), 'user1999@fabrikam.com'), 'address user1999@fabrikam.com');
  });
});
