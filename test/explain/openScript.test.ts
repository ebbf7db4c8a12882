/** Text of a log never becomes PowerShell, however the script above it stands. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Failure } from '../../server/src/failures.ts';
import { editScratchFile } from '../../server/src/service/scratchFile.ts';
import { extendScript } from '../../server/src/service/scratchScript.ts';
import { applied, hostileInsertion, judgeInsertion, judgeSlip } from '../support/insertionLaws.ts';
import { anyScript, openings } from '../support/openScripts.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const failures = projectKnowledgeBase().failures.filter(({ kind }) => kind !== 'guide');
const failure = failures.find(({ id }) => id === 'tls-untrusted-root') as Failure;
const insertion = { captures: { sendConnector: 'Internet', server: 'EX01' }, part: 'evidence', evidence: 'SEND.LOG line 1: 454 4.7.0' } as const;

suite('an open script', () => {
  const cases: readonly [string, string, number, string, string?][] = [
    ['a quotation', "Get-Date\r\nWrite-Host 'todo\r\n\r\n", 1, 'the quotation that begins in line 2 is never closed. Close it'],
    ['a here-string', "$x = @'\n", 0, 'the here-string that begins in line 1 is never closed. Close it'],
    ['a block comment', '\n\n<# todo', 2, 'the block comment that begins in line 3 is never closed. Close it'],
    ['a name in braces', '\u0024{todo', 0, 'the name in braces that begins in line 1 is never closed. Close it'],
    ['a subexpression', 'Write-Host a$(', 0, 'the $( that begins in line 1 is never closed. Close it'],
    ['a backtick', 'Get-Date |\nSort-Object `', 1, 'line 2 ends with a backtick, which joins the next line to it. Remove it'],
    [
      'a quote too few',
      "Write-Host it's\n\n$a = 'b'\n$c = 'd'\n",
      0,
      'the quotation that begins in line 4 is never closed. Close it',
      ' Look at line 1 first: a quotation that begins there goes over the end of its line.',
    ],
  ];
  for (const [what, script, line, reason, elsewhere = ''] of cases) {
    test(`gets nothing, and the user is told why: ${what}`, () => {
      const warning = `Nothing was inserted, because the scratch script is open: ${reason} before you run anything, then insert the runbook again.${elsewhere}`;
      assert.deepEqual(extendScript(script, failure, insertion), { insertions: [], line, warning });
    });
  }
  test('is extended above of what is open', () => {
    const script = applied('', extendScript('', failure, insertion));
    const extended = applied(`${script}'`, extendScript(`${script}'`, failure, { ...insertion, evidence: 'again' }));
    assert.equal(extended, `${script.replace('454 4.7.0\n', '454 4.7.0\n# Seen: again\n')}'`);
  });
  test('gets no edit from other editors', () => {
    const file = { uri: 'file:///x.ps1', exists: true, version: null, text: "'", range: () => ({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }) };
    const arguments_ = { ...insertion, failure: failure.id };
    const { edit, warning } = editScratchFile(file, failure, arguments_, true);
    assert.equal(edit, undefined);
    assert.match(warning ?? '', /^Nothing was inserted, because the scratch script is open: /);
    assert.ok(editScratchFile({ ...file, text: '' }, failure, arguments_, true).edit);
  });
});

suite('laws of an insertion', () => {
  const anyFailure = fc.constantFrom(...failures);
  test('hold below every script', () => {
    fc.assert(
      fc.property(anyScript, anyFailure, hostileInsertion, (script, of, inserted) => assert.deepEqual(judgeInsertion(script, of, inserted), [])),
      trials(1_500),
    );
  });
  test('hold where something is opened above a region later', () => {
    fc.assert(
      fc.property(fc.constantFrom(...openings), anyFailure, hostileInsertion, (opening, of, inserted) => assert.deepEqual(judgeSlip(`${opening}\n`, of, inserted), [])),
      trials(1_500),
    );
  });
});
