/** Sessions of every form that has them: each refusal is about the command that it answers, however sessions interleave and wherever a text is cut. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { createTextReader } from '../../server/src/analysis/textReader.ts';
import { createTextBuffer } from '../../server/src/files/textBuffer.ts';
import { readRecords } from '../../server/src/formats/index.ts';
import { reachAbove } from '../../server/src/text/seam.ts';
import type { LogRecord } from '../../server/src/values.ts';
import { type Conversation, conversations, type Scribe, scribes } from '../support/conversations.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

/** What is told of a refusal. */
function tell({ response, captures }: LogRecord): string {
  return JSON.stringify([response?.text, response?.command, captures.recipient, captures.sender]);
}

/** What must be told of the refusals of a conversation, by a program that logs it. */
function expected(conversation: Conversation, { tells }: Scribe): string[] {
  return conversation.flatMap(({ text, about }) => (about ? [JSON.stringify([text, tells(about.command) ? about.command : undefined, about.recipient, about.sender])] : []));
}

/** Who is named in a pipelined group belongs to a refusal of its MAIL command as well: only there it is left open. */
const withoutOpen = (told: string): string => told.replace(/^(\["[^"]*","MAIL",)(?:"[^"]*"|null)/, '$1null');

/** The rows of several conversations in one order, each conversation's own kept. */
function interleave(rows: readonly (readonly string[])[], order: readonly number[]): string[] {
  const next = rows.map(() => 0);
  const mixed: string[] = [];
  const take = (session: number): void => {
    const row = rows[session]?.[next[session] ?? 0];
    if (row === undefined) return;
    next[session] = (next[session] ?? 0) + 1;
    mixed.push(row);
  };
  order.forEach(take);
  rows.forEach((all, session) => {
    for (let left = all.length - (next[session] ?? 0); left > 0; left -= 1) take(session);
  });
  return mixed;
}

for (const scribe of scribes) {
  suite(scribe.name, () => {
    const order = fc.array(fc.nat(3), { maxLength: 120 });

    test('interleaved and pipelined, each refusal is about its own command', () => {
      fc.assert(
        fc.property(conversations(4), order, (said, mixed) => {
          const rows = said.map((conversation, session) => scribe.rows(conversation, session));
          const told = readRecords(scribe.header + interleave(rows, mixed).join('')).map(tell);
          assert.deepEqual(told.map(withoutOpen).sort(), said.flatMap((conversation) => expected(conversation, scribe)).sort());
        }),
        { ...trials(150), seed: 2920 },
      );
    });

    test('a thousand sessions at a time are told as one at a time', () => {
      const many = fc.sample(conversations(1_000), { seed: 5321, numRuns: 1 })[0] ?? [];
      // Two sessions of IIS have one name when their hosts have one address.
      const said = scribe.name.includes('IIS') ? many.slice(0, 250) : many;
      const rows = said.map((conversation, session) => scribe.rows(conversation, session));
      const order = Array.from({ length: 40 }, () => said.map((_, session) => session)).flat();
      // As far apart as a thousand rows are, some forms know nothing of a session any more: never something else than what was said.
      const wanted = new Map(said.flatMap((conversation) => expected(conversation, scribe)).map((one) => [textOf(one), JSON.parse(one) as string[]]));
      for (const told of readRecords(scribe.header + interleave(rows, order).join('')).map(tell)) {
        const [text = '', ...facts] = JSON.parse(withoutOpen(told)) as (string | null)[];
        const truth = wanted.get(text ?? '') ?? [];
        // Who is named belongs at least to the message of the sender who is named.
        const isSame = (fact: string, index: number): boolean =>
          fact === truth[index + 1] || (facts[0] === null && index === 1 && fact.includes(facts[2]?.replace(/^sender|@.*$/g, '') ?? '?'));
        facts.forEach((fact, index) => {
          assert.ok(fact === null || isSame(fact, index), `${told} instead of ${truth}`);
        });
        wanted.delete(text ?? '');
      }
      assert.equal(wanted.size, 0, 'refusals that were not told');
    });

    test('cut at any row, both halves never throw', () => {
      fc.assert(
        fc.property(conversations(2), order, fc.nat(60), (said, mixed, at) => {
          const rows = interleave(
            said.map((conversation, session) => scribe.rows(conversation, session)),
            mixed,
          );
          for (const half of [rows.slice(0, at), rows.slice(at)]) readRecords(scribe.header + half.join(''));
        }),
        { ...trials(50), seed: 3463 },
      );
    });

    test('rows of a session that stand farther apart than anything reaches are told alike in a whole text and in parts', () => {
      const knowledge = projectKnowledgeBase();
      const filler = scribe.rows([{ by: 'server', text: '250 2.0.0 Nothing happened here' }], 90).at(scribe.name.startsWith('Exchange') ? 1 : 0) ?? '';
      for (const [seed, distance] of [20_000, 63_000, 66_000, 200_000, reachAbove - 2_000, reachAbove + 2_000].entries()) {
        const gap = filler.repeat(Math.ceil(distance / filler.length));
        const [said = []] = fc.sample(conversations(2), { seed: 64 + seed, numRuns: 1 });
        const rows = said.flatMap((conversation, session) => scribe.rows(conversation, session));
        const text = scribe.header + rows.map((row, index) => (index % 3 === 2 ? row + gap : row)).join('');
        const whole = findFindings(text, knowledge).map(({ record }) => tell(record));
        const reader = createTextReader(knowledge, createTextBuffer(), { lengths: { usual: 150_000, longest: 16_000_000, below: 64 * 1024 } });
        const parts: string[] = [];
        for (let start = 0; start < text.length; start += 50_000) {
          for (const { record } of reader.add(text.slice(start, start + 50_000))?.findings ?? []) parts.push(tell(record));
        }
        for (const { record } of reader.end().findings) parts.push(tell(record));
        assert.deepEqual(parts, whole, `${distance} apart`);
      }
    });
  });
}

const textOf = (told: string): string => (JSON.parse(told) as string[])[0] ?? '';
