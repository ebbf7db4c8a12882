/** An event says the same in whatever form people give it: the same findings, with the same captures, on the line of its number. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Finding } from '../../server/src/failures.ts';
import { opensWithSentence } from '../../server/src/formats/events/sentences.ts';
import type { Captures } from '../../server/src/values.ts';
import { aloneDresses, bareDresses, type Dress, eventLines, numberedDresses, olderDresses, type PlainEvent, plainEvents, wholeDresses } from '../support/dresses.ts';
import { readMarks } from '../support/marks.ts';
import { filesBelow, projectKnowledge, projectKnowledgeBase, root } from '../support/project.ts';
import { tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const logs = filesBelow('test/logs').filter((path) => /\.(?:txt|md)$/.test(path));
const texts = [
  ...logs.map((path) => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '')),
  ...projectKnowledge().documents.flatMap(({ samples, nearMisses }) => [...samples, ...nearMisses].map(({ text }) => readMarks(text).text)),
];
const byText = new Map(texts.flatMap(plainEvents).map((event) => [eventLines(event), event]));
/** Of what somebody had wrapped and quoted before, the parts can no longer be told. */
const events = tried([...byText.values()]).filter((event) => !event.description.includes('> >') && findFindings(eventLines(event), knowledge).length === 1);

/** All that is said of an event but where. */
function said({ failure, record }: Finding, kept: 'all' | 'number' | 'nothing'): object {
  const { server, ...others } = record.captures;
  const captures: Captures = kept === 'all' ? { ...others, ...(server && { server }) } : others;
  const { event, response, time, localTime } = record;
  return { failure: failure?.id, response: response?.text, captures, ...(kept !== 'nothing' && { event: event?.id }), ...(kept === 'all' && { time, localTime }) };
}

function assertSame(event: PlainEvent, { name, write }: Dress, kept: 'all' | 'number' | 'nothing' = 'all'): void {
  const [expected] = findFindings(eventLines(event), knowledge);
  const dressed = `We have seen this since Monday:\n\n${write(event)}\n\nWhat can we do?\n`;
  const found = findFindings(dressed, knowledge);
  const tell = (finding: Finding): object => said(finding, kept);
  assert.deepEqual(found.map(tell), expected ? [tell(expected)] : [], `${name}:\n${dressed}`);
}

suite('an event says the same', () => {
  test('and there are some of each kind to try', () => {
    assert.ok(events.length > 6, `${events.length}`);
    assert.ok(events.filter(({ description }) => opensWithSentence(description)).length > 2);
  });

  for (const dress of wholeDresses) test(`as ${dress.name}`, () => events.forEach((event) => void assertSame(event, dress)));
});

suite('an event in English says the same', () => {
  const english = events.filter(({ labels }) => labels.some(({ label }) => label === 'Event ID'));
  for (const dress of olderDresses) test(`with ${dress.name}`, () => english.forEach((event) => void assertSame(event, dress)));
  for (const dress of bareDresses) test(`as ${dress.name}`, () => english.forEach((event) => void assertSame(event, dress, 'number')));
});

suite('a sentence that only Exchange writes says the same', () => {
  const known = events.filter(({ description }) => opensWithSentence(description));
  for (const dress of numberedDresses) test(`as ${dress.name}`, () => known.forEach((event) => void assertSame(event, dress, 'number')));
  for (const dress of aloneDresses) test(`as ${dress.name}`, () => known.forEach((event) => void assertSame(event, dress, 'nothing')));
});

suite('nothing is said', () => {
  const sentence = 'Microsoft Exchange could not find a certificate that contains the domain name mail.contoso.com in the personal store on the local computer.';
  const silent: Readonly<Record<string, string>> = {
    'where an event is only named': 'Look for event ID 12014 of the source MSExchangeTransport in the application log. Event 15006, MSExchangeTransport, is another.',
    'where labels name it in a sentence': 'Filter for Source: MSExchangeTransport and Event ID: 12014, then compare the two servers.',
    'in a table of events':
      '| Event ID | Source | Meaning |\n|---|---|---|\n| 12014 | MSExchangeTransport | No certificate with the name of the connector |\n| 15006 | MSExchangeTransport | Back pressure |\n',
    'in a page about an event':
      'Product Name\n\nExchange\n\nEvent ID\n\n12014\n\nEvent Source\n\nMSExchangeTransport\n\nMessage Text\n\nMicrosoft Exchange could not find a certificate that contains the domain name %1 in the personal store on the local computer.\n\nExplanation\n\nThis event indicates that …\n',
    'in a page about an event, with colons':
      'Event ID: 1035\nEvent Source: MSExchangeTransport\nAlert Type: Warning\nDescription: Inbound authentication failed with error %1 for Receive connector %2. The authentication mechanism is %3.\n',
    'in a chapter about an event':
      '## Event 12014, MSExchangeTransport\n\nThis event is logged when you have no certificate with the name of the connector.\n\n## MSExchangeTransport 1035\n\nA client gave a wrong password.\n',
    'in a source that has the sentence as a template':
      'const message = `Inbound authentication failed with error {0} for Receive connector {1}. The authentication mechanism is {2}.`;\n',
    'of another source': `Log Name: Application Source: MSExchange Common Date: 1/15/2026 9:15:42 AM Event ID: 12014 Level: Error Computer: ex01.contoso.com Description: A process ended.\n\nEvent 15006, ESENT\n\nThe available disk space has dropped.\n`,
    'of a source whose name goes on': `Source: MSExchange Transport Queues Event ID: 12014 Date: 1/15/2026 9:15:42 AM Computer: ex01 Description: A counter is high.\n`,
  };
  for (const [where, text] of Object.entries(silent))
    test(where, () =>
      assert.deepEqual(
        findFindings(text, knowledge).map(({ record }) => record.event),
        [],
        text,
      ),
    );

  test('twice, where the pane shows its labels below the description', () => {
    const pane = `Event 12014, MSExchangeTransport\nGeneral\tDetails\n\n${sentence}\n\nLog Name:\tApplication\nSource:\tMSExchangeTransport\nLogged:\t1/15/2026 9:15:42 AM\nEvent ID:\t12014\nLevel:\tError\nComputer:\tex01.contoso.com\n`;
    assert.equal(findFindings(pane, knowledge).length, 1);
  });
});
