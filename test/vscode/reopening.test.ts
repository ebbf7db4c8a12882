/** Files in another encoding than VS Code has taken them for: the notice and what it offers. */

import assert from 'node:assert/strict';
import { type CodeAction, CodeActionKind, commands, type TextDocument, type Uri, window, workspace } from 'vscode';
import { closeAll, codeOf, diagnosticsOf, eventWith, inFolder, untrusted } from './editor.ts';
import { suite, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

/** Newer than the types of the VS Code that the extension needs at least. */
const openIn = workspace.openTextDocument as unknown as (uri: Uri, options?: { readonly encoding: string }) => Thenable<TextDocument>;

async function openBytes(name: string, bytes: Uint8Array, encoding?: string): Promise<TextDocument> {
  const uri = inFolder(name);
  await workspace.fs.writeFile(uri, bytes);
  const document = await openIn(uri, ...(encoding === undefined ? [] : [{ encoding }]));
  await window.showTextDocument(document, { viewColumn: 1, preview: false });
  return document;
}

/** The quick fix of the first diagnostic that reopens the file. */
async function remedyOf(document: TextDocument): Promise<CodeAction | undefined> {
  const [notice] = await diagnosticsOf(document);
  const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, notice?.range, CodeActionKind.QuickFix.value);
  return actions.find(({ command }) => command?.command === 'mailflowLens.reopen');
}

suite('a file in another encoding', () => {
  teardown(closeAll);

  test('UTF-16 is reopened as what it is', async function () {
    const document = await openBytes('misread-utf-16.log', Buffer.from(`\uFEFF${eventWith(untrusted)}`, 'utf16le'), 'iso88591');
    // An older VS Code cannot be made to misread it.
    if (!('encoding' in document)) this.skip();
    const action = await remedyOf(document);
    assert.equal(action?.title, 'Reopen as UTF-16 LE');
    await commands.executeCommand(action.command?.command ?? '', ...(action.command?.arguments ?? []));
    const diagnostics = await until('the diagnostic of the event', async () => {
      const found = await diagnosticsOf(document);
      return found.some((diagnostic) => codeOf(diagnostic) === 'tls-untrusted-root') ? found : undefined;
    });
    assert.equal(diagnostics.length, 1);
    assert.ok(document.getText().startsWith('Log Name:'));
  });

  test('a code page leads to the choice of encodings, which this VS Code has', async () => {
    const action = await remedyOf(await openBytes('misread-code-page.log', Buffer.from(eventWith(untrusted, 'Zürich'), 'latin1')));
    assert.equal(action?.title, 'Reopen with another encoding');
    assert.ok((await commands.getCommands(true)).includes('workbench.action.editor.changeEncoding'));
  });
});
