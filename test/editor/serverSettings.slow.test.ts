/** The bundled language server and the settings that an editor sends it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { about, at, eventLog, extended, hoverText } from '../support/editor.ts';
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
    assert.match(await timeTold(client), /the log does not state the time zone/);
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
    assert.match(await timeTold(client), /the log does not state the time zone/);
    change(client, 'Berlin\u202E');
    change(client, 7);
    assert.match(await timeTold(client), /the log does not state the time zone/);
    assert.equal(warnings(client), 1);
    const [{ message }] = client.received('window/showMessage') as [{ message: string }];
    assert.match(message, /mailflowLens\.timeZone names no time zone: "Berlin\\u202e"/);
    await client.stop();
  });
});
