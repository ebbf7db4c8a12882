/** The bundled language server in a process of its own, as modern clients, old clients and hostile logs meet it. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { marked } from 'marked';
import type { InitializeParams } from 'vscode-languageserver';
import type { CodeAction, CodeLens, Diagnostic, DocumentLink, DocumentSymbol, FoldingRange, Hover, MarkupContent, Position, WorkspaceEdit } from 'vscode-languageserver-types';
import { commands, type ExtendScriptResult, requests, type Summary } from '../server/src/protocol.ts';
import type { Located } from '../server/src/report/located.ts';
import { applyWorkspaceEdit, type Encoding, type LanguageClient, offsetOf, positionOf, startServer, textAt } from './support/languageClient.ts';
import { completeLog } from './support/marks.ts';
import { structure } from './support/powershellReader.ts';
import { root } from './support/project.ts';

const connector = 'Outbound to Office 365';
const untrusted = '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied';
const title = "The receiving server does not trust this server's TLS certificate";

function eventLog(name = connector, response = untrusted): string {
  return `Log Name:      Application
Source:        MSExchangeTransport
Date:          1/15/2026 9:15:42 AM
Event ID:      2004
Computer:      ex01.contoso.com
Description:
Send connector ${name}: Message delivery was not successful. The message with message ID <a1b2c3@ex01.contoso.com> was acknowledged with SMTP response ${response}.
`;
}

const literals = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } };
const resolving = { codeAction: { ...literals, dataSupport: true, resolveSupport: { properties: ['edit'] } } };
const creating = { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } };
const modern: Partial<InitializeParams> = {
  capabilities: { textDocument: { ...resolving, diagnostic: {}, hover: { contentFormat: ['markdown', 'plaintext'] } }, workspace: creating },
  initializationOptions: { commands: Object.values(commands) },
};
const withoutCommands: Partial<InitializeParams> = { capabilities: modern.capabilities ?? {} };
const pulling = (...positionEncodings: string[]): Partial<InitializeParams> => ({ capabilities: { general: { positionEncodings }, textDocument: { diagnostic: {} } } });

const at = (text: string, words: string, encoding?: Encoding): Position => positionOf(text, text.indexOf(words) + 1, encoding);
const about = (uri: string): { textDocument: { uri: string } } => ({ textDocument: { uri } });

async function pull(client: LanguageClient, uri: string): Promise<Diagnostic[]> {
  const report = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', about(uri));
  return report.items;
}
const hover = (client: LanguageClient, uri: string, position: Position): Promise<Hover | null> => client.request('textDocument/hover', { ...about(uri), position });
const actions = (client: LanguageClient, uri: string, position: Position, context: object = { diagnostics: [] }): Promise<CodeAction[]> =>
  client.request('textDocument/codeAction', { ...about(uri), range: { start: position, end: position }, context });

/** Chooses a code action as an editor does, and gives its edit. */
async function chosenEdit(client: LanguageClient, uri: string, position: Position, part = 'evidence'): Promise<WorkspaceEdit> {
  const action = (await actions(client, uri, position)).find((candidate) => candidate.title.includes(part));
  assert.ok(action, `no action for the ${part}`);
  const { edit } = action.edit ? action : await client.request<CodeAction>('codeAction/resolve', action);
  assert.ok(edit, 'no edit');
  return edit;
}

suite('server: a modern client', () => {
  const uri = 'file:///logs/events.log';
  const text = eventLog();
  let client: LanguageClient;
  before(async () => {
    client = await startServer(modern);
    client.open(uri, text);
  });
  after(() => client.stop());

  test('is told what there is', () => {
    const { capabilities, serverInfo } = client.initialized;
    assert.equal(serverInfo?.name, 'Mailflow Lens');
    assert.match(serverInfo?.version ?? '', /^\d+\.\d+\.\d+$/);
    assert.deepEqual(capabilities, {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2 },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'], resolveProvider: true },
      codeLensProvider: {},
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
    assert.match(diagnostic.codeDescription?.href ?? '', /^https:.*\/knowledge\/failures\/tls\/tls-untrusted-root\.md$/);
    assert.equal(diagnostic.message, `${title}\n${untrusted}`);
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

  const pointed: readonly [string, string, string][] = [
    ['the code', '454', untrusted],
    ['the text of the response', 'UntrustedRoot', untrusted],
    ["the line with the event's id", 'Event ID', 'Event ID:      2004'],
  ];
  for (const [place, words, covered] of pointed) {
    test(`explains the failure on ${place}`, async () => {
      const found = await hover(client, uri, at(text, words));
      const { kind, value } = found?.contents as MarkupContent;
      assert.equal(kind, 'markdown');
      assert.ok(value.startsWith(`**${title}**`) && value.includes(connector) && value.includes('Transient'), value);
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
        [`Insert evidence (read-only): ${title} (${connector})`, true, 'quickfix', commands.insertRunbook, undefined],
        [`Insert full runbook: ${title} (${connector}) - changes commented out`, false, 'quickfix', commands.insertRunbook, undefined],
        [`Open the page about "${title}"`, undefined, 'quickfix', commands.openPage, undefined],
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
      ],
    );
    assert.deepEqual(found[0]?.diagnostics, await pull(client, uri));
    assert.deepEqual(await actions(client, uri, at(text, 'Computer')), []);
    assert.deepEqual(await actions(client, uri, at(text, '454'), { diagnostics: [], only: ['refactor'] }), []);
  });
  test('gets lenses, symbols, folds and links', async () => {
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', about(uri));
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title, command?.command]),
      [
        [0, `Event 2004: ${title}`, commands.openPage],
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
    assert.deepEqual(await client.request<Summary>(requests.summary, { uri }), { findings: 1, errors: 1, warnings: 0, information: 0, mostFrequent: title });
    assert.match(await client.request<string>(requests.page, { id: 'tls-untrusted-root' }), /^# The receiving server/);
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

suite('server: an old client', () => {
  const uri = 'untitled:events.log';
  const text = eventLog();
  const regions = (script: string): string[] => script.match(/^#region .*$/gm) ?? [];
  let folder = '';
  let scratch = '';
  let path = '';
  let clients: LanguageClient[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
    path = join(folder, 'mailflow-remediation.ps1');
    scratch = pathToFileURL(path).href;
  });
  after(async () => {
    await Promise.all(clients.map((client) => client.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  /** A client in the folder, with the log open; `script` stands on the disk. */
  async function start(capabilities: InitializeParams['capabilities'], script?: string): Promise<LanguageClient> {
    rmSync(path, { force: true });
    if (script !== undefined) writeFileSync(path, script);
    const client = await startServer({ capabilities, workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'logs' }] });
    clients = [...clients, client];
    client.open(uri, text);
    return client;
  }
  /** The script after a quick fix, as an editor would save it. */
  async function fixed(client: LanguageClient, log = uri, part?: string): Promise<string> {
    const files = new Map(existsSync(path) ? [[scratch, readFileSync(path, 'utf8')]] : []);
    const position = at(log === uri ? text : eventLog('Internet'), '454');
    applyWorkspaceEdit(files, await chosenEdit(client, log, position, part));
    assert.deepEqual([...files.keys()], [scratch]);
    const script = files.get(scratch) ?? '';
    writeFileSync(path, script);
    return script;
  }

  test('is sent diagnostics with their version, and an empty list when the document closes', async () => {
    const client = await start({});
    const { diagnostics } = await client.published(uri, 1);
    assert.deepEqual(
      diagnostics.map(({ code, range }) => [code, textAt(text, range)]),
      [['tls-untrusted-root', '454 4.7.0']],
    );
    client.change(uri, 2, [{ range: { start: at(text, '54 4.7.0'), end: at(text, '.7.0') }, text: '' }]);
    assert.deepEqual(
      (await client.published(uri, 2)).diagnostics.map(({ code }) => code),
      ['tls-untrusted-root'],
    );
    client.change(uri, 3, [{ text: 'all is well' }]);
    assert.deepEqual((await client.published(uri, 3)).diagnostics, []);
    client.notify('textDocument/didClose', about(uri));
    assert.deepEqual(await client.published(uri), { uri, diagnostics: [] });
  });
  test('gets plain text, and no quick fix that it cannot run', async () => {
    const client = await start({});
    const { kind, value } = (await hover(client, uri, at(text, '454')))?.contents as MarkupContent;
    assert.equal(kind, 'plaintext');
    assert.ok(value.startsWith(`${title}\n\n`) && value.includes(`Send connector: ${connector}\n`), value);
    assert.doesNotMatch(value, /\*\*|\]\(|command:/);
    assert.deepEqual(await actions(client, uri, at(text, '454')), []);
    assert.deepEqual(await client.request('textDocument/codeLens', about(uri)), []);
  });
  test('without literals but with our commands gets commands', async () => {
    const client = await startServer({ initializationOptions: { commands: [commands.insertRunbook] } });
    clients = [...clients, client];
    client.open(uri, text);
    const found = await actions(client, uri, at(text, '454'));
    assert.deepEqual(
      found.map(({ command }) => command),
      [commands.insertRunbook, commands.insertRunbook],
    );
  });

  const kinds: readonly [string, InitializeParams['capabilities']][] = [
    ['literals alone', { textDocument: { codeAction: literals } }],
    ['resolve', { textDocument: resolving }],
    ['resolve and file creation', { textDocument: resolving, workspace: creating }],
  ];
  for (const [kind, capabilities] of kinds) {
    test(`with ${kind}: the scratch script is created, extended by another failure, and nothing is said twice`, async () => {
      const client = await start(capabilities);
      const created = await fixed(client);
      assert.deepEqual(regions(created), [`#region Mailflow Lens: tls-untrusted-root: ${connector}`]);
      assert.equal(await fixed(client), created);
      client.open('untitled:other.log', eventLog('Internet'));
      const extended = await fixed(client, 'untitled:other.log');
      assert.ok(extended.startsWith(created));
      assert.equal(regions(extended).length, 2);
      assert.match(await fixed(client, uri, 'full'), /# Set-SendConnector /);
      assert.equal(regions(readFileSync(path, 'utf8')).length, 2);
    });
    test(`with ${kind}: the user's text and line endings stay`, async () => {
      const own = '# mine: Ж \u{1F4EC}\r\nGet-Date\r\n# no line end';
      const script = await fixed(await start(capabilities, own));
      assert.ok(script.startsWith(`${own}\r\n`));
      assert.doesNotMatch(script, /[^\r]\n/);
    });
    test(`with ${kind}: what is extended is the open file with its unsaved changes`, async () => {
      const client = await start(capabilities, 'Get-Date\n');
      client.open(scratch, 'Get-Date\n', 'powershell');
      client.change(scratch, 2, [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: 'Get-Service\n\n' }]);
      const edit = await chosenEdit(client, uri, at(text, '454'));
      const files = new Map([[scratch, 'Get-Date\nGet-Service\n\n']]);
      applyWorkspaceEdit(files, edit);
      assert.ok(files.get(scratch)?.startsWith(`Get-Date\nGet-Service\n\n#region Mailflow Lens: `));
      if (edit.documentChanges)
        assert.deepEqual(
          edit.documentChanges.map((change) => 'textDocument' in change && change.textDocument),
          [{ uri: scratch, version: 2 }],
        );
    });
  }
});

suite('server: position encodings', () => {
  const name = 'Träger € \u{1F4EC}\u{1F4EC} nach Süden';
  const text = `${eventLog(name)}\u{1F4EC} 550 5.1.1 User unknown\n`;
  const uri = 'untitled:events.log';
  const offers: readonly [readonly string[], Encoding][] = [
    [['utf-8', 'utf-16'], 'utf-8'],
    [['utf-32', 'utf-8'], 'utf-8'],
    [['utf-16', 'utf-8'], 'utf-16'],
    [['utf-32'], 'utf-16'],
  ];
  for (const [offered, encoding] of offers) {
    test(`${encoding} where ${offered.join(', ')} is offered, in answers, questions and edits`, async () => {
      const client = await startServer(pulling(...offered));
      assert.equal(client.initialized.capabilities.positionEncoding, encoding);
      client.open(uri, text);
      const marksOf = async (shown: string): Promise<string[]> => (await pull(client, uri)).map(({ range }) => textAt(shown, range, encoding));
      assert.deepEqual(await marksOf(text), ['454 4.7.0', '550 5.1.1']);
      const found = await hover(client, uri, at(text, 'UntrustedRoot', encoding));
      assert.equal(found?.range && textAt(text, found.range, encoding), untrusted);
      assert.equal(await hover(client, uri, positionOf(text, text.indexOf(' with SMTP response') - 1, encoding)), null);
      const place = positionOf(text, text.indexOf(' nach'), encoding);
      client.change(uri, 2, [
        { range: { start: place, end: place }, text: '\u{1F4EC}é' },
        { range: { start: positionOf(text, text.indexOf('\u{1F4EC}'), encoding), end: place }, text: '' },
      ]);
      assert.deepEqual(await marksOf(text.replace('\u{1F4EC}\u{1F4EC} nach', '\u{1F4EC}é nach')), ['454 4.7.0', '550 5.1.1']);
      await client.stop();
    });
  }
  test('UTF-16 where nothing is offered, and UTF-8 in the edit of a script too', async () => {
    const [plain, bytes] = await Promise.all([startServer(), startServer({ capabilities: { general: { positionEncodings: ['utf-8'] }, textDocument: resolving } })]);
    assert.equal(plain.initialized.capabilities.positionEncoding, 'utf-16');
    const [log, scratch] = ['file:///logs/events.log', 'file:///logs/mailflow-remediation.ps1'];
    bytes.open(log, text);
    bytes.open(scratch, '# Grüße \u{1F4EC}', 'powershell');
    const files = new Map([[scratch, '# Grüße \u{1F4EC}']]);
    applyWorkspaceEdit(files, await chosenEdit(bytes, log, at(text, '454', 'utf-8')), 'utf-8');
    assert.ok(files.get(scratch)?.startsWith('# Grüße \u{1F4EC}\n\n#region Mailflow Lens: '));
    await Promise.all([plain.stop(), bytes.stop()]);
  });
});

suite('server: edits', () => {
  const pieces = [
    '',
    '\r\n',
    '\n',
    '\r',
    '"',
    ',',
    '>',
    ' ',
    '\u{1F4EC}',
    'é',
    '454 4.7.0 ',
    '550-5.1.1 User\r\n',
    '550 5.1.1 User unknown',
    'Source:        MSExchangeTransport\nEvent ID: 2004\n',
    '#Fields: ',
  ];
  const pieceLengths = [0, 0, 1, 3, 40, 400];
  /** Numbers from 0 to 1, the same in each run (a linear congruential generator, modulus 2 to the 32nd). */
  function numbers(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }
  /** A place where a cursor can stand: not inside a line end or a character. */
  const place = (text: string, offset: number): number => (/^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])/.test(text.slice(Math.max(0, offset - 1), offset + 1)) ? offset - 1 : offset);

  for (const encoding of ['utf-16', 'utf-8'] as const) {
    test(`after many of them the findings are those of the same text opened afresh (${encoding})`, async () => {
      const client = await startServer(pulling(encoding));
      const next = numbers(2004);
      const uri = 'untitled:edited.log';
      let text = readFileSync(join(root, 'samples/SEND2026011508-1.LOG'), 'utf8') + eventLog();
      client.open(uri, text);
      const counts = new Set<number>();
      for (let version = 2; version <= 121; version += 1) {
        const start = place(text, next(text.length + 1));
        const end = place(text, Math.min(text.length, start + (pieceLengths[next(pieceLengths.length)] ?? 0)));
        const range = { start: positionOf(text, start, encoding), end: positionOf(text, Math.max(start, end), encoding) };
        const added = pieces[next(pieces.length)] ?? '';
        client.change(uri, version, [{ range, text: added }]);
        text = text.slice(0, start) + added + text.slice(Math.max(start, end));
        if (version % 10 !== 1) continue;
        const fresh = `untitled:${version}.log`;
        client.open(fresh, text);
        const [edited, opened] = await Promise.all([pull(client, uri), pull(client, fresh)]);
        assert.deepEqual(JSON.parse(JSON.stringify(edited).replaceAll(uri, fresh)), opened, `after version ${version}`);
        counts.add(edited.length);
      }
      assert.ok(counts.size > 1 && !counts.has(0), 'the edits should change some findings and leave others');
      await client.stop();
    });
  }
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
    assert.match(notice?.message ?? '', /^1,001 failures were found.* 3 groups\.$/);
    assert.deepEqual([notice?.range.start, notice?.code], [{ line: 0, character: 0 }, undefined]);
    assert.deepEqual(
      groups.map(({ message }) => message.split('\n').at(-1)),
      ['334 times in this file, to 192.0.2.0.', '334 times in this file, to 192.0.2.1.', '333 times in this file, to 192.0.2.2.'],
    );
    assert.ok(groups.every(({ relatedInformation }) => relatedInformation?.length === 10));
  });
  test('of too many groups the rarest are left out, and the first diagnostic says so', async () => {
    const text = `${log(1_200, 600, [untrusted, '550 5.1.1 User unknown'])}${row('452 4.2.2 Mailbox full', 1, 600).repeat(5)}`;
    const diagnostics = await diagnosticsOf(text);
    assert.equal(diagnostics.length, 1_000);
    assert.match(diagnostics[0]?.message ?? '', /^1,205 failures were found.* 999 groups\. The 202 rarest groups are left out/);
    assert.match(diagnostics.at(-1)?.message ?? '', /\n5 times in this file/);
  });
});

suite('server: hostile input', () => {
  const uri = 'file:///logs/events.log';
  const text = eventLog();
  const features = ['hover', 'codeAction', 'codeLens', 'documentSymbol', 'foldingRange', 'documentLink', 'diagnostic'].map((feature) => `textDocument/${feature}`);
  let client: LanguageClient;
  let editor: LanguageClient;
  before(async () => {
    [client, editor] = await Promise.all([startServer(modern), startServer(withoutCommands)]);
    client.open(uri, text);
  });
  after(() => Promise.all([client.stop(), editor.stop()]));
  afterEach(async () => {
    const { findings } = await client.request<Summary>(requests.summary, { uri });
    assert.equal(findings, 1, 'the server should be up and know its document');
  });
  const ask = (of: string, position: Position): Promise<unknown[]> =>
    Promise.all(features.map((feature) => client.request(feature, { ...about(of), position, range: { start: position, end: position }, context: { diagnostics: [] } })));

  test('a document that is not open has nothing', async () => {
    const answers = await ask('file:///not/open.log', { line: 0, character: 0 });
    assert.deepEqual(answers, [...features.slice(0, -1).map(() => null), { kind: 'full', items: [] }]);
    assert.equal((await client.request<Summary>(requests.summary, { uri: 'file:///not/open.log' })).findings, 0);
  });
  test('a position out of range is no error', async () => {
    for (const position of [
      { line: 1e9, character: 1e9 },
      { line: 6, character: 2 ** 31 - 1 },
      { line: -1, character: -5 },
      { line: 0.5, character: 1.5 },
    ])
      await ask(uri, position);
    assert.equal(await hover(client, uri, { line: 1e9, character: 0 }), null);
  });
  test('a request that fails is an error, and the next one is answered', async () => {
    await assert.rejects(client.request('textDocument/hover', {}), /textDocument\/hover: /);
    await assert.rejects(client.request('textDocument/noSuchThing', {}), /-32601/);
    for (const method of [...features, 'codeAction/resolve', ...Object.values(requests)]) {
      for (const parameters of [null, {}, { textDocument: 5, uri: [] }, { textDocument: { uri: { toString: 1 } }, uri: { toString: 1 }, id: { toString: 1 } }])
        await client.request(method, parameters).catch(String);
    }
  });

  const own = (json: string): object => JSON.parse(json) as object;
  const evidence = { failure: 'tls-untrusted-root', part: 'evidence', captures: {}, evidence: '', script: '' };
  const refused: readonly (readonly [string, object])[] = [
    ['nothing', {}],
    ['no failure', { ...evidence, failure: 5 }],
    ['an unknown failure', { ...evidence, failure: 'no-such-failure' }],
    ['a failure that every object has', { ...evidence, failure: 'constructor' }],
    ['a prototype for a failure', { ...evidence, failure: '__proto__' }],
    ['another part', { ...evidence, part: 'all' }],
    ['a list', [evidence]],
  ];
  for (const [what, parameters] of refused) {
    test(`extendScript with ${what} inserts nothing, and neither does a code action`, async () => {
      assert.equal(await client.request(requests.extendScript, parameters), null);
      const action = { title: 'x', data: { insertion: parameters, document: uri } };
      assert.deepEqual(await client.request('codeAction/resolve', action), action);
    });
  }
  const unread: readonly (readonly [string, object])[] = [
    ['a prototype', own('{ "__proto__": { "sendConnector": "Internet" } }')],
    ['numbers', { sendConnector: 5, server: 6 }],
    ['lists', { sendConnector: ['Internet'], server: [] }],
    ['a list', ['Internet']],
    ['a string', 'Internet' as unknown as object],
    ['values that are far too long', { sendConnector: 'x'.repeat(3_000_000), server: 'x'.repeat(3_000_000) }],
  ];
  for (const [what, captures] of unread) {
    test(`extendScript believes no captures that are ${what}`, async () => {
      const long = 'x'.repeat(3_000_000);
      const { insertions } = await client.request<ExtendScriptResult>(requests.extendScript, { ...evidence, captures, evidence: long });
      const script = insertions.map(({ text: added }) => added).join('');
      assert.match(script, /^\$SendConnector = '' {2}# not found in the log/m);
      assert.match(script, /^\$Server = '' {2}# not found in the log/m);
      assert.ok(script.length < 10_000);
    });
  }

  test('lone surrogates and NULs change no position', async () => {
    const strange = eventLog('\uD800\0\uDC00 \0\uD800');
    for (const one of [client, editor]) {
      one.open('file:///logs/strange.log', strange);
      assert.deepEqual(
        (await pull(one, 'file:///logs/strange.log')).map(({ range }) => textAt(strange, range)),
        ['454 4.7.0'],
      );
    }
    await ask('file:///logs/strange.log', at(strange, '454'));
  });

  const names = [
    "'; Stop-Computer; '",
    '\u2018; Stop-Computer; \u2019\u201A\u201B',
    '"; Stop-Computer; "\u201C\u201D\u201E',
    '$(Stop-Computer) `$(Stop-Computer)',
    '#> Stop-Computer <#',
    "'@ Stop-Computer @'",
    'a\u2028Stop-Computer\u2029\u0085Stop-Computer',
    'a\u202E\u2066Stop-Computer\u200F',
    '[x](command:mailflowLens.openPage?%5B%5D)',
    '`[x](command:mailflowLens.openPage?%5B%5D)`',
    '](https://contoso.com) <https://contoso.com> https://contoso.com www.contoso.com ada@contoso.com',
    '<a href="command:mailflowLens.openPage">x</a><img src=x onerror=alert(1)>',
    '``` <script> ~~~ ![x](https://contoso.com/x.png) [y]: https://contoso.com',
    '%22%5D)%20[x](command:x)',
    '\uD800\0\u001B[2J',
  ];
  let harmless: { readonly script: string; readonly destinations: readonly string[] };
  before(async () => {
    harmless = await read('Internet');
  });
  /** The script that a quick fix writes for a connector, and the links of the hover with their arguments cut off. */
  async function read(name: string): Promise<typeof harmless> {
    const log = eventLog(name, `${untrusted} ${name}`);
    const [scratch, of] = ['file:///logs/mailflow-remediation.ps1', 'file:///logs/hostile.log'];
    const files = new Map<string, string>();
    const links: string[] = [];
    for (const one of [client, editor]) one.open(of, log);
    applyWorkspaceEdit(files, await chosenEdit(editor, of, at(log, '454'), 'full'));
    const found = (await actions(client, of, at(log, '454'))).flatMap(({ command }) => (command ? [{ title: command.title, arguments: command.arguments }] : []));
    for (const shown of [...found.map(({ title: shownTitle }) => shownTitle), ...(await pull(client, of)).flatMap(({ message }) => message.split('\n'))])
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    marked.walkTokens(marked.lexer(((await hover(client, of, at(log, '454')))?.contents as MarkupContent).value), (token) => {
      assert.ok(token.type !== 'html' && token.type !== 'image', token.raw);
      if (token.type === 'link') links.push(String(token.href));
    });
    const passed = links.filter((link) => link.startsWith('command:')).map((link) => JSON.parse(decodeURIComponent(link.slice(link.indexOf('?') + 1))) as unknown);
    assert.deepEqual(
      passed,
      found.map((command) => command.arguments),
    );
    for (const one of [client, editor]) one.notify('textDocument/didClose', about(of));
    return { script: structure(files.get(scratch) ?? ''), destinations: links.map((link) => link.replace(/\?.*/, '')) };
  }
  for (const name of names) {
    test(`a connector called ${JSON.stringify(name)} is nothing but a name`, async () => assert.deepEqual(await read(name), harmless));
  }
  test('the harmless name has a script and three links to compare with', () => {
    assert.match(harmless.script, /^\$SendConnector = ''$/m);
    assert.deepEqual(harmless.destinations, [`command:${commands.insertRunbook}`, `command:${commands.insertRunbook}`, `command:${commands.openPage}`]);
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
  for (const file of readdirSync(join(root, 'samples'))) {
    const uri = pathToFileURL(join(root, 'samples', file)).href;
    client.open(uri, readFileSync(fileURLToPath(uri), 'utf8'));
    const expected = findings.filter((finding) => finding.file === join('samples', file));
    const shown = (await pull(client, uri)).map(({ range, code }) => [range.start.line + 1, range.start.character + 1, range.end.line + 1, range.end.character + 1, code]);
    assert.deepEqual(
      shown,
      expected.map((found) => [found.startLine, found.startColumn, found.endLine, found.endColumn, found.failure ?? found.enhancedCode ?? String(found.replyCode)]),
      file,
    );
    compared += shown.length;
  }
  assert.ok(compared >= 5 && compared === findings.length);
  await client.stop();
});
