/** An event that can mean two things is told by the words of its description, in whichever form it was copied. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Failure, Match } from '../../server/src/failures.ts';
import { readRecords } from '../../server/src/formats/index.ts';
import { addFailures } from '../../server/src/knowledge/compile.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../../server/src/knowledge/knowledgeBase.ts';
import { filesBelow, projectKnowledge, readProjectFile } from '../support/project.ts';

const { data } = projectKnowledge();
const [model] = data.failures as [Failure];

/** A knowledge base with a document for each entry, of nothing but these. */
function knowledgeOf(matches: Readonly<Record<string, Match>>): KnowledgeBase {
  const own = Object.entries(matches).map(([id, match]): Failure => ({ ...model, id, title: id, match: [match] }));
  return createKnowledgeBase(addFailures({ ...data, failures: [] }, own));
}

const event = { source: 'MSExchangeTransport', id: 1035 };

suite('a condition with an event and words', () => {
  const cases: readonly (readonly [string, Match, boolean])[] = [
    ['holds where they stand in the description, in any case', { event, text: ['exchangeauth'] }, true],
    ['holds by any one of its phrases', { event, text: ['gssapi', 'exchangeauth'] }, true],
    ['holds by words near each other', { event, near: [['mechanism is'], ['exchangeauth']] }, true],
    ['does not hold without them', { event, text: ['gssapi'] }, false],
    ['does not hold for another event', { event: { ...event, id: 2017 }, text: ['exchangeauth'] }, false],
    ['asks for its code too', { event, text: ['exchangeauth'], enhanced: '5.7.3' }, false],
  ];
  const words = 'Inbound authentication failed with error LogonDenied for Receive connector Default EX02. The authentication mechanism is ExchangeAuth.';
  for (const [name, match, holds] of cases)
    test(name, () => {
      const fits = knowledgeOf({ general: { event }, worded: match }).matches({ ...event, words }, undefined);
      assert.deepEqual(
        fits.map(({ failure, basis }) => `${failure.id} by its ${basis}`),
        [`${holds ? 'worded' : 'general'} by its event`],
      );
    });
  test('without an event does not look into a description', () => {
    assert.deepEqual(knowledgeOf({ asking: { event, text: ['gssapi'] }, plain: { text: ['exchangeauth'] } }).matches({ ...event, words }, undefined), []);
  });
  test('holds by the response in the description, too', () => {
    const response = { replyCode: 535, text: '535 no' };
    const fits = knowledgeOf({ event: { event }, both: { event, text: ['exchangeauth'] }, answer: { text: ['535 no'] } }).matches({ ...event, words: `${words} 535 no` }, response);
    assert.deepEqual(
      fits.map(({ failure }) => failure.id),
      ['both'],
    );
  });
  test('is known by its number', () => assert.deepEqual(knowledgeOf({ worded: { event, text: ['exchangeauth'] } }).eventSources(1_035), ['MSExchangeTransport']));
});

test('in every form of an event its words are those of its description', () => {
  const forms = new Set<string>();
  for (const path of filesBelow('test/logs').filter((name) => !name.endsWith('.expected'))) {
    for (const { event, response, captures, format } of readRecords(readProjectFile(path).replace(/^\uFEFF/, ''))) {
      // Where there is a reply, it says more than the sentence around it, and the words are not kept.
      if (response) assert.equal(event?.words, undefined);
      if (!event || response) continue;
      const said = [captures.sendConnector, captures.receiveConnector].filter((name) => name !== undefined);
      for (const word of said) assert.ok(event.words?.includes(word), `${path}: "${event.words}" lacks "${word}"`);
      if (said.length > 0) forms.add(format);
    }
  }
  assert.deepEqual([...forms].sort(), ['event-csv', 'event-json', 'event-list', 'event-oneline', 'event-table', 'event-text', 'event-tsv', 'event-xml']);
});

test('the events of authentication are told apart by who signs in', () => {
  const knowledge = createKnowledgeBase(data);
  const xml = (id: number, ...inserts: readonly string[]): string =>
    `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="MSExchangeTransport"/><EventID>${id}</EventID></System><EventData>${inserts.map((insert) => `<Data>${insert}</Data>`).join('')}</EventData></Event>`;
  const object = (id: number, message: string): string =>
    JSON.stringify([{ ProviderName: 'MSExchangeTransport', Id: id, LevelDisplayName: 'Warning', Message: message }], undefined, 2);
  const cases: readonly (readonly [string, string])[] = [
    [xml(1035, 'LogonDenied', 'Default EX02', 'ExchangeAuth', '192.0.2.11'), 'exchange-server-authentication-failed'],
    [xml(1035, 'LogonDenied', 'Client Frontend EX02', 'Login', '192.0.2.11'), 'sign-in-failed'],
    [xml(2017, 'LogonDenied', 'Intra-Organization SMTP Send Connector', 'ExchangeAuth', 'SMTPSVC/ex02.contoso.com'), 'exchange-server-authentication-failed'],
    [xml(2017, 'LogonDenied', 'To provider', 'Login', 'smtp.fabrikam.com'), 'smart-host-sign-in-failed'],
    [
      object(
        1035,
        'Inbound authentication failed with error LogonDenied for Receive connector Default EX02. The authentication mechanism is ExchangeAuth. The source IP address of the client who tried to authenticate to Microsoft Exchange is [192.0.2.11].',
      ),
      'exchange-server-authentication-failed',
    ],
    [
      object(
        1035,
        'Inbound authentication failed with error LogonDenied for Receive connector Client EX02. The authentication mechanism is Ntlm. The source IP address of the client who tried to authenticate to Microsoft Exchange is [192.0.2.11].',
      ),
      'sign-in-failed',
    ],
  ];
  for (const [log, id] of cases)
    assert.deepEqual(
      findFindings(log, knowledge).map(({ failure }) => failure?.id),
      [id],
      log,
    );
  const all = cases.slice(0, 4).map(([log]) => log);
  assert.deepEqual(
    findFindings(all.join('\n'), knowledge).map(({ failure }) => failure?.id),
    cases.slice(0, 4).map(([, id]) => id),
  );
});
