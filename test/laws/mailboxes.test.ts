/** Mailbox files, longer than what is read at once: a bounce is one wherever it stands in them. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { DocumentReading } from '../../server/src/analysis/document/documentReading.ts';
import { readRecords } from '../../server/src/formats/index.ts';
import { readInPieces } from '../support/pieces.ts';
import { projectKnowledgeBase } from '../support/project.ts';

const mail = (index: number, body: string): string =>
  `From anna@contoso.com Thu Jan 15 08:00:00 2026\nFrom: Anna <anna@contoso.com>\nTo: bob@fabrikam.com\nSubject: Meeting ${index}\n\n${body}\n\n`;
const letters = Array.from({ length: 2_400 }, (_, index) => mail(index, 'Shall we meet tomorrow?\nFrom here it is not far.\n'.repeat(20))).join('');
const bounce = (recipient: string): string =>
  [
    'From MAILER-DAEMON Thu Jan 15 08:00:00 2026',
    'From: Mail Delivery System <MAILER-DAEMON@mx.contoso.com>',
    'To: anna@contoso.com',
    'Subject: Undelivered Mail Returned to Sender',
    '',
    `<${recipient}>: host mx.fabrikam.com[203.0.113.25] said: 550 5.1.1 User unknown (in reply to RCPT TO command)`,
    '',
    '',
  ].join('\n');

suite('the bounces of a long mailbox file', () => {
  for (const [name, lineEnd] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    const text = (letters + bounce('carla@fabrikam.com') + letters.slice(0, letters.indexOf('From anna', 300_000)) + bounce('dan@fabrikam.com')).replaceAll('\n', lineEnd);
    const whole = readRecords(text).map(({ format, captures }) => [format, captures.recipient]);

    test(`are those of the whole in parts, with ${name}`, () => {
      assert.deepEqual(whole, [
        ['ndr', 'carla@fabrikam.com'],
        ['ndr', 'dan@fabrikam.com'],
      ]);
      const { findings, parts } = readInPieces(text, 100_000);
      assert.deepEqual(
        findings.map(({ format, captures }) => [format, captures.recipient]),
        whole,
      );
      assert.ok(parts > 2, `${parts}`);
    });

    test(`are those of the whole in a document, with ${name}`, () => {
      const read = DocumentReading.unread(text.length).update(text, projectKnowledgeBase()).findings();
      assert.deepEqual(
        read.all().map(({ record }) => [record.format, record.captures.recipient]),
        whole,
      );
    });
  }
});
