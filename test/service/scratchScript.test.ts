/** The scratch script belongs to its user: it only grows, says nothing twice, and takes any edit. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { shellOf } from '../../server/src/explain/powershell.ts';
import { wrapComments } from '../../server/src/explain/wrappedComments.ts';
import type { Failure } from '../../server/src/failures.ts';
import { extendScript } from '../../server/src/service/scratchScript.ts';
import type { Captures } from '../../server/src/values.ts';
import { hostileText } from '../support/hostileText.ts';
import { structure } from '../support/powershellReader.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const document = projectKnowledgeBase().failure('tls-untrusted-root') as Failure;
/** Its stages need the same values: the time in the names of files is assigned where the first stage with a file comes. */
const failure: Failure = {
  ...document,
  runbook: mapStages(document.runbook, (script) => script.replaceAll('$Saved', 'Saved')),
};
const connector = 'Outbound to Office 365';
type Insertion = Parameters<typeof extendScript>[2];
const evidence: Insertion = { captures: { sendConnector: connector, server: 'EX01' }, part: 'evidence', evidence: 'send.log:12: 454 4.7.0 UntrustedRoot' };
const full: Insertion = { ...evidence, part: 'full' };
const guard = "# Values from the log. The quote at the end closes one that is left open above: '";
const name = `Mailflow Lens: tls-untrusted-root: ${connector}`;

function mapStages(runbook: Failure['runbook'], change: (script: string) => string): Failure['runbook'] {
  const { evidence, change: changes, verify, rollBack } = runbook;
  const changed = (stage: typeof evidence): typeof evidence => ({ ...stage, script: change(stage.script) });
  return { evidence: changed(evidence), change: changed(changes), verify: changed(verify), rollBack: changed(rollBack) };
}

function extended(script: string, insertion: Insertion, of: Failure = failure): string {
  let result = '';
  let at = 0;
  for (const { offset, text } of extendScript(script, of, insertion).insertions) {
    result += script.slice(at, offset) + text;
    at = offset;
  }
  return result + script.slice(at);
}
const splitLines = (script: string): string[] => script.split(/\r\n|\r|\n/);
const count = (script: string, line: string): number => splitLines(script).filter((candidate) => candidate.trim() === line).length;

suite('extendScript: a region', () => {
  test('comes below a header into an empty script', () => {
    const script = extended('', evidence);
    const lines = splitLines(script);
    const { line } = extendScript('', failure, evidence);
    assert.match(lines[0] ?? '', /^# .*Mailflow Lens/);
    assert.deepEqual(lines.slice(line, line + 9), [
      `#region ${name}`,
      "# Certificate not trusted: the receiving server does not accept this server's TLS certificate",
      '# Seen: send.log:12: 454 4.7.0 UntrustedRoot',
      `# For ${shellOf(failure)}.`,
      guard,
      `$SendConnector = '${connector}'`,
      "$Server = 'EX01'",
      '',
      '# Evidence (read-only)',
    ]);
    assert.ok(script.endsWith(`\n#endregion ${name}\n`));
    assert.ok(script.includes(wrapComments(failure.runbook.evidence.script)) && !script.includes(wrapComments(failure.runbook.change.script)));
  });
  test('names the file of old values by its time once', () => {
    const saving: Failure = { ...failure, runbook: { ...failure.runbook, change: { ...failure.runbook.change, script: '# Get-Queue | Export-Clixml -Path "a-$Saved.xml"' } } };
    const first = extended('', evidence, saving);
    const script = extended(first, full, saving);
    assert.doesNotMatch(first, /\$Saved/);
    assert.equal(script.match(/^\$Saved = Get-Date -Format 'yyyyMMdd-HHmmss'$/gm)?.length, 1);
    assert.equal(extended(script, full, saving), script);
  });
  test('has all four stages of the full runbook', () => {
    const script = extended('', full);
    for (const stage of Object.values(failure.runbook)) assert.ok(script.includes(`\n\n# ${stage.heading}\n${wrapComments(stage.script)}\n`));
  });
  test('follows what the user wrote, after a blank line and without a header', () => {
    for (const script of ['Get-Date', 'Get-Date\n', 'Get-Date\n\n']) assert.ok(extended(script, evidence).startsWith(`Get-Date\n\n#region ${name}\n`));
  });
  test('of another target stands for itself', () => {
    const script = extended(extended('', evidence), { ...evidence, captures: { sendConnector: 'Internet' } });
    assert.ok(script.includes(`#endregion ${name}\n\n#region Mailflow Lens: tls-untrusted-root: Internet\n`));
    assert.equal(count(script, '# Evidence (read-only)'), 2);
  });
  test('of another failure stands for itself', () => {
    const script = extended(extended('', evidence), evidence, { ...failure, id: 'tls-other' });
    assert.equal(count(script, `#region Mailflow Lens: tls-other: ${connector}`), 1);
  });
  test('is named by the first target that the log names', () => {
    const nameOf = (captures: Captures): string | undefined => /#region .*: (.*)\n/.exec(extended('', { ...evidence, captures }))?.[1];
    assert.equal(nameOf({ recipientDomain: 'contoso.com', remoteHost: 'mail.contoso.com' }), 'contoso.com');
    assert.equal(nameOf({ recipient: 'ada@contoso.com' }), 'contoso.com');
    assert.equal(nameOf({ sendConnector: 'two\nlines', server: 'EX01' }), 'EX01');
    assert.equal(nameOf({}), 'unknown');
  });
  test('tells long names apart that are not ASCII', () => {
    const script = extended('', { ...evidence, captures: { sendConnector: `${'Ж'.repeat(100)}1` } });
    assert.notEqual(extendScript(script, failure, { ...evidence, captures: { sendConnector: `${'Ж'.repeat(100)}2` } }).line, extendScript('', failure, evidence).line);
  });
});

suite('extendScript: the same once more', () => {
  test('changes nothing', () => {
    for (const insertion of [evidence, full]) assert.deepEqual(extendScript(extended('Get-Date\n', insertion), failure, insertion), { insertions: [], line: 2 });
  });
  test('adds one line where it was seen again', () => {
    const script = extended('', full);
    const again = extended(extended(script, { ...full, evidence: 'b' }), { ...full, evidence: 'a' });
    assert.equal(again, script.replace('UntrustedRoot\n', 'UntrustedRoot\n# Seen: b\n# Seen: a\n'));
    assert.equal(extended(again, { ...full, evidence: 'b' }), again);
  });
  test('adds the stages that are missing, and becomes what the full runbook is', () => assert.equal(extended(extended('', evidence), full), extended('', full)));
  test('keeps the full runbook where evidence alone is asked for', () => assert.equal(extended(extended('', full), evidence), extended('', full)));
  test('adds assignments only for variables that the region does not assign', () => {
    const other: Failure = { ...failure, runbook: { ...failure.runbook, change: { heading: 'Change (reversible)', script: '# Set-X $Server $Recipient' } } };
    const script = extended(extended('', evidence, other), full, other);
    assert.ok(script.includes(`\n\n${guard}\n$Recipient = ''  # not found in the log: the recipient's address\n\n# Change (reversible)\n# Set-X $Server $Recipient\n`));
    assert.equal(count(script, "$Server = 'EX01'"), 1);
  });
  test('names the target of a guide where one is known, and else the guide alone', () => {
    const guide: Failure = { ...failure, kind: 'guide' };
    const general = extended('', { ...full, captures: {} }, guide);
    assert.ok(general.includes(`#region Mailflow Lens: ${guide.id}\n`) && general.includes(`#endregion Mailflow Lens: ${guide.id}\n`), general);
    assert.equal(extended(general, { ...full, captures: {} }, guide), general);
    assert.ok(general.includes('# to be filled in: ') && !general.includes('the log'), 'a guide that nobody has begun from a log speaks of none');
    assert.equal(extended(general, full, guide).match(/^#region /gm)?.length, 2);
  });
  test('keeps CRLF', () => {
    const script = extended(extended('Get-Date\r\n', evidence), { ...full, evidence: 'again' });
    assert.doesNotMatch(script, /(?<!\r)\n|\r(?!\n)/);
    assert.equal(count(script, '# Seen: again'), 1);
  });
});

suite('extendScript: the line to look at', () => {
  const lineOf = (script: string, insertion: Insertion): string | undefined => splitLines(extended(script, insertion))[extendScript(script, failure, insertion).line];
  const script = `Get-Date\n${extended('', evidence)}Get-Date\n`;
  test('is the beginning of a new region, and of one that gets nothing', () => {
    assert.equal(lineOf('Get-Date\n', evidence), `#region ${name}`);
    assert.equal(lineOf(script, evidence), `#region ${name}`);
  });
  test('is the first new one where a region gets more: the stages, or what was seen', () => {
    assert.equal(lineOf(script, full), `# ${failure.runbook.change.heading}`);
    assert.equal(lineOf(script, { ...full, evidence: 'again' }), `# ${failure.runbook.change.heading}`);
    assert.equal(lineOf(script, { ...evidence, evidence: 'again' }), '# Seen: again');
    assert.equal(lineOf(script.replaceAll('\n', '\r\n'), full), `# ${failure.runbook.change.heading}`);
  });
});

suite('extendScript: after edits', () => {
  const script = extended('', evidence);
  test('finds a region that moved and was edited', () => {
    const edited = `Get-Date\n${script.replace(`'${connector}'`, "'My connector'").replace('#region', '  #region')}Get-Date`;
    const result = extended(edited, full);
    assert.equal(count(result, `# ${failure.runbook.change.heading}`), 1);
    assert.equal(count(result, `$SendConnector = '${connector}'`), 0);
    assert.ok(result.endsWith(`\n#endregion ${name}\nGet-Date`));
  });
  test('puts a "Seen" line below the title where the user deleted the others', () => {
    const result = extended(script.replace(/# Seen: .*\n/, ''), evidence);
    assert.equal(result, script);
  });
  test('assigns again what the user deleted', () => {
    const result = extended(script.replace(/\$SendConnector = .*\n/, ''), full);
    assert.ok(result.includes(`\n\n${guard}\n$SendConnector = '${connector}'\n\n# ${failure.runbook.change.heading}\n`));
  });
  test('extends a region without its end', () => {
    const open = script.replace(`#endregion ${name}\n`, '');
    assert.equal(extended(open, full), extended('', full).replace(`#endregion ${name}\n`, ''));
    const followed = extended(open, { ...evidence, captures: { sendConnector: 'Internet' } });
    const result = extended(followed, full);
    assert.ok(result.indexOf('# Roll back') < result.indexOf(': Internet'));
  });
  test('extends a region without its end inside a region of the user', () => {
    const result = extended(`#region Mine\n${script.replace(`#endregion ${name}\n`, '#region Inner\n#endregion\n')}#endregion\nGet-Date\n`, full);
    assert.ok(result.endsWith(`${wrapComments(failure.runbook.rollBack.script)}\n#endregion\nGet-Date\n`));
  });
  test('extends a region that was cut off within its last line', () => {
    const cut = script.slice(0, script.indexOf('# Seen: ') + 10);
    assert.equal(extended(cut, { ...evidence, evidence: 'again' }), `${cut}\n# Seen: again\n`);
  });
  for (const [what, before, after] of [
    ['a here-string', "$x = @'\n", "\n'@\n"],
    ['an expandable here-string', '$x = @"\n', '\n"@\n'],
    ['a string behind an empty here-string', "$x = @'\n'@ + 'a\n", "\n'\n"],
    ['a string', "$x = 'it''s\n", "\n'\n"],
    ['a string with other quotes', '$x = \u2018\n"', '\n\u201B\n'],
    ['an expandable string', '$x = "a`"\n', '\n"\n'],
    ['a block comment', '<#\n', '\n#>\n'],
  ] as const) {
    test(`is not misled by a region in ${what}`, () => {
      const decoy = `${before}#region ${name}\n# Seen: x\n#endregion ${name}${after}`;
      assert.equal(extended(decoy, evidence), `${decoy}\n${script.slice(script.indexOf('#region'))}`);
    });
  }
  for (const opening of [
    "# don't",
    "Get-X `'",
    "$x = @'\n'@",
    "$x = @'\n'a\n'@",
    "$x = 'it''s'",
    '$x = "`"\'"',
    "<# don't #>",
    "$x = 'O\u2019\u2019Brien\u201B",
    'Get-Mailbox -Filter "Name -like \'a#*\'"',
  ]) {
    test(`knows its region behind ${JSON.stringify(opening)}`, () => {
      const once = extended(`${opening}\n`, evidence);
      assert.equal(extended(once, evidence), once);
    });
  }
});

suite('extendScript: laws', () => {
  const insertion: fc.Arbitrary<Insertion> = fc.record({
    captures: fc.record({ sendConnector: fc.oneof(fc.constantFrom(connector, 'Internet', 'Исходящий'), hostileText) }),
    part: fc.constantFrom('evidence', 'full'),
    evidence: fc.oneof(fc.constantFrom('a', 'b'), hostileText),
  });
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(40),
    typed: fc.oneof(hostileText, fc.constantFrom('\n', '\r\n', "@'\n", 'Get-Date\r\n', `#region ${name}\n`)),
  });

  test('a sequence of insertions and edits never loses a character of the user', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(insertion, edit), { maxLength: 6 }), (steps) => {
        let script = '';
        for (const step of steps) {
          if ('typed' in step) {
            const at = Math.floor(step.at * script.length);
            script = script.slice(0, at) + step.typed + script.slice(at + step.remove);
            continue;
          }
          const { insertions, line, warning } = extendScript(script, failure, step);
          if (warning !== undefined) {
            assert.deepEqual(insertions, []);
            continue;
          }
          const result = extended(script, step);
          let shift = 0;
          let previous = -1;
          let without = result;
          for (const { offset, text } of insertions) {
            assert.ok(offset > previous && offset <= script.length);
            assert.ok(offset === 0 || offset === script.length || /[\r\n]/.test(script.charAt(offset - 1)), 'between lines');
            assert.notEqual(script.slice(offset - 1, offset + 1), '\r\n');
            assert.match(text, /^[\r\n -~]*[\r\n]$/);
            assert.equal(result.slice(offset + shift, offset + shift + text.length), text);
            without = without.slice(0, offset) + without.slice(offset + text.length);
            shift += text.length;
            previous = offset;
          }
          assert.equal(without, script);
          const toldLine = splitLines(result)[line] ?? '';
          const isNew = toldLine !== '' && insertions.some(({ text }) => splitLines(text).includes(toldLine));
          assert.ok(isNew || /^\s*#region Mailflow Lens: tls-untrusted-root: /.test(toldLine), toldLine);
          script = result;
        }
      }),
      trials(200),
    );
  });
  test('insertions alone give a script with the same tokens for every log, and repeat nothing', () => {
    fc.assert(
      fc.property(fc.array(insertion, { minLength: 1, maxLength: 4 }), (steps) => {
        const script = steps.reduce((text, step) => extended(text, step), '');
        for (const step of steps) assert.deepEqual(extendScript(script, failure, step).insertions, []);
        const tokens = structure(extended('', { ...full, captures: { sendConnector: connector } })).trim();
        for (const region of script.split(/^#region.*$/m).slice(1)) assert.ok(tokens.startsWith(structure(region).trim()));
      }),
      trials(100),
    );
  });
});
