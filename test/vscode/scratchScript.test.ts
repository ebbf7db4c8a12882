/** From the quick fix to the scratch script: what is inserted, merged, undone, and never lost. */

import assert from 'node:assert/strict';
import { type CodeAction, ConfigurationTarget, commands, Range, window, workspace } from 'vscode';
import { applyQuickFix, closeAll, diagnosticsOf, eventWith, inFolder, openText, quickFixesAt, scratchScript, untrusted } from './editor.ts';
import { suite, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

const evidence = 'Insert evidence (read-only)';
const full = 'Insert full runbook (changes commented out)';
const textOf = (): string => scratchScript()?.getText() ?? '';
const count = (what: string): number => textOf().split(what).length - 1;

suite('the scratch script', () => {
  teardown(async () => {
    await workspace.getConfiguration('mailflowLens').update('scratchScript', undefined, ConfigurationTarget.Global);
    await closeAll();
  });

  test('the quick fixes are offered, the evidence preferred', async () => {
    const document = await openText(eventWith(untrusted));
    const [diagnostic] = await diagnosticsOf(document);
    assert.ok(diagnostic);
    const actions: CodeAction[] = await quickFixesAt(document, diagnostic);
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [/^Insert/.test(title) ? title.split(':')[0] : title, isPreferred ?? false]),
      [
        [evidence, true],
        [full, false],
        ['Open the page about "Certificate not trusted"', false],
        ['Don\'t report "Certificate not trusted" here', false],
        ['Don\'t report "Certificate not trusted" for Outbound to Office 365', false],
      ],
    );
  });

  test('the evidence goes into an untitled PowerShell document beside the log, with the names filled in', async () => {
    const log = await openText(eventWith(untrusted));
    await applyQuickFix(log, 'tls-untrusted-root', evidence);
    const script = scratchScript();
    assert.ok(script?.isUntitled);
    assert.equal(script.languageId, 'powershell');
    assert.notEqual(
      window.visibleTextEditors.find(({ document }) => document === script)?.viewColumn,
      window.visibleTextEditors.find(({ document }) => document === log)?.viewColumn,
    );
    assert.match(textOf(), /^# Runbooks that Mailflow Lens collected/);
    assert.match(textOf(), /\$SendConnector = 'Outbound to Office 365'\n/);
    assert.match(textOf(), /\$Server = 'ex01\.contoso\.com'\n/);
    assert.match(textOf(), /# Evidence \(read-only\)\n/);
    assert.doesNotMatch(textOf(), /# Change/);
    // Whatever would change something is commented out.
    assert.doesNotMatch(textOf(), /^\s*(Set|New|Remove|Enable|Restart|Retry)-/m);
  });

  test('the same failure for the same target again adds its evidence line, and the full runbook the stages that lack', async () => {
    const log = await openText(`${eventWith(untrusted)}\n${eventWith(untrusted)}`);
    await applyQuickFix(log, 'tls-untrusted-root', evidence);
    await applyQuickFix(log, 'tls-untrusted-root', evidence);
    assert.equal(count('#region '), 1);
    assert.equal(count('# Seen: '), 1);
    const second = (await diagnosticsOf(log))[1];
    assert.ok(second);
    const action = (await quickFixesAt(log, second)).find(({ title }) => title.startsWith(full));
    await commands.executeCommand(action?.command?.command ?? '', ...(action?.command?.arguments ?? []));
    assert.equal(count('#region '), 1);
    assert.equal(count('# Seen: '), 2);
    assert.equal(count('# Evidence (read-only)'), 1);
    assert.equal(count('# Change (cannot be undone)'), 1);
    assert.equal(count('# Roll back'), 1);
  });

  test("a second failure adds its region, and the user's own text stays", async () => {
    const log = await openText(`${eventWith(untrusted)}\n${eventWith('550 5.1.1 User unknown')}`);
    await applyQuickFix(log, 'tls-untrusted-root', evidence);
    const script = scratchScript();
    assert.ok(script);
    const editor = await window.showTextDocument(script);
    await editor.edit((builder) => builder.insert(script.positionAt(textOf().indexOf('#endregion')), '# my own note\r\n'));
    const before = textOf();
    await applyQuickFix(log, 'recipient-unknown', full);
    assert.ok(textOf().startsWith(before), 'nothing of what stood there was touched');
    assert.equal(count('#region '), 2);
    assert.equal(count('# Runbooks that Mailflow Lens collected'), 1, 'the header stands there once');
  });

  test('one undo takes one insertion back', async () => {
    const log = await openText(`${eventWith(untrusted)}\n${eventWith('550 5.1.1 User unknown')}`);
    await applyQuickFix(log, 'tls-untrusted-root', evidence);
    const first = textOf();
    await applyQuickFix(log, 'recipient-unknown', full);
    assert.notEqual(textOf(), first);
    const script = scratchScript();
    assert.ok(script);
    await window.showTextDocument(script);
    await commands.executeCommand('undo');
    assert.equal(textOf(), first);
    await commands.executeCommand('undo');
    assert.equal(textOf(), '');
  });

  test('insertions asked for at once follow one another', async () => {
    const log = await openText(`${eventWith(untrusted)}\n${eventWith('550 5.1.1 User unknown')}`);
    const actions = await Promise.all((await diagnosticsOf(log)).map((diagnostic) => quickFixesAt(log, diagnostic)));
    await Promise.all(actions.map(([action]) => commands.executeCommand(action?.command?.command ?? '', ...(action?.command?.arguments ?? []))));
    assert.equal(count('#region '), 2);
    assert.equal(count('#endregion '), 2);
  });

  test('the file that the setting names is extended, with its own line ends, and not saved', async () => {
    const uri = inFolder('own-script.ps1');
    await workspace.fs.writeFile(uri, new TextEncoder().encode('# mine\r\nGet-Date\r\n'));
    await workspace.getConfiguration('mailflowLens').update('scratchScript', 'own-script.ps1', ConfigurationTarget.Global);
    const log = await openText(eventWith(untrusted));
    await applyQuickFix(log, 'tls-untrusted-root', evidence);
    const script = scratchScript('own-script.ps1');
    assert.ok(script?.isDirty);
    assert.ok(script.getText().startsWith('# mine\r\nGet-Date\r\n'));
    assert.match(script.getText(), /#region Mailflow Lens: tls-untrusted-root: Outbound to Office 365\r\n/);
    assert.equal(new TextDecoder().decode(await workspace.fs.readFile(uri)), '# mine\r\nGet-Date\r\n');
    await window.showTextDocument(script);
    await commands.executeCommand('workbench.action.files.revert');
    await workspace.fs.delete(uri);
  });

  test('a named file that is not there yet comes into being when the user saves it', async () => {
    await workspace.getConfiguration('mailflowLens').update('scratchScript', 'later.ps1', ConfigurationTarget.Global);
    await applyQuickFix(await openText(eventWith(untrusted)), 'tls-untrusted-root', evidence);
    const script = scratchScript('later.ps1');
    assert.ok(script?.isUntitled && script.uri.path === inFolder('later.ps1').path);
  });

  test('saved, it lies in the folder, and a file of its name that is there already stays as it is', async () => {
    const [taken, place] = [inFolder('mailflow-remediation.ps1'), inFolder('mailflow-remediation-2.ps1')];
    const foreign = new TextEncoder().encode('Remove-Mailbox anna\n');
    await workspace.fs.writeFile(taken, foreign);
    try {
      await applyQuickFix(await openText(eventWith(untrusted)), 'tls-untrusted-root', evidence);
      const script = scratchScript('-2.ps1');
      assert.ok(script?.isUntitled && script.uri.path === place.path);
      assert.ok(await script.save());
      assert.match(new TextDecoder().decode(await workspace.fs.readFile(place)), /# Evidence \(read-only\)/);
      assert.deepEqual(new Uint8Array(await workspace.fs.readFile(taken)), foreign);
    } finally {
      await closeAll();
      await workspace.fs.delete(taken);
      await workspace.fs.delete(place).then(undefined, () => undefined);
    }
  });

  test('a command with foreign arguments inserts nothing', async () => {
    for (const argument of [undefined, 7, {}, { failure: 'no-such-failure', captures: {}, part: 'full', evidence: '' }, { failure: 'tls-untrusted-root', part: 'everything' }]) {
      await commands.executeCommand('mailflowLens.insertRunbook', argument);
      assert.equal(textOf(), '');
    }
  });

  test('"Open the page" shows the bundled document', async () => {
    await commands.executeCommand('mailflowLens.openPage', { id: 'tls-untrusted-root' });
    const page = await until('the page', () => workspace.textDocuments.find(({ uri }) => uri.toString() === 'mailflow-lens:/tls-untrusted-root.md'));
    assert.match(page.getText(), /^# Certificate not trusted: /);
    assert.ok(page.validateRange(new Range(0, 0, 1, 0)));
  });
});
