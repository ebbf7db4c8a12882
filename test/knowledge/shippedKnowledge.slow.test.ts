/** The knowledge base as it is shipped holds what the documents say, and finds what one that is made of the documents finds. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Failure } from '../../server/src/failures.ts';
import { readRecords } from '../../server/src/formats/index.ts';
import { addFailures } from '../../server/src/knowledge/compile.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../../server/src/knowledge/knowledgeBase.ts';
import { type PackedKnowledge, type PackedPages, unpackKnowledge } from '../../server/src/knowledge/packed.ts';
import { commandNames, type LogRecord } from '../../server/src/values.ts';
import { completeLog, readMarks } from '../support/marks.ts';
import { projectKnowledge, projectKnowledgeBase, readProjectFile, root } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const { documents, data } = projectKnowledge();
const { pages } = createRequire(import.meta.url)(join(root, 'dist/pages.cjs')) as { readonly pages: PackedPages };
const shipped = unpackKnowledge(JSON.parse(readProjectFile('dist/knowledge.json')) as PackedKnowledge, () => pages);

const records: readonly LogRecord[] = documents.flatMap(({ samples, nearMisses }) =>
  [...samples, ...nearMisses].flatMap(({ format, text }) => readRecords(readMarks(completeLog(format, text)).text)),
);

/** Whatever two knowledge bases are asked, they answer the same, in the same order. */
function assertAlike(one: KnowledgeBase, other: KnowledgeBase): void {
  const fits = (knowledge: KnowledgeBase, { event, response }: Pick<LogRecord, 'event' | 'response'>): readonly string[] =>
    knowledge.matches(event, response).map(({ failure, basis }) => `${failure.id} by its ${basis}`);
  for (const record of records) assert.deepEqual(fits(one, record), fits(other, record), record.response?.text);
  const said = fc.constantFrom(...records.flatMap(({ response }) => response ?? []));
  // Words of several answers in one, where much fits equally well, cut anywhere.
  fc.assert(
    fc.property(said, said, fc.nat(200), fc.constantFrom(undefined, ...commandNames), fc.boolean(), (first, second, cut, command, hasCodes) => {
      const text = `${first.text.slice(cut / 2)} ${second.text.slice(0, cut)} ${first.text}`;
      const response = { ...(hasCodes && first), text, ...(command && { command }) };
      assert.deepEqual(fits(one, { response }), fits(other, { response }));
    }),
    trials(2_000),
  );
}

test('nothing of the documents is lost', () => {
  const { failures, ...registries } = data;
  const { failures: shippedFailures, index: _index, ...shippedRegistries } = shipped;
  assert.deepEqual(shippedRegistries, registries);
  assert.equal(shippedFailures.length, failures.length);
  const written = (failure: Failure, key: string): unknown => JSON.parse(JSON.stringify(failure[key as keyof Failure]));
  for (const [number, failure] of failures.entries())
    for (const key of Object.keys(failure)) assert.deepEqual(written(shippedFailures[number] as Failure, key), written(failure, key), `${failure.id}: ${key}`);
});

test('the shipped index finds what one made of the documents finds', () => {
  assert.ok(shipped.index && !data.index);
  assertAlike(createKnowledgeBase(shipped), projectKnowledgeBase());
});

test('the failures of a user are joined with the shipped ones as with those of the documents', () => {
  const [first, second] = data.failures.filter(({ match }) => match.some(({ text }) => text)) as [Failure, Failure];
  const own: Failure[] = [
    { ...first, title: 'In the place of a shipped one', match: [{ text: ['user unknown', 'mailbox full'] }] },
    { ...second, id: 'of-the-user', match: [{ reply: 550 }, { enhanced: '5.7.1' }, { text: ['no such user'] }] },
  ];
  assertAlike(createKnowledgeBase(addFailures(shipped, own)), createKnowledgeBase(addFailures(data, own)));
});
