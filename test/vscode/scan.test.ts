/** The scan of a folder: the view's tree, and the way from it to the line. */

import assert from 'node:assert/strict';
import { commands, env, extensions, type TreeDataProvider, TreeItemCollapsibleState, Uri, window, workspace } from 'vscode';
import type { Exports } from '../../client/src/extension.ts';
import type { ScanNode } from '../../client/src/scanNodes.ts';
import { closeAll, eventWith, inFolder, scratchScript, untrusted } from './editor.ts';
import { suite, suiteSetup, suiteTeardown, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

const unknown = '550 5.1.1 User unknown';
/** The time of the events, which say no zone. */
const written = '1/15/2026 9:15:42 AM';

suite('a scan', () => {
  const folder = inFolder('to-scan');
  let tree: TreeDataProvider<ScanNode>;
  const write = (name: string, text: string): Thenable<void> => workspace.fs.writeFile(Uri.joinPath(folder, name), new TextEncoder().encode(text));

  suiteSetup(async () => {
    await write('first.log', `${eventWith(untrusted)}\n${eventWith(unknown)}`);
    await write('second.log', eventWith(unknown));
    await write('quiet.log', 'version 5.1.1, 250 2.1.5 OK\n');
    const extension = extensions.getExtension<Exports>('mailflow-lens.mailflow-lens');
    assert.ok(extension, 'the extension is not installed');
    tree = (await extension.activate()).scanResults;
  });
  teardown(closeAll);
  suiteTeardown(() => workspace.fs.delete(folder, { recursive: true }));

  const childrenOf = async (node?: ScanNode): Promise<ScanNode[]> => (await tree.getChildren(node)) ?? [];
  /** Each item of the tree as a line, indented as in the view. */
  const lines = async (node?: ScanNode, indent = ''): Promise<string[]> => {
    const found: string[] = [];
    for (const child of await childrenOf(node)) {
      const { label, description } = await tree.getTreeItem(child);
      found.push(`${indent}${label} | ${description}`, ...(await lines(child, `${indent}  `)));
    }
    return found;
  };

  test('lists what was found by failure, destination and line, with codes and times', async () => {
    await commands.executeCommand('mailflowLens.scanFolder', folder);
    assert.deepEqual(await lines(), [
      `Certificate not trusted  Outbound to Office 365  ${written} | ${untrusted}`,
      `User unknown | 550 5.1.1 · 2 findings · ${written}`,
      `  Outbound to Office 365 | 2 findings · ${written}`,
      `    ${written} | ${unknown}`,
      `    ${written} | ${unknown}`,
    ]);
  });

  test('tells a screen reader what others see by the icon, and shows nothing as Markdown', async () => {
    const [line, group] = await childrenOf();
    assert.ok(line && group);
    const item = await tree.getTreeItem(line);
    assert.match(item.accessibilityInformation?.label ?? '', /^error: Certificate not trusted /);
    assert.equal(typeof item.tooltip, 'string');
    assert.equal((await tree.getTreeItem(group)).collapsibleState, TreeItemCollapsibleState.Collapsed);
  });

  test('has the runbook of a row at hand, without opening its file', async () => {
    const [line] = await childrenOf();
    await commands.executeCommand('mailflowLens.insertEvidenceOfRow', line);
    const script = scratchScript();
    assert.match(script?.getText() ?? '', /\$SendConnector = 'Outbound to Office 365'\n/);
    assert.match(script?.getText() ?? '', /# Seen: first\.log line 7/);
  });

  test('is copied row by row, and as the report of the command line', async () => {
    const [, group] = await childrenOf();
    await commands.executeCommand('mailflowLens.copyRow', group);
    assert.match(await env.clipboard.readText(), /^User unknown: 550 5\.1\.1 · 2 findings · .*\n[\s\S]*\(second\.log:7\)\n$/);
    await commands.executeCommand('mailflowLens.copyReport');
    assert.match(await env.clipboard.readText(), /^# Mail flow findings\n\n3 findings in 3 files[\s\S]*`second\.log`, line 7/);
  });

  test('leads from an occurrence to its line', async () => {
    const [, unknownRecipient] = await childrenOf();
    const [destination] = await childrenOf(unknownRecipient);
    const [occurrence] = await childrenOf(destination);
    assert.ok(occurrence);
    const { command } = await tree.getTreeItem(occurrence);
    await commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
    const editor = await until('the log is shown', () => window.activeTextEditor);
    assert.equal(editor.document.uri.path, Uri.joinPath(folder, 'first.log').path);
    assert.equal(editor.selection.start.line, 14);
    assert.equal(editor.document.getText(editor.selection), '550 5.1.1');
  });

  test('of the file in the active tab needs no argument', async () => {
    await window.showTextDocument(Uri.joinPath(folder, 'second.log'));
    await commands.executeCommand('mailflowLens.scanFile');
    assert.deepEqual(await lines(), [`User unknown  Outbound to Office 365  ${written} | ${unknown}`]);
  });

  test('can be done again when the files have changed, and its results be cleared', async () => {
    await commands.executeCommand('mailflowLens.scanFolder', folder);
    await write('second.log', 'all is well\n');
    await commands.executeCommand('mailflowLens.scanAgain');
    assert.deepEqual(
      (await lines()).map((line) => line.split('  ')[0]),
      ['Certificate not trusted', 'User unknown'],
    );
    await commands.executeCommand('mailflowLens.clearScan');
    assert.deepEqual(await lines(), []);
  });

  test('that another takes the place of leaves only the results of that', async () => {
    const quiet: Uri = Uri.joinPath(folder, 'quiet.log');
    await Promise.all([commands.executeCommand('mailflowLens.scanFolder', folder), commands.executeCommand('mailflowLens.scanFile', quiet)]);
    assert.deepEqual(await lines(), []);
  });

  test('names what could not be read', async () => {
    await commands.executeCommand('mailflowLens.scanFile', Uri.joinPath(folder, 'missing.log'));
    assert.deepEqual(await lines(), ['1 file or folder could not be read | undefined', '  missing.log | no such file or folder']);
  });

  test('of what is on no disk leaves the results as they are', async () => {
    await commands.executeCommand('mailflowLens.scanFile', Uri.joinPath(folder, 'first.log'));
    const before = await lines();
    assert.notDeepEqual(before, []);
    await commands.executeCommand('mailflowLens.scanFile', Uri.parse('untitled:some.log'));
    assert.deepEqual(await lines(), before);
  });
});
