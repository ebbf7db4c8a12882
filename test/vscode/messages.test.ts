/** Messages in the editor: where else an id stands, the story of a message and the way back to its rows, and its copy for a ticket. */

import assert from 'node:assert/strict';
import { commands, type DocumentLink, env, extensions, type Location, Position, Selection, type TextDocument, Uri, window, workspace } from 'vscode';
import type { Exports } from '../../client/src/extension.ts';
import type { MessageNode } from '../../client/src/messageNodes.ts';
import { trackingLog } from '../support/trackingRows.ts';
import { closeAll, inFolder, openText } from './editor.ts';
import { suite, suiteTeardown, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const id = 'story-1@contoso.com';
const text = trackingLog(
  { event: 'SMTP RECEIVE', 'message-id': `<${id}>` },
  { event: 'SMTP FAIL', 'message-id': `<${id}>`, 'recipient-status': refused, at: 5 },
  { event: 'SMTP RECEIVE', 'message-id': '<story-2@contoso.com>', at: 7 },
);

suite('messages', () => {
  const folder = inFolder('messages-to-list');
  suiteTeardown(() => workspace.fs.delete(folder, { recursive: true }));
  teardown(closeAll);

  const open = async (): Promise<TextDocument> => {
    const document = await openText(text, 'mailflow-log');
    const editor = await window.showTextDocument(document);
    const at = document.positionAt(text.indexOf(id) + 3);
    editor.selection = new Selection(at, at);
    return document;
  };
  const shown = (name: RegExp): TextDocument | undefined => workspace.textDocuments.find(({ uri }) => uri.scheme === 'mailflow-lens-message' && name.test(uri.path));

  test('an id leads to all rows of its message, and to where it came in', async () => {
    const document = await open();
    const at = document.positionAt(text.indexOf(id) + 3);
    const lines = await until('references', async () => {
      const found = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', document.uri, at);
      const own = found.filter(({ uri }) => uri.toString() === document.uri.toString());
      return own.length > 0 ? own.map(({ range }) => range.start.line) : undefined;
    });
    assert.deepEqual(lines, [5, 6]);
    const [first] = await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', document.uri, document.positionAt(text.lastIndexOf(id) + 3));
    assert.equal(first?.range.start.line, 5);
  });

  test('a story is shown alone, and each of its lines leads back to its row', async () => {
    const document = await open();
    await commands.executeCommand('mailflowLens.findMessage');
    const story = await until('the story', () => shown(/^\/Message story-1@contoso\.com\.log$/));
    const lines = story.getText().split('\n');
    assert.equal(lines[0], 'Failed: bob@fabrikam.com (recipient-unknown)');
    const line = lines.findIndex((one) => one.includes('SMTP FAIL') && one.includes(document.uri.path.split('/').at(-1) ?? ''));
    assert.match(lines[line] ?? '', /\+5\.000 s/);
    const rows = await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', story.uri, new Position(line, 5));
    assert.deepEqual(
      rows.map(({ uri, range }) => [uri.toString(), range.start.line]),
      [[document.uri.toString(), 6]],
    );
    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', story.uri);
    assert.ok(links.some(({ range, target }) => range.start.line === line && target?.fragment === 'L7'));
    await commands.executeCommand('mailflowLens.copyStory');
    assert.match(await env.clipboard.readText(), /^## Message `<story-1@contoso\.com>`: failed\n/);
  });

  test('the messages of a folder are listed, filtered, and lead to their stories', async () => {
    await workspace.fs.writeFile(Uri.joinPath(folder, 'MSGTRK2026011508-1.LOG'), new TextEncoder().encode(text.replaceAll('story-', 'listed-')));
    const extension = extensions.getExtension<Exports>('mailflow-lens.mailflow-lens');
    assert.ok(extension, 'the extension is not installed');
    const { messages: tree } = await extension.activate();
    const childrenOf = async (node?: MessageNode): Promise<MessageNode[]> => (await tree.getChildren(node)) ?? [];
    await commands.executeCommand('mailflowLens.listMessages', folder);
    const [failed, inTransit, ...rest] = await until('the messages', async () => {
      const found = await childrenOf();
      return found.length > 1 ? found : undefined;
    });
    assert.ok(failed && inTransit);
    assert.deepEqual(
      [(await tree.getTreeItem(failed)).label, (await tree.getTreeItem(failed)).description, (await tree.getTreeItem(inTransit)).label, rest],
      ['Failed', '1', 'In transit', []],
    );
    const [row] = await childrenOf(failed);
    assert.ok(row);
    const { label, description, command, accessibilityInformation } = await tree.getTreeItem(row);
    assert.equal(label, 'bob@fabrikam.com');
    assert.equal(description, 'from anna@contoso.com · 2026-01-15 08:00:00 · failed ex01 SMTP FAIL');
    assert.match(accessibilityInformation?.label ?? '', /^Failed: bob@fabrikam\.com, from anna/);
    assert.ok(command);
    await commands.executeCommand(command.command, ...(command.arguments ?? []));
    const story = await until('the story', () => shown(/^\/Message listed-1@contoso\.com\.log$/));
    assert.match(story.getText(), /^Failed: bob@fabrikam\.com \(recipient-unknown\)\n/);
  });
});
