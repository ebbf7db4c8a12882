/** The news of a scan go in, one output comes out; and what becomes of the scan where the output ends. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Log } from 'sarif';
import { type Outcome, type ReportEdge, writeReport } from '../../server/src/cli/reportWriter.ts';
import { type ReportFormat, reports } from '../../server/src/report/index.ts';
import type { ScanNews, Unreadable } from '../../server/src/scan/news.ts';
import { located } from '../support/findings.ts';
import { projectKnowledgeBase } from '../support/project.ts';

const knowledge = projectKnowledgeBase();
const found = (count: number, file: string, bytes = 10): ScanNews => ({ kind: 'found', findings: Array.from({ length: count }, () => located({}, null, file)), bytes });
const begun = (file: string): ScanNews => ({ kind: 'begun', file });
const unreadable = (file: string, isPartial: boolean): Unreadable => ({ kind: 'unreadable', file, reason: 'permission \u001bdenied', isPartial, isGiven: false });
const whole: readonly ScanNews[] = [
  begun('a.log'),
  found(2, 'a.log'),
  found(1, 'a.log'),
  begun('b.bin'),
  { kind: 'leftOut', file: 'b.bin' },
  begun('c.log'),
  unreadable('c.log', false),
  begun('d.log'),
  found(2, 'd.log'),
  unreadable('d.log', true),
];

/** The output of a scan, and how many news were taken of it. */
async function write(format: ReportFormat, all: readonly ScanNews[], most?: number, changed: Partial<ReportEdge> = {}) {
  const log = { text: '', told: [] as string[], taken: 0, isEnded: false };
  const news = async function* (): AsyncGenerator<ScanNews> {
    try {
      for (const one of all) {
        log.taken += 1;
        yield one;
      }
    } finally {
      log.isEnded = true;
    }
  };
  const edge: ReportEdge = {
    write: async (text) => {
      log.text += text;
      return true;
    },
    unreadable: ({ file }) => log.told.push(file),
    remark: (text) => log.told.push(text),
    progress: () => undefined,
    ...changed,
  };
  const report = reports[format]({ version: '1.2.3', repository: 'https://contoso.com', hasColor: false, uri: (file) => file });
  const outcome = await writeReport(news(), report, knowledge, edge, most).catch((error: Error) => error);
  return { ...log, outcome };
}

const end: ScanNews = { kind: 'ended', remark: 'remember' };
const interrupted: ScanNews = { kind: 'ended', interruption: 'SIGTERM' };

suite('what was not read', () => {
  test('stands in the summary of text and markdown', async () => {
    const clauses = '1 file could not be read, 1 only in part; 1 file is no text';
    assert.ok((await write('text', [...whole, end])).text.endsWith(`\n5 findings (5 errors) in 2 files; ${clauses}.\n`));
    assert.ok((await write('markdown', [...whole, end])).text.includes(`\n5 findings in 2 files, read by Mailflow Lens 1.2.3; ${clauses}.\n`));
    const partly = await write('text', [begun('d.log'), found(0, 'd.log'), unreadable('d.log', true), end]);
    assert.equal(partly.text, 'Nothing found in 1 file; 1 file could be read only in part.\n');
  });

  test('is named in json', async () => {
    const { files, bytes, unreadable: entries, leftOut, interrupted: was } = JSON.parse((await write('json', [...whole, end])).text);
    const reason = 'permission \u001bdenied';
    assert.deepEqual(entries, [
      { file: 'c.log', reason },
      { file: 'd.log', reason, isPartial: true },
    ]);
    assert.deepEqual([files, bytes, leftOut, was], [2, 30, 1, undefined]);
  });

  test('is named in sarif, as a run that was not successful', async () => {
    const invocation = async (news: readonly ScanNews[]) => (JSON.parse((await write('sarif', news)).text) as Log).runs[0]?.invocations?.[0];
    const { executionSuccessful, toolExecutionNotifications } = (await invocation([...whole, end])) ?? {};
    assert.equal(executionSuccessful, false);
    assert.deepEqual(
      toolExecutionNotifications?.map(({ level, message, locations }) => [level, message.text, locations?.[0]?.physicalLocation?.artifactLocation?.uri]),
      [
        ['error', 'Could not be read: permission \\\\u001bdenied', 'c.log'],
        ['warning', 'Read only in part: permission \\\\u001bdenied', 'd.log'],
      ],
    );
    assert.deepEqual(await invocation([begun('a.log'), found(1, 'a.log'), end]), { executionSuccessful: true, toolExecutionNotifications: [] });
  });

  test('is no record of ndjson', async () => {
    assert.equal((await write('ndjson', [...whole, end])).text.trim().split('\n').length, 5);
  });

  test('is told as it comes, and the remark at the end', async () => {
    assert.deepEqual((await write('ndjson', [...whole, end])).told, ['c.log', 'd.log', 'remember']);
  });
});

suite('an interrupted scan', () => {
  // Cut anywhere, the output is whole.
  for (let cut = 0; cut <= whole.length; cut += 1) {
    test(`is one document after ${cut} news, which says so`, async () => {
      const news = [...whole.slice(0, cut), interrupted];
      const findings = news.reduce((sum, one) => sum + (one.kind === 'found' ? one.findings.length : 0), 0);
      const json = JSON.parse((await write('json', news)).text);
      assert.deepEqual([json.findings.length, json.interrupted], [findings, true]);
      const [run] = (JSON.parse((await write('sarif', news)).text) as Log).runs;
      assert.deepEqual([run?.results?.length, run?.invocations?.[0]?.executionSuccessful, run?.invocations?.[0]?.exitSignalName], [findings, false, 'SIGTERM']);
      for (const format of ['text', 'markdown'] as const) assert.match((await write(format, news)).text, /the scan was interrupted before its end\.\n/);
    });
  }
});

suite('an output that ends', () => {
  /** Refuses the writing with a number, in its own way. */
  const refusing = (number: number, refuse: () => Promise<boolean>): Partial<ReportEdge> => {
    let writings = 0;
    return { write: () => (writings++ === number ? refuse() : Promise.resolve(true)) };
  };
  const counted = ({ findings }: Outcome): number => findings;

  test('because nobody reads on ends the scan quietly', async () => {
    const { outcome, taken, isEnded, told } = await write(
      'ndjson',
      [...whole, end],
      undefined,
      refusing(1, async () => false),
    );
    assert.deepEqual([taken, isEnded, told, counted(outcome as Outcome)], [2, true, [], 2]);
  });

  test('because it cannot be written ends the scan with that', async () => {
    for (const number of [0, 1, 2, 3]) {
      const fault = new Error('standard output: no space left on device');
      const { outcome, taken, isEnded, told } = await write(
        'json',
        [...whole, end],
        undefined,
        refusing(number, () => Promise.reject(fault)),
      );
      assert.equal(outcome, fault);
      assert.ok(taken < whole.length && (isEnded || taken === 0));
      assert.ok(!told.includes('a.log'));
    }
  });
});

test('at most so many findings of each file are put out, in however many parts they come', async () => {
  for (const most of [0, 1, 2, 3, 4]) {
    const { text } = await write('ndjson', [...whole, end], most);
    const files = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).file);
    assert.deepEqual(files, [...Array(Math.min(most, 3)).fill('a.log'), ...Array(Math.min(most, 2)).fill('d.log')]);
  }
});
