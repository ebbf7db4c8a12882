/** The messages that are kept of a folder are those that the command line tells of it, however the folder came to be what it is. */

import assert from 'node:assert/strict';
import { appendFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { MessageViews } from '../../server/src/analysis/messages/messageViews.ts';
import { type ToldMessage, tellMessages } from '../../server/src/analysis/messages/toldMessage.ts';
import { Interruption } from '../../server/src/scan/interruption.ts';
import { MessageIndex } from '../../server/src/scan/messageIndex.ts';
import { readMessageStream } from '../../server/src/scan/messageStream.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { opening, rowsOf, sendHeader } from '../support/protocolLog.ts';
import { saveLogs, type TrackingRow, trackingLog, trackingRow } from '../support/trackingLog.ts';

const busy = '[{LED=450 4.2.0 Greylisted};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const two: TrackingRow = { event: 'SMTP RECEIVE', 'message-id': '<two@contoso.com>', 'recipient-address': 'carla@fabrikam.com', at: 20 };
const first = trackingLog({ event: 'SMTP RECEIVE', 'internal-message-id': '70970845495101' }, { event: 'SMTP DEFER', 'recipient-status': busy, at: 5 }, two);
const second = trackingLog({ event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', at: 3_700 });
const protocol =
  sendHeader +
  rowsOf([
    ...opening,
    '> MAIL FROM:<anna@contoso.com>',
    '< 250 2.1.0 Ok',
    '> RCPT TO:<bob@fabrikam.com>',
    '< 250 2.1.5 Ok',
    '> DATA',
    '< 354 Go ahead',
    '< 250 2.0.0 Ok: queued as 4QpQP0P38wz1jp',
  ]).join('');
const hour = (number: number): string => `ex01/MessageTracking/MSGTRK202601150${number}-1.LOG`;

async function update(index: MessageIndex, folder: string, interruption = new Interruption(), interruptAt = Number.POSITIVE_INFINITY): Promise<string[]> {
  const read: string[] = [];
  for await (const { file } of index.update([folder], interruption)) {
    if (read.at(-1) !== file) read.push(file);
    if (read.length > interruptAt) interruption.come('SIGINT');
  }
  return read.map((file) => file.slice(folder.length + 1).replaceAll('\\', '/'));
}

async function told(folder: string): Promise<ToldMessage[]> {
  const messages: ToldMessage[] = [];
  for await (const news of readMessageStream({ paths: [folder] }, projectKnowledgeBase())) if (news.kind === 'messages') messages.push(...news.told.messages);
  return messages;
}

/** What the command line says of the folder now is what is kept; and each message alone is told like that. */
async function assertSame(index: MessageIndex, folder: string): Promise<void> {
  const messages = await told(folder);
  assert.ok(messages.length > 0);
  assert.deepEqual([...tellMessages(index.journeys, (step, at) => index.hours.behind(step.server, step.remoteHost, at)).messages], messages);
  const views = new MessageViews(index.journeys, index.hours);
  for (const message of messages) {
    const [found = -1] = views.find({ kind: 'message', value: message.messageId ?? '' }, 1);
    const view = views.view(found);
    assert.deepEqual(view.told, message);
    assert.deepEqual(
      view.steps.map(({ step }) => [step.file, step.line, step.what]),
      message.steps.map(({ file, line, what }) => [file, line, what]),
    );
  }
}

suite('the kept messages of a folder', () => {
  test('are those of the command line', async () => {
    const folder = saveLogs({ [hour(8)]: first, [hour(9)]: second, 'ex01/Hub/ProtocolLog/SmtpSend/SEND2026011508-1.LOG': protocol, 'notes.txt': 'nothing\n' });
    const index = new MessageIndex(projectKnowledgeBase());
    assert.equal((await update(index, folder)).length, 4);
    await assertSame(index, folder);
  });

  test('are not read again where nothing has changed', async () => {
    const folder = saveLogs({ [hour(8)]: first });
    const index = new MessageIndex(projectKnowledgeBase());
    await update(index, folder);
    const { length } = index.journeys.table;
    assert.deepEqual(await update(index, folder), []);
    assert.equal(index.journeys.table.length, length);
  });

  test('follow a file that grows, and take nothing of it twice', async () => {
    const folder = saveLogs({ [hour(8)]: first, [hour(9)]: second });
    const index = new MessageIndex(projectKnowledgeBase());
    await update(index, folder);
    const { journeys } = index;
    appendFileSync(join(folder, hour(8)), trackingRow({ ...two, event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', at: 30 }));
    assert.deepEqual(await update(index, folder), [hour(8)]);
    assert.equal(index.journeys, journeys);
    await assertSame(index, folder);
  });

  test('begin anew where the last row was still in the making', async () => {
    const row = trackingRow({ ...two, event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet', at: 30 });
    const folder = saveLogs({ [hour(8)]: first + row.slice(0, 60) });
    const index = new MessageIndex(projectKnowledgeBase());
    await update(index, folder);
    appendFileSync(join(folder, hour(8)), row.slice(60));
    await update(index, folder);
    await assertSame(index, folder);
  });

  test('follow new files, other ones and those that are gone', async () => {
    const folder = saveLogs({ [hour(8)]: first });
    const index = new MessageIndex(projectKnowledgeBase());
    await update(index, folder);
    writeFileSync(join(folder, hour(9)), second);
    assert.deepEqual(await update(index, folder), [hour(9)]);
    await assertSame(index, folder);
    // As long as before, and another text.
    writeFileSync(join(folder, hour(9)), second.replaceAll('anna@', 'anne@').replaceAll('<one@', '<six@'));
    utimesSync(join(folder, hour(9)), 1, 1);
    await update(index, folder);
    await assertSame(index, folder);
    writeFileSync(join(folder, hour(9)), `${second.replaceAll('<one@', '<seven@')}${trackingRow(two)}`);
    await update(index, folder);
    await assertSame(index, folder);
    rmSync(join(folder, hour(9)));
    await update(index, folder);
    assert.ok(!index.has(join(folder, hour(9))));
    await assertSame(index, folder);
  });

  test('go on where the reading was interrupted', async () => {
    const folder = saveLogs({ [hour(7)]: trackingLog(two), [hour(8)]: first, [hour(9)]: second });
    const index = new MessageIndex(projectKnowledgeBase());
    await update(index, folder, new Interruption(), 1);
    assert.ok(!index.has(join(folder, hour(9))));
    assert.ok((await update(index, folder)).includes(hour(9)));
    await assertSame(index, folder);
  });
});
