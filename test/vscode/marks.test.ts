/** What shows in the log itself beside the diagnostics: the languages that are served, sessions, and what is not reported. */

import assert from 'node:assert/strict';
import {
  type CodeAction,
  type CodeLens,
  ConfigurationTarget,
  commands,
  type DocumentLink,
  extensions,
  type Location,
  languages,
  Position,
  Selection,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { closeAll, codeOf, diagnosticsOf, hoverAt, inFolder, openText, quickFixesAt } from './editor.ts';
import { suite, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

/** A sample log under a name of our choice, in the opened folder. */
async function openSampleAs(name: string, sample = 'SEND2026011508-1.LOG'): Promise<TextDocument> {
  const samples = extensions.getExtension('mailflow-lens.mailflow-lens')?.extensionUri;
  assert.ok(samples);
  const uri = inFolder(name);
  await workspace.fs.writeFile(uri, await workspace.fs.readFile(Uri.joinPath(samples, 'samples', sample)));
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { viewColumn: 1, preview: false });
  return document;
}

const opened = (path: RegExp): TextDocument | undefined => workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && path.test(uri.path));

suite('marks', () => {
  teardown(closeAll);

  test('a log of Exchange that was renamed gets its language once, by its first line', async () => {
    await openSampleAs('renamed.log');
    await until('the language of the log', () => opened(/renamed\.log$/)?.languageId === 'mailflow-log');
    const document = opened(/renamed\.log$/);
    assert.ok(document);
    await languages.setTextDocumentLanguage(document, 'plaintext');
    await until('the language that was chosen', () => opened(/renamed\.log$/)?.languageId === 'plaintext');
    await diagnosticsOf(opened(/renamed\.log$/) as TextDocument);
    assert.equal(opened(/renamed\.log$/)?.languageId, 'plaintext');
  });

  test('a text that people paste into is served, and stays silent where nothing failed', async () => {
    const uri = inFolder('note.md');
    await workspace.fs.writeFile(uri, Buffer.from('# Ticket\n\n> 550 5.1.1 RESOLVER.ADR.RecipNotFound; not found\n\nVersion 5.1.1 of 550 files.\n'));
    const document = await workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'markdown');
    await window.showTextDocument(document);
    const diagnostics = await diagnosticsOf(document);
    assert.deepEqual(
      diagnostics.map(({ range }) => range.start.line),
      [2],
    );
  });

  test('above a failing row stands what failed and for whom', async () => {
    const document = await openSampleAs('SEND20260116-1.LOG');
    await diagnosticsOf(document);
    const lenses = await until('code lenses', async () => {
      const found = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 4);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(
      lenses.slice(0, 2).map(({ range, command }) => [range.start.line, command?.title]),
      [
        [26, 'User unknown: j.doe@fabrikam.com'],
        [26, 'Insert evidence (read-only)'],
      ],
    );
  });

  test('a session is shown alone, and each of its lines leads back to its row', async () => {
    const document = await openSampleAs('SEND20260117-1.LOG');
    await diagnosticsOf(document);
    assert.match(await hoverAt(document, '08DE5408C3A10B22'), /Delivered in part[\s\S]*command:mailflowLens\.showSession/);
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(26, 5, 26, 5);
    await commands.executeCommand('mailflowLens.showSession');
    const session = await until('the session', () => opened(/^\/Session 08DE5408C3A10B22\.log$/));
    assert.match(session.getText(), /^Session 08DE5408C3A10B22\. Delivered in part/);
    assert.deepEqual(languages.getDiagnostics(session.uri), []);
    const line = session
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('550 5.1.1'));
    const [row] = await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', session.uri, new Position(line, 20));
    assert.deepEqual([row?.uri.toString(), row?.range.start.line], [document.uri.toString(), 26]);
    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', session.uri);
    assert.ok(links.some(({ range, target }) => range.start.line === line && target?.fragment === 'L27'));
  });

  test('a failure that is off is not reported any more, and comes back', async () => {
    const document = await openText('the answer was "550 5.7.1 Unable to relay"\nand then "550 5.1.1 User unknown"', 'plaintext');
    const [diagnostic] = await diagnosticsOf(document);
    assert.ok(diagnostic && codeOf(diagnostic) === 'relay-denied');
    const titles = (await quickFixesAt(document, diagnostic)).map(({ title }: CodeAction) => title);
    assert.ok(titles.includes('Don\'t report "Relay denied" here'), titles.join('\n'));
    const codes = (): string[] => languages.getDiagnostics(document.uri).map(codeOf);
    await workspace.getConfiguration('mailflowLens').update('severity', { 'relay-denied': 'off' }, ConfigurationTarget.Global);
    try {
      await until('the failure is gone', () => !codes().includes('relay-denied') && codes().length > 0);
    } finally {
      await workspace.getConfiguration('mailflowLens').update('severity', undefined, ConfigurationTarget.Global);
    }
    await until('the failure is back', () => codes().includes('relay-denied'));
  });
});
