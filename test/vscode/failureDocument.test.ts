/** Writing a failure document of one's own: help and faults while it is typed, and its effect on open logs when it is saved. */

import assert from 'node:assert/strict';
import { type CompletionList, ConfigurationTarget, commands, languages, Range, type TextDocument, window, workspace } from 'vscode';
import { goodDocument } from '../support/failureDocument.ts';
import { closeAll, codeOf, diagnosticsOf, hoverAt, inFolder, openText } from './editor.ts';
import { suite, suiteSetup, suiteTeardown, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

const folder = 'own failures';
const faulty = goodDocument.replace('id: a-b', 'id: moon').replace('title: T', 'title: The moon').replace('{ reply: 454 }', '{ enhanced: "5.7.1", text: abc }');

async function openMarkdown(path: string, content: string): Promise<TextDocument> {
  await workspace.fs.writeFile(inFolder(path), new TextEncoder().encode(content));
  const document = await workspace.openTextDocument(inFolder(path));
  assert.equal(document.languageId, 'markdown');
  await window.showTextDocument(document, { viewColumn: 1, preview: false });
  return document;
}
async function completionsAt(document: TextDocument, what: string): Promise<string[]> {
  const position = document.positionAt(document.getText().indexOf(what) + 1);
  const { items } = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

suite("a failure document of one's own", () => {
  suiteSetup(async () => {
    await workspace.fs.createDirectory(inFolder(folder));
    await workspace.getConfiguration('mailflowLens').update('knowledge', folder, ConfigurationTarget.Global);
  });
  suiteTeardown(async () => {
    await workspace.getConfiguration('mailflowLens').update('knowledge', undefined, ConfigurationTarget.Global);
    await workspace.fs.delete(inFolder(folder), { recursive: true });
  });
  teardown(closeAll);

  test('is told its faults as it is typed, completed and explained, and changes what an open log means when it is saved', async () => {
    const log = await openText('the answer was "550 5.7.1 the moon is full tonight"');
    assert.notEqual((await diagnosticsOf(log)).map(codeOf)[0], 'moon');
    const document = await openMarkdown(`${folder}/moon.md`, faulty);
    const [fault, ...others] = await diagnosticsOf(document);
    assert.deepEqual([fault && document.getText(fault.range), others], ['abc', []]);
    assert.match(fault?.message ?? '', /at least four characters/);
    assert.ok((await completionsAt(document, 'tls')).includes('mailbox-full'));
    assert.match(await hoverAt(document, 'severity'), /How much it matters/);

    const editor = await window.showTextDocument(document, { viewColumn: 1 });
    await editor.edit((builder) => builder.replace(fault?.range ?? new Range(0, 0, 0, 0), 'the moon is full'));
    await until('the fault is gone', () => languages.getDiagnostics(document.uri).length === 0);
    await document.save();
    await until('the log is read anew', () => languages.getDiagnostics(log.uri).some((diagnostic) => codeOf(diagnostic) === 'moon'));
  });

  test('is neither helped nor read as a log outside of its folder', async () => {
    const other = await openMarkdown('notes.md', faulty);
    // The document in the folder was opened later: when it has its faults, the other one would have had its own.
    await diagnosticsOf(await openMarkdown(`${folder}/moon.md`, faulty));
    assert.deepEqual(languages.getDiagnostics(other.uri), []);
    assert.equal((await completionsAt(other, 'tls')).includes('mailbox-full'), false);
    assert.doesNotMatch(await hoverAt(other, 'severity'), /How much it matters/);
    await workspace.fs.delete(other.uri);
  });

  test('is begun from a line of a log in the folder, unsaved, with help at once', async () => {
    const log = await openText('the answer was "550 5.7.99 no such moon"');
    await diagnosticsOf(log);
    await commands.executeCommand('mailflowLens.newFailure');
    const document = await until('the document', () => workspace.textDocuments.find(({ uri }) => uri.path.endsWith(`/${folder}/own-failure.md`)));
    assert.ok(document.isUntitled && document.getText().startsWith('---\nid: own-failure\n'));
    await until('completions', async () => (await completionsAt(document, 'severity: ')).includes('severity'));
  });
});
