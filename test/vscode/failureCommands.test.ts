/** The commands for the failure at the cursor, the pages, and the way from a code to its page. */

import assert from 'node:assert/strict';
import { commands, Position, Selection, type TabInputCustom, type TextDocument, type TextEditor, Uri, window, workspace } from 'vscode';
import { closeAll, diagnosticsOf, eventWith, openText, scratchScript, untrusted } from './editor.ts';
import { suite, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

const unknown = '550 5.1.1 User unknown';

/** A log of two kinds of failures, the second one twice, with the cursor at a line. */
async function openAt(line: number): Promise<TextEditor> {
  const document = await openText(`first\n${eventWith(untrusted)}\n${eventWith(unknown)}\n${eventWith(unknown)}`);
  await diagnosticsOf(document);
  const editor = window.activeTextEditor as TextEditor;
  editor.selection = new Selection(line, 0, line, 0);
  return editor;
}

const lineOf = (document: TextDocument, text: string, from = 0): number => document.positionAt(document.getText().indexOf(text, from)).line;
/** The pages that are open, by their addresses. */
const pages = (): { readonly path: string; readonly column: number }[] =>
  window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
    tabs.flatMap(({ input }) => ((input as TabInputCustom | undefined)?.uri?.scheme === 'mailflow-lens' ? [{ path: (input as TabInputCustom).uri.path, column: viewColumn }] : [])),
  );

suite('the commands for the failure at the cursor', () => {
  teardown(closeAll);

  test('insert the evidence of the nearest one below, and show the reader which', async () => {
    const editor = await openAt(0);
    await commands.executeCommand('mailflowLens.insertEvidenceAtCursor');
    assert.match(scratchScript()?.getText() ?? '', /#region Mailflow Lens: tls-untrusted-root: [\s\S]*# Evidence \(read-only\)/);
    assert.equal(editor.selection.start.line, lineOf(editor.document, untrusted));
  });

  test('insert the runbook of the one on the line', async () => {
    const editor = await openAt(0);
    const line = lineOf(editor.document, unknown);
    editor.selection = new Selection(line, 0, line, 0);
    await commands.executeCommand('mailflowLens.insertRunbookAtCursor');
    assert.match(scratchScript()?.getText() ?? '', /#region Mailflow Lens: recipient-unknown: [\s\S]*# Roll back/);
  });

  test('go round the failures of one kind', async () => {
    const editor = await openAt(0);
    const first = lineOf(editor.document, unknown);
    const second = lineOf(editor.document, unknown, editor.document.getText().indexOf(unknown) + 1);
    editor.selection = new Selection(first, 0, first, 0);
    for (const expected of [second, first]) {
      await commands.executeCommand('mailflowLens.nextOccurrence');
      assert.equal(editor.selection.start.line, expected);
    }
  });

  test('show its page beside the log, and one page takes the place of another', async () => {
    await openAt(0);
    await commands.executeCommand('mailflowLens.showPageAtCursor');
    const [page] = await until('the page', () => (pages().length > 0 ? pages() : undefined));
    assert.deepEqual(page, { path: '/tls-untrusted-root.md', column: 2 });
    await commands.executeCommand('mailflowLens.openPage', { id: 'recipient-unknown' });
    await until('the other page', () => pages().some(({ path }) => path === '/recipient-unknown.md'));
    assert.ok(pages().every(({ column }) => column === 2));
  });

  test('explain whatever text they are given', async () => {
    await commands.executeCommand('mailflowLens.openPage', { id: `The message came back: ${unknown}; ${'and so on '.repeat(40)}` });
    await until('the page', () => pages().some(({ path }) => path === '/explained.md'));
    const page = await until('its text', () => workspace.textDocuments.find(({ uri }) => uri.path === '/explained.md'));
    assert.match(page.getText(), /# User unknown/);
  });

  test('say so where there is no failure', async () => {
    await openText('all is well\n');
    for (const name of ['insertEvidenceAtCursor', 'showPageAtCursor', 'nextOccurrence', 'showOccurrences']) await commands.executeCommand(`mailflowLens.${name}`);
    assert.equal(scratchScript(), undefined);
    assert.deepEqual(pages(), []);
  });

  test('take no place from strangers that is none', async () => {
    await openText('all is well\n');
    for (const argument of [7, {}, { uri: 'file:///x' }, { uri: 'file:///x', position: { line: -1, character: 'a' } }])
      await commands.executeCommand('mailflowLens.showOccurrences', argument);
  });
});

suite('the link of a code', () => {
  teardown(closeAll);

  test('opens the bundled page in the preview', async () => {
    const [diagnostic] = await diagnosticsOf(await openText(eventWith(untrusted)));
    assert.ok(typeof diagnostic?.code === 'object');
    assert.equal(diagnostic.code.target.scheme, 'mailflow-lens');
    await commands.executeCommand('vscode.open', diagnostic.code.target);
    await until('the page', () => pages().some(({ path }) => path === '/tls-untrusted-root.md'));
  });

  test('leads on from a list to the documents in it', async () => {
    const page = await workspace.openTextDocument(Uri.parse('mailflow-lens:/550.md'));
    assert.match(page.getText(), /\n- \[recipient-unknown\]\(recipient-unknown\.md\): /);
    assert.ok(page.validatePosition(new Position(3, 0)));
  });
});
