/** What stands before the lines of a log changes nothing of what is found in it: it is quoted, indented, numbered, or shown by a program. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { DocumentReading } from '../../server/src/analysis/document/documentReading.ts';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Located } from '../../server/src/analysis/located.ts';
import type { Finding } from '../../server/src/failures.ts';
import { readBlocks } from '../../server/src/formats/index.ts';
import { LogText } from '../../server/src/service/index.ts';
import { locatorOf } from '../support/findings.ts';
import { alike, beginnings } from '../support/lineBeginnings.ts';
import { withLineEnds } from '../support/lineEnds.ts';
import { readInPieces } from '../support/pieces.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';
import { trials, tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const logs = [...filesBelow('test/logs').filter((path) => !path.endsWith('.expected')), ...filesBelow('samples').filter((path) => !path.endsWith('.md'))];
const readLog = (path: string): string => withLineEnds(readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''), '\n');

/** The logs that say less behind a beginning, and why. */
const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'test/logs/exim-on-screen.txt': {
    'by grep with the name of the file': 'Its lines begin with blanks and a number, and a name before blanks is mostly a label.',
    'by grep with its path and the number': 'The same.',
  },
};

/** All that is told of a finding but the columns that it stands in. */
const tell = ({ startColumn: _start, endColumn: _end, ...located }: Located): string => JSON.stringify(located);

function findingsOf(text: string): string[] {
  const locator = locatorOf('a.log', text);
  return findFindings(text, knowledge).map((finding) => tell(locator.locate(finding)));
}

function blocksOf(text: string): string[] {
  return readBlocks(text).map(({ name, detail, span }) => JSON.stringify([name, detail, text.slice(0, span.start).split('\n').length]));
}

suite('a log says the same', () => {
  for (const [name, write] of Object.entries(beginnings)) {
    test(name, () => {
      for (const path of tried(alike.has(name) ? logs.filter((_, index) => index % 4 === 0) : logs)) {
        if (exceptions[path]?.[name]) continue;
        const text = readLog(path);
        assert.deepEqual(findingsOf(write(text)), findingsOf(text), path);
        assert.deepEqual(blocksOf(write(text)), blocksOf(text), path);
      }
    });
  }

  test('between lines of other text, also where these stand right above and below', () => {
    const { 'quoted by >': quoted, 'indented by four': indented, 'by docker compose logs': shown } = beginnings;
    for (const path of ['test/logs/exim.log', 'test/logs/cisco-esa.log', 'test/logs/qmail.log', 'test/logs/postfix.log', 'test/logs/sendmail.log']) {
      const text = readLog(path);
      const plain = findFindings(text, knowledge).map(({ record }) => [record.response?.text, record.captures]);
      for (const write of [quoted, indented, shown]) {
        const told = findFindings(`Hello,\n\nthis is in the log:\n\n${write?.(text)}\nWhat can we do?\n`, knowledge).map(({ record }) => [record.response?.text, record.captures]);
        assert.deepEqual(told, plain, path);
      }
      const told = findFindings(`Anna wrote:\n${quoted?.(text)}This is what we see.\n`, knowledge).map(({ record }) => [record.response?.text, record.captures]);
      assert.deepEqual(told, plain, path);
    }
  });

  test('by mail programs that leave out the blank before an empty line, and by others that quote without one', () => {
    for (const path of tried(logs)) {
      const text = readLog(path);
      assert.deepEqual(findingsOf(text.replace(/^(?!$(?![\s\S]))(.*)$/gm, (_, line: string) => (line === '' ? '>' : `> ${line}`))), findingsOf(text), path);
    }
  });
});

/** Logs whose lines begin with their time, without those that do not: nobody can tell that such a line was broken. */
const timed = ['exim.log', 'postfix.log', 'sendmail.log', 'cisco-esa.log', 'amavis.log', 'opensmtpd.log'].map((name) => {
  const lines = readLog(`test/logs/${name}`).split('\n');
  return { name, text: lines.filter((line) => /^(?:<\d+>1? ?)?(?:\d{4}-\d\d-\d\d|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d) ?T?\d\d:/.test(line)).join('\n') };
});

suite('a log whose lines a terminal has broken says the same', () => {
  const said = (log: string): string[] =>
    findFindings(log, knowledge).map(({ category, failure, record }) => JSON.stringify([category, failure?.id, record.response, record.captures]));
  for (const width of [80, 100, 120, 132, 160]) {
    test(`at ${width} columns`, () => {
      let count = 0;
      for (const { name, text } of timed) {
        const broken = text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n');
        const expected = said(text);
        count += expected.length;
        assert.deepEqual(said(broken), expected, name);
        assert.deepEqual(said(withLineEnds(broken, '\r\n')), expected, name);
        assert.deepEqual(said(beginnings['indented by four']?.(broken) ?? ''), expected, name);
        // Behind a mark of quotation the end of an address at the beginning of a line looks like another mark.
        if (!broken.includes('\n>')) assert.deepEqual(said(beginnings['quoted by >']?.(broken) ?? ''), expected, name);
      }
      assert.ok(count > 80, `${count}`);
    });
  }

  test('and one whose lines are as long by chance is not put together', () => {
    const line =
      'Jan 15 08:00:00 mx1 postfix/smtp[4711]: 4F1A2B3C4D: to=<bob@fabrikam.com>, relay=mx.fabrikam.com[203.0.113.25]:25, delay=1, dsn=5.1.1, status=bounced (host mx.fabrikam.com[203.0.113.25] said: 550 5.1.1 User unknown';
    const even = line.padEnd(160, 'x').slice(0, 160);
    const [finding] = findFindings(`${even}\n${line} in this long line (in reply to RCPT TO command))\n`, knowledge);
    assert.equal(finding?.record.captures.recipient, 'bob@fabrikam.com');
  });
});

suite('a log behind beginnings that comes in pieces', () => {
  const below = 12_000;
  for (const name of ['quoted by >', 'indented by four', 'by grep -n', 'by docker compose logs', 'in a list']) {
    test(`${name}: gives the findings of the whole`, () => {
      const write = beginnings[name] as (text: string) => string;
      for (const path of tried(logs).filter((_, index) => index % 4 === 0)) {
        const text = `${write(readLog(path))}\nSome words between.\n\n${write(readLog(path))}`;
        const locator = locatorOf('a.log', text);
        const whole = findFindings(text, knowledge).map((finding) => JSON.stringify(locator.locate(finding)));
        for (const usual of [64, 997, 5_000]) {
          const { findings } = readInPieces(text, Math.ceil(usual / 2), { usual, longest: 1_000_000, below });
          assert.deepEqual(
            findings.map((located) => JSON.stringify(located)),
            whole,
            `${path} in parts of ${usual}`,
          );
        }
      }
    });
  }
});

suite('a long document behind beginnings', () => {
  const log = readLog('test/logs/postfix.log');
  const long = log.repeat(Math.ceil(900_000 / log.length));
  const told = ({ record }: Finding): string => JSON.stringify([record.mark, record.captures, record.response]);
  const edit = fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.constantFrom(0, 1, 4, 300),
    text: fc.constantFrom('', 'x', '> ', '\n', '\n\n', '\n\n    ', 'Some words.\n', log),
  });
  for (const name of ['quoted by >', 'indented by four', 'by grep with the name of the file', 'by docker compose logs']) {
    test(`${name}: says after edits what it says when it is opened`, () => {
      const written = (beginnings[name] as (text: string) => string)(long);
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
          let text = LogText.create('file:///a', 'log', 1, written);
          let reading = DocumentReading.unread(text.length).update(text, knowledge);
          for (const { place, length, text: inserted } of edits) {
            const start = Math.floor(place * text.length);
            const end = Math.min(text.length, start + length);
            text = text.replace(start, end, inserted);
            reading = reading.edit(start, end, inserted.length).update(text, knowledge);
          }
          assert.deepEqual(reading.findings().all().map(told), findFindings(text.getText(), knowledge).map(told));
        }),
        trials(6),
      );
    });
  }
});
