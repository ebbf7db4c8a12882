import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type CompletionItem, InsertTextFormat, type TextEdit } from 'vscode-languageserver-types';
import { suggestCommand } from '../../server/src/protocol/editor.ts';
import { getCompletions } from '../../server/src/service/failureDocument/index.ts';
import type { ClientFeatures } from '../../server/src/service/index.ts';
import { categories } from '../../server/src/values.ts';
import { applyEdits, positionOf } from '../support/edits.ts';
import { goodDocument } from '../support/failureDocument.ts';
import { openFailure } from '../support/openFailure.ts';
import { modernClient, plainClient } from '../support/openLog.ts';

const rootKeys = ['id', 'category', 'title', 'short', 'severity', 'match', 'directions', 'products', 'references', 'kind'];

/** What is offered at the | of a text. */
function offered(marked: string, client: ClientFeatures = plainClient): CompletionItem[] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return getCompletions(openFailure(text), positionOf(text, offset), client);
}
/** The same within the front matter. */
const inFront = (front: string, client?: ClientFeatures): CompletionItem[] => offered(`---\n${front}\n---\n## Meaning\n`, client);
const labels = (items: readonly CompletionItem[]): string[] => items.map(({ label }) => label);

/** The front matter after the choice of a label at the | of it. */
function chosen(front: string, label: string, client?: ClientFeatures): string {
  const item = inFront(front, client).find((candidate) => candidate.label === label);
  assert.ok(item, `${label} is offered`);
  const text = `---\n${front.replace('|', '')}\n---\n## Meaning\n`;
  return applyEdits(text, [item.textEdit as TextEdit]).slice(4, -'\n---\n## Meaning\n'.length);
}

suite('completion: keys', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['in an empty front matter', '|', rootKeys],
    ['on a line that is begun', 'id: a-b\nse|', rootKeys.filter((key) => key !== 'id')],
    ['before those that come after it', '|\nid: a-b\ncategory: tls', rootKeys.slice(2)],
    ['in a key that is there, with itself', 'id: a-b\ncate|gory: tls', rootKeys.slice(1)],
    ['in the braces of a condition', 'match:\n  - {|}', ['reply', 'enhanced', 'text', 'near', 'command', 'event', 'part', 'general']],
    ['behind a comma', 'match:\n  - { reply: 550, | }', ['enhanced', 'text', 'near', 'command', 'event', 'part', 'general']],
    ['behind a comma in braces that are not closed', 'match:\n  - { reply: 550, en|\nproducts: [X]', ['enhanced', 'text', 'near', 'command', 'event', 'part', 'general']],
    ['before what stands in the braces', 'match:\n  - { |, reply: 550 }', ['enhanced', 'text', 'near', 'command', 'event', 'part', 'general']],
    ['behind a hyphen', 'match:\n  - |', ['reply', 'enhanced', 'text', 'near', 'command', 'event', 'part', 'general']],
    ['behind a hyphen that stands below its key', 'match:\n- { text: abcd }\n- |', ['reply', 'enhanced', 'text', 'near', 'command', 'event', 'part', 'general']],
    ['below the first key of an entry', 'match:\n  - reply: 550\n    |', ['enhanced', 'text', 'near', 'command', 'event', 'part', 'general']],
    [
      'in the second entry, whatever the first has',
      'match:\n  - { reply: 550, text: "a: b, {c" }\n  - { | }',
      ['reply', 'enhanced', 'text', 'near', 'command', 'event', 'part', 'general'],
    ],
    ['in braces over several lines', 'match:\n  - {\n      reply: 550,\n      |\n    }', ['enhanced', 'text', 'near', 'command', 'event', 'part', 'general']],
    ['of a reference', 'references:\n  - { title: R, | }', ['url', 'checked']],
    ['behind a list', 'products: [X]\n|', rootKeys.filter((key) => key !== 'products')],
  ];
  for (const [name, front, expected] of cases) test(name, () => assert.deepEqual(labels(inFront(front)), expected));

  test('each with its description', () => {
    for (const item of inFront('|')) assert.match(String(item.documentation), /\.$/, item.label);
  });
  test('are written with their colon, and only once', () => {
    assert.equal(chosen('cat|', 'category'), 'category: ');
    assert.equal(chosen('ca|: tls', 'category'), 'category: tls');
    assert.equal(chosen('match:\n  - { re| }', 'reply'), 'match:\n  - { reply:  }');
  });
  test('come with places to fill in, and what can stand there, where the client takes that', () => {
    const [match] = inFront('mat|', modernClient).filter(({ label }) => label === 'match');
    assert.equal(match?.insertTextFormat, InsertTextFormat.Snippet);
    assert.equal(match?.command, undefined);
    assert.equal(chosen('mat|', 'match', modernClient), 'match:\n  - { $0 }');
    assert.equal(chosen('pro|', 'products', modernClient), 'products: [$0]');
    assert.equal(chosen('match:\n  - { te| }', 'text', modernClient), 'match:\n  - { text: "$0" }');
    const suggesting = { ...modernClient, commands: new Set([suggestCommand]) };
    assert.equal(inFront('cat|', suggesting)[0]?.command?.command, suggestCommand);
  });
});

suite('completion: values', () => {
  test('of categories and severities, with their meaning', () => {
    assert.deepEqual(labels(inFront('category: |')), categories);
    assert.deepEqual(labels(inFront('severity: e|')), ['error', 'warning', 'information']);
    assert.deepEqual(labels(inFront('id: a\nkind: |\ntitle: T')), ['failure', 'guide']);
    for (const item of inFront('category: |')) assert.match(String(item.documentation), /\.$/, item.label);
  });
  test('of commands, with what they are about, and of a mark its one value', () => {
    assert.match(String(inFront('match:\n  - { command: | }').find(({ label }) => label === 'RCPT')?.documentation), /recipient/);
    assert.deepEqual(labels(inFront('match:\n  - { reply: 550, general: | }')), ['true']);
  });
  test('of products, those that our documents name', () => {
    for (const front of ['products: [|]', 'products: [Exchange 2019, |', 'products:\n  - |', 'products: [\n  Ex|\n]']) {
      assert.ok(labels(inFront(front)).includes('Exchange SE'), front);
    }
  });
  test('of codes, with their registered meaning', () => {
    const codes = inFront('match:\n  - { enhanced: | }');
    assert.deepEqual(
      codes.filter(({ label }) => /^[45]\.7\.29$/.test(label)).map(({ label, documentation }) => [label, documentation]),
      [
        ['4.7.29', 'ARC validation failure'],
        ['5.7.29', 'ARC validation failure'],
      ],
    );
    assert.match(String(inFront('match:\n  - { reply: 45| }').find(({ label }) => label === '452')?.documentation), /storage/);
  });
  test('of events, with what they mean', () => {
    const found = inFront('match:\n  - { event: | }').find(({ label }) => label === 'MSExchangeTransport 15006');
    assert.match(String(found?.documentation), /./);
  });
  const written: readonly (readonly [string, string, string])[] = [
    ['category: |', 'tls', 'category: tls'],
    ['category:|', 'tls', 'category: tls'],
    ['category: mi|sc', 'tls', 'category: tls'],
    ['match:\n  - { enhanced: | }', '5.7.1', 'match:\n  - { enhanced: "5.7.1" }'],
    ['match:\n  - { enhanced: "5.|" }', '5.7.1', 'match:\n  - { enhanced: "5.7.1" }'],
    ["match:\n  - enhanced: '|'", '5.7.1', "match:\n  - enhanced: '5.7.1'"],
    ['match:\n  - { enhanced: "5.|, reply: 550 }', '5.7.1', 'match:\n  - { enhanced: "5.7.1"'],
    ['match:\n  - { reply: 4|, text: abcd }', '452', 'match:\n  - { reply: 452, text: abcd }'],
    ['match:\n  - reply: |', '452', 'match:\n  - reply: 452'],
    ['match:\n  - { event: MSExchangeTransport| }', 'MSExchangeTransport 15006', 'match:\n  - { event: MSExchangeTransport 15006 }'],
    ['products: [Exchange 2019, Ex|]', 'Exchange SE', 'products: [Exchange 2019, Exchange SE]'],
  ];
  for (const [front, label, expected] of written) test(`${JSON.stringify(front)} becomes ${JSON.stringify(expected)}`, () => assert.equal(chosen(front, label), expected));

  test('are none where anything can stand', () => {
    for (const front of [
      'title: |',
      'id: a|',
      'match:\n  - { text: "|" }',
      'match:\n  - { reply: 550 | }',
      '# a |',
      'category: tls # |',
      'unknown: |',
      'references:\n  - { url: | }',
    ])
      assert.deepEqual(labels(inFront(front)), [], front);
  });
});

test('completion: nothing outside of the front matter', () => {
  for (const text of ['|', '## Meaning\n\n|', '|---\nid: a\n---\n', `${goodDocument}|`, goodDocument.replace('M\n', 'category: |\n')])
    assert.deepEqual(offered(text), [], text.slice(0, 40));
  assert.deepEqual(labels(offered('---\ncategory: |')).length, categories.length);
});

test('completion: positions are in the encoding that was agreed', () => {
  const text = '---\nmatch:\n  - { text: "äöü", enhanced: "5." }\n---\n';
  const position = positionOf(text, text.indexOf('5.') + 2, 'utf-8');
  const item = getCompletions(openFailure(text, { encoding: 'utf-8' }), position, plainClient).find(({ label }) => label === '5.7.1');
  assert.equal(applyEdits(text, [item?.textEdit as TextEdit], 'utf-8'), text.replace('5.', '5.7.1'));
});

test('completion: any place of any beginning of a document is answered', () => {
  for (let length = 0; length < 300; length += 7) {
    const text = goodDocument.slice(0, length);
    const document = openFailure(text);
    for (let offset = 0; offset <= length; offset += 1) {
      for (const { textEdit } of getCompletions(document, positionOf(text, offset), modernClient)) {
        const { range } = textEdit as TextEdit;
        const position = positionOf(text, offset);
        assert.ok(
          range.start.line === position.line && range.end.line === position.line && range.start.character <= position.character && position.character <= range.end.character,
        );
      }
    }
  }
});
