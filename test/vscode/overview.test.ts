/** The overview and the list of failures in the editor: of what was scanned, each under its name, and the way back to the rows. */

import assert from 'node:assert/strict';
import { commands, type Location, Position, type TextDocument, Uri, window, workspace } from 'vscode';
import { closeAll, eventWith, inFolder, untrusted } from './editor.ts';
import { suite, suiteSetup, suiteTeardown, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

suite('what was scanned', () => {
  const folder = inFolder('to-look-at');
  suiteSetup(async () => {
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
    assert.deepEqual(
      window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)).filter((label) => label.startsWith('Mail Flow')),
      ['Mail Flow of to-look-at'],
    );
  });

  test('is shown by its failures alone, each of whose lines leads to its log', async () => {
    await commands.executeCommand('mailflowLens.showOnlyFailures');
    const shown = await until('the records', (): TextDocument | undefined => workspace.textDocuments.find(({ uri }) => uri.scheme === 'mailflow-lens-failures'));
    const lines = shown.getText().split('\n');
    assert.equal(lines[0], '# 1 record of failures, by failure.');
    const at = lines.findIndex((line) => line.includes(untrusted));
    const places = await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', shown.uri, new Position(at, 0));
    assert.deepEqual(
      places.map(({ uri }) => uri.toString()),
      [Uri.joinPath(folder, 'events.log').toString()],
    );
  });
});
