/** Number and source with their labels, and the description without its own in the next line or paragraph: one event, as reports and pages show it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';

const descriptions: Readonly<Record<number, string>> = {
  7002: 'This is an SMTP protocol warning log for virtual server ID 1, connection #12. The remote host "203.0.113.25", responded to the SMTP command "xexch50" with "504 Need to authenticate first  ". The full command sent was "XEXCH50 1028 2  ". This may cause the connection to fail.',
  7004: 'This is an SMTP protocol error log for virtual server ID 1, connection #12. The remote host "203.0.113.25", responded to the SMTP command "xexch50" with "504 Need to authenticate first  ". The full command sent was "XEXCH50 1028 2  ". This will probably cause the connection to fail.',
  12014:
    'Microsoft Exchange could not find a certificate that contains the domain name mail.contoso.com in the personal store on the local computer. Therefore, it is unable to support the STARTTLS SMTP verb for the connector Default EX01 with a FQDN parameter of mail.contoso.com.',
  15004: 'The resource pressure increased from Normal to Medium.',
};

const headings: readonly ((id: number) => string)[] = [
  (id) => `Event ID: ${id} Source: MSExchangeTransport\n\n`,
  (id) => `Event ID: ${id} Source: MSExchangeTransport\n`,
  (id) => `Event ID: ${id}, Source: MSExchangeTransport\n\n`,
  (id) => `Event ID ${id} Source MSExchangeTransport\n\n`,
  (id) => `Source: MSExchangeTransport Event ID: ${id}\n\n`,
  (id) => `Source: MSExchangeTransport\nEvent ID: ${id}\n\n`,
  (id) => `Event ID: ${id}\nSource: MSExchangeTransport\n\n`,
  (id) => `Source: MSExchangeTransport\nEvent ID: ${id}\n`,
];

suite('an event without the label of its description', () => {
  for (const [id, words] of Object.entries(descriptions).map(([number, text]) => [Number(number), text] as const)) {
    test(`${id}: is told once, to the end of its description`, () => {
      for (const heading of headings) {
        const event = `${heading(id)}${words}`;
        const text = `We see this each night.\n\n${event}\n\nNobody knows why.\n`;
        assert.deepEqual(
          readRecords(text).map((record) => [record.event?.id, text.slice(record.span.start, record.span.end)]),
          [[id, event]],
          event,
        );
      }
    });
  }

  test('below both labels in one line it needs no sentence that is known', () => {
    const event = 'Event ID: 2019 Source: MSExchangeTransport\n\nThe remote server closed the session before the message was sent.';
    assert.equal(readRecords(`${event}\n`)[0]?.event?.id, 2019);
    for (const said of ['This event is logged when a session was closed.', 'You can ignore it where it is logged once.', 'Cause: the session was closed.', 'Solution: restart it.'])
      assert.deepEqual(readRecords(`Event ID: 2019 Source: MSExchangeTransport\n\n${said}\n`), [], said);
  });
});

suite('an event whose labels are read', () => {
  const labels = 'Event Type: Error\nEvent Source: MSExchangeTransport\nEvent Category: SMTP Protocol\nEvent ID: 7004\nDate:  1/15/2026\n';
  const below = 'Time:  1:04:34 PM\nUser:  N/A\nComputer: EX01\nDescription:\n';

  test('is one, although a page of a printed mail ends within it', () => {
    for (const page of ['', '\n8\n\n', '\n 112 \n\n']) {
      const text = `${labels}${page}${below}${descriptions[7004]}\n\nRegards\n`;
      assert.deepEqual(
        readRecords(text).map((record) => [record.event?.id, record.captures.server]),
        [[7004, 'EX01']],
        page,
      );
    }
  });

  test('is none where the words of a manual stand in the places of its values', () => {
    for (const [from, to] of [
      ['_Previous Utilization Level_', '_Current Utilization Level_'],
      ['*Previous Utilization Level*', '*Current Utilization Level*'],
      ['Previous Utilization Level', 'Current Utilization Level'],
    ])
      assert.deepEqual(
        readRecords(`    Event Source: MSExchangeTransport\n\n    Event ID: 15004\n\n    Description: Resource pressure increased from ${from} to ${to}.\n`),
        [],
        from,
      );
    assert.equal(readRecords('Event Source: MSExchangeTransport\nEvent ID: 15004\nDescription: Resource pressure increased from Normal to High.\n').length, 1);
  });
});
