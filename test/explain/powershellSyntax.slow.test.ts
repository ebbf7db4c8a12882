/** Whatever a log says, the runbook is PowerShell to a parser that is not ours. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { collectScript } from '../../server/src/explain/collectScript.ts';
import { runbookScript } from '../../server/src/explain/powershell.ts';
import { hostileCaptures } from '../support/hostileCaptures.ts';
import { checkRunbook, parsePowerShell } from '../support/powershellReference.ts';
import { projectKnowledge } from '../support/project.ts';
import { trials } from '../support/trials.ts';

test('a runbook parses, whatever a log says', async () => {
  const failure = fc.constantFrom(...projectKnowledge().data.failures);
  await fc.assert(
    fc.asyncProperty(failure, hostileCaptures, async (one, captures) => assert.deepEqual(await parsePowerShell(runbookScript(one, captures, 'full')), [])),
    trials(60),
  );
});

test('the script that collects missing logs parses, and only reads and copies', async () => {
  const span = { from: '2026-03-02T07:00:00.000Z', to: '2026-03-02T08:00:00.000Z', why: '' };
  const script = collectScript([
    { ...span, server: 'ex02', log: 'SMTP receive log (Mailbox, Delivery)' },
    { ...span, server: 'ex01', log: 'Message tracking log' },
  ]) as string;
  assert.deepEqual(await parsePowerShell(script), []);
  // What it makes is its own folder, and the copies in it.
  const making = /^(?:unknown cmdlet (?:Get-Location|Copy-Item|New-Item|Write-Warning)|(?:Copy-Item|New-Item|Write-Warning) would run without being uncommented)$/;
  assert.deepEqual(
    checkRunbook(script, 'evidence').filter((fault) => !making.test(fault)),
    [],
  );
});
