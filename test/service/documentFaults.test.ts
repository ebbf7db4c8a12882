/** A faulty document of the knowledge base is told where and why: every fault once, at what is wrong. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { compileDocuments } from '../../server/src/knowledge/compile.ts';
import { parseFailure } from '../../server/src/knowledge/parseFailure.ts';
import { documentNames, goodDocument, spoiled } from '../support/failureDocument.ts';
import { tried } from '../support/trials.ts';

/** Each fault as what is underlined and what is said. */
function faultsOf(text: string, page = 'knowledge/failures/x/a-b.md'): [string, string][] {
  const result = parseFailure(text, page, documentNames);
  return 'problems' in result ? result.problems.map(({ span, message }) => [text.slice(span.start, span.end), message]) : [];
}

test('the pattern of these tests is good', () => assert.deepEqual(faultsOf(goodDocument), []));

test('a guide needs neither conditions nor examples', () => {
  const guide = goodDocument
    .replace('id: a-b', 'kind: guide\nid: a-b')
    .replace('match:\n  - { reply: 454 }\n', '')
    .replace(/## Samples[\s\S]*$/, '');
  assert.deepEqual(faultsOf(guide), []);
});

/** What is replaced by what, what is underlined, and what is said of it. */
const cases: readonly (readonly [name: string, from: string, to: string, underlined: string, message: RegExp])[] = [
  ['no front matter', '---\nid', 'id', 'id: a-b', /must begin with front matter/],
  ['front matter without an end', 'checked: 2026-11 }\n---', 'checked: 2026-11 }', '---', /never closed: a second line of three dashes/],
  ['an unknown category', 'tls', 'misc', 'misc', /"category" must be one of recipient-unknown, .*, unknown\. Here it is "misc"\.$/],
  ['a category that is missing', 'category: tls\n', '', '---', /^"category" is missing: what kind/],
  ['a category that is empty', 'category: tls', 'category:', 'category', /Here it is empty\.$/],
  ['an id that is a sentence', 'id: a-b', 'id: A b', 'A b', /joined by hyphens, such as certificate-expired\. Here it is "A b"\.$/],
  ["an id that is not the file's name", 'id: a-b', 'id: a-c', 'a-c', /must be the file's name.* and the file is a-b\.md\.$/],
  ['an unknown key', 'severity: error', 'severity: error\nurgency: high', 'urgency', /^"urgency" is not known here\. Known are id, category,/],
  ['a key twice', 'severity: error', 'severity: error\nid: a-b', 'id', /stands here twice/],
  ['a title that is a number', 'title: T', 'title: 4711', '4711', /must be a text.*Here it is 4711\.$/],
  ['a list that is a text', 'products: [X]', 'products: X', 'X', /must be a list.*Here it is "X"\.$/],
  ['an empty list', 'products: [X]', 'products: []', '[]', /Here it is an empty list\.$/],
  ['a product that is a number', 'products: [X]', 'products: [X, 2019]', '2019', /a name, such as Exchange 2019\. Here it is 2019\.$/],
  ['a reply code that is none', 'reply: 454', 'reply: 250', '250', /from 400 to 599, without quotes\. Here it is 250\.$/],
  ['a reply code in quotes', 'reply: 454', 'reply: "454"', '"454"', /without quotes\. Here it is "454"\.$/],
  ['an enhanced code that is a number', 'reply: 454', 'enhanced: 4.7', '4.7', /"enhanced" must be .* in quotes/],
  ['an enhanced code that no server writes', 'reply: 454', 'enhanced: "4.07.1"', '"4.07.1"', /"enhanced" must be/],
  ['a range downwards', 'reply: 454', 'enhanced: "5.7.9-1"', '"5.7.9-1"', /first number must not be greater/],
  ['a short text', 'reply: 454', 'text: "abc "', '"abc "', /at least four characters.*Here it is "abc "\.$/],
  ['a short text among others', 'reply: 454', 'text: [user unknown, abc]', 'abc', /at least four characters/],
  ['an event without its id', 'reply: 454', 'event: MSExchangeTransport', 'MSExchangeTransport', /a source and an id/],
  [
    'an unknown key of a condition',
    '{ reply: 454 }',
    '{ reply: 454, code: 1 }',
    'code',
    /"code" is not known here\. Known are reply, enhanced, text, near, command, event, part, general\.$/,
  ],
  ['a blank that is missing', '{ reply: 454 }', '{ reply:454 }', 'reply:454', /blank is missing after the colon of "reply:"/],
  ['an empty condition', '{ reply: 454 }', '{}', '{}', /at least one of reply, enhanced, text, near, command and event/],
  ['a condition that is only general', '{ reply: 454 }', '{ general: true }', 'general', /needs a condition beside it/],
  ['words near each other beside a phrase', '{ reply: 454 }', '{ text: abcd, near: [[mailbox], [full]] }', 'near', /write an entry for each/],
  ['words near none', 'reply: 454', 'near: [[mailbox]]', '[[mailbox]]', /two lists of words.*Here it is a list\.$/],
  ['words near more than those of one list', 'reply: 454', 'near: [[mailbox], [full], [quota]]', '[[mailbox], [full], [quota]]', /two lists of words/],
  ['a short word near others', 'reply: 454', 'near: [[mailbox], [off]]', 'off', /at least four characters/],
  ['a command that is none', 'reply: 454', 'command: QUIT', 'QUIT', /one of connection, EHLO, .*, message\. Here it is "QUIT"\.$/],
  ['what is general in quotes', '{ reply: 454 }', '{ reply: 454, general: "true" }', '"true"', /"general" must be true or false, without quotes/],
  ['a condition that is a number', '{ reply: 454 }', '454', '454', /at least one of reply.*Here it is 454\.$/],
  ['an address that is not of the web', '"https://www.rfc-editor.org/rfc/rfc3463"', 'rfc3463', 'rfc3463', /"url" must be an https address/],
  ['a month that is none', '2026-11', '2026-13', '2026-13', /"checked" must be a month/],
  ['a reference without its title', 'title: R, ', '', '{ url: "https://www.rfc-editor.org/rfc/rfc3463", checked: 2026-11 }', /"title" is missing/],
  ['a kind that is none', 'id: a-b', 'kind: recipe\nid: a-b', 'recipe', /"kind" must be failure or guide/],
  ['a guide with conditions', 'id: a-b', 'kind: guide\nid: a-b', 'match', /A guide has no "match"/],
  ['a value that stands for another', 'title: T', 'title: *other', '*other', /Write the value itself/],
  ['a bracket that is not closed', 'products: [X]', 'products: [X', '[', /bracket is never closed: \] is missing/],
  ['a map that is not closed', '{ reply: 454 }', '{ reply: 454', '{', /bracket is never closed: \} is missing/],
  ['a quotation mark that is not closed', 'title: T', 'title: "T', '"', /quotation mark is never closed/],
  ['a colon in a text', 'title: T', 'title: Mail: refused', 'M', /must stand in quotes/],
  ['a tab', '  - { reply: 454 }', '\t- { reply: 454 }', '\t', /indent with blanks/],
  ['a comma that is missing', '{ reply: 454 }', '{ reply: 454 enhanced: "4.7.0" }', '454 enhanced: "4.7.0" ', /comma is missing/],
  ['a line without a colon', 'title: T', 'title', 'title\nseverity', /A colon and a blank are missing/],
  ['a section that is missing', '## Cause', '## Reasons', '---', /"## Cause" is missing below/],
  ['a section twice', '## Cause', '## Meaning\n\n## Cause', '## Meaning', /stands here twice/],
  ['a stage without its label', '## Change (reversible)', '## Change', '## Change', /must be "## Change \(reversible\)" or "## Change \(affects service\)"/],
  ['a stage without its fence', '```powershell\n# x\n```\n\n## Verify', '## Verify', '## Change (reversible)', /exactly one fence/],
  ['a stage with two fences', '## Verify\n', '```powershell\n# y\n```\n\n## Verify\n', '```powershell\n# y\n```', /exactly one fence/],
  ['a sample without a mark', '«454 4.7.0» x', '454 4.7.0 x', '454 4.7.0 x', /must mark with « »/],
  ['a sample with half a mark', '«454 4.7.0» x', '«454 4.7.0 x', '«454 4.7.0 x', /must mark with « »/],
  ['a sample of no form', '```log text\n«', '```log txt\n«', '```log txt', /name of its format: agent-log, /],
];

suite('a fault is told once, at what is wrong', () => {
  for (const [name, from, to, underlined, message] of cases) {
    test(name, () => {
      const text = spoiled(from, to);
      for (const written of [text, text.replaceAll('\n', '\r\n')]) {
        const [[place, said], ...others] = faultsOf(written) as [[string, string]];
        assert.deepEqual(others, []);
        assert.equal(place?.replaceAll('\r\n', '\n'), underlined);
        assert.match(said, message);
      }
    });
  }
  test('also below a byte order mark', () => assert.deepEqual(faultsOf(`\uFEFF${spoiled('tls', 'misc')}`)[0]?.[0], 'misc'));
  test('all faults at once, in the order of the text', () => {
    const text = goodDocument.replace('tls', 'misc').replace('454 }', '250, code: 1 }').replace('[X]', '[]').replace('## Cause', '## Reasons').replace('«454 4.7.0»', '454');
    assert.deepEqual(
      faultsOf(text).map(([place]) => place),
      ['misc', '250', 'code', '[]', '---', '454 x'],
    );
  });
  test('what stands before broken YAML is judged, what stands behind it is not', () => {
    const text = goodDocument.replace('tls', 'misc').replace('title: T', 'title: "T').replace('[X]', '[]');
    assert.deepEqual(
      faultsOf(text).map(([place]) => place),
      ['misc', '"'],
    );
  });
});

test('a document begun is told what it lacks, and nothing throws', () => {
  for (const length of tried(Array.from({ length: goodDocument.length + 1 }, (_, count) => count))) {
    const text = goodDocument.slice(0, length);
    const result = parseFailure(text, 'a-b.md', documentNames);
    if (!('problems' in result)) continue;
    assert.ok(result.problems.length > 0);
    for (const { span } of result.problems) assert.ok(span.start >= 0 && span.end > span.start && span.start <= text.length, `${length}: ${JSON.stringify(span)}`);
  }
  const deep = spoiled('[X]', '['.repeat(20_000));
  assert.ok(faultsOf(deep).length > 0);
});

test('faults stand at their file, line and column; the second of two documents with one id is faulty', () => {
  const files = [
    { path: 'one/a-b.md', text: goodDocument },
    { path: 'two/a-b.md', text: goodDocument.replaceAll('\n', '\r\n') },
    { path: 'two/bad.md', text: spoiled('reply: 454', 'reply: 250') },
  ];
  const { documents, faults } = compileDocuments(files, documentNames);
  assert.deepEqual(
    documents.map(({ failure }) => failure.page),
    ['one/a-b.md'],
  );
  assert.deepEqual(
    faults.map(({ path, line, column }) => [path, line, column]),
    [
      ['two/a-b.md', 2, 5],
      ['two/bad.md', 2, 5],
      ['two/bad.md', 7, 14],
    ],
  );
});
