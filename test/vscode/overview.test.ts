/** The overview and the list of failures in the editor: of what was scanned, each under its name, and the way back to the rows. */

import assert from 'node:assert/strict';
import { commands, type Location, Position, Selection, type TextDocument, Uri, window, workspace } from 'vscode';
import { trackingLog } from '../support/trackingRows.ts';
import { closeAll, eventWith, inFolder, untrusted } from './editor.ts';
import { suite, suiteSetup, suiteTeardown, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

suite('what was scanned', () => {
  const folder = inFolder('to-look-at');
  suiteSetup(async () => {
    await workspace.fs.writeFile(
      Uri.joinPath(folder, 'MSGTRK2026011508-1.LOG'),
      new TextEncoder().encode(trackingLog({ event: 'SMTP FAIL', 'message-id': '<shown@contoso.com>', 'recipient-status': '550 5.1.1 User unknown' })),
    );
    await workspace.fs.writeFile(Uri.joinPath(folder, 'events.log'), new TextEncoder().encode(eventWith(untrusted)));
    await commands.executeCommand('mailflowLens.scanFolder', folder);
  });
  teardown(closeAll);
  suiteTeardown(async () => {
    await commands.executeCommand('mailflowLens.clearScan');
    await workspace.fs.delete(folder, { recursive: true });
  });

  test('is shown as a page that says of what it is', async () => {
    await commands.executeCommand('mailflowLens.showOverview');
    const labels = await until('the page', () => {
      const found = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)).filter((label) => label.startsWith('Mail Flow of'));
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(labels, ['Mail Flow of to-look-at']);
  });

  test('is one of two choices while a text that no file has is in front, and that is the other', async () => {
    const document = await workspace.openTextDocument({ language: 'plaintext', content: eventWith(untrusted) });
    await window.showTextDocument(document);
    const shown = commands.executeCommand('mailflowLens.showOverview');
    const label = await until('the page', async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.startsWith('Mail Flow of'))?.label;
    });
    await shown;
    assert.equal(label, `Mail Flow of ${document.uri.path}`);
  });

  test('is shown by its failures alone, each of whose lines leads to its log', async () => {
    await commands.executeCommand('mailflowLens.showOnlyFailures');
    const shown = await until('the records', (): TextDocument | undefined => workspace.textDocuments.find(({ uri }) => uri.scheme === 'mailflow-lens-failures'));
    const lines = shown.getText().split('\n');
    assert.equal(lines[0], '# 2 records of failures, by failure.');
    const at = lines.findIndex((line) => line.includes(untrusted));
    const places = await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', shown.uri, new Position(at, 0));
    assert.deepEqual(
      places.map(({ uri }) => uri.toString()),
      [Uri.joinPath(folder, 'events.log').toString()],
    );
    const row = lines.findIndex((line) => line.includes('<shown@contoso.com>'));
    const editor = await window.showTextDocument(shown);
    editor.selection = new Selection(row, 0, row, 0);
    await commands.executeCommand('mailflowLens.findMessage');
    await until('the story', () => workspace.textDocuments.find(({ uri }) => uri.scheme === 'mailflow-lens-message' && uri.path.includes('shown@contoso.com')));
  });
});
