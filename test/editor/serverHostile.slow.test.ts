/** The bundled language server with requests that make no sense and logs that mean harm. */

import assert from 'node:assert/strict';
import { after, afterEach, before, suite, test } from 'node:test';
import { marked } from 'marked';
import type { Position } from 'vscode-languageserver-types';
import { commands, type ExtendScriptResult, requests, type Summary } from '../../server/src/protocol/editor.ts';
import { about, actions, at, chosenEdit, eventLog, extended, hover, hoverText, modern, pull, untrusted } from '../support/editor.ts';
import { applyWorkspaceEdit, textAt } from '../support/edits.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';
import { structure } from '../support/powershellReader.ts';

suite('server: hostile input', () => {
  const uri = 'file:///logs/events.log';
  const text = eventLog();
  const features = ['hover', 'codeAction', 'codeLens', 'documentSymbol', 'foldingRange', 'documentLink', 'diagnostic'].map((feature) => `textDocument/${feature}`);
  let client: LanguageClient;
  let editor: LanguageClient;
  before(async () => {
    [client, editor] = await Promise.all([startServer(extended), startServer(modern)]);
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
    ['a list', ['evidence']],
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
    const found = (await actions(client, of, at(log, '454'))).flatMap(({ command }) =>
      command ? [{ title: command.title, command: command.command, arguments: command.arguments }] : [],
    );
    for (const shown of [...found.map(({ title: shownTitle }) => shownTitle), ...(await pull(client, of)).flatMap(({ message }) => String(message).split('\n'))])
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    marked.walkTokens(marked.lexer((await hoverText(client, of, at(log, '454'))).value), (token) => {
      assert.ok(token.type !== 'html' && token.type !== 'image', token.raw);
      if (token.type === 'link') links.push(String(token.href));
    });
    const isAction = (link: string): boolean => link.startsWith('command:') && !link.startsWith(`command:${commands.showOccurrences}?`);
    const passed = links.filter(isAction).map((link) => JSON.parse(decodeURIComponent(link.slice(link.indexOf('?') + 1))) as unknown);
    assert.deepEqual(
      passed,
      found.filter(({ command }) => command !== commands.ignore).map((command) => command.arguments),
    );
    for (const one of [client, editor]) one.notify('textDocument/didClose', about(of));
    return { script: structure(files.get(scratch) ?? ''), destinations: links.map((link) => link.replace(/\?.*/, '')) };
  }
  for (const name of names) {
    test(`a connector called ${JSON.stringify(name)} is nothing but a name`, async () => assert.deepEqual(await read(name), harmless));
  }
  test('the harmless name has a script and four links to compare with', () => {
    assert.match(harmless.script, /^\$SendConnector = ''$/m);
    assert.deepEqual(harmless.destinations, [
      `command:${commands.insertRunbook}`,
      `command:${commands.insertRunbook}`,
      `command:${commands.openPage}`,
      `command:${commands.showOccurrences}`,
    ]);
  });
});
