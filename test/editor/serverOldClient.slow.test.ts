/** The bundled language server as editors meet it that know little of the protocol, and whose quick fixes are edits of a file. */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { InitializeParams } from 'vscode-languageserver';
import { commands } from '../../server/src/protocol/editor.ts';
import { about, actions, at, chosenEdit, connector, creating, eventLog, hoverText, literals, resolving, title } from '../support/editor.ts';
import { applyWorkspaceEdit, textAt } from '../support/edits.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';

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
  async function start(capabilities: InitializeParams['capabilities'], script?: string | Uint8Array): Promise<LanguageClient> {
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
    const { kind, value } = await hoverText(client, uri, at(text, '454'));
    assert.equal(kind, 'plaintext');
    assert.ok(value.startsWith(`MSExchangeTransport 2004: ${title}\n`) && value.includes(`\nConnector ${connector}, `) && value.includes('\nLikely causes.\n'), value);
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

  test('without a workspace has the scratch script beside the log, or where its settings say', async () => {
    const client = await startServer({ capabilities: { textDocument: resolving, workspace: { didChangeConfiguration: { dynamicRegistration: true } } } });
    clients = [...clients, client];
    client.open('file:///logs/events.log', text);
    const place = async (): Promise<string[]> => Object.keys((await chosenEdit(client, 'file:///logs/events.log', at(text, '454'))).changes ?? {});
    assert.deepEqual(await place(), ['file:///logs/mailflow-remediation.ps1']);
    assert.match(JSON.stringify(client.received('client/registerCapability')), /"workspace\/didChangeConfiguration".*"mailflowLens"/);
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { scratchScript: 'run books/mine.ps1' } } });
    assert.deepEqual(await place(), ['file:///logs/run%20books/mine.ps1']);
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { scratchScript: 5 } } });
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { scratchScript: '/runbooks/mine.ps1' } } });
    assert.deepEqual(await place(), [pathToFileURL('/runbooks/mine.ps1').href]);
  });

  test('that prefers plain text to Markdown gets plain text', async () => {
    const client = await start({ textDocument: { hover: { contentFormat: ['plaintext', 'markdown'] } } });
    assert.equal((await hoverText(client, uri, at(text, '454'))).kind, 'plaintext');
  });
  const nothing = null as unknown as undefined;
  const odd: readonly unknown[] = [
    { textDocument: nothing, workspace: nothing },
    { general: { positionEncodings: 5 }, textDocument: { hover: { contentFormat: 5 } } },
  ];
  for (const capabilities of [{ textDocument: { diagnostic: nothing, codeAction: { codeActionLiteralSupport: nothing } } }, ...odd]) {
    test(`that says ${JSON.stringify(capabilities)} of itself is taken to know none of it`, async () => {
      const client = await start(capabilities as InitializeParams['capabilities']);
      assert.equal((await hoverText(client, uri, at(text, '454'))).kind, 'plaintext');
      assert.equal(client.received('textDocument/publishDiagnostics').length, 1);
    });
  }
  test('gets no quick fix where there is no place for a script', async () => {
    const client = await startServer({ capabilities: { textDocument: resolving } });
    clients = [...clients, client];
    client.open(uri, text);
    assert.deepEqual(await actions(client, uri, at(text, '454')), []);
  });
  const encodings: readonly (readonly [string, Buffer])[] = [
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF# Grüße', 'utf8')],
    ['UTF-16, as Windows PowerShell writes files', Buffer.from('\uFEFF# Grüße', 'utf16le')],
    ['Windows-1252', Buffer.from('# Grüße', 'latin1')],
  ];
  for (const [encoding, bytes] of encodings) {
    test(`has a script in ${encoding} extended at its end`, async () => {
      const client = await start({ textDocument: resolving }, bytes);
      const files = new Map([[scratch, '# Grüße']]);
      applyWorkspaceEdit(files, await chosenEdit(client, uri, at(text, '454')));
      assert.ok(files.get(scratch)?.startsWith('# Grüße\n\n#region Mailflow Lens: '));
    });
  }

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
