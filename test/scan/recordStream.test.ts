/** The stream of whole records: each is a piece of its log, on the lines that it is told for. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { type RecordOrder, readRecordStream } from '../../server/src/scan/recordStream.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';
import { saveLogs, trackingLog } from '../support/trackingLog.ts';
import { tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const logs = filesBelow('test/logs').filter((path) => !path.endsWith('.expected'));
const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';

interface Told {
  readonly key: string;
  readonly target: string;
  readonly line: number;
  readonly text: string;
  readonly marked: string;
}

async function recordsOf(text: string, order: Partial<RecordOrder> = {}): Promise<Told[]> {
  const standardInput = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
  const told: Told[] = [];
  for await (const news of readRecordStream({ paths: ['-'], standardInput, ...order }, knowledge)) {
    if (news.kind !== 'records') continue;
    for (const { key, target, line, text: own, finding } of news.records) told.push({ key, target, line, text: own, marked: finding.record.response?.text ?? '' });
  }
  return told;
}

suite('whole records', () => {
  for (const path of tried(logs)) {
    test(`${path}: each is a piece of the log that begins on its line, and none is lost`, async () => {
      const text = readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');
      const lines = text.split(/\r\n|\n|\r/);
      const told = await recordsOf(text);
      const wanted = findFindings(text, knowledge).filter(({ severity }) => severity !== 'information');
      const pieces = new Set(wanted.map(({ record }) => Math.min(record.span.start, record.mark.start)));
      assert.deepEqual(new Set(told.map(({ line, text: own }) => `${line} ${own}`)).size <= told.length, true);
      assert.ok(told.length <= wanted.length && told.length >= pieces.size);
      for (const { line, text: own } of told) {
        assert.ok(text.includes(own));
        const [first = ''] = own.split(/\r\n|\n|\r/);
        assert.ok((lines[line - 1] ?? '').includes(first), `line ${line} has not ${first.slice(0, 80)}`);
      }
    });
  }

  test('a row that names several recipients of one failure is one record', async () => {
    const told = await recordsOf(
      trackingLog({ event: 'SMTP FAIL', 'recipient-address': 'a@fabrikam.com;b@fabrikam.com', 'recipient-status': `${refused};${refused}`, 'connector-id': 'Internet' }),
    );
    assert.deepEqual(
      told.map(({ key, target, line }) => [key, target, line]),
      [['recipient-unknown', 'Internet', 6]],
    );
  });

  test('of a stretch of time are those of it', async () => {
    const row = { event: 'SMTP FAIL', 'recipient-status': refused };
    const text = trackingLog({ ...row, at: 0 }, { ...row, at: 60 }, { ...row, at: 120 });
    const told = await recordsOf(text, { filter: { since: Date.parse('2026-01-15T08:01:00.000Z'), until: Date.parse('2026-01-15T08:01:30.000Z') } });
    assert.deepEqual(
      told.map(({ line }) => line),
      [7],
    );
  });

  test('stand on their lines in a log of many parts too', async () => {
    const row = { event: 'SMTP FAIL', 'recipient-status': refused };
    const text = trackingLog(...Array.from({ length: 9_000 }, (_, at) => (at % 500 === 0 ? { ...row, at } : { event: 'SMTP RECEIVE', at })));
    const folder = saveLogs({ 'MSGTRK2026011508-1.LOG': text });
    const lines = text.split('\r\n');
    let count = 0;
    for await (const news of readRecordStream({ paths: [folder] }, knowledge)) {
      if (news.kind !== 'records') continue;
      for (const { line, text: own } of news.records) {
        count += 1;
        assert.equal(lines[line - 1], own.trimEnd());
      }
    }
    assert.equal(count, 18);
  });
});
