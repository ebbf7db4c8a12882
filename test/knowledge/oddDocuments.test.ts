/** Failure documents as nobody means to write them: each is a document or has its faults, and no other one is the worse for it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { compileDocuments, longestFailureDocument, parseFailure } from '../../server/src/knowledge/compile.ts';
import { parseYaml } from '../../server/src/knowledge/parseYaml.ts';
import { documentNames, goodDocument, spoiled } from '../support/failureDocument.ts';
import { openFailure } from '../support/openFailure.ts';
import { trials } from '../support/trials.ts';

const told = (text: string): string => {
  const read = parseFailure(text, 'a-b.md', documentNames);
  return 'problems' in read ? read.problems.map(({ message }) => message).join('\n') : '';
};
const inMeaning = (text: string): string => spoiled('\nM\n', `\n${text}\n`);
const inFrontMatter = (text: string): string => spoiled('title: T', text);

suite('a document that is nested', () => {
  const markers = ['> ', '- ', '* ', '1. ', '>', '+ '];
  for (const marker of markers)
    test(`in "${marker}" is read up to a depth, and told beyond it`, () => {
      for (const depth of [1, 10, 32]) assert.equal(told(inMeaning(`${marker.repeat(depth)}x`)), '', `${depth}`);
      for (const depth of [33, 100, 2_000, 30_000]) assert.match(told(inMeaning(`${marker.repeat(depth)}x`)), /too deeply/, `${depth}`);
    });
  test('line by line is told too', () => {
    const list = (depth: number): string => Array.from({ length: depth }, (_, level) => `${'  '.repeat(level)}- x`).join('\n');
    assert.equal(told(inMeaning(list(20))), '');
    assert.match(told(inMeaning(list(300))), /too deeply/);
  });
  test('in YAML is told, however it is nested', () => {
    for (const piece of ['[', '{a: ', '- ', '? ', ': ', '[[],', '{[', '!x [']) {
      for (const depth of [100, 3_000, 20_000]) assert.match(told(inFrontMatter(`title:\n  ${piece.repeat(depth)}`)), /too deeply/, `${piece} ${depth}`);
    }
    assert.match(told(inFrontMatter(Array.from({ length: 100 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'))), /too deeply/);
  });
  test('is told where that is', () => {
    const text = inMeaning(`above\n\n${'> '.repeat(50)}deep\n`);
    const read = parseFailure(text, 'a-b.md', documentNames);
    assert.ok('problems' in read);
    const [{ span }] = read.problems as [(typeof read.problems)[0]];
    assert.match(text.slice(span.start, span.end), /^[> ]+deep$/);
  });
});

suite('a document', () => {
  test('can be as long as anybody writes it, and no longer', () => {
    const long = (length: number): string => inMeaning('M'.padEnd(length - goodDocument.length + 1, 'M'));
    assert.equal(long(longestFailureDocument).length, longestFailureDocument);
    assert.equal(told(long(longestFailureDocument)), '');
    assert.match(told(long(longestFailureDocument + 1)), /must not be longer than 100,000 characters/);
    assert.deepEqual(openFailure(long(longestFailureDocument + 1)).front, undefined);
  });
  test('with a range of codes that never ends has a fault', () => {
    for (const end of ['99999999', '9'.repeat(50), '9'.repeat(5_000)]) assert.match(told(spoiled('{ reply: 454 }', `{ enhanced: "5.7.1-${end}" }`)), /"enhanced" must be/);
  });
  test('has no more faults than a reader can take', () => {
    const read = parseFailure(inFrontMatter('x: 1\n'.repeat(5_000)), 'a-b.md', documentNames);
    assert.equal('problems' in read && read.problems.length, 100);
  });
  test('may have the name that old Windows gave it', () => {
    assert.ok('failure' in parseFailure(goodDocument, 'own/A-B.MD', documentNames));
    assert.match(JSON.stringify(parseFailure(goodDocument, 'A-C.MD', documentNames)), /the file's name without \.md/);
  });

  const pieces = [
    '> ',
    '- ',
    '1. ',
    '\n',
    '    ',
    '\t',
    '```',
    '~~~',
    '# ',
    '## Meaning\n',
    '---\n',
    '===\n',
    '|',
    '[a]: b\n',
    '<!--',
    '<div>',
    '***',
    '{',
    '[',
    '}',
    ']',
    '"',
    "'",
    ': ',
    '&a ',
    '*a ',
    '!x ',
    '? ',
    '%',
    '|\n',
    '\u00AB',
    '\u00BB',
    'x',
    '\r',
    '\0',
    '\ud800',
    '\u2028',
  ];
  const odd = fc
    .array(fc.tuple(fc.constantFrom(...pieces), fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(3, 70, 1_500) })), { maxLength: 12 })
    .map((parts) => parts.map(([piece, count]) => piece.repeat(count)).join(''));
  test('never takes the others away, whatever it holds', () => {
    fc.assert(
      fc.property(
        odd,
        fc.constantFrom(
          inMeaning,
          inFrontMatter,
          (text: string) => `---\n${text}\n---\n`,
          (text: string) => text,
        ),
        (text, put) => {
          const files = [
            { path: 'odd.md', text: put(text) },
            { path: 'a-b.md', text: goodDocument },
          ];
          const { documents, faults } = compileDocuments(files, documentNames);
          assert.ok(documents.some(({ failure }) => failure.page === 'a-b.md'));
          assert.ok(faults.length > 0 && faults.every(({ path }) => path === 'odd.md'));
          openFailure(put(text));
        },
      ),
      trials(120),
    );
  });
  test("has the YAML that the library's own reader finds", () => {
    fc.assert(
      fc.property(odd, (text) => {
        const ours = parseYaml(text);
        if ('tooDeep' in ours) return;
        const theirs = parseDocument(text, { prettyErrors: false });
        assert.deepEqual(
          ours.errors.map(({ code, pos }) => [code, pos]),
          theirs.errors.map(({ code, pos }) => [code, pos]),
        );
        assert.deepEqual(ours.range, theirs.range);
        if (theirs.errors.length === 0 && !text.includes('*')) assert.deepEqual(ours.toJS(), theirs.toJS());
      }),
      trials(120),
    );
  });
});
