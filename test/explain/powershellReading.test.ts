/** What of a script is code is what PowerShell's tokenizer would say, whatever a quote or a # seems to be. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readPowerShell } from '../../server/src/explain/powershellReading.ts';
import { anyScript, oddScripts, openings } from '../support/openScripts.ts';
import { readCode } from '../support/powershellCode.ts';
import { trials } from '../support/trials.ts';

interface Lines {
  readonly isOpen: boolean;
  /** For each line whether it begins in code. */
  readonly code: readonly boolean[];
}

function linesOf(script: string): Lines {
  const { stretches, open } = readPowerShell(script);
  return { isOpen: open !== undefined, code: beginnings(script).map((at) => !stretches.some(({ start, end }) => start < at && at < end)) };
}

/** In code a comment can begin, and is none of it. */
function judgedLinesOf(script: string): Lines {
  const isCode = (at: number): boolean => {
    const { code, isOpen } = readCode(`${script.slice(0, at)}#comment`);
    return !isOpen && !code.includes('#comment');
  };
  return { isOpen: readCode(script).isOpen, code: beginnings(script).map(isCode) };
}

const beginnings = (script: string): number[] => [0, ...[...script.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: text }) => index + text.length)];

suite('readPowerShell', () => {
  for (const script of oddScripts) {
    test(`finds nothing open in ${JSON.stringify(script)}`, () => {
      assert.deepEqual(linesOf(script), judgedLinesOf(script));
      assert.equal(linesOf(script).isOpen, false);
      assert.equal(linesOf(script).code.at(-1), true);
    });
  }
  for (const script of openings) {
    test(`finds ${JSON.stringify(script)} open`, () => {
      assert.equal(linesOf(script).isOpen, true);
      assert.equal(readCode(script).isOpen, true);
    });
  }

  const kinds: readonly [string, string, number][] = [
    ["a\n'b\n", 'quotation', 2],
    ['a\n"b $(c "d)\n', 'quotation', 2],
    ["a @'\nb\n", 'here-string', 2],
    ['a <# b\n#', 'block comment', 2],
    ['\u0024{a\nb', 'name in braces', 0],
    ['a b$(c\n', 'subexpression', 3],
    ['a `', 'escaped line end', 2],
  ];
  for (const [script, kind, start] of kinds) {
    test(`says what is open in ${JSON.stringify(script)}`, () => assert.deepEqual(readPowerShell(script).open, { start, end: script.length + 1, kind }));
  }

  test('says of every script what its judge says', () => {
    fc.assert(
      fc.property(anyScript, (script) => assert.deepEqual(linesOf(script), judgedLinesOf(script))),
      trials(6_000),
    );
  });
});
