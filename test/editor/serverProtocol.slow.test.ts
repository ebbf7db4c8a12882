/** The bundled language server and the protocol beneath its features: order, cancellation, what cannot be read, and what ends it. */

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { requests } from '../../server/src/protocol/editor.ts';
import { about, at, eventLog, hover, hoverText, modern, title } from '../support/editor.ts';
import { connectServer, framed, type RawClient, startServer } from '../support/languageClient.ts';
import { root } from '../support/project.ts';

const uri = 'file:///logs/events.log';
const text = eventLog();
const asked = { ...about(uri), position: at(text, '454'), range: { start: at(text, '454'), end: at(text, '454') }, context: { diagnostics: [] } };
const nouns = ['hover', 'completion', 'codeAction', 'codeLens', 'documentSymbol', 'foldingRange', 'documentLink', 'diagnostic', 'noSuchThing'];
const methods = [...nouns.map((noun) => `textDocument/${noun}`), 'codeAction/resolve', 'workspace/executeCommand', ...Object.values(requests)];
const initialize = (client: RawClient, params: object = {}): Promise<unknown> => client.request('initialize', { processId: null, rootUri: null, capabilities: {}, ...params });

suite('server: the order of the protocol', () => {
  test('before initialize requests are refused and notifications dropped; then all is as it should be', async () => {
    const client = connectServer();
    client.open(uri, text);
    for (const method of [...methods, 'shutdown']) await assert.rejects(client.request(method, asked), /-32002/, method);
    for (const params of [undefined, null, 5, []]) await assert.rejects(client.request('initialize', params), /-3260[02]/);
    await initialize(client);
    await assert.rejects(initialize(client), /-32600/);
    assert.equal(await hover(client, uri, at(text, '454')), null);
    client.open(uri, text);
    assert.ok((await hoverText(client, uri, at(text, '454'))).value.includes(title));
    await client.request('shutdown', undefined);
    for (const method of [...methods, 'shutdown', 'initialize']) await assert.rejects(client.request(method, asked), /-32600/, method);
    client.notify('exit', undefined);
    assert.equal(await client.ended(), 0);
  });
  for (const capabilities of [null, undefined, 5, [], 'all', { workspace: null, textDocument: null, window: null, general: null }, { workspace: { workspaceFolders: 5 } }]) {
    test(`capabilities that are ${JSON.stringify(capabilities)} are none`, async () => {
      const client = connectServer();
      await initialize(client, { capabilities, initializationOptions: capabilities, workspaceFolders: capabilities, trace: capabilities, processId: capabilities });
      client.notify('initialized', {});
      client.open(uri, text);
      assert.equal((await client.published(uri, 1)).diagnostics.length, 1);
      assert.equal(await client.stop(), 0);
    });
  }
  for (const stage of ['before initialize', 'after initialize']) {
    test(`exit without shutdown, ${stage}, ends with 1`, async () => {
      const client = connectServer();
      if (stage === 'after initialize') await initialize(client);
      client.notify('exit', undefined);
      assert.equal(await client.ended(), 1);
    });
  }
  for (const isShutDown of [false, true]) {
    test(`an editor that closes the connection ${isShutDown ? 'after' : 'without'} shutdown ends it with ${isShutDown ? 0 : 1}`, async () => {
      const client = await startServer();
      if (isShutDown) await client.request('shutdown', undefined);
      client.stopWriting();
      assert.equal(await client.ended(), isShutDown ? 0 : 1);
    });
  }
  test('an editor that reads no more ends it', async () => {
    const client = await startServer();
    client.stopReading();
    client.open(uri, text);
    assert.equal(await client.ended(), 1);
  });
});

suite('server: cancellation', () => {
  const frame = (message: object): Buffer => framed({ jsonrpc: '2.0', ...message });
  test('what is cancelled before it was begun is answered so, and all else in full', async () => {
    const client = await startServer(modern);
    client.open(uri, text);
    const answers = [];
    const bytes: Buffer[] = [];
    // So few that they come in one piece.
    for (let id = 1_000; id < 1_020; id += 1) {
      bytes.push(frame({ id, method: methods[id % nouns.length], params: asked }));
      if (id % 2 === 0) bytes.push(frame({ method: '$/cancelRequest', params: { id } }));
      answers.push(client.answered(id));
    }
    client.write(Buffer.concat(bytes));
    const codes = (await Promise.all(answers)).map(({ error }) => error?.code);
    for (const [index, code] of codes.entries()) {
      const isUnknown = methods[(1_000 + index) % nouns.length] === 'textDocument/noSuchThing';
      assert.equal(code, index % 2 === 0 ? -32800 : isUnknown ? -32601 : undefined);
    }
    await client.stop();
  });
  test('initialize and shutdown are not cancelled, and neither is what a cancellation does not name', async () => {
    const client = connectServer();
    const cancel = (params: unknown): Buffer => frame({ method: '$/cancelRequest', params });
    const initializing = frame({ id: 1_000, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    const odd = [undefined, null, 5, [], {}, { id: null }, { id: {} }, { id: 'other' }].map(cancel);
    client.write(Buffer.concat([initializing, cancel({ id: 1_000 }), frame({ id: 1_001, method: 'textDocument/hover', params: asked }), ...odd]));
    assert.deepEqual([(await client.answered(1_000)).error, (await client.answered(1_001)).error], [undefined, undefined]);
    client.write(Buffer.concat([frame({ id: 1_002, method: 'shutdown' }), cancel({ id: 1_002 })]));
    assert.equal((await client.answered(1_002)).error, undefined);
    client.notify('exit', undefined);
    assert.equal(await client.ended(), 0);
  });
});

suite('server: what cannot be read', () => {
  test('a message that is no JSON, or no message, is answered so, and the next one is read', async () => {
    const client = await startServer();
    client.open(uri, text);
    const unparsed = ['', '{', 'nothing', '{"jsonrpc": "2.0", "id": 1, "method": '];
    const senseless = [
      'null',
      '5',
      '"x"',
      '[]',
      '[{"jsonrpc":"2.0","id":9,"method":"shutdown"}]',
      '{"method":5}',
      '{"method":"shutdown","id":null}',
      '{"method":"shutdown","id":{}}',
    ];
    for (const content of [...unparsed, ...senseless]) client.write(framed(content));
    // What has no method is taken for an answer of the client: it is not answered in turn.
    for (const content of ['{}', '{"id":1}', '{"id":1,"error":null}', '{"id":null,"error":{"code":1,"message":"x"}}', '{"id":99,"result":1}']) client.write(framed(content));
    assert.ok((await hoverText(client, uri, at(text, '454'))).value.includes(title));
    const codes = (await client.errors(unparsed.length + senseless.length)).map((error) => error?.code);
    assert.deepEqual(codes, [...unparsed.map(() => -32700), ...senseless.map(() => -32600)]);
    assert.equal(await client.stop(), 0);
  });
  for (const broken of ['garbage\r\n\r\nmore', 'Content-Length: abc\r\n\r\n{}', `Content-Length: ${'9'.repeat(20)}\r\n\r\n`]) {
    test(`a connection with ${JSON.stringify(broken)} in it ends the server, which says why`, async () => {
      const client = await startServer();
      const answer = client.request('textDocument/hover', asked);
      await answer;
      client.write(broken);
      assert.equal(await client.ended(), 1);
      assert.match(client.complaints(), /^The language server of Mailflow Lens ends: what the editor sends cannot be read, .*\.\n$/);
    });
  }
  test('a document or a change without a text is none, and all others are as they were', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
    context.after(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'own.md'), 'no failure');
    const client = await startServer(modern);
    client.open(uri, text);
    const odd: readonly unknown[] = [undefined, null, 5, {}, []];
    for (const one of odd) {
      client.notify('textDocument/didOpen', { textDocument: { uri: one, languageId: 'log', version: 1, text } });
      client.notify('textDocument/didOpen', { textDocument: { uri: 'file:///logs/odd.log', languageId: 'log', version: 1, text: one } });
      client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: one }] });
      for (const method of ['didOpen', 'didChange', 'didClose', 'didSave']) client.notify(`textDocument/${method}`, one);
      for (const method of ['didChangeConfiguration', 'didChangeWatchedFiles', 'didChangeWorkspaceFolders']) client.notify(`workspace/${method}`, one);
    }
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { timeZone: 'Europe/Berlin', knowledge: folder } } });
    assert.ok((await hoverText(client, uri, at(text, '454'))).value.includes(title));
    assert.equal(await hover(client, 'file:///logs/odd.log', at(text, '454')), null);
    // Faults are shown of all documents that are not open, so one that is open under no address would hide them.
    assert.match(((await client.sent('textDocument/publishDiagnostics', 1)) as { uri: string }).uri, /\/own\.md$/);
    assert.equal(await client.stop(), 0);
  });
  test('what the server itself has not caught is told and ends nothing', async () => {
    // Fails as soon as somebody listens for that: once in a promise, once outside of any.
    const failing =
      "process.on('newListener', (event) => event === 'unhandledRejection' && setImmediate(() => { Promise.reject(new Error('in a promise')); throw new Error('outside'); }))";
    const client = connectServer(undefined, ['--import', `data:text/javascript,${encodeURIComponent(failing)}`]);
    await initialize(client);
    await client.sent('window/logMessage', 2);
    for (const told of [client.complaints(), JSON.stringify(client.received('window/logMessage'))]) assert.match(told, /in a promise[\s\S]*outside|outside[\s\S]*in a promise/);
    client.open(uri, text);
    assert.ok((await hoverText(client, uri, at(text, '454'))).value.includes(title));
    assert.equal(await client.stop(), 0);
  });
});

suite('server: other ways to talk to it', () => {
  const messages = [
    { jsonrpc: '2.0', id: 1, method: 'textDocument/hover', params: asked },
    { jsonrpc: '2.0', id: 2, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } },
    { jsonrpc: '2.0', id: 3, method: 'shutdown' },
    { jsonrpc: '2.0', method: 'exit' },
  ];
  const start = (...ways: string[]): ReturnType<typeof spawn> =>
    spawn(process.execPath, [join(root, 'dist/server.cjs'), ...ways], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const status = (server: ReturnType<typeof spawn>): Promise<unknown> => new Promise((resolve) => server.once('exit', resolve));
  test("Node's own channel", async () => {
    const server = start('--node-ipc');
    const codes: unknown[] = [];
    server.on('message', (answer: { error?: { code: number } }) => codes.push(answer.error?.code));
    for (const message of messages) server.send(message);
    assert.equal(await status(server), 0);
    assert.deepEqual(codes, [-32002, undefined, undefined]);
    const left = start('--node-ipc');
    left.disconnect();
    assert.equal(await status(left), 1);
  });
  test('a place that cannot be reached is one line and the end', () => {
    for (const way of ['--socket=x', '--socket=99999', '--socket=', '--socket=1', '--pipe=', '--pipe=/no/such/pipe']) {
      const { status: ended, stderr } = spawnSync(process.execPath, [join(root, 'dist/server.cjs'), way], { encoding: 'utf8' });
      assert.equal(ended, 1, way);
      assert.match(stderr, /^The language server of Mailflow Lens ends: [^\n]+\.\n$/, way);
    }
  });
  for (const kind of ['socket', 'pipe']) {
    test(`a ${kind}`, async (context) => {
      const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
      context.after(() => rmSync(folder, { recursive: true, force: true }));
      const name = process.platform === 'win32' ? `\\\\.\\pipe\\mailflow-lens-${process.pid}` : join(folder, 'pipe');
      const editor = createServer();
      context.after(() => editor.close());
      await new Promise<void>((resolve) => (kind === 'pipe' ? editor.listen(name, resolve) : editor.listen(0, '127.0.0.1', resolve)));
      const place = kind === 'pipe' ? name : (editor.address() as { port: number }).port;
      // Asked at once: it can be over before its connection is seen to be closed.
      const ended = status(start(`--${kind}=${place}`));
      const received = await new Promise<string>((resolve) =>
        editor.once('connection', (socket) => {
          let read = '';
          socket.on('data', (bytes) => {
            read += bytes.toString('utf8');
          });
          socket.on('close', () => resolve(read));
          socket.write(Buffer.concat(messages.map((message) => framed(message))));
        }),
      );
      assert.equal(await ended, 0);
      assert.match(received, /"id":1,"error":\{"code":-32002[\s\S]*"id":2,"result"/);
    });
  }
});
