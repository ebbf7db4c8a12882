/** The published schema of the front matter, held against the parser: what a validator of JSON Schema takes, the parser takes, and nothing else. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Schema } from '../../server/src/knowledge/failureSchema.ts';
import { findFrontMatter, readFrontMatter } from '../../server/src/knowledge/frontMatter.ts';
import { categories, severities } from '../../server/src/values.ts';
import { filesBelow, readProjectFile } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const schema = JSON.parse(readProjectFile('knowledge/failure.schema.json')) as Schema & object;
const validate = new Ajv({ strict: false, unicodeRegExp: true }).compile(schema);

function problemsOf(text: string): readonly string[] {
  const at = findFrontMatter(text);
  assert.ok(at?.closing);
  return readFrontMatter(text, at).problems.map(({ message }) => message);
}
/** JSON is YAML. */
const written = (values: object): string =>
  `---\n${Object.entries(values)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}\n`)
    .join('')}---\n`;

const good = {
  id: 'a-b',
  category: 'tls',
  title: 'T',
  short: 'S',
  severity: 'error',
  match: [
    { reply: 454, enhanced: '4.7.0', text: ['user unknown', 'no such user'] },
    { event: 'MSExchangeTransport 2004' },
    { text: 'user unknown', command: 'RCPT', part: 'A part' },
    { enhanced: '5.7.606-649', general: true },
    { near: [['mailbox'], ['full', 'quota']] },
  ],
  directions: { receive: 'A part', send: 'A.Part' },
  products: ['Exchange 2019'],
  references: [{ title: 'R', url: 'https://www.rfc-editor.org/rfc/rfc3463', checked: '2026-11' }],
};

/** Values that are near what can stand anywhere, good and bad. A range downwards is beyond what a schema can say. */
const strange: readonly unknown[] = [
  ...'| |a|abc|abc | abcd |a\nbcd|😀😀|😀😀😀😀|tls|error|guide|failure|recipe|a-b|A-b|a--b|-a|MSExchangeTransport 2004|MSExchangeTransport|A B 1|A 123456'.split('|'),
  ...'4.7.0|4.7|2.1.5|5.7.606-649|4.07.1|4.7.1000|5.7.1-|4.7.0\n|https://contoso.com|http://contoso.com|https://|https://a b|2026-11|2026-00|2026-13|26-11|2026-11-22|An open proxy is not allowed|Twenty-nine characters, no less|A blank at its end '.split(
    '|',
  ),
  ...(JSON.parse(
    '[null, true, false, "true", "RCPT", "QUIT", [["abcd"], ["abcd"]], [["abcd"], ["abc"]], 0, 399, 400, 454, 599, 600, 454.5, -1, 1e21, [], {}, [[]], [{}], [null], ["abcd"], ["abc"], ["X", "X"], [1], { "reply": 454 }]',
  ) as unknown[]),
  ...(JSON.parse('[[{ "reply": 454 }], [{ "reply": "454" }], [{ "foo": 1 }], [{ "text": [] }], [{ "text": ["user unknown"] }], [{ "text": {} }]]') as unknown[]),
];

suite('schema and parser', () => {
  test('agree on every document that is shipped', () => {
    const paths = filesBelow('knowledge').filter((path) => path.endsWith('.md'));
    assert.ok(paths.length > 100);
    for (const path of paths) {
      const text = readProjectFile(path);
      const at = findFrontMatter(text);
      assert.ok(at && validate(parse(text.slice(at.start, at.end))), `${path}: ${JSON.stringify(validate.errors)}`);
      assert.deepEqual(problemsOf(text), [], path);
    }
  });

  interface Change {
    readonly path: readonly (string | number)[];
    /** Undefined takes away what stands there. */
    readonly value: unknown;
  }
  const verdicts = { taken: 0, refused: 0 };
  const compare = (changes: readonly Change[], kind: object = {}): void => {
    const values = structuredClone({ ...good, ...kind });
    for (const { path, value } of changes) put(values, path, structuredClone(value));
    const plain = JSON.parse(JSON.stringify(values)) as object;
    const problems = problemsOf(written(plain));
    const isValid = validate(plain);
    verdicts[isValid ? 'taken' : 'refused'] += 1;
    assert.equal(problems.length === 0, isValid, `${written(plain)}${problems.join('\n')}\n${JSON.stringify(validate.errors)}`);
  };
  const places = placesOf(good);
  const added = places
    .filter((path) => typeof path.at(-1) === 'string')
    .flatMap((path) => ['foo', 'kind', 'text', 'near', 'general', 'part'].map((key) => [...path.slice(0, -1), key]));
  test('agree on documents that were changed in one place', () => {
    for (const path of [...places, ...added]) for (const value of [undefined, ...strange]) compare([{ path, value }]);
    assert.ok(verdicts.taken > 100 && verdicts.refused > 100, JSON.stringify(verdicts));
  });
  test('agree on documents that were changed in several places', () => {
    const change = fc.record({ path: fc.constantFrom(...places, ...added), value: fc.constantFrom(undefined, ...strange) });
    const kinds = fc.constantFrom({}, { kind: 'guide' }, { kind: 'failure' }, { kind: 'guide', match: undefined });
    fc.assert(fc.property(fc.array(change, { maxLength: 3 }), kinds, compare), trials(1_000));
  });

  test('a range downwards is the one thing that only the parser sees', () => {
    const values = { ...good, match: [{ enhanced: '5.7.9-1' }] };
    assert.ok(validate(values));
    assert.match(problemsOf(written(values)).join('\n'), /range without any code/);
  });
});

test('the schema knows the names of the values, and says something of each key and name', () => {
  assert.deepEqual(schema.properties?.['category']?.enum, categories);
  assert.deepEqual(schema.properties?.['severity']?.enum, severities);
  const check = (part: Schema, path: string): void => {
    assert.equal(part.enum?.length, part.enumDescriptions?.length, path);
    for (const [key, inner] of Object.entries(part.properties ?? {})) {
      assert.match(inner.description ?? '', /^[A-Z].*\.$/, `${path}.${key}`);
      assert.match(inner.errorMessage ?? '', /^"\w+" must .*\.$/, `${path}.${key}`);
      check(inner, `${path}.${key}`);
    }
    if (part.items) check(part.items, `${path}[]`);
  };
  check(schema, 'front matter');
});

/** The paths of all values of a document: ['match', 0, 'reply'] and so on. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const inner = Array.isArray(value) ? [...value.entries()] : value && typeof value === 'object' ? Object.entries(value) : [];
  return [...(path.length > 0 ? [path] : []), ...inner.flatMap(([key, part]) => placesOf(part, [...path, key]))];
}

function put(values: object, path: readonly (string | number)[], value: unknown): void {
  let at = values as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) {
    const next = at[step];
    // Another change has taken the place away.
    if (next === null || typeof next !== 'object') return;
    at = next as typeof at;
  }
  at[path.at(-1) as string] = value;
}
