/** What a reader sees in a log: hover, diagnostics, lenses, outline, and silence where nothing failed. */

import assert from 'node:assert/strict';
import { type CodeLens, commands, DiagnosticSeverity, type DocumentSymbol, type FoldingRange, languages } from 'vscode';
import { trackingLog } from '../support/trackingRows.ts';
import { closeAll, codeOf, diagnosticsOf, eventWith, hoverAt, openText, untrusted } from './editor.ts';
import { suite, teardown, test } from './mocha.ts';
import { until } from './poll.ts';

suite('reading a log', () => {
  teardown(closeAll);

  test('a failure is underlined, with its code and the link to its page', async () => {
    const [diagnostic, ...others] = await diagnosticsOf(await openText(eventWith(untrusted)));
    assert.equal(others.length, 0);
    assert.ok(diagnostic);
    assert.equal(codeOf(diagnostic), 'tls-untrusted-root');
    assert.equal(diagnostic.severity, DiagnosticSeverity.Error);
    assert.equal(diagnostic.range.start.line, 6);
    assert.equal(diagnostic.range.end.character - diagnostic.range.start.character, '454 4.7.0'.length);
    assert.ok(typeof diagnostic.code === 'object' && diagnostic.code.target.toString().includes('tls-untrusted-root'));
  });

  test('the hover explains it, on the code and on the line with the event id', async () => {
    const document = await openText(eventWith(untrusted));
    await diagnosticsOf(document);
    for (const place of ['454 4.7.0', 'UntrustedRoot', 'Event ID'])
      assert.match(await hoverAt(document, place), /\*\*Transient\*\*[\s\S]*Who must act[\s\S]*Insert evidence/, place);
  });

  for (const language of ['plaintext', 'xml', 'json', 'jsonl', 'markdown', 'mailflow-log']) {
    test(`a document of the language ${language} is served too`, async () => {
      const [diagnostic] = await diagnosticsOf(await openText('the answer was "550 5.7.1 Unable to relay"', language));
      assert.ok(diagnostic && codeOf(diagnostic) === 'relay-denied');
    });
  }

  test('a document where nothing failed stays silent', async () => {
    const silent = await openText('version 5.1.1, 250 2.1.5 OK, event 2004');
    // The failing document was opened later: when it has its diagnostics, the silent one would have had its own.
    await diagnosticsOf(await openText(eventWith(untrusted)));
    assert.deepEqual(languages.getDiagnostics(silent.uri), []);
  });

  test('above a row nothing that a log names becomes an icon', async () => {
    const document = await openText(
      trackingLog({ event: 'SMTP FAIL', 'recipient-address': '$(zap)bob@fabrikam.com', 'recipient-status': '550 5.1.1 User unknown' }),
      'mailflow-log',
    );
    const titles = await until('code lenses', async () => {
      const found = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
      return found.length > 0 ? found.map(({ command }) => command?.title ?? '') : undefined;
    });
    assert.match(titles[0] ?? '', /\\\$\(zap\)bob@/);
    assert.equal(titles[1], 'Insert evidence (read-only)');
  });

  test('above an event stands what it is, with the evidence at hand', async () => {
    const document = await openText(eventWith(untrusted));
    const lenses = await until('code lenses', async () => {
      const found = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
      return found.length > 0 ? found : undefined;
    });
    assert.match(lenses[0]?.command?.title ?? '', /^Event 2004: /);
    assert.equal(lenses[1]?.command?.title, 'Insert evidence (read-only)');
  });

  test('outline and folding follow the events', async () => {
    const document = await openText(`${eventWith(untrusted)}\n${eventWith('550 5.1.1 User unknown')}`);
    const symbols = await until('symbols', () => commands.executeCommand<DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri));
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.map((child) => child.name)]),
      [
        ['Event 2004', ['454 4.7.0']],
        ['Event 2004', ['550 5.1.1']],
      ],
    );
    const folds = await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    assert.deepEqual(
      folds.map(({ start }) => start),
      [0, 8],
    );
  });
});
