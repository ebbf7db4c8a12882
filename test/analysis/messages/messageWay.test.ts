/** The way of a message: what leads to what, told once though several logs tell of it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Journeys } from '../../../server/src/analysis/messages/journeys.ts';
import { MessageViews } from '../../../server/src/analysis/messages/messageViews.ts';
import { wayOf } from '../../../server/src/analysis/messages/messageWay.ts';
import { LogHours } from '../../../server/src/analysis/messages/missingLogs.ts';
import { Interruption } from '../../../server/src/scan/interruption.ts';
import { MessageIndex } from '../../../server/src/scan/messageIndex.ts';
import { projectKnowledgeBase } from '../../support/project.ts';
import { opening, rowsOf, sendHeader } from '../../support/protocolLog.ts';
import { saveLogs, type TrackingRow, trackingLog } from '../../support/trackingLog.ts';

/** The stages of the one message, each below the one that led to it, with the number of rows that tell of it. */
async function way(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = saveLogs(files);
  const index = new MessageIndex(projectKnowledgeBase());
  for await (const _ of index.update([folder], new Interruption()));
  const views = new MessageViews(index.journeys, index.hours);
  const stages = wayOf(views.view(views.find({ kind: 'message', value: 'one@contoso.com' }, 1)[0] ?? -1).steps);
  const below = (from: number, indent: string): string[] =>
    stages.flatMap((stage, number) => (stage.from === from ? [`${indent}${stage.kind} ${stage.steps[0]?.server} ${stage.steps.length}`, ...below(number, `${indent}  `)] : []));
  const told = below(-1, '');
  assert.equal(told.length, stages.length, 'every stage is reached from where the message came in');
  return told;
}

const tracking = (...rows: readonly TrackingRow[]): Record<string, string> => ({ 'ex01/MessageTracking/MSGTRK2026011508-1.LOG': trackingLog(...rows) });
const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const session = '08DE540000000A01';
const envelope = [
  '> MAIL FROM:<anna@contoso.com>',
  '< 250 2.1.0 Ok',
  '> RCPT TO:<gone@fabrikam.com>',
  '< 550 5.1.1 User unknown',
  '> RCPT TO:<bob@fabrikam.com>',
  '< 250 2.1.5 Ok',
];

suite('the way of a message', () => {
  test('submitted, categorised, sent in a session, and there refused for one and accepted for the other', async () => {
    const files = {
      ...tracking(
        { event: 'STOREDRIVER RECEIVE', at: -3 },
        { event: 'SMTP HARECEIVE', at: -2 },
        { event: 'AGENT AGENTINFO', at: -1 },
        { event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', 'source-context': `${session};250 2.0.0 Ok: queued as 4QpQP0P38wz1jp`, at: 20 },
        { event: 'SMTP FAIL', 'connector-id': 'Internet', 'recipient-address': 'gone@fabrikam.com', 'recipient-status': refused, at: 21 },
        { event: 'DSN DSN', 'message-id': '<report@contoso.com>', reference: '<one@contoso.com>', at: 22 },
      ),
      'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011508-1.LOG':
        sendHeader +
        rowsOf([
          ...opening,
          '* sending message with RecordId 1 and InternetMessageId <one@contoso.com>',
          ...envelope,
          '> DATA',
          '< 354 Go ahead',
          '< 250 2.0.0 Ok: queued as 4QpQP0P38wz1jp',
        ]).join(''),
    };
    assert.deepEqual(await way(files), ['submitted ex01 1', '  categorised ex01 1', '    sent ex01 1', '      refused ex01 2', '      accepted ex01 2', '    reported ex01 1']);
  });

  test('without protocol logs, from the tracking log alone', async () => {
    const files = tracking({ event: 'SMTP RECEIVE' }, { event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', at: 2 });
    assert.deepEqual(await way(files), ['received ex01 1', '  sent ex01 1', '    accepted ex01 1']);
  });

  test('tried again and again, and delivered to a mailbox', async () => {
    const files = tracking({ event: 'SMTP RECEIVE' }, { event: 'SMTP DEFER', at: 2 }, { event: 'SMTP DEFER', at: 60 }, { event: 'STOREDRIVER DELIVER', at: 90 });
    assert.deepEqual(await way(files), ['received ex01 1', '  deferred ex01 1', '  deferred ex01 1', '  delivered ex01 1']);
  });

  test('of nothing there is none', () => {
    assert.deepEqual(new MessageViews(new Journeys(), new LogHours()).find({ kind: 'message', value: 'one@contoso.com' }, 1), []);
    assert.deepEqual(wayOf([]), []);
  });
});
