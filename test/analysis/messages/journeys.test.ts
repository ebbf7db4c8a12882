/** What became of messages: from one row, from several, and from the logs of several servers. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ToldMessage } from '../../../server/src/analysis/messages/toldMessage.ts';
import { rowsOf, sendHeader } from '../../support/protocolLog.ts';
import { messagesOf, type TrackingRow, trackingLog } from '../../support/trackingLog.ts';

const statuses = ({ recipients }: ToldMessage): Record<string, string> => Object.fromEntries(recipients.map(({ address, status }) => [address, status]));

async function only(...rows: readonly TrackingRow[]): Promise<ToldMessage> {
  const messages = await messagesOf({ 'ex01/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog(...rows) });
  assert.equal(messages.length, 1);
  return messages[0] as ToldMessage;
}

const received: TrackingRow = { event: 'SMTP RECEIVE' };
const refused = '[{LED=550 5.1.1 <bob@fabrikam.com>: User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const busy = '[{LED=450 4.2.0 Greylisted};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const deferred: TrackingRow = { at: 1, event: 'SMTP DEFER', 'recipient-status': busy };
const sent: TrackingRow = { at: 9, event: 'SMTP SENDEXTERNAL', 'source-context': '08DE540000000A01;250 2.0.0 Ok: queued as 4K5YctG8xKkrNK', 'client-hostname': 'EX01' };

suite('the status of a recipient', () => {
  const cases: readonly (readonly [string, Record<string, string>, ...TrackingRow[]])[] = [
    ['no end is shown', { 'bob@fabrikam.com': 'in-transit' }, received],
    ['it was handed to the next organisation', { 'bob@fabrikam.com': 'delivered' }, received, sent],
    ['it lies in a mailbox', { 'bob@fabrikam.com': 'delivered' }, received, { event: 'STOREDRIVER DELIVER' }],
    ['it waits', { 'bob@fabrikam.com': 'delayed' }, received, deferred],
    ['it waited first', { 'bob@fabrikam.com': 'recovered' }, received, deferred, sent],
    ['it waits again after the next organisation gave it back', { 'bob@fabrikam.com': 'delayed' }, received, sent, { ...deferred, at: 20 }],
    ['it failed', { 'bob@fabrikam.com': 'failed' }, received, { event: 'SMTP FAIL', 'recipient-status': refused }],
    ['it failed without a word', { 'bob@fabrikam.com': 'failed' }, received, { event: 'QUEUE FAIL' }],
    ['it was sent, came back, and failed', { 'bob@fabrikam.com': 'failed' }, sent, { at: 20, event: 'SMTP FAIL', 'recipient-status': refused }],
    [
      'a group was expanded',
      { 'sales@contoso.com': 'expanded', 'carla@contoso.com': 'delivered', 'dora@contoso.com': 'in-transit' },
      { event: 'SMTP RECEIVE', 'recipient-address': 'sales@contoso.com' },
      { event: 'ROUTING EXPAND', 'recipient-address': 'carla@contoso.com;dora@contoso.com', 'related-recipient-address': 'sales@contoso.com' },
      { event: 'STOREDRIVER DELIVER', 'recipient-address': 'carla@contoso.com' },
    ],
    [
      'a rule has redirected it',
      { 'bob@fabrikam.com': 'redirected', 'carla@contoso.com': 'delivered' },
      received,
      { event: 'AGENT REDIRECT', 'recipient-address': 'carla@contoso.com', 'related-recipient-address': 'bob@fabrikam.com' },
      { event: 'STOREDRIVER DELIVER', 'recipient-address': 'carla@contoso.com' },
    ],
    [
      'an address that is another name of the recipient is not told beside it',
      { 'carla@contoso.com': 'in-transit' },
      { event: 'ROUTING RESOLVE', 'recipient-address': 'carla@contoso.com', 'related-recipient-address': 'carla@old.contoso.com' },
    ],
    [
      'a copy for the shadow server is no end',
      { 'bob@fabrikam.com': 'in-transit' },
      received,
      { event: 'SMTP HAREDIRECT', 'source-context': '250 2.6.0 <one@contoso.com> [InternalId=70970845495191, Hostname=ex02.contoso.com] Queued mail for delivery' },
    ],
    [
      'the mailbox service has answered',
      { 'bob@fabrikam.com': 'delivered' },
      received,
      { event: 'SMTP SEND', 'source-context': '08DE540000000A01;250 2.0.0 OK <one@contoso.com> [Hostname=ex02.contoso.com]' },
    ],
    [
      'the next server of the organisation has it',
      { 'bob@fabrikam.com': 'in-transit' },
      received,
      {
        event: 'SMTP SEND',
        'connector-id': 'Intra-Organization SMTP Send Connector',
        'source-context': '08DE540000000A01;250 2.6.0 <one@contoso.com> [InternalId=70970845495191, Hostname=ex02.contoso.com] Queued mail for delivery',
      },
    ],
    [
      'Exchange 2010 sends it over a connector of somebody',
      { 'bob@fabrikam.com': 'delivered' },
      received,
      { event: 'SMTP SEND', 'connector-id': 'Internet', 'source-context': '08DE540000000A01;250 2.0.0 Ok' },
    ],
  ];
  for (const [name, wanted, ...rows] of cases) {
    test(name, async () => {
      assert.deepEqual(statuses(await only(...rows)), wanted);
      assert.deepEqual(statuses(await only(...[...rows].reverse())), wanted, 'whatever the order of the rows');
    });
  }

  test('one of several has failed: the message has, with the reply and the failure of that one', async () => {
    const message = await only(
      { event: 'SMTP FAIL', 'recipient-address': 'bob@fabrikam.com', 'recipient-status': refused },
      { ...sent, 'recipient-address': 'carla@fabrikam.com' },
    );
    assert.equal(message.status, 'failed');
    assert.deepEqual(
      message.recipients.map(({ address, failure, response }) => [address, failure, response]),
      [
        ['bob@fabrikam.com', 'recipient-unknown', '550 5.1.1 <bob@fabrikam.com>: User unknown'],
        ['carla@fabrikam.com', null, null],
      ],
    );
  });
});

suite('a message over several logs', () => {
  const id = '<One.Mail@contoso.com>';
  const internal = '70970845495191';
  const answer = `250 2.6.0 ${id} [InternalId=${internal}, Hostname=ex01.contoso.com] Queued mail for delivery`;
  const postfix = [
    'Jan 15 08:00:00 mx1 postfix/smtpd[11]: 4K5YctG8xKkrNK: client=app.fabrikam.com[198.51.100.30]',
    `Jan 15 08:00:00 mx1 postfix/cleanup[12]: 4K5YctG8xKkrNK: message-id=${id}`,
    'Jan 15 08:00:00 mx1 postfix/qmgr[8]: 4K5YctG8xKkrNK: from=<anna@fabrikam.com>, size=410, nrcpt=1 (queue active)',
  ];
  const line = (status: string, service = 'smtp'): string =>
    `Jan 15 08:00:01 mx1 postfix/${service}[13]: 4K5YctG8xKkrNK: to=<bob@contoso.com>, relay=ex01.contoso.com[192.0.2.11]:25, delay=1, dsn=2.0.0, status=${status}`;
  const mailLog = (...lines: readonly string[]): string => `${[...postfix, ...lines].join('\n')}\n`;

  test('is one, whatever its brackets and letters, with its steps in the order of time', async () => {
    const messages = await messagesOf({
      'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011508-1.LOG':
        sendHeader + rowsOf(['* sending message with RecordId 70970845495191 and InternetMessageId <one.mail@contoso.com>'], { at: 5 }).join(''),
      'ex01/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog({ event: 'SMTP RECEIVE', at: 2, 'message-id': 'ONE.MAIL@CONTOSO.COM', 'network-message-id': 'A-1' }),
      'ex02/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog({ event: 'SMTP HARECEIVE', at: 1, 'message-id': '', 'network-message-id': 'a-1', 'server-hostname': 'EX02' }),
    });
    assert.deepEqual(
      messages.map(({ steps }) => steps.map(({ server, what, line: at }) => [server, what, at])),
      [
        [
          ['ex02', 'received', 6],
          ['ex01', 'received', 6],
          ['ex01', 'sending', 6],
        ],
      ],
    );
    assert.equal(messages[0]?.seconds, 4.1);
  });

  test('waited at the partner, and is delivered here', async () => {
    const [message] = await messagesOf({
      'partner/mail.log': mailLog(
        line('deferred (host ex01.contoso.com[192.0.2.11] said: 452 4.3.1 Insufficient system resources (in reply to MAIL FROM command))'),
        line(`sent (${answer})`),
      ),
      'ex01/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog(
        { event: 'SMTP RECEIVE', 'message-id': id, 'internal-message-id': internal, 'recipient-address': 'bob@contoso.com' },
        { event: 'STOREDRIVER DELIVER', 'message-id': id, 'recipient-address': 'bob@contoso.com', at: 1 },
      ),
    });
    assert.deepEqual(statuses(message as ToldMessage), { 'bob@contoso.com': 'recovered' });
  });

  test('is not delivered by being handed to a server whose log does not show its end', async () => {
    const dated = mailLog(line(`sent (${answer})`)).replaceAll(/^Jan 15 (\S+)/gm, '2026-01-15T$1.000000+00:00');
    const [message] = await messagesOf({
      'partner/mail.log': dated,
      'ex01/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog({
        event: 'SMTP RECEIVE',
        'message-id': id,
        'internal-message-id': internal,
        'recipient-address': 'bob@contoso.com',
      }),
    });
    assert.deepEqual(statuses(message as ToldMessage), { 'bob@contoso.com': 'in-transit' });
  });

  for (const [name, text, wanted] of [
    ['handed to the next organisation', line('sent (250 2.0.0 Ok: queued as 4XXXctG8xKkrNK)'), 'delivered'],
    ['put into a mailbox', line('sent (250 2.0.0 <bob@contoso.com> Saved)', 'lmtp'), 'delivered'],
    ['bounced', line('bounced (host mx.contoso.com[192.0.2.11] said: 550 5.1.1 User unknown (in reply to RCPT TO command))'), 'failed'],
  ] as const) {
    test(`known to Postfix alone: ${name}`, async () => {
      const [message, ...others] = await messagesOf({ 'mail.log': mailLog(text) });
      assert.deepEqual([message?.messageId, message?.sender, statuses(message as ToldMessage), others], [id, 'anna@fabrikam.com', { 'bob@contoso.com': wanted }, []]);
      assert.equal(message?.first, null);
      assert.equal(message?.steps[0]?.localTime, 'Jan 15 08:00:00');
    });
  }

  test('a queue id that is used again is another message', async () => {
    const again = (text: string, queue: string): string => text.replaceAll('4K5YctG8xKkrNK', queue);
    const second = again(mailLog(line('bounced (550 5.1.1 User unknown)')), '4F5501D5AB').replaceAll('One.Mail', 'Two');
    const first = again(mailLog(line('sent (250 2.0.0 Ok)')), '4F5501D5AB');
    const messages = await messagesOf({ 'mail.log': first + second });
    assert.deepEqual(
      messages.map(({ messageId, status }) => [messageId, status]),
      [
        [id, 'delivered'],
        ['<Two@contoso.com>', 'failed'],
      ],
    );
  });

  test('Exim tells of its messages too', async () => {
    const [message] = await messagesOf({
      'mainlog.log': [
        '2026-01-15 08:00:00 1tXyZa-000000001ab-0Cd2 <= anna@contoso.com H=app.contoso.com [192.0.2.30] P=esmtps S=901 id=One.Mail@contoso.com',
        '2026-01-15 08:00:01 1tXyZa-000000001ab-0Cd2 => bob@fabrikam.com R=dnslookup T=remote_smtp H=mx.fabrikam.com [203.0.113.25] C="250 2.0.0 Ok: queued as 4K5YctG8xKkrNK"',
        '2026-01-15 08:00:02 1tXyZa-000000001ab-0Cd2 ** carla@fabrikam.com R=dnslookup T=remote_smtp H=mx.fabrikam.com [203.0.113.25]: SMTP error from remote mail server after RCPT TO:<carla@fabrikam.com>: 550 5.1.1 User unknown',
        '',
      ].join('\n'),
    });
    assert.deepEqual([message?.sender, statuses(message as ToldMessage)], ['anna@contoso.com', { 'bob@fabrikam.com': 'delivered', 'carla@fabrikam.com': 'failed' }]);
  });

  test('what a session refuses is about the message that it said it sends', async () => {
    const rows = [
      '+',
      '* sending message with RecordId 70970845495191 and InternetMessageId <one@contoso.com>',
      '> MAIL FROM:<anna@contoso.com>',
      '< 250 2.1.0 OK',
      '> RCPT TO:<bob@fabrikam.com>',
      '< 550 5.1.1 User unknown',
      '> RCPT TO:<carla@fabrikam.com>',
      '< 250 2.1.5 OK',
      '> BDAT 9 LAST',
      '< 250 2.0.0 Ok: queued as 4K5YctG8xKkrNK',
      '- Local',
    ];
    const [message] = await messagesOf({ 'SEND2026011508-1.LOG': sendHeader + rowsOf(rows).join('') });
    assert.deepEqual([message?.sender, statuses(message as ToldMessage)], ['anna@contoso.com', { 'bob@fabrikam.com': 'failed', 'carla@fabrikam.com': 'delivered' }]);
    assert.equal(message?.recipients[0]?.failure, 'recipient-unknown');
  });
});

suite('what is told beside', () => {
  const hop = (number: number, fast: string, seconds: number): Record<string, readonly TrackingRow[]> => {
    const internal = `7097084549${5000 + number}`;
    const base = { 'message-id': `<${number}@contoso.com>`, 'recipient-address': 'bob@contoso.com' };
    const at = number * 10;
    return {
      ex01: [
        {
          ...base,
          event: 'SMTP SEND',
          at: at + (fast === 'ex01' ? seconds : 0),
          'client-hostname': 'EX01',
          'source-context': `08DE540000000A01;250 2.6.0 <${number}@contoso.com> [InternalId=${internal}, Hostname=${number % 2 ? 'ex02' : 'ex03'}.contoso.com] Queued mail for delivery`,
        },
      ],
      [number % 2 ? 'ex02' : 'ex03']: [
        {
          ...base,
          event: 'SMTP RECEIVE',
          at: at - 0.1 + (fast === (number % 2 ? 'ex02' : 'ex03') ? seconds : 0),
          'internal-message-id': internal,
          'server-hostname': number % 2 ? 'EX02' : 'EX03',
        },
      ],
    };
  };
  const logs = (fast: string, seconds: number): Record<string, string> => {
    const rows: Record<string, TrackingRow[]> = {};
    for (let number = 0; number < 12; number += 1) for (const [server, own] of Object.entries(hop(number, fast, seconds))) rows[server] = [...(rows[server] ?? []), ...own];
    return Object.fromEntries(Object.entries(rows).map(([server, own]) => [`${server}/MessageTracking/MSGTRK2026011508-1.LOG`, trackingLog(...own)]));
  };

  for (const [fast, seconds] of [
    ['ex02', 90],
    ['ex03', -45],
    ['ex01', 3_600],
  ] as const) {
    test(`a clock that is ${seconds} seconds ahead, and no delay that it has made`, async () => {
      const messages = await messagesOf(logs(fast, seconds));
      assert.equal(messages.length, 12);
      for (const { seconds: delay, skew, steps } of messages) {
        assert.ok(delay >= 0 && delay < 5, `${delay}`);
        if (steps.some(({ server }) => server === fast)) assert.deepEqual(skew, { [fast]: seconds });
      }
    });
  }

  test('clocks that agree, or that nothing compares often enough', async () => {
    assert.deepEqual(
      (await messagesOf(logs('', 0))).map(({ skew }) => skew),
      Array(12).fill({}),
    );
  });

  test('no subject, and no message of a health probe', async () => {
    const probe = { event: 'SMTP RECEIVE', 'message-id': '<probe@contoso.com>', 'sender-address': 'HealthMailbox83d6781be36b4bbf8893b03c2ee379ab@contoso.com' };
    const messages = await messagesOf({ 'MSGTRK2026011508-1.LOG': trackingLog(received, probe) });
    assert.deepEqual(
      messages.map(({ messageId, subject }) => [messageId, subject]),
      [['<one@contoso.com>', null]],
    );
    assert.doesNotMatch(JSON.stringify(messages), /Secret plan/);
  });

  test('the log that would show the end', async () => {
    const hours = ['08', '09'].flatMap((hour) => ['MSGTRK', 'MSGTRKMD'].map((prefix) => `ex01/MessageTracking/${prefix}20260115${hour}-1.LOG`));
    const last = hours.at(-1) as string;
    const files = { ...Object.fromEntries(hours.map((name) => [name, ''])), 'ex01/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog({ ...received, at: 3_590 }) };
    assert.deepEqual(
      (await messagesOf(files)).map(({ missing }) => missing),
      [undefined],
    );
    const cut = await messagesOf(Object.fromEntries(Object.entries(files).filter(([name]) => name !== last)));
    assert.deepEqual(
      cut.map(({ missing = [] }) => missing.map(({ server, log, from, to }) => [server, log, from, to])),
      [[['ex01', 'Message tracking log (mailbox delivery)', '2026-01-15T09:00:00.000Z', '2026-01-15T10:00:00.000Z']]],
    );
  });
});
