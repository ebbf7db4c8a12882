/** What every runbook owes to whoever has to take a change back, perhaps a day later: old values that are still there, and a trial of each command. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectKnowledge } from '../support/project.ts';

const failures = projectKnowledge().documents.map(({ failure }) => failure);
/** The cmdlets that have no -WhatIf, though they change something. */
const withoutTrial = /^(?:Remove-BlockedSenderAddress|Remove-TenantAllowBlockListItems)$/;
const changing = /^# (?:\S.*\| )?((?:Add|Disable|Enable|New|Remove|Restart|Resume|Retry|Set|Start|Stop|Suspend|Update)-\w+) /;
const saved = /"(mailflow-lens-[\w-]+-\$Saved\.xml)"/;

test('an old value is in a file before the change, and is read from there in another window', () => {
  let values = 0;
  for (const { id, runbook } of failures) {
    const change = runbook.change.script.split('\n');
    const back = runbook.rollBack.script.split('\n');
    const files = new Set(change.filter((line) => line.includes('Export-Clixml')).map((line) => saved.exec(line)?.[1]));
    const names = new Set(change.flatMap((line) => /^# (?:\[[\w -]+\] )?(\$Old\w+) =/.exec(line)?.[1] ?? []));
    const uses = (name: string) => (line: string) => !line.includes('Import-Clixml') && new RegExp(`\\${name}\\b`).test(line);
    // Of what is typed in, such as the name of the old connector, there is nothing to save, and what a session alone has ends with it.
    const isKept = (name: string): boolean => !change.some((line) => line === `# ${name} = ''` || line.startsWith(`# ${name} = [System.`));
    for (const name of [...names].filter((one) => back.some(uses(one)) && isKept(one))) {
      values++;
      const read = back.find((line) => line.startsWith(`# ${name} = `) && line.includes('Import-Clixml'));
      assert.ok(read !== undefined, `${id}: ${name} is lost with its window`);
      assert.ok(files.has(saved.exec(read)?.[1]), `${id}: nothing writes the file of ${name}`);
      assert.ok(back.indexOf(read) < back.findIndex(uses(name)), `${id}: ${name} is read too late`);
    }
  }
  assert.ok(values > 80);
});

test('a change is tried with -WhatIf first, where the cmdlet can', () => {
  for (const { id, kind, runbook } of failures) {
    const lines = runbook.change.script.split('\n');
    for (const line of lines) {
      const cmdlet = changing.exec(line)?.[1];
      if (cmdlet === undefined || withoutTrial.test(cmdlet) || line.endsWith(' -WhatIf')) continue;
      assert.ok(lines.includes(`${line} -WhatIf`), `${kind} ${id}: ${line}`);
    }
  }
});

test('to verify is to read, and what was refused for good is verified by a message', () => {
  for (const { id, match, runbook } of failures) {
    const { script } = runbook.verify;
    assert.doesNotMatch(script, /\[(?:reversible|affects service|cannot be undone)\]/, id);
    const codes = match.flatMap(({ enhanced, reply }) => ((enhanced ?? reply) ? [`${enhanced ?? reply}`.charAt(0)] : []));
    const isFinal = codes.length > 0 && codes.every((code) => code === '5');
    if (isFinal && script.includes('Get-Queue')) assert.match(script, /Get-Message(?:TrackingLog|TraceV2)|Get-WinEvent/, `${id}: a refused message is in no queue`);
  }
});

test('a value from the log is doubled before it is quoted in a filter', () => {
  for (const { id, runbook } of failures)
    for (const { script } of Object.values(runbook)) assert.doesNotMatch(script, /-Filter "[^"\n]*'[^'"\n]*\$(?!Quoted|Escaped)(?:Recipient|Sender|LegacyAddress)/, id);
});
