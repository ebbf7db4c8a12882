/** The bundled language server with a folder of failure documents of the user's own. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, RegistrationParams, UnregistrationParams } from 'vscode-languageserver';
import type { CompletionItem, Diagnostic } from 'vscode-languageserver-types';
import { about, at, hover, hoverText, pull } from '../support/editor.ts';
import { textAt } from '../support/edits.ts';
import { goodDocument, spoiled } from '../support/failureDocument.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';

const pulling: ClientCapabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
const log = 'said: "550 5.7.1 the moon is full tonight"';
/** Our knowledge base knows the code of the log, but not these words. */
const moon = spoiled('{ reply: 454 }', '{ enhanced: "5.7.1", text: the moon is full }').replace('id: a-b', 'id: moon').replace('title: T', 'title: The moon');

suite('server: failure documents of the user', () => {
  let workspace = '';
  let clients: LanguageClient[] = [];
  before(() => {
    workspace = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
  });
  after(() => rmSync(workspace, { recursive: true, force: true }));
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.stop()));
    rmSync(join(workspace, 'own [1]'), { recursive: true, force: true });
  });

  function save(path: string, text: string): string {
    const file = join(workspace, 'own [1]', path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return pathToFileURL(file).href;
  }
  async function start(capabilities: ClientCapabilities, knowledge = 'own [1]', languages?: readonly string[]): Promise<LanguageClient> {
    const client = await startServer({
      capabilities,
      workspaceFolders: [{ uri: pathToFileURL(workspace).href, name: 'logs' }],
      initializationOptions: { settings: { knowledge }, languages },
    });
    clients = [...clients, client];
    return client;
  }
  const completed = (client: LanguageClient, uri: string, text: string, words: string): Promise<CompletionItem[] | null> =>
    client.request('textDocument/completion', { ...about(uri), position: at(text, words) });

  test('a closed document is told its faults, an open one is told them as it is written', async () => {
    const text = spoiled('reply: 454', 'reply: 250');
    const uri = save('deep/a-b.md', text);
    const client = await start(pulling);
    const { diagnostics } = (await client.sent('textDocument/publishDiagnostics', 1)) as { diagnostics: Diagnostic[] };
    assert.deepEqual(
      diagnostics.map(({ range, source, severity }) => [textAt(text, range), source, severity]),
      [['250', 'mailflow-lens', 1]],
    );
    client.open(uri, text, 'markdown');
    // What was pushed is taken back, since the editor asks from now on.
    assert.deepEqual(await client.sent('textDocument/publishDiagnostics', 2), { uri, diagnostics: [] });
    assert.deepEqual(
      (await pull(client, uri)).map(({ range }) => textAt(text, range)),
      ['250'],
    );
    client.change(uri, 2, [{ range: { start: at(text, 'tls'), end: at(text, 'ls') }, text: 'x' }]);
    const [category, reply] = await pull(client, uri);
    assert.match(String(category?.message), /^"category" must be one of .* Here it is "txs"\.$/);
    assert.match(String(reply?.message), /^"reply" must be a reply code/);
    client.notify('textDocument/didClose', about(uri));
    assert.deepEqual(((await client.sent('textDocument/publishDiagnostics', 3)) as { diagnostics: Diagnostic[] }).diagnostics.length, 1);
  });

  test('an editor that is sent diagnostics is sent the faults', async () => {
    const uri = save('a-b.md', goodDocument);
    const client = await start({});
    client.open(uri, goodDocument, 'markdown');
    assert.deepEqual((await client.published(uri, 1)).diagnostics, []);
    client.change(uri, 2, [{ text: spoiled('tls', 'misc') }]);
    const { diagnostics } = await client.published(uri, 2);
    assert.deepEqual(
      diagnostics.map(({ range }) => textAt(spoiled('tls', 'misc'), range)),
      ['misc'],
    );
  });

  test('completion and hover are there in the folder, and in no other Markdown', async () => {
    const uri = save('a-b.md', goodDocument);
    const client = await start(pulling);
    client.open(uri, goodDocument, 'markdown');
    assert.ok((await completed(client, uri, goodDocument, 'tls'))?.some(({ label }) => label === 'mailbox-full'));
    assert.match((await hoverText(client, uri, at(goodDocument, 'severity'))).value, /How much it matters/);
    // A log's features are not for documents about logs.
    assert.equal(await hover(client, uri, at(goodDocument, '454 4.7.0')), null);
    assert.deepEqual(await pull(client, uri), []);
    assert.equal(await client.request('textDocument/documentSymbol', about(uri)), null);
    for (const other of [
      pathToFileURL(join(workspace, 'README.md')).href,
      pathToFileURL(join(workspace, 'own [1]er', 'a-b.md')).href,
      'untitled:Untitled-1',
      'vscode-remote://host/a-b.md',
    ]) {
      client.open(other, goodDocument, 'markdown');
      assert.equal(await completed(client, other, goodDocument, 'tls'), null, other);
      assert.equal(await hover(client, other, at(goodDocument, 'severity')), null, other);
    }
  });

  test('a document that is begun and not saved yet is helped with too', async () => {
    const client = await start(pulling);
    const uri = pathToFileURL(join(workspace, 'own [1]', 'new.md')).href.replace('file://', 'untitled:');
    client.open(uri, goodDocument, 'markdown');
    assert.ok((await completed(client, uri, goodDocument, 'tls'))?.length);
    assert.match(String((await pull(client, uri))[0]?.message), /must be the file's name/);
  });

  test('a document takes effect on open logs when it is saved', async () => {
    const uri = save('moon.md', moon.replace('the moon is full', 'the sun is up'));
    const client = await start(pulling);
    await client.sent('workspace/diagnostic/refresh', 1);
    client.open('untitled:some.log', log);
    client.open(uri, moon, 'markdown');
    const before = await pull(client, 'untitled:some.log');
    assert.notEqual(before[0]?.code, 'moon');
    save('moon.md', moon);
    client.notify('textDocument/didSave', about(uri));
    await client.sent('workspace/diagnostic/refresh', 2);
    const [after] = await pull(client, 'untitled:some.log');
    assert.deepEqual([after?.code, after && textAt(log, after.range), after?.codeDescription?.href], ['moon', '550 5.7.1', uri]);
    assert.match((await hoverText(client, 'untitled:some.log', at(log, '550'))).value, /The moon/);
  });

  test('a document that is saved makes the next diagnostics new for an editor that pulls and cannot be asked to', async () => {
    const uri = save('moon.md', moon.replace('the moon is full', 'the sun is up'));
    // Its fault is what says that the folder has been read.
    save('a-b.md', spoiled('reply: 454', 'reply: 250'));
    const client = await start({ textDocument: { diagnostic: {} } });
    await client.sent('textDocument/publishDiagnostics', 1);
    client.open('untitled:some.log', log);
    const first = await client.request<{ resultId: string }>('textDocument/diagnostic', about('untitled:some.log'));
    save('moon.md', moon);
    save('a-b.md', goodDocument);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await client.sent('textDocument/publishDiagnostics', 2);
    const next = await client.request<{ kind: string; items: Diagnostic[] }>('textDocument/diagnostic', { ...about('untitled:some.log'), previousResultId: first.resultId });
    assert.deepEqual([next.kind, next.items.map(({ code }) => code)], ['full', ['moon']]);
    assert.deepEqual(client.asked(), []);
  });

  test('the second document with an id is told so while it is written', async () => {
    save('a/moon.md', moon);
    const uri = save('b/moon.md', moon);
    const client = await start(pulling);
    await client.sent('workspace/diagnostic/refresh', 1);
    client.open(uri, moon, 'markdown');
    assert.match(String((await pull(client, uri))[0]?.message), /"id" must be used once/);
  });

  const asking: ClientCapabilities = {
    textDocument: {
      synchronization: { dynamicRegistration: true },
      completion: { dynamicRegistration: true },
      hover: { dynamicRegistration: true },
      diagnostic: { dynamicRegistration: true },
      filters: { relativePatternSupport: true },
    },
    workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
  };
  test('an editor that sends Markdown anyway is asked only for what is asked in no log', async () => {
    const client = await start(asking, undefined, ['log', 'markdown']);
    const { registrations } = (await client.sent('client/registerCapability', 1)) as RegistrationParams;
    assert.deepEqual(
      registrations.map(({ method }) => method),
      ['textDocument/completion', 'workspace/didChangeWatchedFiles'],
    );
  });
  test('an editor that can be asked is asked for the documents of the folder alone, and for another when the setting changes', async () => {
    const client = await start(asking);
    assert.equal(client.initialized.capabilities.completionProvider, undefined);
    const { registrations } = (await client.sent('client/registerCapability', 1)) as RegistrationParams;
    assert.deepEqual(
      registrations.map(({ method }) => method),
      [...['didOpen', 'didChange', 'didClose', 'didSave', 'completion', 'hover', 'diagnostic'].map((name) => `textDocument/${name}`), 'workspace/didChangeWatchedFiles'],
    );
    const pattern = { baseUri: pathToFileURL(join(workspace, 'own [1]')).href, pattern: '**/*.{md,MD}' };
    for (const { registerOptions } of registrations.slice(0, -1)) {
      assert.deepEqual((registerOptions as { documentSelector: unknown }).documentSelector, [
        { scheme: 'file', pattern },
        { scheme: 'untitled', pattern },
      ]);
    }
    assert.deepEqual(registrations.at(-1)?.registerOptions, { watchers: [{ globPattern: pattern }] });
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { knowledge: '' } } });
    const { unregisterations } = (await client.sent('client/unregisterCapability', 1)) as UnregistrationParams;
    assert.deepEqual(unregisterations.map(({ id }) => id).sort(), registrations.map(({ id }) => id).sort());
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { knowledge: workspace } } });
    assert.equal(((await client.sent('client/registerCapability', 2)) as RegistrationParams).registrations.length, registrations.length);
  });

  test('a pattern for an old editor stands for the folder, whatever its name holds', async () => {
    const client = await start({ textDocument: { completion: { dynamicRegistration: true } } });
    const { registrations } = (await client.sent('client/registerCapability', 1)) as RegistrationParams;
    const options = registrations[0]?.registerOptions as { readonly documentSelector: readonly { readonly pattern: string }[] } | undefined;
    assert.match(options?.documentSelector[0]?.pattern ?? '', /\/own \[\[\]1\[\]\]\/\*\*\/\*\.\{md,MD\}$/);
  });

  test('a folder that is not there is told once, and nothing else fails', async () => {
    const client = await start(pulling, 'nowhere');
    assert.match(((await client.sent('window/showMessage', 1)) as { message: string }).message, /mailflowLens\.knowledge could not be read/);
    client.open('untitled:some.log', log);
    assert.equal((await pull(client, 'untitled:some.log')).length, 1);
  });

  test('without a workspace a relative path names no folder', async () => {
    const client = await startServer({ capabilities: asking, initializationOptions: { settings: { knowledge: '.' } } });
    clients = [...clients, client];
    client.open('untitled:some.log', log);
    assert.equal((await pull(client, 'untitled:some.log')).length, 1);
    assert.deepEqual(client.received('client/registerCapability'), []);
  });

  const refreshes = (client: LanguageClient): number => client.received('workspace/diagnostic/refresh').length;
  const codeOf = async (client: LanguageClient): Promise<unknown> => {
    client.open('untitled:some.log', log);
    return (await pull(client, 'untitled:some.log'))[0]?.code;
  };
  const messages = (client: LanguageClient): string[] => client.received('window/showMessage').map((parameters) => (parameters as { message: string }).message);

  const oddAddresses = [
    'file:///x%2Fy.md',
    'file:///x%ZZ.md',
    'file:///x%00.md',
    'untitled:/x%2Fy.md',
    'file://fs01/it/kb/a.md',
    'untitled://fs01/it/kb/a.md',
    'file:///100%.md',
    'x.md',
    '',
  ];
  for (const capabilities of [pulling, {}])
    test(`a document whose address is no path is in no folder, and the others of its notice are read (${capabilities === pulling ? 'pulled' : 'pushed'})`, async () => {
      const uri = save('moon.md', moon.replace('the moon is full', 'the sun is up'));
      const client = await start(capabilities);
      // While the folder is read, and afterwards.
      for (const odd of oddAddresses) client.open(odd, goodDocument, 'markdown');
      assert.notEqual(await codeOf(client), undefined);
      for (const odd of oddAddresses) {
        client.notify('textDocument/didClose', about(odd));
        client.open(odd, goodDocument, 'markdown');
        assert.equal(await completed(client, odd, goodDocument, 'tls'), null, odd);
        await hover(client, odd, at(goodDocument, 'severity'));
        await pull(client, odd);
      }
      const before = refreshes(client);
      save('moon.md', moon);
      const oddChanges = [...oddAddresses.map((address) => ({ uri: address, type: 2 })), null, 5, {}, { uri: null }];
      client.notify('workspace/didChangeWatchedFiles', { changes: [...oddChanges, { uri, type: 2 }, ...oddChanges] });
      if (capabilities === pulling) await client.sent('workspace/diagnostic/refresh', before + 1);
      else await client.published('untitled:some.log', 1);
      for (let tries = 0; (await pull(client, 'untitled:some.log'))[0]?.code !== 'moon'; tries += 1) assert.ok(tries < 10_000, 'the document is never read again');
    });

  test('documents that cannot be read are told in their places, folders in a message, and the others are used', async () => {
    save('moon.md', moon);
    save('large.md', 'x'.repeat(500_000));
    save('deep.md', spoiled('\nM\n', `\n${'> '.repeat(2_000)}x\n`));
    save('UPPER.MD', goodDocument.replace('id: a-b', 'id: upper'));
    writeFileSync(join(workspace, 'own [1]', 'notepad.md'), Buffer.from(`\uFEFF${goodDocument.replace('id: a-b', 'id: notepad')}`, 'utf16le'));
    const hasLinks = process.platform !== 'win32';
    if (hasLinks) {
      spawnSync('mkfifo', [join(workspace, 'own [1]', 'pipe.md')]);
      symlinkSync('circle', join(workspace, 'own [1]', 'circle'));
    }
    const client = await start(pulling);
    await client.sent('workspace/diagnostic/refresh', 1);
    assert.equal(await codeOf(client), 'moon');
    const told = client.received('textDocument/publishDiagnostics').map((parameters) => {
      const { uri, diagnostics } = parameters as { uri: string; diagnostics: Diagnostic[] };
      return [uri.split('/').at(-1), diagnostics.map(({ message }) => message).join('\n')];
    });
    assert.deepEqual(
      told.map(([name]) => name),
      ['deep.md', 'large.md', ...(hasLinks ? ['pipe.md'] : [])],
    );
    for (const [name, expected] of [
      ['deep.md', /too deeply/],
      ['large.md', /cannot be read: it is larger than/],
      ['pipe.md', /cannot be read: it is no ordinary file/],
    ] as const)
      if (hasLinks || name !== 'pipe.md') assert.match(new Map(told as [string, string][]).get(name) ?? '', expected);
    if (!hasLinks) return;
    assert.equal(messages(client).length, 1);
    assert.match(messages(client)[0] as string, /could not be read: circle \(the links lead in a circle\)/);
    // The same is not told at each change.
    save('moon.md', moon.replace('The moon', 'The full moon'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(join(workspace, 'own [1]', 'moon.md')).href, type: 2 }] });
    await client.sent('workspace/diagnostic/refresh', 2);
    assert.equal(messages(client).length, 1);
  });

  test('of many changes only the last is read', async () => {
    for (let number = 0; number < 60; number += 1) save(`many/own-${number}.md`, goodDocument.replace('id: a-b', `id: own-${number}`));
    save('last/moon.md', moon);
    const client = await start(pulling, '');
    const change = (knowledge: string): void => client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { knowledge } } });
    for (let again = 0; again < 25; again += 1) for (const name of ['many', 'deep', '']) change(name === '' ? '' : join(workspace, 'own [1]', name));
    change(join(workspace, 'own [1]', 'last'));
    await client.sent('workspace/diagnostic/refresh', 1);
    assert.equal(await codeOf(client), 'moon');
    assert.equal(refreshes(client), 1);
    assert.deepEqual(messages(client), []);
  });

  test('a folder that is set and is not there has no documents of the one before', async () => {
    save('moon.md', moon);
    const client = await start(pulling);
    await client.sent('workspace/diagnostic/refresh', 1);
    assert.equal(await codeOf(client), 'moon');
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { knowledge: 'nowhere' } } });
    await client.sent('workspace/diagnostic/refresh', 2);
    assert.notEqual((await pull(client, 'untitled:some.log'))[0]?.code, 'moon');
  });

  test('a setting that is no path is told once, and there is no folder', async () => {
    const client = await start(asking, 'own\ud800');
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { knowledge: 'own\ud800', timeZone: 'UTC' } } });
    assert.notEqual(await codeOf(client), undefined);
    assert.equal(messages(client).length, 1);
    assert.match(messages(client)[0] as string, /mailflowLens\.knowledge is no path/);
    assert.deepEqual(client.received('client/registerCapability'), []);
  });
});
