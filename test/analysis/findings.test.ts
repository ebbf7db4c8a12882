/** What is remembered of one record is never told of another that states something else. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createExplainer, explainRecords } from '../../server/src/analysis/findings.ts';
import type { LogRecord } from '../../server/src/values.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const span = { start: 0, end: 1 };

/** Records that differ in one thing or another, so that a memory that forgets to look at it is caught. */
const record = fc.record(
  {
    event: fc.record(
      { source: fc.constantFrom('MSExchangeTransport', 'ESE'), id: fc.constantFrom(1035, 9_999), words: fc.constantFrom('by ExchangeAuth', 'by Login', 'User unknown') },
      { requiredKeys: ['source', 'id'] },
    ),
    response: fc.record(
      {
        replyCode: fc.constantFrom(450, 550),
        enhancedCode: fc.constantFrom('4.2.2', '5.1.1'),
        text: fc.constantFrom('User unknown', 'MSExchangeTransport', 'Denied'),
        command: fc.constantFrom('MAIL', 'RCPT'),
      },
      { requiredKeys: ['text'] },
    ),
    what: fc.constantFrom('failed', 'waits', 'noted'),
  },
  { requiredKeys: [] },
);

test('records explained one after another are explained as each by itself', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 30, maxLength: 60 }), (stated) => {
      const records = stated.map((each): LogRecord => ({ format: 'text', what: 'failed', span, mark: span, places: [span], captures: {}, ...each }));
      assert.deepEqual(
        [...createExplainer(knowledge)(structuredClone(records))],
        records.flatMap((each) => explainRecords([each], knowledge)),
      );
    }),
    trials(500),
  );
});

test('a record is explained as before when more has come than is remembered', () => {
  const explain = createExplainer(knowledge);
  const titles = (text: string): string[] =>
    [...explain([{ format: 'text', what: 'failed', span, mark: span, places: [span], captures: {}, response: { replyCode: 550, text } }])].map(({ title }) => title);
  const [before] = titles('550 User unknown');
  for (let number = 0; number < 2_500; number++) assert.equal(titles(`550 Mailbox ${number} is full`)[0], titles('550 Mailbox full')[0]);
  assert.deepEqual(titles('550 User unknown'), [before]);
});
