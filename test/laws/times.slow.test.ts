/** Local times are placed by what all dates of a file show, whoever reads it and in however many parts; and no file is read twice in vain. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { DocumentReading } from '../../server/src/analysis/document/documentReading.ts';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Located } from '../../server/src/analysis/located.ts';
import { createTimeZone } from '../../server/src/analysis/times/timeZone.ts';
import type { Piece } from '../../server/src/files/textFile.ts';
import { type FoundPart, type ReadOptions, readPieces } from '../../server/src/scan/fileScan.ts';
import { type ScanOrder, scan } from '../../server/src/scan/index.ts';
import type { ScanNews } from '../../server/src/scan/news.ts';
import { folder, readLines, row, run, save, head as sendLogHead } from '../support/commandLine.ts';
import { eventWith, untrusted } from '../support/events.ts';
import { difference, locateAll } from '../support/fuzz/compare.ts';
import { openLog } from '../support/openLog.ts';
import { readInPieces } from '../support/pieces.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const timeZone = createTimeZone('Europe/Berlin');
assert.ok(timeZone);
const words = ['scan', '--format', 'ndjson', '--time-zone', timeZone.name];

const event = (date: string, response = untrusted): string => `${eventWith(response).replace('1/15/2026 9:15:42 AM', date)}\n`;
const table = (date: string): string => `"Timestamp","EventId","RecipientStatus","Recipients"\r\n"${date}","FAIL","550 5.1.1 User unknown","bob@fabrikam.com"\r\n\r\n`;
const list = (date: string): string =>
  `\nIdentity      : EX01\\7\nNextHopDomain : fabrikam.com\nStatus        : Retry\nLastRetryTime : ${date}\nLastError     : 451 4.4.0 Primary target IP address responded with: "454 4.7.5 Certificate validation failure."\n\n`;
/** More than a part has, and than stands below it. */
const far = 'Nothing of interest stands here.\n'.repeat(50_000);
const open = '03/04/2026 10:00:00';
const dayFirst = '25/12/2026 10:00:00';
const monthFirst = '12/25/2026 10:00:00';

interface FileReading {
  readonly found: Located[];
  readonly news: FoundPart[];
  /** How often the text was opened. */
  readonly times: number;
}

/** Reads a text as the command line reads a file, or what cannot be read twice. */
async function readAsFile(text: string, { isOnDisk = true, piece = 100_000, options = { timeZone } as ReadOptions } = {}): Promise<FileReading> {
  const path = join(folder, save('any.txt', ''));
  let times = 0;
  const openText = async (): Promise<AsyncIterable<Piece>> => {
    times += 1;
    return piecesOf(text, piece);
  };
  const news: FoundPart[] = [];
  for await (const one of readPieces(await openText(), { file: 'a.log', path, open: openText, isOnDisk }, knowledge, options)) news.push(one);
  return { found: news.flatMap(({ findings }) => findings), news, times };
}

async function* piecesOf(text: string, length: number): AsyncGenerator<Piece> {
  for (let at = 0; at < text.length; at += length) {
    const piece = text.slice(at, at + length);
    yield { text: piece, bytes: piece.length };
  }
}

const readWhole = (text: string): Located[] => locateAll(text, findFindings(text, knowledge, timeZone));
const timesOf = (found: readonly Located[]): (string | undefined)[] => found.map(({ time, localTime }) => time?.slice(0, 10) ?? localTime);

suite('dates that stand far apart', () => {
  const cases: Readonly<Record<string, [text: string, expected: string[]]>> = {
    'the one that tells stands below': [event(open) + far + event(dayFirst), ['2026-04-03', '2026-12-25']],
    'the one that tells stands above': [event(monthFirst) + far + event(open), ['2026-12-25', '2026-03-04']],
    'they contradict each other': [event(dayFirst) + event(open) + far + event(monthFirst), ['2026-12-25', open, '2026-12-25']],
    'the one that contradicts stands between': [event(open) + far + event(monthFirst) + far + event(dayFirst), [open, '2026-12-25', '2026-12-25']],
    'another form tells nothing': [table(open) + far + event(dayFirst), [open, '2026-12-25']],
    'nothing tells': [event(open) + far + event(open), [open, open]],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    test(name, async () => {
      assert.deepEqual(timesOf(readWhole(text)), expected);
      assert.deepEqual((await readAsFile(text)).found, (await readAsFile(text, { piece: 7_001 })).found);
      assert.equal(difference(readWhole(text), (await readAsFile(text)).found), undefined);
      assert.equal(difference(readWhole(text), locateAll(text, openLog(text, { timeZone: timeZone.name }).findings.all())), undefined);
    });
  }
});

/** Several forms, dates that tell and that do not, near each other and far apart. */
const logs = fc
  .array(
    fc.tuple(
      fc.constantFrom(event, table, list),
      fc.constantFrom(open, open, open, dayFirst, monthFirst, '3/4/2026 9:15:42 AM', '3/25/2026 9:15:42 AM', '2026-03-04 10:00:00'),
      fc.integer({ min: 0, max: 6 }),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((blocks) => (distance: number) => blocks.map(([form, date, times]) => form(date) + 'Nothing of interest stands here.\n'.repeat((times * distance) / 33)).join(''));

suite('any log gives the times of the whole', () => {
  test('in parts of any length', () => {
    let most = 0;
    fc.assert(
      fc.property(logs, fc.integer({ min: 64, max: 20_000 }), (log, usual) => {
        const text = log(8_000);
        const { findings, parts } = readInPieces(text, 5_000, { usual, longest: 1_000_000, below: 12_000 }, timeZone);
        assert.equal(difference(readWhole(text), findings), undefined);
        most = Math.max(most, parts);
      }),
      trials(60),
    );
    assert.ok(most > 5, `${most} parts`);
  });

  test('as a file, which is read no more than twice', async () => {
    const counts = new Set<number>();
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(9_000), fc.constantFrom({}, { since: Date.parse('2026-03-20') }, { until: Date.parse('2026-03-20') }), async (log, above, filter) => {
        const text = 'Nothing of interest stands here.\n'.repeat(above) + log(100_000);
        const { found, times, news } = await readAsFile(text, { options: { timeZone, filter } });
        const { since = 0, until = Number.POSITIVE_INFINITY } = filter as { since?: number; until?: number };
        const kept = readWhole(text).filter(({ time }) => time === null || (Date.parse(time) >= since && Date.parse(time) <= until));
        assert.equal(difference(kept, found), undefined);
        assert.deepEqual(
          news.map(({ bytes }) => bytes),
          news.map(({ bytes }) => bytes).sort((one, other) => one - other),
        );
        assert.equal(news.at(-1)?.bytes, text.length);
        counts.add(times);
      }),
      trials(25),
    );
    assert.deepEqual([...counts].sort(), [1, 2]);
  });
});

test('dates that are written and taken away change the times of those that stay, though these are not read anew', () => {
  const tracked = (date: string): string => `"${date}","FAIL","550 5.1.1 User unknown","bob@fabrikam.com"\r\n`;
  const delivered = '"2026-03-04 10:00:00","DELIVER","250 2.1.5 Ok","bob@fabrikam.com"\r\n'.repeat(12_000);
  const head = '"Timestamp","EventId","RecipientStatus","Recipients"\r\n';
  let text = head + [delivered, tracked(open), delivered, tracked(dayFirst), delivered, tracked(open), delivered].join('');
  let read = 0;
  const slice = (start: number, end: number): string => {
    read += end - start;
    return text.slice(start, end);
  };
  let reading = DocumentReading.unread(text.length).update({ length: text.length, slice }, knowledge);
  const edit = (start: number, length: number, inserted: string): (string | undefined)[] => {
    text = text.slice(0, start) + inserted + text.slice(start + length);
    read = 0;
    reading = reading.edit(start, start + length, inserted.length).update({ length: text.length, slice }, knowledge);
    assert.ok(read < 1_000_000, `${read} characters`);
    const found = locateAll(text, reading.findings(timeZone).all());
    assert.equal(difference(readWhole(text), found), undefined);
    return timesOf(found);
  };
  const tells = text.indexOf(tracked(dayFirst));
  assert.deepEqual(edit(tells, tracked(dayFirst).length, ''), [open, open]);
  assert.deepEqual(edit(text.length, 0, tracked(monthFirst)), ['2026-03-04', '2026-03-04', '2026-12-25']);
  assert.deepEqual(edit(tells, 0, tracked(dayFirst)), [open, '2026-12-25', open, '2026-12-25']);
  assert.deepEqual(edit(text.length - tracked(monthFirst).length, tracked(monthFirst).length, ''), ['2026-04-03', '2026-12-25', '2026-04-03']);
});

suite('a file is read twice', () => {
  const sure = event('25.12.2026 10:00:00');
  const cases: Readonly<Record<string, [times: number, text: string, options?: ReadOptions]>> = {
    'where a date below may tell': [2, event(open) + far + sure],
    'where a date above has told, which one below may contradict': [2, event(dayFirst) + event(open) + far + sure],
    'but not without a zone': [1, event(open) + far + event(dayFirst), {}],
    'but not where it is one part': [1, event(open) + event(dayFirst)],
    'but not where the open date stands in the last part': [1, event(dayFirst) + far + event(open)],
    'but not where no date is open': [1, event(dayFirst) + sure + far + event(monthFirst)],
    'but not where the dates above contradict each other': [1, event(dayFirst) + event(monthFirst) + event(open) + far + sure],
    'but not where another place has written the date': [
      1,
      `From: MAILER-DAEMON@contoso.com\nDate: ${open}\nSubject: Undelivered\nAuto-Submitted: auto-replied\n\n550 5.1.1 User unknown\n\n${far}`,
    ],
    'but not where no finding that is wanted has an open date': [1, event(open) + far + sure, { timeZone, filter: { categories: new Set(['loop']) } }],
    'but not where there are no local times': [1, sendLogHead + row(untrusted).repeat(4_000)],
  };
  for (const [name, [times, text, options]] of Object.entries(cases)) test(name, async () => assert.equal((await readAsFile(text, options && { options })).times, times));

  test('and what was told the first time is not told again, in small numbers', async () => {
    const { found, news } = await readAsFile(event(dayFirst).repeat(1_500) + event(open) + event(dayFirst).repeat(1_500));
    assert.equal(found.length, 3_001);
    assert.deepEqual([...new Set(found.map(({ startLine }) => startLine))].length, 3_001);
    assert.ok(news.every(({ findings }) => findings.length <= 256));
  });

  test('and what cannot be read to its end is told as far as it can', async () => {
    const text = event(open) + far + event(dayFirst);
    const broken = async (): Promise<AsyncIterable<Piece>> =>
      (async function* () {
        yield* piecesOf(text, 100_000);
        throw new Error('broken');
      })();
    const found: Located[] = [];
    await assert.rejects(async () => {
      const source = { file: 'a.log', path: join(folder, save('any.txt', '')), open: broken, isOnDisk: true };
      for await (const { findings } of readPieces(await broken(), source, knowledge, { timeZone })) found.push(...findings);
    }, /broken/);
    assert.deepEqual(timesOf(found), ['2026-04-03', '2026-12-25']);
  });
});

suite('what cannot be read twice', () => {
  const remark = /^mailflow-lens: Standard input and pipes cannot be read twice: .+\.\n$/;

  test('uses the dates above, and it is said in one sentence', async () => {
    const text = event(open) + far + event(dayFirst) + event(open) + far;
    const { found, times } = await readAsFile(text, { isOnDisk: false });
    assert.deepEqual([times, timesOf(found)], [1, [open, '2026-12-25', '2026-04-03']]);
    const { output, errors } = run(words, text);
    assert.deepEqual(timesOf(readLines(output)), timesOf(found));
    assert.match(errors, remark);
  });

  test('says nothing where nothing is open, or all of it is one part', () => {
    for (const text of [event(open) + event(dayFirst), event(dayFirst) + far + event(monthFirst), far + event(open)]) assert.equal(run(words, text).errors, '');
    assert.equal(run(['scan', '--format', 'ndjson'], event(open) + far).errors, '');
  });

  test('a pipe that is named is one', { skip: process.platform === 'win32' }, () => {
    const text = event(open) + far + event(dayFirst);
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    for (const workers of ['1', '2']) {
      const script = `cat '${save('piped.txt', text)}' > pipe & exec "$0" "$@"`;
      const { stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, join(root, 'dist/cli.cjs'), ...words, '--workers', workers, 'pipe'], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.deepEqual(timesOf(readLines(stdout)), [open, '2026-12-25']);
      assert.match(stderr, remark);
    }
  });
});

suite('with a time zone', () => {
  const paths = [...filesBelow('test/logs').filter((path) => !path.endsWith('.expected')), ...filesBelow('samples').filter((path) => !path.endsWith('.md'))];
  const readLog = (path: string): string => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');
  const scanAll = async (order: ScanOrder): Promise<Located[]> => {
    const news: ScanNews[] = [];
    for await (const one of scan(order, knowledge)) news.push(one);
    return news.flatMap((one) => (one.kind === 'found' ? one.findings : []));
  };

  test('the editor and the command line say the same of every log', async () => {
    for (const path of paths) {
      const found = await scanAll({ paths: [join(root, path)], timeZone });
      const shown = locateAll(readLog(path), openLog(readLog(path), { timeZone: timeZone.name }).findings.all());
      assert.equal(
        difference(
          shown,
          found.map((located) => ({ ...located, file: 'a.log' })),
        ),
        undefined,
        path,
      );
    }
  });

  test('threads put out the same as none', () => {
    save('zone/a.txt', event(open) + far + event(dayFirst));
    save('zone/b.txt', event(dayFirst) + event(open) + far + event(monthFirst));
    save('zone/c.txt', event(open) + event(dayFirst));
    save('zone/d.log', sendLogHead + row(untrusted).repeat(500) + event(open) + far + event(dayFirst));
    for (const bound of [[], ['--since', '2026-03-20']]) {
      const [one, three] = ['1', '3'].map((workers) => run([...words, '--workers', workers, ...bound, 'zone', join(root, 'test/logs')]));
      assert.ok(readLines(one?.output ?? '').length > 100);
      assert.deepEqual(three, one);
    }
  });
});
