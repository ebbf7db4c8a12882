/** The story of a message: what it says, what it never says, and that hostile text in it is only text. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { marked } from 'marked';
import { MessageViews } from '../../server/src/analysis/messages/messageViews.ts';
import { createTimeZone } from '../../server/src/analysis/times/timeZone.ts';
import { tellStory } from '../../server/src/explain/messageStory.ts';
import type { MessageStory } from '../../server/src/protocol/messages.ts';
import { readTextMessages } from '../../server/src/scan/messageIndex.ts';
import { eventLog } from '../support/editor.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { type TrackingRow, trackingLog } from '../support/trackingRows.ts';
import { trials } from '../support/trials.ts';

interface Told {
  readonly unfinished?: string;
  readonly acceptance?: string;
}

async function storyOf(rows: readonly TrackingRow[], { unfinished, acceptance }: Told = {}, file = '/logs/ex01/MessageTracking/MSGTRK2026011508-1.LOG'): Promise<MessageStory> {
  const { journeys, hours } = await readTextMessages(file, trackingLog(...rows), projectKnowledgeBase(), {});
  const views = new MessageViews(journeys, hours);
  const [message = -1] = views.find({ kind: 'message', value: 'ONE@contoso.com' }, 1);
  const view = views.view(message);
  return tellStory({ key: 'm <one@contoso.com>', view, unfinished, acceptance: () => acceptance, addressOf: (file) => `file://${file}` });
}

const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';

suite('the story of a message', () => {
  test('begins with what became of each recipient', async () => {
    const { text } = await storyOf([
      { event: 'SMTP RECEIVE', 'recipient-address': 'bob@fabrikam.com;carla@fabrikam.com' },
      { event: 'SMTP FAIL', 'recipient-status': refused, at: 1 },
      { event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', 'recipient-address': 'carla@fabrikam.com', at: 2 },
    ]);
    assert.equal(text.split('\n')[0], 'Failed: bob@fabrikam.com (recipient-unknown) · Delivered: carla@fabrikam.com');
    assert.match(text, /\nMessage <one@contoso\.com> · from anna@contoso\.com · 2026-01-15 08:00:00 to 08:00:02 UTC, 2 s\nbob@fabrikam\.com: 550 5\.1\.1 User unknown\n/);
  });

  test('names so many recipients, and counts the others', async () => {
    const addresses = Array.from({ length: 30 }, (_, index) => `user${index}@fabrikam.com`);
    const { text } = await storyOf([{ event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', 'recipient-address': addresses.join(';') }]);
    assert.match(text, /^Delivered: user0@fabrikam\.com, .*user19@fabrikam\.com and 10 more\n/);
  });

  test('says once what many recipients were answered', async () => {
    const addresses = Array.from({ length: 2_000 }, (_, index) => `user${index}@fabrikam.com`);
    const full = refused.replace('550 5.1.1 User unknown', '452 4.2.2 Mailbox full');
    const { text, markdown } = await storyOf([
      { event: 'SMTP FAIL', 'recipient-address': addresses.join(';'), 'recipient-status': addresses.map((_, index) => (index === 7 ? full : refused)).join(';') },
    ]);
    const lines = text.split('\n');
    assert.equal(lines[2], 'user0@fabrikam.com, user1@fabrikam.com, user2@fabrikam.com, user3@fabrikam.com, user4@fabrikam.com and 1,994 more: 550 5.1.1 User unknown');
    assert.equal(lines[3], 'user7@fabrikam.com: 452 4.2.2 Mailbox full');
    assert.ok(lines.length < 10, `${lines.length} lines`);
    assert.match(markdown, /\n- and 1,800 more\n/);
  });

  test('counts the time between steps, and says how far the reading is', async () => {
    const { text } = await storyOf([{ event: 'SMTP RECEIVE' }, { event: 'SMTP DEFER', at: 59 }, { event: 'SMTP DEFER', at: 7_259 }, { event: 'STOREDRIVER DELIVER', at: 7_384 }], {
      unfinished: 'Still reading.',
    });
    assert.deepEqual(text.match(/\+[\d.]+ (?:s|min \d+ s|h \d+ min)/g), ['+59.000 s', '+2 h 0 min', '+2 min 5 s']);
    assert.match(text, /\nStill reading\.\n/);
  });

  test('quotes the server that accepted the message, on a line that leads to the same row', async () => {
    const { text, lines, markdown } = await storyOf([{ event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet' }], { acceptance: '250 2.0.0 Ok: queued as 4QpQP0P38wz1jp' });
    const written = text.split('\n');
    const at = written.findIndex((line) => line.includes('“250 2.0.0 Ok: queued as 4QpQP0P38wz1jp”'));
    assert.deepEqual([lines[at]?.line, lines[at - 1]?.line], [5, 5]);
    assert.match(markdown, /`250 2\.0\.0 Ok: queued as 4QpQP0P38wz1jp` \(`MSGTRK2026011508-1\.LOG:6`\)/);
  });

  test('tells a clock that differs, and never a negative delay', async () => {
    const handedOver = Array.from({ length: 5 }, (_, index): [TrackingRow, TrackingRow] => {
      const message = { 'message-id': index === 0 ? '<one@contoso.com>' : `<${index}@contoso.com>` };
      const answer = `250 2.6.0 <x@contoso.com> [InternalId=7097084549510${index}, Hostname=ex02.contoso.com] Queued mail for delivery`;
      return [
        { ...message, event: 'SMTP SEND', 'source-context': answer, at: index },
        { ...message, event: 'SMTP RECEIVE', 'server-hostname': 'EX02', 'internal-message-id': `7097084549510${index}`, at: index - 90 },
      ];
    });
    const { text } = await storyOf(handedOver.flat(), {}, 'MSGTRK2026011508-1.LOG');
    assert.match(text, /\nThe clock of ex0[12] is 90 seconds (?:fast|slow)\./);
    assert.match(text, /ex0[12] \([+-]90 s\) +message-tracking/);
    assert.match(text, / · 2026-01-15 (\S+) to \1 UTC, 0 s\n/);
    assert.doesNotMatch(text, /[+-]-|-\d+\.\d{3} s/);
  });

  test('marks local times whose zone nobody has said, and places them where it was said', async () => {
    const told = async (name: string): Promise<string> => {
      const zone = name === '' ? undefined : createTimeZone(name);
      const { journeys, hours } = await readTextMessages('/logs/events.txt', eventLog(), projectKnowledgeBase(), zone ? { timeZone: zone } : {});
      const views = new MessageViews(journeys, hours);
      const view = views.view(views.find({ kind: 'message', value: 'a1b2c3@ex01.contoso.com' }, 1)[0] ?? -1);
      return tellStory({ key: '', view, unfinished: undefined, acceptance: () => undefined, addressOf: (file) => file }).text;
    };
    assert.match(await told(''), /\nTimes marked with \? are local times[\s\S]*\n1\/15\/2026 9:15:42 AM\? /);
    assert.match(await told('Europe/Berlin'), /^(?![\s\S]*Times marked)[\s\S]*\n2026-01-15 08:15:42\.000 /);
  });

  test('never tells the subject', async () => {
    const { text, markdown } = await storyOf([{ event: 'SMTP RECEIVE' }]);
    assert.ok(!`${text}${markdown}`.includes('Secret plan'));
  });

  test('whatever a log says, each row of it is one line, and its Markdown has no link, picture, markup or further heading', async () => {
    const hostile = fc
      .array(fc.constantFrom('`', '[x](http://e.example)', '<img src=x>', '\u202e', '\u001b[2J', '# h', '**b**', '|', '\\', '![i](x)', 'https://e.example', '"', ',', ' ', 'a'), {
        maxLength: 12,
      })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (connector, host, reply) => {
        const rows: TrackingRow[] = [
          { event: 'SMTP RECEIVE', 'connector-id': connector, 'client-hostname': host },
          { event: 'SMTP FAIL', 'recipient-status': `[{LED=550 5.1.1 ${reply}};{MSG=};{FQDN=};{IP=};{LRT=}]`, at: 1 },
        ];
        const { text, lines, markdown } = await storyOf(rows, { acceptance: `250 ${reply}` });
        assert.equal(text.split('\n').length, lines.length + 1);
        assert.doesNotMatch(text + markdown, /[\p{Cc}\p{Cf}](?<!\n)/u);
        const html = marked.parse(markdown, { async: false });
        assert.deepEqual(
          [...new Set([...html.matchAll(/<([a-z]\w*)/g)].map(([, tag]) => tag))].filter((tag) => !['h2', 'p', 'ul', 'ol', 'li', 'code', 'strong'].includes(tag ?? '')),
          [],
        );
        assert.equal(html.match(/<h2/g)?.length, 1);
      }),
      trials(60),
    );
  });
});
