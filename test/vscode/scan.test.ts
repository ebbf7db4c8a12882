/** The scan of a folder: the view's tree, and the way from it to the line. */

import assert from 'node:assert/strict';
import { commands, extensions, type TreeDataProvider, TreeItemCollapsibleState, Uri, window, workspace } from 'vscode';
import type { Exports } from '../../client/src/extension.ts';
import type { ScanNode } from '../../client/src/scanResults.ts';
import { closeAll, eventWith, inFolder, untrusted } from './editor.ts';
import { suite, suiteSetup, suiteTeardown, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

const unknown = '550 5.1.1 User unknown';

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

  test('lists what was found by failure, file and line', async () => {
    await commands.executeCommand('mailflowLens.scanFolder', folder);
    assert.deepEqual(await lines(), [
      "Certificate not trusted: the receiving server does not accept this server's TLS certificate | 1 finding in 1 file",
      '  first.log | 1 finding',
      `    Line 7 | ${untrusted}`,
      "User unknown: the recipient's address does not exist | 2 findings in 2 files",
      '  first.log | 1 finding',
      `    Line 15 | ${unknown}`,
      '  second.log | 1 finding',
      `    Line 7 | ${unknown}`,
    ]);
  });

  test('tells a screen reader what others see by the icon, and shows nothing as Markdown', async () => {
    const [failure] = await childrenOf();
    assert.ok(failure);
    const item = await tree.getTreeItem(failure);
    assert.equal(item.accessibilityInformation?.label, "error: Certificate not trusted: the receiving server does not accept this server's TLS certificate, 1 finding in 1 file");
    assert.equal(typeof item.tooltip, 'string');
    assert.equal(item.collapsibleState, TreeItemCollapsibleState.Collapsed);
  });

  test('leads from an occurrence to its line', async () => {
    const [, unknownRecipient] = await childrenOf();
    const [file] = await childrenOf(unknownRecipient);
    const [occurrence] = await childrenOf(file);
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
    assert.deepEqual(await lines(), ["User unknown: the recipient's address does not exist | 1 finding in 1 file", '  second.log | 1 finding', `    Line 7 | ${unknown}`]);
  });

  test('can be done again when the files have changed, and its results be cleared', async () => {
    await commands.executeCommand('mailflowLens.scanFolder', folder);
    await write('second.log', 'all is well\n');
    await commands.executeCommand('mailflowLens.scanAgain');
    assert.equal((await lines()).filter((line) => line.includes('second.log')).length, 0);
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
