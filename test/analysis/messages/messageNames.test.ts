/** Whatever a message is called by, in whatever form, it is found. */

import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { MessageViews } from '../../../server/src/analysis/messages/messageViews.ts';
import { readTextMessages } from '../../../server/src/scan/messageIndex.ts';
import { projectKnowledgeBase } from '../../support/project.ts';
import { trackingLog } from '../../support/trackingRows.ts';

const log = trackingLog(
  {
    event: 'SMTP RECEIVE',
    'message-id': '<One@Contoso.com>',
    'network-message-id': '6BCBF65D-5f1b-4fb0-b661-08dede78234e',
    'internal-message-id': '70970845495101',
    'source-context': '08DE540000000A01;2026-01-15T08:00:00.000Z;0',
  },
  {
    event: 'SMTP RECEIVE',
    'message-id': '<two@contoso.com>',
    'internal-message-id': '70970845495102',
    'recipient-address': 'Carla@Fabrikam.com',
    'sender-address': 'Zoe@contoso.com',
    at: 5,
  },
);

suite('what somebody types', () => {
  let views: MessageViews;
  before(async () => {
    const { journeys, hours } = await readTextMessages('/logs/ex01/MessageTracking/MSGTRK2026011508-1.LOG', log, projectKnowledgeBase(), {});
    views = new MessageViews(journeys, hours);
  });
  for (const [typed, ...expected] of [
    ['one@contoso.com', '<One@Contoso.com>'],
    [' <ONE@contoso.com> ', '<One@Contoso.com>'],
    ['6bcbf65d-5f1b-4fb0-b661-08dede78234e', '<One@Contoso.com>'],
    ['70970845495102', '<two@contoso.com>'],
    ['08de540000000a01', '<One@Contoso.com>'],
    ['carla@fabrikam.com', '<two@contoso.com>'],
    ['zoe@contoso.com', '<two@contoso.com>'],
    ['bob@fabrikam.com', '<One@Contoso.com>'],
    ['nobody@contoso.com'],
    ['   '],
    ['1'],
  ] as const)
    test(`${JSON.stringify(typed)}`, () =>
      assert.deepEqual(
        views.findTyped(typed, 10).map((message) => views.view(message).told.messageId),
        expected,
      ));
});
