/** What a place of a log names for a runbook. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { getValuesAt } from '../../server/src/service/index.ts';
import { openLog } from '../support/openLog.ts';
import { trackingLog } from '../support/trackingRows.ts';

const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const log = trackingLog({ event: 'SMTP RECEIVE', 'message-id': '<one@contoso.com>' }, { event: 'SMTP FAIL', 'message-id': '<two@contoso.com>', 'recipient-status': refused });
const valuesAt = (text: string, word: string): object => {
  const document = openLog(text);
  return getValuesAt(document, { line: text.slice(0, text.indexOf(word)).split('\n').length - 1, character: 3 });
};

suite('the values at a place', () => {
  test('are those of its row, though nothing failed there', () => {
    assert.deepEqual(valuesAt(log, 'one@contoso.com'), {
      messageId: '<one@contoso.com>',
      recipient: 'bob@fabrikam.com',
      recipientDomain: 'fabrikam.com',
      sender: 'anna@contoso.com',
      server: 'EX01',
    });
  });

  test('are those of the failure on its line, and of no other line', () => {
    const failed = { messageId: '<two@contoso.com>', remoteHost: 'mx.fabrikam.com' };
    assert.deepEqual({ ...valuesAt(log, 'two@contoso.com'), ...failed }, valuesAt(log, 'two@contoso.com'));
    assert.deepEqual(valuesAt(`all is well\n550 5.1.1 User unknown: bob@fabrikam.com\n`, 'well'), {});
  });

  test('are those of an event, wherever in it the place is', () => {
    const event = `Log Name:      Application
Source:        MSExchangeTransport
Event ID:      2004
Description:
Send connector Outbound: Message delivery was not successful. The message with message ID <a1b2c3@ex01.contoso.com> was acknowledged with SMTP response 550 5.1.1 User unknown.
`;
    for (const word of ['Log Name', 'Event ID', 'Send connector']) assert.match(JSON.stringify(valuesAt(event, word)), /"messageId":"<?a1b2c3@ex01\.contoso\.com/, word);
  });
});
