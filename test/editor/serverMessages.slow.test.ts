/** What an editor asks the bundled server about messages: references, where a message came in, its story; over the folder, and in the open document alone. */

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Location } from 'vscode-languageserver-types';
import type { ToldMessage } from '../../server/src/analysis/messages/toldMessage.ts';
import { type ListAnswer, listedAtOnce, type MessageAnswer, messageRequests } from '../../server/src/protocol/messages.ts';
import { run } from '../support/commandLine.ts';
import { about, at } from '../support/editor.ts';
import { type LanguageClient, startServer } from '../support/languageClient.ts';
import { opening, rowsOf, sendHeader } from '../support/protocolLog.ts';
import { saveLogs, trackingLog, trackingRow } from '../support/trackingLog.ts';

const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const two = { 'message-id': '<two@contoso.com>', 'recipient-address': 'carla@fabrikam.com' };
const tracking = 'ex01/MessageTracking/MSGTRK2026011508-1.LOG';
const send = 'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011508-1.LOG';
const folder = saveLogs({
  [tracking]: trackingLog(
    { event: 'SMTP RECEIVE', at: -1 },
    { event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', 'source-context': '08DE540000000A01;250 2.0.0 Ok: queued as 4QpQP0P38wz1jp', at: 9 },
    { event: 'SMTP RECEIVE', ...two, at: 20 },
    { event: 'SMTP FAIL', 'recipient-status': refused, ...two, at: 25 },
  ),
  [send]:
    sendHeader +
    rowsOf([
      ...opening,
      '* sending message with RecordId 1 and InternetMessageId <one@contoso.com>',
      '> MAIL FROM:<anna@contoso.com>',
      '< 250 2.1.0 Ok',
      '> RCPT TO:<bob@fabrikam.com>',
      '< 250 2.1.5 Ok',
      '> DATA',
      '< 354 Go ahead',
      '< 250 2.0.0 Ok: queued as 4QpQP0P38wz1jp',
    ]).join(''),
});
const texts = Object.fromEntries([tracking, send].map((name) => [name, readFileSync(join(folder, name), 'utf8')])) as Record<string, string>;
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;

const capabilities = { window: { workDoneProgress: true }, workspace: { workspaceFolders: true }, textDocument: { references: {}, definition: {}, callHierarchy: {} } };
let client: LanguageClient;
before(async () => {
  client = await startServer({ capabilities, workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'logs' }] });
  for (const name of [tracking, send]) client.open(uriOf(name), texts[name] as string);
});
after(() => client.stop());

const places = (locations: readonly Location[]): string[] =>
  locations.map(({ uri, range }) => `${uri.split('/').at(-1)} ${range.start.line}:${range.start.character}-${range.end.character}`);
const references = (of: LanguageClient, uri: string, position: object): Promise<Location[]> =>
  of.request('textDocument/references', { ...about(uri), position, context: { includeDeclaration: true } });
const find = (question: object): Promise<MessageAnswer> => client.request(messageRequests.find, { waits: true, ...question });

/** The place of a word in a row of a log, as `places` tells it. */
function place(name: string, row: number, word: string): string {
  const column = (texts[name]?.split('\r\n')[row] ?? '').indexOf(word);
  assert.ok(column >= 0, word);
  return `${name.split('/').at(-1)} ${row}:${column}-${column + word.length}`;
}

suite('messages in an editor', () => {
  test('references of a message id: all files, in the order of time', async () => {
    await find({ text: 'one@contoso.com' });
    const found = await references(client, uriOf(tracking), at(texts[tracking] as string, 'one@contoso.com'));
    const last = (texts[send]?.split('\r\n').length ?? 0) - 2;
    const begun = texts[send]?.split('\r\n').findIndex((row) => row.includes('InternetMessageId')) ?? -1;
    assert.deepEqual(places(found), [
      place(tracking, 5, 'one@contoso.com'),
      place(send, begun, 'one@contoso.com'),
      `${send.split('/').at(-1)} ${last}:0-0`,
      place(tracking, 6, 'one@contoso.com'),
    ]);
  });

  test('the definition is where the message came in', async () => {
    const found = await client.request<Location>('textDocument/definition', { ...about(uriOf(send)), position: at(texts[send] as string, 'one@contoso.com') });
    assert.deepEqual(places([found]), [place(tracking, 5, 'one@contoso.com')]);
  });

  test('references of a session: each of its rows, and who else names it', async () => {
    const found = await references(client, uriOf(tracking), at(texts[tracking] as string, '08DE540000000A01'));
    const rows = (texts[send]?.split('\r\n') ?? []).filter((row) => row.includes(',08DE540000000A01,')).length;
    assert.equal(found.filter(({ uri }) => uri === uriOf(send)).length, rows);
    assert.deepEqual(places(found).at(-1), place(tracking, 6, '08DE540000000A01'));
  });

  test('references of a recipient, a connector and a host name the rows that say them', async () => {
    for (const word of ['bob@fabrikam.com', 'Internet', '203.0.113.25']) {
      const found = await references(client, uriOf(send), at(texts[send] as string, word));
      assert.ok(found.length > 0, word);
      for (const { uri, range } of found) {
        const row = texts[uri === uriOf(send) ? send : tracking]?.split('\r\n')[range.start.line] ?? '';
        assert.equal(row.slice(range.start.character, range.end.character), word);
      }
    }
  });

  test('a word that is nothing of this has no references', async () => {
    assert.deepEqual(await references(client, uriOf(tracking), at(texts[tracking] as string, 'Secret plan')), []);
    assert.equal(await client.request('textDocument/definition', { ...about(uriOf(tracking)), position: at(texts[tracking] as string, 'SENDEXTERNAL') }), null);
  });

  test('the story: who got it in the first line, each step with its delay, and the way back to its row', async () => {
    const { asked, found, story, isComplete } = await find({ uri: uriOf(send), position: at(texts[send] as string, 'one@contoso.com') });
    assert.deepEqual([asked, found.length, isComplete], ['<one@contoso.com>', 1, true]);
    const lines = story?.text.split('\n') ?? [];
    assert.equal(lines[0], 'Delivered: bob@fabrikam.com');
    assert.match(
      story?.text ?? '',
      /\n2026-01-15 08:00:09\.000 +\+\d\.\d{3} s {2}ex01 +message-tracking {2}sent .*session 08DE540000000A01 {2}\(MSGTRK2026011508-1\.LOG:7\)\n +“250 2\.0\.0 Ok: queued as 4QpQP0P38wz1jp”/,
    );
    assert.ok(!story?.text.includes('Secret plan'));
    assert.equal(story?.lines.length, lines.length - 1);
    for (const [index, line] of story?.lines.entries() ?? []) {
      if (!line || line.end === 0) continue;
      assert.equal(lines[index]?.slice(line.start, line.end), `${decodeURIComponent(line.uri.split('/').at(-1) ?? '')}:${line.line + 1}`);
    }
    assert.deepEqual((await find({ key: story?.key })).story, story);
  });

  test('agrees with the command line about each message', async () => {
    const told = run(['messages', '--format', 'ndjson', folder]).output.trim().split('\n');
    assert.equal(told.length, 2);
    for (const line of told) {
      const message = JSON.parse(line) as ToldMessage;
      const { found, story } = await find({ text: message.messageId });
      assert.deepEqual([found[0]?.status, found[0]?.messageId], [message.status, message.messageId]);
      const rows = (story?.lines ?? []).flatMap((row) => (row && row.end > 0 ? [`${row.uri} ${row.line + 1}`] : []));
      assert.deepEqual(
        rows,
        message.steps.map(({ file, line: row }) => `${pathToFileURL(file).href} ${row}`),
      );
    }
  });

  test('the call hierarchy is the way of the message', async () => {
    const prepared = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', {
      ...about(uriOf(tracking)),
      position: at(texts[tracking] as string, 'two@contoso.com'),
    });
    assert.deepEqual(
      prepared.map(({ name, range }) => [name, range.start.line]),
      [['received by ex01', 7]],
    );
    const [item] = prepared;
    const calls = await client.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item });
    assert.deepEqual(
      calls.map(({ to }) => [to.name, to.uri, to.range.start.line]),
      [['refused: 550 5.1.1 User unknown', uriOf(tracking), 8]],
    );
    const [back] = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item: calls[0]?.to });
    assert.deepEqual(back?.from, item);
    assert.deepEqual(await client.request('callHierarchy/incomingCalls', { item }), []);
    assert.deepEqual(await client.request('callHierarchy/outgoingCalls', { item: { ...item, data: 'nonsense' } }), []);
  });

  test('of what names several messages they are listed', async () => {
    const { found, story } = await find({ text: 'anna@contoso.com' });
    assert.deepEqual(
      [found.map(({ messageId, status }) => [messageId, status]), story],
      [
        [
          ['<one@contoso.com>', 'delivered'],
          ['<two@contoso.com>', 'failed'],
        ],
        undefined,
      ],
    );
    assert.deepEqual((await find({ text: 'nobody@contoso.com' })).found, []);
    assert.equal((await find({ uri: uriOf(tracking), position: { line: 0, character: 0 } })).asked, undefined);
  });

  test('the messages of a folder are listed by what became of them, some at a time', async () => {
    const list = (question: object): Promise<ListAnswer> => client.request(messageRequests.list, { folder: pathToFileURL(folder).href, waits: true, ...question });
    const { counts, rows, isComplete } = await list({});
    assert.deepEqual(
      [counts, rows, isComplete],
      [
        [
          { status: 'failed', count: 1 },
          { status: 'delivered', count: 1 },
        ],
        [],
        true,
      ],
    );
    const [failed] = (await list({ status: 'failed' })).rows;
    assert.deepEqual(
      [failed?.messageId, failed?.sender, failed?.recipients, failed?.last],
      ['<two@contoso.com>', 'anna@contoso.com', 'carla@fabrikam.com', 'failed ex01 SMTP FAIL'],
    );
    assert.equal((await find({ key: failed?.key })).story?.text.split('\n')[0], 'Failed: carla@fabrikam.com (recipient-unknown)');
    assert.deepEqual((await list({ text: 'BOB@' })).counts, [{ status: 'delivered', count: 1 }]);
    assert.deepEqual((await list({ status: 'failed', offset: 1 })).rows, []);
    await assert.rejects(list({ folder: 'https://example.com/' }), /Only folders/);
  });

  test('probes are counted apart; a folder beside those of the workspace is read too, and its messages are found', async () => {
    const probe = { 'sender-address': 'HealthMailbox0123456789abcdef@contoso.com', 'recipient-address': 'HealthMailbox0123456789abcdef@contoso.com' };
    const other = saveLogs({
      [tracking]: trackingLog(
        { event: 'SMTP RECEIVE', 'message-id': '<probe@contoso.com>', ...probe },
        ...Array.from({ length: listedAtOnce + 20 }, (_, index) => ({ event: 'STOREDRIVER DELIVER', 'message-id': `<many-${index}@contoso.com>`, at: index })),
      ),
    });
    const list = (question: object): Promise<ListAnswer> => client.request(messageRequests.list, { folder: pathToFileURL(other).href, waits: true, ...question });
    assert.deepEqual((await list({})).counts, [
      { status: 'delivered', count: listedAtOnce + 20 },
      { status: 'probe', count: 1 },
    ]);
    const first = (await list({ status: 'delivered' })).rows;
    const more = (await list({ status: 'delivered', offset: first.length })).rows;
    assert.deepEqual([first.length, more.length, new Set([...first, ...more].map(({ key }) => key)).size], [listedAtOnce, 20, listedAtOnce + 20]);
    assert.equal((await find({ key: more.at(-1)?.key })).story?.text.split('\n')[0], 'Delivered: bob@fabrikam.com');
  });

  test('a row names whom its status is about, and counts the others', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `user${index}@fabrikam.com`).join(';');
    const parted = { 'message-id': '<parted@contoso.com>' };
    const other = saveLogs({
      [tracking]: trackingLog(
        { ...parted, event: 'SMTP RECEIVE', 'recipient-address': 'first@fabrikam.com;gone@fabrikam.com;last@fabrikam.com' },
        { ...parted, event: 'STOREDRIVER DELIVER', 'recipient-address': 'first@fabrikam.com;last@fabrikam.com', at: 1 },
        { ...parted, event: 'SMTP FAIL', 'recipient-address': 'gone@fabrikam.com', at: 2 },
        { event: 'STOREDRIVER DELIVER', 'message-id': '<many@contoso.com>', 'recipient-address': many, at: 3 },
      ),
    });
    const rowsOf = async (status: string): Promise<unknown[][]> => {
      const { rows } = await client.request<ListAnswer>(messageRequests.list, { folder: pathToFileURL(other).href, waits: true, status });
      return rows.map(({ recipients, others }) => [recipients, others]);
    };
    assert.deepEqual(await rowsOf('failed'), [['gone@fabrikam.com', [{ status: 'delivered', count: 2 }]]]);
    const named = Array.from({ length: 10 }, (_, index) => `user${index}@fabrikam.com`).join(', ');
    assert.deepEqual(await rowsOf('delivered'), [[`${named} and 1,990 more`, []]]);
  });

  test('a list that is asked for again has what has come since, however soon', async () => {
    const other = saveLogs({ [tracking]: trackingLog({ event: 'STOREDRIVER DELIVER', 'message-id': '<early@contoso.com>' }) });
    const list = async (): Promise<ListAnswer> => {
      for (;;) {
        const answer = await client.request<ListAnswer>(messageRequests.list, { folder: pathToFileURL(other).href });
        if (answer.isComplete) return answer;
      }
    };
    assert.deepEqual((await list()).counts, [{ status: 'delivered', count: 1 }]);
    appendFileSync(join(other, tracking), trackingRow({ event: 'STOREDRIVER DELIVER', 'message-id': '<late@contoso.com>', at: 1 }));
    assert.deepEqual((await list()).counts, [{ status: 'delivered', count: 2 }]);
  });

  test('a document that is not in the folder is read alone', async () => {
    const uri = 'untitled:Untitled-1';
    const text = trackingLog({ event: 'SMTP RECEIVE' }, { event: 'STOREDRIVER DELIVER', at: 5 });
    client.open(uri, text);
    const found = await references(client, uri, at(text, 'one@contoso.com'));
    assert.deepEqual(
      found.map((location) => [location.uri, location.range.start.line]),
      [5, 6].map((line) => [uri, line]),
    );
  });

  test('rows that are written meanwhile are found', async () => {
    assert.equal((await find({ text: 'two@contoso.com' })).found[0]?.status, 'failed');
    appendFileSync(join(folder, tracking), trackingRow({ event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', ...two, at: 60 }));
    assert.equal((await find({ text: 'two@contoso.com' })).found[0]?.status, 'delivered');
  });

  test('is announced only to clients that can use it', async () => {
    const announced = ({ initialized: { capabilities } }: LanguageClient): unknown[] => [
      capabilities.referencesProvider,
      capabilities.definitionProvider,
      capabilities.callHierarchyProvider,
    ];
    assert.deepEqual(announced(client), [true, true, true]);
    const old = await startServer();
    assert.deepEqual(announced(old), [undefined, undefined, undefined]);
    await old.stop();
  });
});
