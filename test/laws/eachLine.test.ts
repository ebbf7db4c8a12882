/** Lines that are read one by one, searched as one, say what each of them says alone. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { createExplainer, findFindings } from '../../server/src/analysis/findings.ts';
import { lineAnswers } from '../../server/src/analysis/lineAnswers.ts';
import { readEachLine, readRecords } from '../../server/src/formats/index.ts';
import type { LogRecord } from '../../server/src/values.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';
import { trials, tried } from '../support/trials.ts';

const logs = filesBelow('test/logs').filter((path) => !path.endsWith('.expected'));
const linesOf = (path: string): string[] => readFileSync(join(root, path), 'utf8').split('\n');
const withoutEnd = (line: string): string => line.replace(/\r$/, '');

function readTogether(lines: readonly string[]): LogRecord[][] {
  const told: LogRecord[][] = lines.map(() => []);
  readEachLine(lines.map((line) => `${line}\n`).join(''), (line, records) => {
    told[line] = records;
  });
  return told;
}

suite('each line', () => {
  for (const path of tried(logs)) {
    test(`${path}: is read as if it stood alone`, () => {
      const lines = linesOf(path);
      assert.deepEqual(
        readTogether(lines),
        lines.map((line) => readRecords(withoutEnd(line))),
      );
    });
  }

  test('of any logs, in any order, with any breaks inside', () => {
    const all = logs.flatMap(linesOf).filter((line) => line.length < 2_000);
    const line = fc.oneof(
      fc.constantFrom(...all),
      fc.tuple(fc.constantFrom(...all), fc.constantFrom('\r', '\\n', '\\r\\n', '"', '\u2028'), fc.constantFrom(...all)).map(([one, between, other]) => `${one}${between}${other}`),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        assert.deepEqual(
          readTogether(lines),
          lines.map((each) => readRecords(withoutEnd(each))),
        );
      }),
      trials(100),
    );
  });

  test('is answered by exactly one line, in order', () => {
    const knowledge = projectKnowledgeBase();
    for (const path of logs.slice(0, 12)) {
      const lines = linesOf(path);
      const answers = lineAnswers(lines.map((line) => `${line}\n`).join(''), 'jsonl', createExplainer(knowledge)).split('\n');
      assert.equal(answers.pop(), '');
      assert.equal(answers.length, lines.length);
      for (const [index, answer] of answers.entries()) {
        const findings = findFindings(withoutEnd(lines[index] as string), knowledge);
        const { failure, more, response } = JSON.parse(answer) as { failure?: string | null; more?: number; response?: string | null };
        assert.equal(failure, findings[0] ? (findings[0].failure?.id ?? null) : undefined);
        assert.equal(response, findings[0] ? (findings[0].record.response?.text ?? null) : undefined);
        assert.equal(more ?? 0, Math.max(0, findings.length - 1));
      }
    }
  });
});
