/** The bundled language server and clients that refuse what it asks, or never answer: it asks only for what was announced, and everything else works. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, Registration } from 'vscode-languageserver';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import { about, actions, at, eventLog, hoverText, title } from '../support/editor.ts';
import { type Answer, type LanguageClient, type Message, startServer } from '../support/languageClient.ts';

/** Everything that a client can announce and that lets the server ask for something, as paths to a value. */
const announcements: readonly (readonly [path: string, value: unknown])[] = [
  ['workspace.diagnostics.refreshSupport', true],
  ['workspace.didChangeConfiguration.dynamicRegistration', true],
  ['workspace.didChangeWatchedFiles.dynamicRegistration', true],
  ['textDocument.synchronization.dynamicRegistration', true],
  ['textDocument.completion.dynamicRegistration', true],
  ['textDocument.hover.dynamicRegistration', true],
  ['textDocument.diagnostic.dynamicRegistration', true],
  ['window.showDocument.support', true],
  ['textDocument.codeAction.codeActionLiteralSupport', { codeActionKind: { valueSet: ['quickfix'] } }],
  ['textDocument.codeAction.resolveSupport', { properties: ['edit'] }],
];
const paths = announcements.map(([path]) => path);
/** All on, all off, each alone off, each alone on. */
const announced: readonly (readonly string[])[] = [paths, [], ...paths.map((path) => paths.filter((other) => other !== path)), ...paths.map((path) => [path])];

function capabilitiesOf(chosen: readonly string[]): ClientCapabilities {
  const capabilities: Record<string, unknown> = {};
  for (const [path, value] of announcements) {
    if (!chosen.includes(path)) continue;
    const names = path.split('.');
    let place = capabilities;
    for (const name of names.slice(0, -1)) {
      place[name] ??= {};
      place = place[name] as Record<string, unknown>;
    }
    place[names.at(-1) as string] = value;
  }
  return capabilities;
}

/** What a client must have announced for a request of the server (LSP 3.17). */
function neededFor({ method, params }: Message): readonly string[] {
  if (method === 'workspace/diagnostic/refresh') return ['workspace.diagnostics.refreshSupport'];
  if (method === 'window/showDocument') return ['window.showDocument.support'];
  if (method !== 'client/registerCapability' && method !== 'client/unregisterCapability') return ['never'];
  const { registrations, unregisterations } = params as { readonly registrations?: readonly Registration[]; readonly unregisterations?: readonly Registration[] };
  return (registrations ?? unregisterations ?? []).map((registration) => {
    const dotted = registration.method.replace('/', '.').replace(/\.did(?:Open|Change|Close|Save)$/, '.synchronization');
    return `${dotted}.dynamicRegistration`;
  });
}

const answers: Readonly<Record<string, Answer>> = {
  'refuses everything': (method) => ({ error: { code: -32601, message: `Unhandled method ${method}` } }),
  'never answers': () => undefined,
};

suite('server: a client that refuses', () => {
  const uri = 'file:///logs/events.log';
  const text = eventLog();
  let workspace = '';
  before(() => {
    workspace = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
  });
  after(() => rmSync(workspace, { recursive: true, force: true }));

  /** Uses everything that an editor does by itself or at a click; rejects where one request is not answered. */
  async function use(client: LanguageClient, chosen: readonly string[]): Promise<void> {
    const set = (settings: object): void => client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: settings } });
    client.open(uri, text);
    assert.ok((await hoverText(client, uri, at(text, '454'))).value.includes(title));
    assert.equal((await client.request<unknown[]>('textDocument/documentSymbol', about(uri))).length, 1);
    assert.equal((await client.request<unknown[]>('textDocument/foldingRange', about(uri))).length, 1);
    assert.equal((await diagnostics(client, chosen)).length, 1);
    // Another folder that is not there, a time zone, and then neither.
    set({ knowledge: 'elsewhere', timeZone: 'Europe/Berlin' });
    set({ knowledge: '', timeZone: '' });
    const [action] = await actions(client, uri, at(text, '454'));
    if (chosen.includes('textDocument.codeAction.codeActionLiteralSupport')) await take(client, action, chosen);
    else assert.equal(action, undefined);
    assert.ok((await hoverText(client, uri, at(text, '454'))).value.includes(title));
  }
  async function diagnostics(client: LanguageClient, chosen: readonly string[]): Promise<readonly Diagnostic[]> {
    if (!chosen.some((path) => path.startsWith('textDocument.diagnostic'))) return (await client.published(uri, 1)).diagnostics;
    return (await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', about(uri))).items;
  }
  async function take(client: LanguageClient, action: CodeAction | undefined, chosen: readonly string[]): Promise<void> {
    assert.ok(action?.command);
    const resolved = chosen.includes('textDocument.codeAction.resolveSupport') ? await client.request<CodeAction>('codeAction/resolve', action) : action;
    assert.ok(resolved.edit);
    const { command, arguments: given } = action.command;
    assert.equal(await client.request('workspace/executeCommand', { command, arguments: given }), null);
  }

  for (const [index, chosen] of announced.entries()) {
    // Each set with one of them, in turn; the two that all others lie between with both.
    const turn = (index + Number(chosen.length === 1)) % 2;
    for (const [behaviour, answer] of Object.entries(answers).filter((_, which) => index < 2 || which === turn)) {
      const missing = paths.filter((path) => !chosen.includes(path));
      const name = chosen.length > 1 ? `all but ${missing.join() || 'none'}` : chosen.join() || 'nothing';
      test(`${behaviour}, and has announced ${name}`, async () => {
        const settings = { timeZone: 'Mars', knowledge: 'nowhere' };
        const folders = [{ uri: pathToFileURL(workspace).href, name: 'logs' }];
        const client = await startServer({ capabilities: capabilitiesOf(chosen), workspaceFolders: folders, initializationOptions: { settings } }, answer);
        await client.sent('window/showMessage', 2);
        await use(client, chosen);
        for (const asked of client.asked()) for (const needed of neededFor(asked)) assert.ok(chosen.includes(needed), `${asked.method} needs ${needed}`);
        const refused = client.asked().find(({ method }) => method !== 'window/showDocument');
        if (refused && behaviour === 'refuses everything') assert.match(JSON.stringify(await client.sent('window/logMessage', 1)), /The client has refused .*Unhandled method/);
        const told = client.received('window/showMessage').map((params) => (params as { message: string }).message);
        assert.match(told.join('\n'), /timeZone names no time zone: "Mars"[\s\S]*knowledge could not be read/);
        assert.equal(client.complaints(), '');
        assert.equal(await client.stop(), 0);
      });
    }
  }

  test('a refusal without a reason is told as one', async () => {
    const client = await startServer({ capabilities: capabilitiesOf(paths) }, () => ({ error: { code: -32601, message: '' } }));
    assert.match(JSON.stringify(await client.sent('window/logMessage', 1)), /The client has refused client\/registerCapability: it gives no reason/);
    assert.equal(await client.stop(), 0);
  });

  test('every request of the server is asked of a client that has announced all', async () => {
    const client = await startServer({ capabilities: capabilitiesOf(paths), workspaceFolders: [{ uri: pathToFileURL(workspace).href, name: 'logs' }] });
    await use(client, paths);
    await client.sent('client/unregisterCapability', 1);
    const methods = new Set(client.asked().map(({ method }) => method));
    assert.deepEqual([...methods].sort(), ['client/registerCapability', 'client/unregisterCapability', 'window/showDocument', 'workspace/diagnostic/refresh']);
    const needed = new Set(client.asked().flatMap(neededFor));
    assert.deepEqual([...needed].sort(), paths.filter((path) => !path.includes('codeAction')).sort());
    await client.stop();
  });
});
