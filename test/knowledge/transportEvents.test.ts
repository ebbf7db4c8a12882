/** The events of the transport services that mean that mail does not flow: which failure each is, and whose numbers are not meant. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { transportSources } from '../../server/src/values.ts';
import { projectKnowledgeBase } from '../support/project.ts';

const knowledge = projectKnowledgeBase();

/** As Event Viewer copies an event without a response; the number is what counts. */
function eventText(source: string, id: number): string {
  return [
    'Log Name:      Application',
    `Source:        ${source}`,
    'Date:          1/15/2026 9:35:58 AM',
    `Event ID:      ${id}`,
    'Task Category: Transport',
    'Level:         Error',
    'Keywords:      Classic',
    'User:          N/A',
    'Computer:      ex01.contoso.com',
    'Description:',
    'The service could not go on.',
    '',
  ].join('\n');
}

/** By Microsoft's lists of the events of Exchange's transport (learn.microsoft.com, hh994900). */
const failures: Readonly<Record<string, readonly number[]>> = {
  'transport-cannot-listen': [1000, 1018, 1019],
  'too-many-connections': [1009, 1021, 1022],
  'client-not-authenticated': [1020],
  'send-as-denied': [1025],
  'exchange-server-authentication-failed': [1036, 2018],
  'dns-failure': [2000, 16025],
  'unable-to-connect': [2001, 2002],
  'connection-dropped': [2006],
  'no-route': [5004, 5005, 5006, 5007, 5008, 5010, 5020],
  'transport-configuration-not-read': [1003, 5002, 5003, 5023, 5024, 12009, 12010, 16010, 16019, 16026],
  'internal-transport-certificate': [12023],
  'poison-message': [10001, 10003, 10004],
  'poison-list-unreadable': [10005, 10006, 10007],
  'back-pressure': [15002, 15004, 15006, 15007],
  'back-pressure-over': [15005],
  'transport-agents-not-loaded': [16023],
  'transport-service-stopped': [7001, 7004, 14001],
  'queue-database-damaged': [17003, 17014, 17015, 17019, 17021],
  'queue-database-out-of-sessions': [17018],
};

suite('an event that means that mail does not flow is known', () => {
  for (const [failure, ids] of Object.entries(failures)) {
    for (const id of ids) {
      test(`${id} as ${failure}`, () => {
        for (const source of transportSources) {
          const findings = findFindings(eventText(source, id), knowledge);
          assert.deepEqual(
            findings.map((finding) => [finding.failure?.id, finding.basis]),
            [[failure, 'event']],
            source,
          );
        }
        assert.ok(knowledge.eventSources(id).includes(transportSources[0]), 'whoever asks for the number alone learns it');
      });
    }
  }
});

test('the service that handed mail to transport in older versions has numbers of its own', () => {
  const [finding] = findFindings(eventText('MSExchangeMailSubmission', 1009), knowledge);
  assert.equal(finding?.failure?.id, 'hub-transport-unreachable');
  assert.deepEqual(findFindings(eventText('MSExchangeMailSubmission', 2004), knowledge), []);
});

test('what stops all mail is an error', () => {
  for (const id of [
    'transport-cannot-listen',
    'transport-agents-not-loaded',
    'transport-service-stopped',
    'queue-database-damaged',
    'transport-configuration-not-read',
    'agent-deferred',
    'back-pressure',
  ])
    assert.equal(knowledge.failure(id)?.severity, 'error', id);
});

test('the number alone means nothing', () => {
  for (const [source, id] of [
    ['MSExchange Common', 4999],
    ['MSExchangeIS', 1019],
    ['ESE', 17003],
    ['MSExchangeTransportDelivery', 10099],
    ['MSExchangeTransport', 16022],
  ] as const)
    assert.deepEqual(findFindings(eventText(source, id), knowledge), [], `${source} ${id}`);
});
