/** What happened is read alike whether all of it is wanted or the failures alone, and wherever a text is cut. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { createTextReader } from '../../server/src/analysis/textReader.ts';
import { createTextBuffer } from '../../server/src/files/textBuffer.ts';
import { readRecords, readSteps } from '../../server/src/formats/index.ts';
import { isRecord, type Step } from '../../server/src/values.ts';
import { type Conversation, conversations, type Scribe, scribes } from '../support/conversations.ts';
import { piecesOf } from '../support/pieces.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';
import { trials, tried } from '../support/trials.ts';

const logs = filesBelow('test/logs').filter((path) => !path.endsWith('.expected'));
const readLog = (path: string): string => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');

/** A step without its offsets, which are those of the text it was read from. */
function tell(step: Step, text: string): string {
  const { span, mark, ...told } = step;
  const rest = isRecord(step) ? { ...told, places: undefined, places_: step.places.map(({ start, end }) => text.slice(start, end)) } : told;
  return JSON.stringify([text.slice(mark.start, mark.end), text.slice(span.start, span.end), rest]);
}

function readInParts(text: string, piece: number): string[] {
  const told: string[] = [];
  const reader = createTextReader(projectKnowledgeBase(), createTextBuffer(), { what: 'all', lengths: { usual: piece, longest: 1_000_000, below: 12_000 } });
  for (const one of piecesOf(text, Math.ceil(piece / 2))) {
    const part = reader.add(one);
    if (part) for (const step of part.steps) told.push(tell(step, part.text));
  }
  const last = reader.end();
  for (const step of last.steps) told.push(tell(step, last.text));
  return told;
}

const written = (said: readonly Conversation[], scribe: Scribe): string =>
  scribe.header + said.map((conversation, session) => scribe.rows(conversation, session).join('')).join('');

suite('steps', () => {
  for (const path of tried(logs)) {
    test(`${path}: the failures among all steps are the failures`, () => {
      const text = readLog(path);
      assert.deepEqual(readSteps(text).filter(isRecord), readRecords(text));
    });

    test(`${path}: are those of the whole text in its parts`, () => {
      const text = [readLog(path), 'Some lines of a ticket.\r\n'.repeat(20), readLog(path)].join('\r\n');
      const whole = readSteps(text).map((step) => tell(step, text));
      assert.deepEqual(readInParts(text, 5_000), whole);
    });
  }

  for (const scribe of scribes) {
    test(`${scribe.name}: the failures among all steps of conversations are the failures`, () => {
      fc.assert(
        fc.property(conversations(3), (said) => {
          const text = written(said, scribe);
          assert.deepEqual(readSteps(text).filter(isRecord), readRecords(text));
        }),
        trials(60),
      );
    });

    test(`${scribe.name}: whatever a client or a server says is a step`, () => {
      fc.assert(
        fc.property(conversations(1), ([conversation = []]) => {
          const text = written([conversation], scribe);
          const steps = readSteps(text);
          const told = steps.map((step) => step.said ?? (isRecord(step) ? (step.response?.text ?? '') : ''));
          for (const { by, text: line, about } of conversation) {
            // A log without the words of a reply, or of a sign-in, cannot tell them.
            if (!text.includes(line) || line === 'c29tZWJvZHk=') continue;
            assert.ok(
              told.some((one) => one.includes(line)),
              `${by}: ${line} (${about?.command})`,
            );
          }
        }),
        trials(60),
      );
    });
  }

  test('an answer is told with what was asked, and with its own recipient', () => {
    const accepted = ['MAIL', 'RCPT'].map((command) => (step: Step) => step.what === 'accepted' && step.command === command);
    for (const scribe of scribes.filter(({ tells }) => tells('RCPT'))) {
      const said: Conversation = [
        { by: 'server', text: '220 mx.fabrikam.com ESMTP' },
        { by: 'client', text: 'EHLO mail.contoso.com' },
        { by: 'server', text: '250 mx.fabrikam.com Hello' },
        ...['MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@fabrikam.com>', 'RCPT TO:<c@fabrikam.com>'].map((text) => ({ by: 'client', text }) as const),
        ...['250 2.1.0 Sender OK', '250 2.1.5 Recipient OK', '250 2.1.5 Recipient OK'].map((text) => ({ by: 'server', text }) as const),
      ];
      const steps = readSteps(written([said], scribe));
      const [mail, recipients] = accepted.map((is) => steps.filter(is));
      assert.equal(mail?.length, 1, scribe.name);
      assert.deepEqual(
        recipients?.map(({ captures }) => captures.recipient),
        ['b@fabrikam.com', 'c@fabrikam.com'],
        scribe.name,
      );
    }
  });
});
