/** The bundled language server and what an editor without our commands tells its user of a runbook: the script is shown, or its place is said. */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, ShowDocumentParams } from 'vscode-languageserver';
import type { CodeAction, Command } from 'vscode-languageserver-types';
import { commands, showRunbookCommand } from '../../server/src/protocol/editor.ts';
import { actions, at, creating, eventLog, extended, literals, modern, resolving, untrusted } from '../support/editor.ts';
import { applyWorkspaceEdit } from '../support/edits.ts';
import { type Answer, type LanguageClient, startServer } from '../support/languageClient.ts';

const uri = 'untitled:events.log';
const text = eventLog();
const showing: ClientCapabilities = { window: { showDocument: { support: true } } };

suite('server: a runbook in another editor', () => {
  let folder = '';
  let scratch = '';
  let path = '';
  let clients: LanguageClient[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
    path = join(folder, 'mailflow-remediation.ps1');
    scratch = pathToFileURL(path).href;
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop()));
    rmSync(path, { force: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function start(capabilities: ClientCapabilities, answer?: Answer, settings: object = {}): Promise<LanguageClient> {
    const client = await startServer({ capabilities, workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'logs' }], initializationOptions: { settings } }, answer);
    clients = [...clients, client];
    client.open(uri, text);
    return client;
  }
  /** Chooses the evidence as an editor does: the edit is made first, then the command is sent back. Gives the script. */
  async function choose(client: LanguageClient, isOpen = false): Promise<string> {
    const [action] = (await actions(client, uri, at(text, '454'))) as CodeAction[];
    assert.ok(action?.command);
    const { edit } = action.edit ? action : await client.request<CodeAction>('codeAction/resolve', action);
    assert.ok(edit);
    const files = new Map(existsSync(path) ? [[scratch, readFileSync(path, 'utf8')]] : []);
    applyWorkspaceEdit(files, edit);
    const script = files.get(scratch) ?? '';
    if (isOpen) client.open(scratch, script, 'powershell');
    assert.equal(await run(client, action.command), null);
    return script;
  }
  const run = (client: LanguageClient, { command, arguments: given }: Command): Promise<unknown> => client.request('workspace/executeCommand', { command, arguments: given });
  const said = async (client: LanguageClient): Promise<string> => ((await client.sent('window/showMessage', 1)) as { message: string }).message;
  const regionLine = (script: string): number => script.split(/\r\n|\n/).findIndex((line) => line.startsWith('#region Mailflow Lens: tls-untrusted-root'));

  test('is announced to those who can use it: lenses with our commands, a command of ours without', async () => {
    const announced = async (parameters: Parameters<typeof startServer>[0]): Promise<unknown[]> => {
      const client = await startServer(parameters);
      clients = [...clients, client];
      const { codeLensProvider, executeCommandProvider } = client.initialized.capabilities;
      return [codeLensProvider, executeCommandProvider];
    };
    assert.deepEqual(await announced(extended), [{ resolveProvider: true }, undefined]);
    assert.deepEqual(await announced(modern), [undefined, { commands: [showRunbookCommand] }]);
    assert.deepEqual(await announced({ initializationOptions: { commands: [commands.openPage] } }), [undefined, undefined]);
    assert.deepEqual(await announced({}), [undefined, undefined]);
  });

  const kinds: readonly (readonly [string, ClientCapabilities])[] = [
    ['literals alone', { textDocument: { codeAction: literals } }],
    ['resolve', { textDocument: resolving }],
    ['resolve and file creation', { textDocument: resolving, workspace: creating }],
  ];
  for (const [kind, capabilities] of kinds) {
    for (const own of [undefined, '# mine\r\nGet-Date\r\n']) {
      for (const isOpen of [false, true]) {
        const where = `${own === undefined ? 'a new script' : "the user's own script"}, ${isOpen ? 'open' : 'not open'} in the server`;
        test(`with ${kind} its place is said, and shown where the editor can: ${where}`, async () => {
          if (own !== undefined) writeFileSync(path, own);
          const telling = await start(capabilities);
          const line = regionLine(await choose(telling, isOpen));
          assert.ok(line >= (own === undefined ? 0 : 2));
          assert.equal(await said(telling), `Runbook added to mailflow-remediation.ps1, line ${line + 1}. It is not saved.`);
          const shown = await start({ ...capabilities, ...showing }, () => ({ result: { success: true } }));
          assert.equal(regionLine(await choose(shown, isOpen)), line);
          const place = { line, character: 0 };
          assert.deepEqual((await shown.sent('window/showDocument', 1)) as ShowDocumentParams, { uri: scratch, selection: { start: place, end: place }, takeFocus: false });
          assert.equal(telling.received('window/showDocument').length, 0);
          assert.equal(shown.received('window/showMessage').length, 0);
        });
      }
    }
  }
  const unshown: readonly (readonly [string, Answer])[] = [
    ['refuses', () => ({ error: { code: -32601, message: 'no' } })],
    ['says that it did not', () => ({ result: { success: false } })],
    ['says nothing of it', () => ({ result: null })],
  ];
  for (const [what, answer] of unshown) {
    test(`its place is said where the editor is asked to show it and ${what}`, async () => {
      const client = await start({ textDocument: resolving, ...showing }, answer);
      await choose(client);
      assert.match(await said(client), /^Runbook added to mailflow-remediation\.ps1, line \d+\./);
    });
  }
  test('its name is harmless to show', async () => {
    const client = await start({ textDocument: resolving }, undefined, { scratchScript: 'a\u202E\u001B[2J\n%0A.ps1' });
    const [action] = await actions(client, uri, at(text, '454'));
    assert.ok(action?.command);
    await run(client, action.command);
    assert.match(await said(client), /^Runbook added to a\\u202e\\u001b\[2J %0A\.ps1, line \d+\. It is not saved\.$/);
  });

  const insertion = { failure: 'tls-untrusted-root', captures: {}, part: 'evidence', evidence: '' };
  const senseless: readonly (readonly [string, string, unknown])[] = [
    ['another command', 'mailflowLens.insertRunbook', [{ insertion, document: uri }]],
    ['no arguments', showRunbookCommand, undefined],
    ['arguments that are no list', showRunbookCommand, 5],
    ['nothing to show', showRunbookCommand, [null]],
    ['an unknown failure', showRunbookCommand, [{ insertion: { ...insertion, failure: '__proto__' }, document: uri }]],
    ['a log that is not open', showRunbookCommand, [{ insertion, document: 'file:///elsewhere/other.log' }]],
    ['an address that is none', showRunbookCommand, [{ insertion, document: { toString: 'x' } }]],
  ];
  test('is not believed of anybody: what makes no sense is an error, and nothing is shown or said', async () => {
    const client = await start({ textDocument: resolving, ...showing });
    for (const [what, command, given] of senseless) await assert.rejects(client.request('workspace/executeCommand', { command, arguments: given }), /-32602/, what);
    for (const params of [undefined, null, [], {}]) await assert.rejects(client.request('workspace/executeCommand', params), /-3260/);
    // An address or a text that comes along is not the one that is shown.
    const hostile = { insertion: { ...insertion, evidence: untrusted }, document: uri, uri: 'https://contoso.com', message: 'contoso.com' };
    await client.request('workspace/executeCommand', { command: showRunbookCommand, arguments: [hostile] });
    const { uri: shown } = (await client.sent('window/showDocument', 1)) as ShowDocumentParams;
    assert.equal(shown, scratch);
    await client.sent('window/showMessage', 1);
    assert.equal(client.received('window/showDocument').length, 1);
    assert.doesNotMatch(JSON.stringify(client.received('window/showMessage')), /contoso/);
  });
});
