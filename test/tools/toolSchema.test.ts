/** One description of what a tool takes: what it says to others, as a JSON schema, is what it takes itself. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { tools } from '../../server/src/tools/index.ts';
import { count, list, noted, nullable, number, oneOf, optional, preset, shape, string } from '../../server/src/tools/toolSchema.ts';
import { trials } from '../support/trials.ts';

const schema = shape({
  name: string({ shortest: 1, longest: 3, pattern: /^[a-z]*$/ }),
  size: optional(count(1, 5)),
  part: preset(oneOf(['one', 'two']), 'two'),
  ratio: noted(nullable(number()), 'A number or none'),
  entries: optional(list(shape({ x: count() }), 2)),
});

const value = fc.oneof(fc.constantFrom(null, undefined, 1, 5, 6, -1, 1.5, '', 'ab', 'abcd', 'A', 'one', 'two', true, [], [{ x: 0 }], [{}], [{ x: 1 }, { x: 2 }, { x: 3 }]));
const object = fc.dictionary(fc.constantFrom('name', 'size', 'part', 'ratio', 'entries', 'other', '__proto__', 'constructor'), value);

suite('the description of what a tool takes', () => {
  test('takes what its JSON schema takes', () => {
    const isValid = new Ajv().compile(schema.json);
    const good = fc.record({ name: fc.constantFrom('a', 'abc'), ratio: fc.constantFrom(null, 1) });
    let taken = 0;
    fc.assert(
      fc.property(good, object, fc.constantFrom('good', 'mixed', 'any'), (base, other, kind) => {
        const given = JSON.parse(JSON.stringify(kind === 'good' ? base : kind === 'mixed' ? { ...base, ...other } : other)) as object;
        const expected = isValid(given);
        taken += Number(expected);
        if (expected) assert.deepEqual(schema.read(given, 'The input'), { part: 'two', ...given });
        else assert.throws(() => schema.read(given, 'The input'), Error);
      }),
      trials(1_000),
    );
    assert.ok(taken > 0, `${taken}`);
  });

  test('is a schema for every tool, with no member that a tool does not know', () => {
    const ajv = new Ajv();
    for (const { name, input, output } of tools) {
      ajv.compile(input.json);
      ajv.compile(output.json);
      assert.throws(() => input.read({ path: '/etc/passwd' }, 'The input'), /not known|must be/, name);
    }
  });

  test('says what is wrong without the value, which may be anybody’s', () => {
    for (const given of [
      { name: 'SECRET', ratio: 1 },
      { name: 'a', ratio: 1, part: 'SECRET' },
      { name: 'a', ratio: 1, SECRET: 1 },
    ])
      assert.throws(
        () => schema.read(given, 'The input'),
        (error: Error) => !error.message.includes('SECRET'),
      );
  });
});
