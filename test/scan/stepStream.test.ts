/** The stream of all that files say happened: the steps of each file, on the lines where they stand. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { LocatedStep } from '../../server/src/analysis/locatedSteps.ts';
import { createTimeZone, type TimeZone } from '../../server/src/analysis/times/timeZone.ts';
import { readSteps } from '../../server/src/formats/index.ts';
import type { StepNews } from '../../server/src/scan/news.ts';
import { readStepStream } from '../../server/src/scan/stepStream.ts';
import { isRecord } from '../../server/src/values.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';
import { tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const logs = filesBelow('test/logs').filter((path) => !path.endsWith('.expected'));

async function readAll(chunks: readonly string[], end: () => Promise<void> = async () => undefined): Promise<StepNews[]> {
  const standardInput = async function* (): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield Buffer.from(chunk);
    await end();
  };
  const all: StepNews[] = [];
  for await (const news of readStepStream({ paths: ['-'], standardInput }, knowledge)) all.push(news);
  return all;
}

const stepsIn = (news: readonly StepNews[]): LocatedStep[] => news.flatMap((one) => (one.kind === 'steps' ? one.steps : []));

suite('the stream of steps', () => {
  for (const path of tried(logs)) {
    test(`${path}: each step stands on its line, and each finding with its record`, async () => {
      const text = readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');
      const lines = (end: number): number => text.slice(0, end).split(/\r\n|\n|\r/).length;
      const told = stepsIn(await readAll([text]));
      const steps = readSteps(text);
      assert.deepEqual(
        told.map(({ line, lastLine }) => [line, lastLine]),
        steps.map((step) => [lines(step.mark.start), Math.max(lines(step.mark.start), ...(isRecord(step) ? step.places.map(({ start }) => lines(start)) : []))]),
      );
      assert.deepEqual(
        told.flatMap(({ finding }) => (finding ? [finding.failure?.id ?? finding.title] : [])),
        findFindings(text, knowledge).map(({ failure, title }) => failure?.id ?? title),
      );
    });
  }

  test('comes part by part, with the lines of the whole file', async () => {
    const header =
      '#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
    const row = '2026-01-15T08:00:00.000Z,Internet,08DE540000000A01,3,192.0.2.10:40001,203.0.113.25:25,>,NOOP,\n';
    const news = await readAll([header, ...Array<string>(30).fill(row.repeat(1_000))]);
    assert.ok(news.filter(({ kind }) => kind === 'steps').length > 3);
    assert.deepEqual(
      stepsIn(news).map(({ line }) => line),
      Array.from({ length: 30_000 }, (_, index) => index + 4),
    );
    assert.equal(
      news.reduce((sum, one) => sum + (one.kind === 'steps' ? one.bytes : 0), 0),
      header.length + 30_000 * row.length,
    );
  });

  test('tells what could not be read, after all that came before it', async () => {
    const fault = (): Promise<void> => Promise.reject(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }));
    const news = await readAll(['550 5.1.1 User unknown\n'], fault);
    assert.deepEqual(
      news.map(({ kind }) => kind),
      ['begun', 'steps', 'unreadable', 'ended'],
    );
    assert.equal(stepsIn(news).length, 1);
  });

  test('with a zone local times are placed, also those whose day only dates below can tell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-steps-'));
    const line = (date: string): string => `Error,${date} 10:00:00 AM,MSExchangeTransport,2004,SmtpSend,${'Something failed. '.repeat(100)}\r\n`;
    const path = join(folder, 'events.csv');
    writeFileSync(path, `Level,Date and Time,Source,Event ID,Task Category\r\n${line('03/04/2026').repeat(600)}${line('03/25/2026')}`);
    const times = new Map<string | undefined, number>();
    let bytes = 0;
    for await (const news of readStepStream({ paths: [path], timeZone: createTimeZone('+01:00') as TimeZone }, knowledge)) {
      if (news.kind !== 'steps') continue;
      bytes += news.bytes;
      for (const { step } of news.steps) times.set(step.time, (times.get(step.time) ?? 0) + 1);
    }
    rmSync(folder, { recursive: true });
    assert.deepEqual(
      [...times],
      [
        ['2026-03-04T09:00:00.000Z', 600],
        ['2026-03-25T09:00:00.000Z', 1],
      ],
    );
    assert.equal(bytes, 51 + 601 * line('03/25/2026').length);
  });
});
