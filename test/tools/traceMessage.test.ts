/** The way of a message as an agent is told it: found by any of its names, page by page, with nobody's name in it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AgentTools } from '../support/agentTools.ts';
import { saveLogs, trackingLog } from '../support/trackingLog.ts';

interface Step {
  readonly what: string;
  readonly server: string | null;
  readonly detail: string;
  readonly file: string;
  readonly line: number;
}

interface Traced {
  readonly found: number;
  readonly message: {
    readonly status: string;
    readonly steps: number;
    readonly statuses: readonly { readonly status: string; readonly recipients: number }[];
    readonly otherRecipients: number;
    readonly fromLog: {
      readonly messageId: string | null;
      readonly sender: string | null;
      readonly recipients: readonly { readonly address: string; readonly status: string; readonly failure: string | null; readonly response: string | null }[];
      readonly way: readonly Step[];
    };
  } | null;
  readonly messages: readonly { readonly line: number; readonly fromLog: { readonly messageId: string | null; readonly recipient: string | null; readonly file: string } }[];
  readonly nextCursor: string | null;
}

const network = '244fd728-8e76-459a-b1ed-08dede782318';
const unknown = '[{LED=550 5.1.1 <bob@fabrikam.com>: User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const many = Array.from({ length: 60 }, (_, index) => `user${index}@fabrikam.com`).join(';');
const files = {
  'ex01/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog(
    { event: 'SMTP RECEIVE', at: 1, 'network-message-id': network },
    { event: 'SMTP FAIL', at: 2, 'network-message-id': network, 'recipient-status': unknown },
    { event: 'SMTP RECEIVE', at: 3, 'message-id': '<two@contoso.com>', 'recipient-address': many },
    { event: 'SMTP RECEIVE', at: 60, 'message-id': '<three@contoso.com>', 'sender-address': 'carl@contoso.com' },
    { event: 'STOREDRIVER DELIVER', at: 61, 'message-id': '<three@contoso.com>', 'sender-address': 'carl@contoso.com' },
  ),
  'partner/mail.log': [
    'Jan 15 08:00:05 mx1 postfix/smtpd[1]: 7F3A21C0: client=ex01.contoso.com[192.0.2.10]',
    'Jan 15 08:00:06 mx1 postfix/smtp[2]: 7F3A21C0: to=<dora@fabrikam.com>, relay=mx.fabrikam.com[203.0.113.25]:25, dsn=4.2.2, status=deferred (host mx.fabrikam.com[203.0.113.25] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command))',
    '',
  ].join('\n'),
};

suite('a message that is traced', () => {
  const folder = saveLogs(files);
  const agent = new AgentTools([folder]);
  const trace = (question: object): Promise<Traced> => agent.ask<Traced>('trace_message', question);

  test('is found by each of its names, and by the stand-ins that were told for them', async () => {
    const { message } = await trace({ message: '<one@contoso.com>' });
    assert.equal(message?.status, 'failed');
    assert.deepEqual(
      message.fromLog.way.map(({ what, server, line }) => [what, server, line]),
      [
        ['received', 'host-1', 6],
        ['failed', 'host-1', 7],
      ],
    );
    const [recipient] = message.fromLog.recipients;
    assert.deepEqual([recipient?.failure, recipient?.response], ['recipient-unknown', `550 5.1.1 <${recipient?.address}>: User unknown`]);
    const { messageId, sender } = message.fromLog;
    const [{ file, line } = { file: '', line: 0 }] = message.fromLog.way;
    assert.equal(file.split('/').slice(1).join('/'), 'host-1/MessageTracking/MSGTRK2026011508-1.LOG');
    for (const question of [
      { message: 'ONE@contoso.com' },
      { message: network },
      { message: messageId },
      { recipient: recipient?.address, sender, until: '2026-01-15T08:00:02Z' },
      { recipient: 'bob@fabrikam.com', since: '2026-01-15', until: '2026-01-15T08:00:30Z' },
      { file, line },
    ])
      assert.deepEqual((await trace(question)).message?.fromLog.way, message.fromLog.way, JSON.stringify(question));
  });

  test('is found by the queue id of a server that has told no message id', async () => {
    const { message } = await trace({ message: '7F3A21C0' });
    assert.equal(message?.status, 'delayed');
    assert.match(message.fromLog.recipients[0]?.response ?? '', /^452 4\.2\.2 Mailbox full/);
  });

  test('is told with those of its recipients of whom there is something to say, and counts the others', async () => {
    const { message } = await trace({ message: '<two@contoso.com>' });
    assert.deepEqual([message?.fromLog.recipients.length, message?.otherRecipients], [50, 10]);
    assert.deepEqual(message?.statuses, [{ status: 'in-transit', recipients: 60 }]);
    const asked = await trace({ message: '<two@contoso.com>', recipient: 'user59@fabrikam.com' });
    assert.equal(agent.context.words.meant(asked.message?.fromLog.recipients[0]?.address ?? ''), 'user59@fabrikam.com');
  });

  test('is one of a list where several fit, each of which can be asked for', async () => {
    const all = await trace({ sender: 'contoso.com', status: 'in-transit' });
    assert.equal(all.found, 1);
    const list = await trace({ sender: 'contoso.com' });
    assert.deepEqual([list.found, list.message, list.messages.length, list.nextCursor], [3, null, 3, null]);
    const paged: Traced['messages'][number][] = [];
    let cursor: string | null = null;
    do {
      const page: Traced = await trace({ sender: 'contoso.com', limit: 1, ...(cursor !== null && { cursor }) });
      paged.push(...page.messages);
      cursor = page.nextCursor;
    } while (cursor !== null);
    assert.deepEqual(paged, list.messages);
    for (const { line, fromLog } of list.messages) assert.equal((await trace({ file: fromLog.file, line })).message?.fromLog.messageId, fromLog.messageId);
  });

  test('tells its way page by page, and names nobody', async () => {
    const first = await trace({ message: '<one@contoso.com>', limit: 1 });
    const second = await trace({ message: '<one@contoso.com>', limit: 1, cursor: first.nextCursor });
    assert.deepEqual([first.message?.fromLog.way.length, second.message?.fromLog.way[0]?.what, second.nextCursor], [1, 'failed', null]);
    await assert.rejects(trace({ message: '<two@contoso.com>', limit: 1, cursor: first.nextCursor }), /another question/);
    for (const question of [{ message: '<one@contoso.com>' }, { sender: 'contoso.com' }, { message: '7F3A21C0' }])
      assert.doesNotMatch(JSON.stringify(await trace(question)), /contoso|fabrikam|anna|bob|dora|ex01|mx1|203\.0\.113|Secret/i);
  });

  test('must be named, and nothing that is not there is made up', async () => {
    await assert.rejects(trace({}), /Name a message/);
    await assert.rejects(trace({ status: 'failed' }), /Name a message/);
    const { found, message, messages } = await trace({ message: '<none@contoso.com>' });
    assert.deepEqual([found, message, messages], [0, null, []]);
    assert.equal((await trace({ recipient: 'user-4711@domain-1.invalid' })).found, 0);
  });
});
