/** The bundled language server and the settings that an editor sends it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CodeLens, Diagnostic } from 'vscode-languageserver-types';
import { requests, type Summary } from '../../server/src/protocol/editor.ts';
import { about, at, eventLog, extended, hoverText, pull } from '../support/editor.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';

suite('server: the time zone of local times', () => {
  const uri = 'file:///logs/events.log';
  const text = eventLog();
  const timeTold = async (client: LanguageClient): Promise<string> => / · (`.*)/.exec((await hoverText(client, uri, at(text, '454'))).value)?.[1] ?? '';
  const change = (client: LanguageClient, timeZone: unknown): void => client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { timeZone } } });
  const warnings = (client: LanguageClient): number => client.received('window/showMessage').length;

  test('is the one that is set, from the start and after a change', async () => {
    const client = await startServer({ ...extended, initializationOptions: { settings: { timeZone: 'Europe/Berlin' } } });
    client.open(uri, text);
    assert.match(await timeTold(client), /^`2026-01-15T08:15:42\.000Z` \(UTC; /);
    change(client, 'America/New_York');
    assert.match(await timeTold(client), /^`2026-01-15T14:15:42\.000Z` \(UTC; /);
    change(client, '');
    assert.match(await timeTold(client), /time zone not stated/);
    assert.equal(warnings(client), 0);
    await client.stop();
  });

  test('once changed, makes the next diagnostics new for a client that pulls and cannot be asked to', async () => {
    const client = await startServer(extended);
    client.open(uri, text);
    const pull = (previousResultId?: string): Promise<{ kind: string; resultId: string }> =>
      client.request('textDocument/diagnostic', { ...about(uri), ...(previousResultId !== undefined && { previousResultId }) });
    let last = await pull();
    for (const timeZone of ['Europe/Berlin', 'UTC', '']) {
      assert.equal((await pull(last.resultId)).kind, 'unchanged');
      change(client, timeZone);
      const next = await pull(last.resultId);
      assert.equal(next.kind, 'full');
      assert.notEqual(next.resultId, last.resultId);
      last = next;
    }
    assert.deepEqual(client.asked(), []);
    await client.stop();
  });

  test('is none where the name is none, and that is said once', async () => {
    const client = await startServer({ ...extended, initializationOptions: { settings: { timeZone: 'Berlin\u202E' } } });
    client.open(uri, text);
    assert.match(await timeTold(client), /time zone not stated/);
    change(client, 'Berlin\u202E');
    change(client, 7);
    assert.match(await timeTold(client), /time zone not stated/);
    assert.equal(warnings(client), 1);
    const [{ message }] = client.received('window/showMessage') as [{ message: string }];
    assert.match(message, /mailflowLens\.timeZone names no time zone: "Berlin\\u202e"/);
    await client.stop();
  });
});

suite('server: what is reported', () => {
  const uri = 'file:///logs/ticket.txt';
  const text = 'said "550 5.7.1 Unable to relay"\nsaid "550 5.1.1 User unknown"\n';
  const change = (client: LanguageClient, settings: object): void => client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: settings } });
  const told = async (client: LanguageClient): Promise<unknown[]> => {
    const { findings, leftOut } = await client.request<Summary>(requests.summary, { uri });
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', about(uri));
    return [((await pull(client, uri)) as Diagnostic[]).map(({ code, severity }) => `${code} ${severity}`), findings, leftOut, lenses.length / 2];
  };

  test('follows the settings: off, of another severity, without lenses, and all again', async () => {
    const client = await startServer({ ...extended, initializationOptions: { ...extended.initializationOptions, settings: { severity: { 'relay-denied': 'off' } } } });
    client.open(uri, text);
    assert.deepEqual(await told(client), [['recipient-unknown 2'], 1, 1, 1]);
    change(client, { severity: { 'relay-denied': 'information', 'recipient-unknown': 'error' }, codeLens: 'events' });
    assert.deepEqual(await told(client), [['relay-denied 3', 'recipient-unknown 1'], 2, 0, 0]);
    change(client, { severity: {}, codeLens: 'all' });
    assert.deepEqual(await told(client), [['relay-denied 1', 'recipient-unknown 2'], 2, 0, 2]);
    await client.stop();
  });
  test('what has not the right form changes nothing and ignores nothing', async () => {
    const client = await startServer(extended);
    client.open(uri, text);
    const all = await told(client);
    for (const settings of [
      { severity: 'off', ignore: 'all', codeLens: 'none' },
      {
        severity: { 'relay-denied': 'never', 'recipient-unknown': 7 },
        ignore: [{}, null, 7, { failure: 'relay-denied' }, { target: '' }, { target: ' ' }, { failure: 5, target: 'x' }],
      },
      { severity: ['off'], ignore: { target: 'x' } },
    ]) {
      change(client, settings);
      assert.deepEqual(await told(client), all);
    }
    await client.stop();
  });
});
