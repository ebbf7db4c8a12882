/** The bundled language server in a process of its own, as a modern editor meets it. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { CodeLens, Diagnostic, DocumentLink, DocumentSymbol, FoldingRange } from 'vscode-languageserver-types';
import type { Located } from '../../server/src/analysis/located.ts';
import { commands, type ExtendScriptResult, requests, type Summary } from '../../server/src/protocol/editor.ts';
import { about, actions, at, connector, eventLog, extended, hover, hoverText, pull, pulling, title, untrusted } from '../support/editor.ts';
import { textAt } from '../support/edits.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';
import { completeLog } from '../support/marks.ts';
import { filesBelow, readProjectFile, root } from '../support/project.ts';

suite('server: a modern client', () => {
  const uri = 'file:///logs/events.log';
  const text = eventLog();
  let client: LanguageClient;
  before(async () => {
    client = await startServer(extended);
    client.open(uri, text);
  });
  after(() => client.stop());

  test('is told what there is', () => {
    const { capabilities, serverInfo } = client.initialized;
    assert.equal(serverInfo?.name, 'Mailflow Lens');
    assert.match(serverInfo?.version ?? '', /^\d+\.\d+\.\d+$/);
    assert.deepEqual(capabilities, {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2, save: true },
      completionProvider: { triggerCharacters: [...' "{[.0123456789'] },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'], resolveProvider: true },
      codeLensProvider: { resolveProvider: true },
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      documentLinkProvider: {},
      diagnosticProvider: { identifier: 'mailflow-lens', interFileDependencies: false, workspaceDiagnostics: false },
    });
  });
  test('pulls diagnostics: whole at first, unchanged when it has them already, and none are pushed', async () => {
    const report = await client.request<{ kind: string; resultId: string; items: Diagnostic[] }>('textDocument/diagnostic', about(uri));
    const [diagnostic, ...others] = report.items;
    assert.ok(diagnostic && report.kind === 'full' && others.length === 0);
    assert.equal(textAt(text, diagnostic.range), '454 4.7.0');
    assert.deepEqual([diagnostic.code, diagnostic.source, diagnostic.severity], ['tls-untrusted-root', 'mailflow-lens', 1]);
    assert.match(diagnostic.codeDescription?.href ?? '', /^mailflow-lens:\/tls-untrusted-root\.md$/);
    assert.equal(diagnostic.message, `Certificate not trusted: ${connector}\n${untrusted}`);
    const again = await client.request('textDocument/diagnostic', { ...about(uri), previousResultId: report.resultId });
    assert.deepEqual(again, { kind: 'unchanged', resultId: report.resultId });
    assert.deepEqual(client.received('textDocument/publishDiagnostics'), []);
  });
  test('gets whole diagnostics again after a change', async () => {
    client.open('file:///logs/changing.log', text);
    const { resultId } = await client.request<{ resultId: string }>('textDocument/diagnostic', about('file:///logs/changing.log'));
    client.change('file:///logs/changing.log', 2, [{ text: '' }]);
    const changed = await client.request<{ kind: string; items: Diagnostic[] }>('textDocument/diagnostic', { ...about('file:///logs/changing.log'), previousResultId: resultId });
    assert.deepEqual([changed.kind, changed.items], ['full', []]);
  });

  test('gets whole diagnostics of a document that was closed and opened with another text', async () => {
    const again = 'file:///logs/again.log';
    client.open(again, text);
    const { resultId } = await client.request<{ resultId: string }>('textDocument/diagnostic', about(again));
    client.notify('textDocument/didClose', about(again));
    client.open(again, 'all is well');
    const reopened = await client.request<{ kind: string; items: Diagnostic[] }>('textDocument/diagnostic', { ...about(again), previousResultId: resultId });
    assert.deepEqual([reopened.kind, reopened.items], ['full', []]);
  });

  const pointed: readonly [string, string, string][] = [
    ['the code', '454', untrusted],
    ['the text of the response', 'UntrustedRoot', untrusted],
    ["the line with the event's id", 'Event ID', 'Event ID:      2004'],
  ];
  for (const [place, words, covered] of pointed) {
    test(`explains the failure on ${place}`, async () => {
      const found = await hover(client, uri, at(text, words));
      const { kind, value } = await hoverText(client, uri, at(text, words));
      assert.equal(kind, 'markdown');
      // On the range of the diagnostic its message stands above the hover.
      assert.ok(value.startsWith(place.includes('code') ? '**Transient**' : `**\`MSExchangeTransport 2004\`: ${title}**`) && value.includes(connector), value);
      assert.equal(found?.range && textAt(text, found.range), covered);
    });
  }
  for (const words of ['Log Name', 'Computer', 'Send connector', 'message ID']) {
    test(`explains nothing on "${words}"`, async () => assert.equal(await hover(client, uri, at(text, words)), null));
  }

  test('gets quick fixes that run its commands', async () => {
    const found = await actions(client, uri, at(text, '454'));
    assert.deepEqual(
      found.map((action) => [action.title, action.isPreferred, action.kind, action.command?.command, action.edit]),
      [
        [`Insert evidence (read-only): Certificate not trusted (${connector})`, true, 'quickfix', commands.insertRunbook, undefined],
        [`Insert full runbook (changes commented out): Certificate not trusted (${connector})`, false, 'quickfix', commands.insertRunbook, undefined],
        ['Open the page about "Certificate not trusted"', undefined, 'quickfix', commands.openPage, undefined],
        ['Don\'t report "Certificate not trusted" here', undefined, 'quickfix', commands.ignore, undefined],
        [`Don't report "Certificate not trusted" for ${connector}`, undefined, 'quickfix', commands.ignore, undefined],
      ],
    );
    const captures = { sendConnector: connector, messageId: '<a1b2c3@ex01.contoso.com>', server: 'ex01.contoso.com' };
    const evidence = `events.log line 7, 1/15/2026 9:15:42 AM: ${untrusted}`;
    assert.deepEqual(
      found.map(({ command }) => command?.arguments),
      [
        [{ failure: 'tls-untrusted-root', captures, part: 'evidence', evidence }],
        [{ failure: 'tls-untrusted-root', captures, part: 'full', evidence }],
        [{ id: 'tls-untrusted-root' }],
        [{ failure: 'tls-untrusted-root', name: 'Certificate not trusted' }],
        [{ failure: 'tls-untrusted-root', name: 'Certificate not trusted', target: connector }],
      ],
    );
    assert.deepEqual(found[0]?.diagnostics, await pull(client, uri));
    assert.deepEqual(await actions(client, uri, at(text, 'Computer')), []);
    assert.deepEqual(await actions(client, uri, at(text, '454'), { diagnostics: [], only: ['refactor'] }), []);
  });
  test('gets lenses, symbols, folds and links', async () => {
    const unseen = await client.request<CodeLens[]>('textDocument/codeLens', about(uri));
    const lenses = await Promise.all(unseen.map((lens) => client.request<CodeLens>('codeLens/resolve', lens)));
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title, command?.command]),
      [
        [0, 'Event 2004: Certificate not trusted: Outbound to Office 365', commands.openPage],
        [0, 'Insert evidence (read-only)', commands.insertRunbook],
      ],
    );
    const [symbol, ...others] = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', about(uri));
    assert.deepEqual([symbol?.name, symbol?.detail, symbol?.children?.map(({ name }) => name), others], ['Event 2004', '1/15/2026 9:15:42 AM', ['454 4.7.0'], []]);
    assert.equal(symbol && textAt(text, symbol.range), text.trimEnd());
    assert.deepEqual(await client.request<FoldingRange[]>('textDocument/foldingRange', about(uri)), [{ startLine: 0, endLine: 6 }]);
    const listed = eventLog(connector, '550 5.7.1 Blocked, see https://lists.contoso.com/?ip=192.0.2.1. Not http://contoso.com or command:openPage');
    client.open('file:///logs/listed.log', listed);
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', about('file:///logs/listed.log'));
    assert.deepEqual(
      links.map(({ range, target }) => [textAt(listed, range), target]),
      [['https://lists.contoso.com/?ip=192.0.2.1', 'https://lists.contoso.com/?ip=192.0.2.1']],
    );
  });
  test('sends requests of its own: the counts, a page, an extended script', async () => {
    assert.deepEqual(await client.request<Summary>(requests.summary, { uri }), {
      findings: 1,
      errors: 1,
      warnings: 0,
      information: 0,
      leftOut: 0,
      mostFrequent: { name: 'Certificate not trusted', count: 1 },
    });
    assert.match(await client.request<string>(requests.page, { id: 'tls-untrusted-root' }), /^# Certificate not trusted: /);
    assert.match(await client.request<string>(requests.page, { id: '454 4.7.0' }), /tls-untrusted-root/);
    assert.equal(await client.request(requests.page, { id: 'no such page' }), null);
    const [insertion] = (await actions(client, uri, at(text, '454')))[0]?.command?.arguments ?? [];
    const { insertions, line } = await client.request<ExtendScriptResult>(requests.extendScript, { ...insertion, script: '# mine\r\n' });
    const script = `# mine\r\n${insertions.map(({ text: added }) => added).join('')}`;
    assert.equal(insertions[0]?.offset, 8);
    assert.equal(script.split('\r\n')[line], `#region Mailflow Lens: tls-untrusted-root: ${connector}`);
    assert.ok(script.includes(`\r\n$SendConnector = '${connector}'\r\n`));
  });
});

suite('server: more findings than an editor shows', () => {
  const uri = 'untitled:send.log';
  const row = (response: string, index: number, addresses: number): string =>
    `2026-01-15T08:00:00.000Z,Internet,08DE${String(index).padStart(12, '0')},7,192.0.2.10:40001,${['192.0.2', '198.51.100', '203.0.113'][Math.floor((index % addresses) / 200)]}.${(index % addresses) % 200}:25,<,${response},\n`;
  const log = (count: number, addresses: number, responses = [untrusted]): string =>
    completeLog('smtp-send', Array.from({ length: count }, (_, index) => row(responses[Math.floor(index / addresses) % responses.length] ?? '', index, addresses)).join(''));
  let client: LanguageClient;
  before(async () => {
    client = await startServer(pulling());
  });
  after(() => client.stop());
  const diagnosticsOf = (text: string): Promise<Diagnostic[]> => {
    client.open(uri, text);
    return pull(client, uri).finally(() => client.notify('textDocument/didClose', about(uri)));
  };

  test('1,000 are shown one by one', async () => {
    const diagnostics = await diagnosticsOf(log(1_000, 3));
    assert.equal(diagnostics.length, 1_000);
    assert.ok(diagnostics.every(({ code }) => code === 'tls-untrusted-root'));
  });
  test('1,001 are grouped by failure and destination, with their counts, and the first diagnostic says so', async () => {
    const [notice, ...groups] = await diagnosticsOf(log(1_001, 3));
    assert.match(String(notice?.message), /^1,001 failures were found.*Listed are 999 lines: the first and the last of 3 kinds/);
    assert.deepEqual([notice?.range.start, notice?.code], [{ line: 0, character: 0 }, undefined]);
    assert.equal(groups.length, 999);
    assert.deepEqual(
      groups.flatMap(({ message }) => /\n(\d+ times in .*)/.exec(String(message))?.[1] ?? []),
      ['334 times in this file, to 192.0.2.0.', '334 times in this file, to 192.0.2.1.', '333 times in this file, to 192.0.2.2.'],
    );
    assert.ok(groups.every(({ relatedInformation }) => relatedInformation === undefined));
  });
  test('of too many groups the rarest are left out, and the first diagnostic says so', async () => {
    const text = `${log(1_200, 600, [untrusted, '550 5.1.1 User unknown'])}${row('452 4.2.2 Mailbox full', 1, 600).repeat(5)}`;
    const diagnostics = await diagnosticsOf(text);
    assert.equal(diagnostics.length, 1_000);
    assert.match(String(diagnostics[0]?.message), /^1,205 failures were found.* of 999 kinds.* The 202 rarest are left out/);
    assert.match(String(diagnostics.at(-1)?.message), /\n5 times in this file/);
  });
});

suite('server: the process', () => {
  test('ends with 0 after shutdown and exit', async () => assert.equal(await (await startServer()).stop(), 0));
  test('says what it is when nobody speaks to it', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/server.cjs')], { encoding: 'utf8' });
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /language server of Mailflow Lens.*--stdio/);
  });
});

test('server and command line agree on every sample', async () => {
  const { stdout } = spawnSync(process.execPath, [join(root, 'dist/cli.cjs'), 'scan', '--format', 'json', 'samples'], { cwd: root, encoding: 'utf8' });
  const { findings } = JSON.parse(stdout) as { findings: Located[] };
  const client = await startServer(pulling());
  let compared = 0;
  for (const path of filesBelow('samples')) {
    const uri = `untitled:${path}`;
    client.open(uri, readProjectFile(path));
    const expected = findings.filter((finding) => finding.file === path);
    const shown = (await pull(client, uri)).map(({ range, code }) => [range.start.line + 1, range.start.character + 1, range.end.line + 1, range.end.character + 1, code]);
    assert.deepEqual(
      shown,
      expected.map((found) => [found.startLine, found.startColumn, found.endLine, found.endColumn, found.failure ?? found.enhancedCode ?? String(found.replyCode)]),
      path,
    );
    compared += shown.length;
  }
  assert.ok(compared >= 5 && compared === findings.length);
  await client.stop();
});
