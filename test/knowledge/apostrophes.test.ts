/** A word processor's apostrophe in a server's words changes nothing of what is known about them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectKnowledgeBase } from '../support/project.ts';

const knowledge = projectKnowledgeBase();

test('typographic apostrophes stand for plain ones in every phrase', () => {
  const phrases = knowledge.failures.flatMap(({ match }) => match.flatMap(({ text = [], enhanced, reply = 550 }) => text.map((phrase) => ({ phrase, enhanced, reply }))));
  const spoken = phrases.filter(({ phrase }) => phrase.includes("'"));
  assert.ok(spoken.length > 30);
  for (const { phrase, enhanced, reply } of spoken) {
    const known = (words: string): readonly string[] => {
      const code = enhanced && !enhanced.includes('-') ? enhanced : undefined;
      const response = { replyCode: reply, text: `${reply} ${code ?? ''} ${words}`, ...(code && { enhancedCode: code }) };
      return knowledge.matches(undefined, response).map(({ failure }) => failure.id);
    };
    assert.deepEqual(known(phrase.replaceAll("'", '\u2019')), known(phrase), phrase);
  }
});
