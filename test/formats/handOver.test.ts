/** What a server calls a message that it has taken over, in its own words and in the lines of mail systems. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readSteps } from '../../server/src/formats/index.ts';
import { readHandOver } from '../../server/src/smtp/handOver.ts';

suite('an answer that takes a message over', () => {
  for (const [answer, wanted] of [
    [
      '250 2.6.0 <a@contoso.com> [InternalId=4711, Hostname=ex01.contoso.com] 9063 bytes in 0.092, 96,202 KB/sec Queued mail for delivery',
      { message: '<a@contoso.com>', handOver: { host: 'ex01.contoso.com', internal: '4711' } },
    ],
    ['250 2.6.0 <a@contoso.com> [InternalId=4711] Queued mail for delivery', { message: '<a@contoso.com>', handOver: { internal: '4711' } }],
    ['250 2.0.0 OK <a@contoso.com> [Hostname=ex01.contoso.com]', { message: '<a@contoso.com>', handOver: { host: 'ex01.contoso.com' } }],
    ['250 2.6.0 <a@contoso.com> Queued mail for delivery', { message: '<a@contoso.com>', handOver: {} }],
    ['250 2.0.0 Ok: queued as 4K5YctG8xKkrNK', { handOver: { queue: '4K5YctG8xKkrNK' } }],
    ['250 OK id=1tXyZa-000000001ab-0Cd2', { handOver: { queue: '1tXyZa-000000001ab-0Cd2' } }],
    // Dovecot names the recipient.
    ['250 2.0.0 <bob@contoso.com> 128dc351 Saved', { handOver: {} }],
    ['250 OK', { handOver: {} }],
  ] as const) {
    test(answer, () => assert.deepEqual(readHandOver(answer), wanted));
  }
});

test('lines of Postfix and Exim that state no failure are steps, and no records', () => {
  const text = [
    'Jan 15 08:00:00 mx1 postfix/smtpd[11]: 4ABC1D2EFG: client=mail.fabrikam.com[203.0.113.25]',
    'Jan 15 08:00:00 mx1 postfix/cleanup[12]: 4ABC1D2EFG: message-id=<a@fabrikam.com>',
    'Jan 15 08:00:00 mx1 postfix/qmgr[8]: 4ABC1D2EFG: from=<bob@fabrikam.com>, size=5501, nrcpt=1 (queue active)',
    'Jan 15 08:00:01 mx1 postfix/smtp[13]: 4ABC1D2EFG: to=<anna@contoso.com>, relay=ex01.contoso.com[192.0.2.10]:25, delay=1, dsn=2.0.0, status=sent (250 OK)',
    'Jan 15 08:00:01 mx1 postfix/lmtp[13]: 4ABC1D2EFG: to=<carla@fabrikam.com>, relay=store[192.0.2.12]:24, delay=1, dsn=2.0.0, status=sent (250 Saved)',
    '2026-01-15 08:00:00 1tXyZa-000000001ab-0Cd2 <= bob@fabrikam.com H=app [192.0.2.30] P=esmtps S=901 id=b@fabrikam.com',
    '2026-01-15 08:00:01 1tXyZa-000000001ab-0Cd2 => dora <dora@fabrikam.com> R=local T=local_delivery',
    'A line of somebody: message-id=<c@fabrikam.com>',
    '',
  ].join('\n');
  assert.deepEqual(
    readSteps(text).map(({ format, what, ids, captures, handOver }) => [format, what, ids?.message ?? null, captures.sender ?? captures.recipient ?? null, handOver !== undefined]),
    [
      ['postfix', 'began', null, null, false],
      ['postfix', 'accepted', '<a@fabrikam.com>', null, false],
      ['postfix', 'noted', null, 'bob@fabrikam.com', false],
      ['postfix', 'delivered', null, 'anna@contoso.com', true],
      ['postfix', 'delivered', null, 'carla@fabrikam.com', false],
      ['exim', 'accepted', 'b@fabrikam.com', 'bob@fabrikam.com', false],
      ['exim', 'delivered', null, 'dora@fabrikam.com', false],
    ],
  );
});
