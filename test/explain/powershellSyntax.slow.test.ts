/** Whatever a log says, the runbook is PowerShell to a parser that is not ours. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { runbookScript } from '../../server/src/explain/powershell.ts';
import { hostileCaptures } from '../support/hostileCaptures.ts';
import { parsePowerShell } from '../support/powershellReference.ts';
import { projectKnowledge } from '../support/project.ts';
import { trials } from '../support/trials.ts';

test('a runbook parses, whatever a log says', async () => {
  const failure = fc.constantFrom(...projectKnowledge().data.failures);
  await fc.assert(
    fc.asyncProperty(failure, hostileCaptures, async (one, captures) => assert.deepEqual(await parsePowerShell(runbookScript(one, captures, 'full')), [])),
    trials(60),
  );
});
