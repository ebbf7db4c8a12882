/** An event says the same in whatever form people give it: the same findings, with the same captures, on the line of its number. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { opensWithSentence } from '../../server/src/formats/events/sentences.ts';
import type { Captures, Finding } from '../../server/src/values.ts';
import { aloneDresses, bareDresses, type Dress, eventLines, numberedDresses, olderDresses, type PlainEvent, plainEvents, wholeDresses } from '../support/dresses.ts';
import { readMarks } from '../support/marks.ts';
import { filesBelow, projectKnowledge, projectKnowledgeBase, root } from '../support/project.ts';

const knowledge = projectKnowledgeBase();
const logs = filesBelow('test/logs').filter((path) => /\.(?:txt|md)$/.test(path));
const texts = [
  ...logs.map((path) => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '')),
  ...projectKnowledge().documents.flatMap(({ samples, nearMisses }) => [...samples, ...nearMisses].map(({ text }) => readMarks(text).text)),
];
const byText = new Map(texts.flatMap(plainEvents).map((event) => [eventLines(event), event]));
/** Of what somebody had wrapped and quoted before, the parts can no longer be told. */
const events = [...byText.values()].filter((event) => !event.description.includes('> >') && findFindings(eventLines(event), knowledge).length === 1);

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
    assert.ok(events.length > 20, `${events.length}`);
    assert.ok(events.filter(({ description }) => opensWithSentence(description)).length > 8);
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
