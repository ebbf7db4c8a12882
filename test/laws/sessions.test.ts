/** Sessions of a protocol log: however their rows interleave, each failure is told as if its session stood alone. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readRecords } from '../../server/src/formats/index.ts';
import type { LogRecord } from '../../server/src/values.ts';
import { trials } from '../support/trials.ts';

const header = [
  '#Software: Microsoft Exchange Server',
  '#Log-type: SMTP Send Protocol Log',
  '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
].join('\n');

type Step = readonly [event: string, data: string, context: string];

const steps: readonly Step[] = [
  ['+', '', ''],
  ['*', '', 'attempting to connect'],
  ['<', '220 mx1.fabrikam.com ESMTP', ''],
  ['<', '220 mx2.fabrikam.com ESMTP', ''],
  ['>', 'EHLO mail.contoso.com', ''],
  ['*', '', 'Sending certificate'],
  ['*', 'CN=mail.contoso.com', 'Certificate subject'],
  ['>', 'MAIL FROM:<anna@contoso.com> SIZE=100', ''],
  ['>', 'RCPT TO:<bob@fabrikam.com>', ''],
  ['>', 'RCPT TO:<carlos@fabrikam.com>', ''],
  ['<', '250 2.1.0 Sender OK', ''],
  ['<', '550 5.1.1 User unknown', ''],
  ['<', '550-5.7.1 Refused', ''],
  ['<', '550 5.7.1 See https://fabrikam.com', ''],
  ['<', '"452 4.2.2 Mailbox ""bob"" full, later"', ''],
  ['*', '', 'Failed to connect. Winsock error code: 10061, Destination domain: fabrikam.com'],
  ['-', '', 'Local'],
];

const row = (session: number, sequence: number, [event, data, context]: Step): string =>
  `2026-01-15T08:00:00.000Z,"To, fabrikam",08DE540000000A0${session},${sequence},192.0.2.10:40001,203.0.113.2${session}:25,${event},${data},${context}`;

/** What is told of the failures, wherever they stand; the text with which each row says it is told too. */
function tell(text: string): string[] {
  return readRecords(text)
    .map((record: LogRecord) => JSON.stringify([record.captures, record.response, record.time, text.slice(record.mark.start, record.mark.end), record.places.length]))
    .sort();
}

suite('sessions', () => {
  const interleaved = fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...steps)), { maxLength: 60 });
  const rowsOf = (log: readonly (readonly [number, Step])[]): { readonly session: number; readonly text: string }[] => {
    const counts = new Map<number, number>();
    return log.map(([session, step]) => {
      const sequence = counts.get(session) ?? 0;
      counts.set(session, sequence + 1);
      return { session, text: row(session, sequence, step) };
    });
  };

  test('interleaved sessions are read as each one alone', () => {
    fc.assert(
      fc.property(interleaved, (log) => {
        const rows = rowsOf(log);
        const alone = [0, 1, 2, 3].flatMap((one) => tell([header, ...rows.filter(({ session }) => session === one).map(({ text }) => text), ''].join('\n')));
        assert.deepEqual(tell([header, ...rows.map(({ text }) => text), ''].join('\n')), alone.sort());
      }),
      trials(300),
    );
  });

  test('a log in which every walk to the session is a long one is read by an index, with the same findings', () => {
    // Each session has a row at the beginning and fails at the end: the walks together are far longer than the log.
    const many = 400;
    const id = (session: number): string => `08DE54000000${session.toString(16).toUpperCase().padStart(4, '0')}`;
    const line = (session: number, sequence: number, data: string, event = '>'): string =>
      `2026-01-15T08:00:00.000Z,Internet,${id(session)},${sequence},192.0.2.10:40001,203.0.113.25:25,${event},${data},`;
    const sessions = Array.from({ length: many }, (_, session) => session);
    const text = [
      header,
      ...sessions.map((session) => line(session, 1, `RCPT TO:<user${session}@fabrikam.com>`)),
      ...sessions.map((session) => line(session, 2, '550 5.1.1 User unknown', '<')),
      '',
    ].join('\n');
    assert.deepEqual(
      readRecords(text).map(({ captures }) => captures.recipient),
      sessions.map((session) => `user${session}@fabrikam.com`),
    );
  });

  test('of several recipients that wait for their replies, each reply is about its own', () => {
    const told: Step[] = [
      ['>', 'MAIL FROM:<anna@contoso.com>', ''],
      ['>', 'RCPT TO:<postmaster>', ''],
      ['>', 'RCPT TO:<bob@fabrikam.com>', ''],
      ['<', '250 2.1.0 Sender OK', ''],
      ['<', '550 5.1.1 User unknown', ''],
      ['<', '452 4.2.2 Mailbox full', ''],
    ];
    const records = readRecords([header, ...told.map((step, sequence) => row(1, sequence, step)), ''].join('\n'));
    const recipients = records.map(({ captures }) => [captures.recipient, captures.recipientDomain]);
    assert.deepEqual(recipients, [
      ['postmaster', undefined],
      ['bob@fabrikam.com', 'fabrikam.com'],
    ]);
  });

  test('a session tells nothing of another with the same id, however many stand in a log', () => {
    // With its first row or its last one, so that a reader can tell where one ends.
    const withEdges = (session: readonly (readonly [number, Step])[], isBegun: boolean): (readonly [number, Step])[] =>
      isBegun ? [[1, ['+', '', '']], ...session] : [...session, [1, ['-', '', 'Local']]];
    const one = fc.array(fc.tuple(fc.constant(1), fc.constantFrom(...steps.slice(1, -1))), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 4 }), fc.boolean(), (sessions, isBegun) => {
        // The rows of each count from 0 where it has its first row, and go on from somewhere else where it has not.
        const each = sessions.map((session) => withEdges(session, isBegun).map(([, step], index) => row(1, isBegun ? index : index + 3, step)));
        const alone = each.flatMap((rows) => tell([header, ...rows, ''].join('\n')));
        assert.deepEqual(tell([header, ...each.flat(), ''].join('\n')), alone.sort());
      }),
      trials(300),
    );
  });

  test('rows without an id have nothing of each other', () => {
    const nameless = (address: string, data: string): string => `2026-01-15T08:00:00.000Z,Internet,,7,192.0.2.10:40001,${address},<,${data},`;
    const records = readRecords([header, nameless('203.0.113.25:25', '550 5.1.1 User unknown'), nameless('', '452 4.2.2 Mailbox full'), ''].join('\n'));
    assert.deepEqual(
      records.map(({ captures }) => captures.remoteAddress),
      ['203.0.113.25', undefined],
    );
  });

  test('the same id after the end of a session is another session', () => {
    const rows = rowsOf([
      [1, ['>', 'RCPT TO:<bob@fabrikam.com>', '']],
      [1, ['-', '', 'Local']],
      [1, ['<', '421 4.3.2 Service not available', '']],
    ]);
    assert.deepEqual(
      readRecords([header, ...rows.map(({ text }) => text), ''].join('\n')).map(({ captures }) => captures.recipient),
      [undefined],
    );
  });
});
