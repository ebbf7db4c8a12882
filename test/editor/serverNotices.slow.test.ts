/** What is worth a look in the sessions of an open log, as the bundled server tells it of its own accord. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CodeAction, Diagnostic, InlayHint, PublishDiagnosticsParams } from 'vscode-languageserver';
import { requests, type SessionText } from '../../server/src/protocol/editor.ts';
import { about, extended, pull } from '../support/editor.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';
import { closing, opening, rowsOf, sendHeader } from '../support/protocolLog.ts';

const uri = 'file:///logs/SEND2026011508-1.LOG';
const refused = ['> MAIL FROM:<anna@contoso.com>', '< 250 2.1.0 Ok', '> RCPT TO:<bob@fabrikam.com>', '90 < 550 5.1.1 User unknown', ...closing];
const log =
  sendHeader +
  rowsOf([...opening, ...refused]).join('') +
  [1, 2, 3].flatMap((number) => rowsOf([...opening, ...closing], { id: `08DE540000000B0${number}`, at: 200 + number })).join('');
const row = (text: string): number => log.split('\n').findIndex((line) => line.includes(text));
const told = ({ diagnostics }: PublishDiagnosticsParams): unknown[] => diagnostics.map(({ code, severity, range }) => [code, severity, range.start.line]);
const notices = [
  ['session-silence', 3, row('550 5.1.1')],
  ['session-unused', 3, row('08DE540000000B01,0')],
];
const pulling = { capabilities: { textDocument: { diagnostic: {}, publishDiagnostics: {}, inlayHint: {} } } };
const settingsOf = (settings: object): object => ({ initializationOptions: { settings } });
/** The next that are published, the ones before forgotten. */
const nextNotices = async (client: LanguageClient, count: number): Promise<PublishDiagnosticsParams> =>
  (await client.sent('textDocument/publishDiagnostics', count)) as PublishDiagnosticsParams;

suite('notices of sessions', () => {
  test('come beside what a client pulls, and are told once for a source', async () => {
    const client = await startServer(pulling);
    client.open(uri, log);
    assert.deepEqual(
      ((await pull(client, uri)) as Diagnostic[]).map(({ code }) => code),
      ['recipient-unknown'],
    );
    const published = await client.published(uri, 1);
    assert.deepEqual(told(published), notices);
    assert.match(String(published.diagnostics[0]?.message), /^Nothing for 90\.1 seconds, between "RCPT TO:<bob@fabrikam\.com>" and "550 5\.1\.1 User unknown"\.$/);
    assert.match(String(published.diagnostics[1]?.message), /^This server connected to 203\.0\.113\.25 and sent no message\. 3 sessions in this log\.$/);
    client.notify('textDocument/didClose', about(uri));
    assert.deepEqual((await client.published(uri)).diagnostics, []);
    await client.stop();
  });

  test('come with the failures where a client is sent both', async () => {
    const client = await startServer({ capabilities: { textDocument: { publishDiagnostics: {} } } });
    client.open(uri, log);
    assert.deepEqual(told(await nextNotices(client, 2)), [['recipient-unknown', 2, row('550 5.1.1')], ...notices]);
    await client.stop();
  });

  test('follow the settings: their kinds, how serious they are, how long a silence is', async () => {
    const client = await startServer({ ...pulling, ...settingsOf({ severity: { 'session-unused': 'off', 'session-silence': 'warning' } }) });
    client.open(uri, log);
    assert.deepEqual(told(await nextNotices(client, 1)), [['session-silence', 2, row('550 5.1.1')]]);
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { gapSeconds: 91 } } });
    assert.deepEqual(told(await nextNotices(client, 2)), []);
    await client.stop();
  });

  test('can be followed to their session and turned off where they stand, and nowhere else', async () => {
    const client = await startServer({ ...extended, capabilities: { textDocument: { ...extended.capabilities?.textDocument, ...pulling.capabilities.textDocument } } });
    client.open(uri, log);
    const [, unused] = (await client.published(uri, 1)).diagnostics;
    const actionsAt = async (line: number): Promise<(readonly [string, unknown])[]> => {
      const range = { start: { line, character: 0 }, end: { line, character: log.split('\n')[line]?.length ?? 0 } };
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', { ...about(uri), range, context: { diagnostics: [] } });
      return actions.map(({ title, command }) => [title, command?.arguments?.[0]] as const);
    };
    const at = row('08DE540000000B01,0');
    assert.equal(unused?.range.start.line, at);
    assert.deepEqual(await actionsAt(at), [
      ['Show this session', { uri, line: at }],
      [`Don't report "Session without a message" here`, { failure: 'session-unused', name: 'Session without a message' }],
    ]);
    const session = await client.request<SessionText | null>(requests.session, { uri, line: at });
    assert.equal(session?.sessionId, '08DE540000000B01');
    assert.deepEqual(await actionsAt(at + 1), []);
    const titles = (await actionsAt(row('550 5.1.1'))).map(([title]) => title);
    assert.match(titles[0] ?? '', /^Insert evidence/, 'what is about a failure stands first');
    assert.equal(titles.at(-1), `Don't report "Silence in a session" here`);
    await client.stop();
  });

  test('inlay hints are there once the setting says so', async () => {
    const client = await startServer(pulling);
    client.open(uri, log);
    const hints = (): Promise<InlayHint[]> =>
      client.request('textDocument/inlayHint', { ...about(uri), range: { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } } });
    assert.deepEqual(await hints(), []);
    client.notify('workspace/didChangeConfiguration', { settings: { mailflowLens: { inlayHints: true } } });
    assert.ok((await hints()).some(({ position, label }) => position.line === row('550 5.1.1') && String(label).includes('+1 min 30 s')));
    await client.stop();
  });
});
