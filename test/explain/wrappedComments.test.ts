/** Long comments are broken, and nothing else of a runbook is. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { wrapComments } from '../../server/src/explain/wrappedComments.ts';
import { projectKnowledgeBase } from '../support/project.ts';

const scripts = projectKnowledgeBase().failures.flatMap(({ id, runbook }) => Object.entries(runbook).map(([stage, { script }]) => ({ name: `${id}, ${stage}`, script })));
const isComment = (line: string): boolean => /^\s*#/.test(line);
/** The words of a script, whatever lines its comments have. */
const wordsOf = (script: string): string => script.replace(/\n\s*# +(?=\S)/g, ' ').replace(/\s+/g, ' ');

suite('wrapped comments', () => {
  test('of every document say the same, and its code stays as it is', () => {
    for (const { name, script } of scripts) {
      const wrapped = wrapComments(script);
      const code = (text: string): string[] => text.split('\n').filter((line) => !isComment(line));
      assert.deepEqual(code(wrapped), code(script), name);
      assert.equal(wordsOf(wrapped), wordsOf(script), name);
      assert.equal(wrapComments(wrapped), wrapped, name);
    }
  });

  test('leave what somebody may uncomment on its line, and make nothing look like it', () => {
    const commands = (text: string): string[] => text.split('\n').filter((line) => /^\s*#\s*(?:\$|[A-Z][a-z]+-[A-Z])/.test(line));
    for (const { name, script } of scripts) assert.deepEqual(commands(wrapComments(script)), commands(script), name);
    const long = 'x'.repeat(90);
    for (const line of [
      `# Set-SendConnector -Identity $X ${long}`,
      `# certutil -verify ${long}`,
      `# $Old = ${long} and more`,
      `# & 'a' ${long}`,
      `$X = 1  # ${long} a b c`,
      `# ${long}${long}`,
    ])
      assert.equal(wrapComments(line), line);
  });

  test('are no wider than a hundred characters, with the indent and the mark on each line', () => {
    const prose = `    # ${'some words of prose '.repeat(20)}`.trimEnd();
    const lines = wrapComments(prose).split('\n');
    assert.ok(lines.length > 3 && lines.every((line) => line.length <= 100 && line.startsWith('    # ')));
    const wideProse = (line: string): boolean => isComment(line) && !/^\s*#\s*(?:\$|[A-Z][a-z]+-[A-Z])/.test(line) && line.length > 100;
    const wide = scripts.flatMap(({ script }) => wrapComments(script).split('\n')).filter(wideProse);
    const before = scripts.flatMap(({ script }) => script.split('\n')).filter(wideProse);
    assert.ok(wide.length < before.length / 3, `${wide.length} of ${before.length} are left`);
  });

  test('are left alone where a here-string or a block comment may hold them', () => {
    for (const script of [`$x = @'\n# ${'a b '.repeat(60)}\n'@`, `<#\n# ${'a b '.repeat(60)}\n#>`]) assert.equal(wrapComments(script), script);
  });
});
