import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MarkupContent } from 'vscode-languageserver-types';
import { failureSchema } from '../../server/src/knowledge/failureSchema.ts';
import { getDocumentHover } from '../../server/src/service/failureDocument/index.ts';
import { positionOf, textAt } from '../support/edits.ts';
import { goodDocument, spoiled } from '../support/failureDocument.ts';
import { openFailure } from '../support/openFailure.ts';
import { modernClient, plainClient } from '../support/openLog.ts';

/** What is told on some words of a document, and on which stretch of it. */
function told(text: string, words: string, client = modernClient): { readonly value: string; readonly place: string } | undefined {
  const hover = getDocumentHover(openFailure(text), positionOf(text, text.indexOf(words) + 1), client);
  return hover?.range && { value: (hover.contents as MarkupContent).value, place: textAt(text, hover.range) };
}

for (const [key, { description }] of Object.entries({ ...failureSchema.properties, ...failureSchema.properties.match.items.properties })) {
  test(`the key ${key} is explained`, () => {
    const text = spoiled(
      'severity: error\nmatch:\n  - { reply: 454 }',
      'severity: error\nshort: S\nkind: failure\nmatch:\n  - { reply: 454, enhanced: "4.7.0", text: abcd, command: RCPT, event: A 1, part: Abc, general: true }\n  - { near: [[mailbox], [full]] }\ndirections: { receive: Abc }',
    );
    const { value, place } = told(text, `\n${key}:`) ?? told(text, ` ${key}:`) ?? { value: '', place: '' };
    assert.ok(value.startsWith(`**${key}**: ${description}`), value);
    assert.equal(place, key);
  });
}

test('a key with few values tells what they mean', () =>
  assert.match(told(goodDocument, 'severity')?.value ?? '', /\n\n- `error`: .*\.\n- `warning`: .*\.\n- `information`: .*\.$/));

test('a value is told with its meaning, by schema and registries', () => {
  assert.deepEqual(told(goodDocument, 'tls'), {
    value: '`tls`: The servers do not agree on an encrypted connection, or do not trust a certificate.',
    place: 'tls',
  });
  const text = spoiled('{ reply: 454 }', '{ reply: 452, enhanced: "5.7.29", event: MSExchangeTransport 2004 }');
  assert.match(told(text, '452')?.value ?? '', /^`452`: Not enough storage/);
  assert.deepEqual(told(text, '5.7.29'), { value: '`5.7.29`: ARC validation failure', place: '"5.7.29"' });
  assert.match(told(text, 'MSExchangeTransport')?.value ?? '', /^`MSExchangeTransport 2004`: A message was not delivered/);
});

test('a value without a meaning tells what its key is for; what is not known tells nothing', () => {
  assert.match(told(goodDocument, 'a-b')?.value ?? '', /^\*\*id\*\*: /);
  assert.match(told(spoiled('reply: 454', 'enhanced: "5.7.1-9"'), '5.7.1')?.value ?? '', /^\*\*enhanced\*\*: /);
  assert.equal(told(spoiled('severity: error', 'severity: error\nurgency: high'), 'urgency'), undefined);
  for (const words of ['---\nid', '---\n## Meaning', 'Get-Queue', '«454']) assert.equal(told(goodDocument, words), undefined, words);
});

test('a client that reads no Markdown gets plain text', () => assert.doesNotMatch(told(goodDocument, 'severity', plainClient)?.value ?? '*', /[*`]/));

test("a value shows a document's words as words", () => {
  const { value } = told(spoiled('tls', '"tls` [a](https://evil.example)"'), 'tls`') ?? { value: '' };
  assert.match(value, /^\*\*category\*\*/);
  assert.doesNotMatch(value, /evil/);
});
