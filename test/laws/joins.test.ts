/** What became of a session is the same wherever its log was cut. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { Conversation, joinConversations } from '../../server/src/analysis/sessions/conversations.ts';
import { judge } from '../../server/src/analysis/sessions/verdicts.ts';
import { readSteps } from '../../server/src/formats/index.ts';
import type { Step } from '../../server/src/values.ts';
import { conversations, type Scribe, scribes } from '../support/conversations.ts';
import { filesBelow, root } from '../support/project.ts';
import { trials, tried } from '../support/trials.ts';

const fold = (steps: readonly Step[], gapSeconds: number): Conversation => {
  const conversation = new Conversation(gapSeconds);
  for (const step of steps) conversation.add(step, step.span.start, step.span.end);
  return conversation;
};

/** The steps of a text, those of each session by themselves. */
function sessionsOf(text: string): Step[][] {
  const sessions = new Map<string, Step[]>();
  for (const step of readSteps(text)) {
    if (step.ids?.session === undefined) continue;
    const key = `${step.format} ${step.ids.session}`;
    const known = sessions.get(key);
    if (known) known.push(step);
    else sessions.set(key, [step]);
  }
  return [...sessions.values()];
}

function holds(steps: readonly Step[], cuts: readonly number[], gapSeconds = 60): void {
  const whole = fold(steps, gapSeconds);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (steps.length + 1)), steps.length])].sort((one, other) => one - other);
  const pieces = places.slice(1).map((place, index) => fold(steps.slice(places[index], place), gapSeconds));
  const empty = new Conversation(gapSeconds);
  const fromAbove = pieces.reduce((above, below) => joinConversations(above, below, gapSeconds), empty);
  const fromBelow = pieces.reduceRight((below, above) => joinConversations(above, below, gapSeconds), empty);
  assert.deepEqual(fromAbove, whole);
  assert.deepEqual(fromBelow, whole);
  assert.deepEqual(judge(fromAbove), judge(whole));
}

const cuts = fc.array(fc.nat(10_000), { maxLength: 4 });

suite('a conversation in pieces is the conversation of the whole', () => {
  for (const path of tried(filesBelow('test/logs').filter((one) => !one.endsWith('.expected')))) {
    const sessions = sessionsOf(readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''));
    if (sessions.length === 0) continue;
    test(path, () => {
      for (const steps of sessions)
        fc.assert(
          fc.property(cuts, fc.constantFrom(0, 0.015, 60), (places, gap) => holds(steps, places, gap)),
          trials(20),
        );
    });
  }

  const written = (scribe: Scribe): fc.Arbitrary<string> =>
    conversations(2).map((said) => scribe.header + said.map((conversation, session) => scribe.rows(conversation, session).join('')).join(''));
  for (const scribe of scribes) {
    test(scribe.name, () => {
      fc.assert(
        fc.property(written(scribe), cuts, (text, places) => {
          for (const steps of sessionsOf(text)) holds(steps, places);
        }),
        trials(60),
      );
    });
  }

  test('a session without end, of which the beginning and the end are kept', () => {
    const rows = Array.from(
      { length: 6_000 },
      (_, index) => `2026-01-15T08:00:00.000Z,Internet,08DE540000000A01,${index},192.0.2.10:40001,203.0.113.25:25,>,RCPT TO:<user${index}@fabrikam.com>,\n`,
    );
    const [steps = []] = sessionsOf(
      `#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n${rows.join('')}`,
    );
    assert.equal(steps.length, 6_000);
    for (const places of [[100], [3_990], [4_000], [4_200, 4_300], [5_900, 5_950], [1_000, 5_700]]) holds(steps, places);
    const whole = fold(steps, 60);
    assert.equal(whole.turnCount, 6_000);
    assert.ok(whole.turns.length + whole.lastTurns.length < 5_000);
  });
});
