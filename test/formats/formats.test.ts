/** Whole logs with their golden findings, and the laws that hold for every log. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Finding } from '../../server/src/failures.ts';
import { readRows, readSections } from '../../server/src/formats/exchange/fieldsLog.ts';
import { formats, readBlocks, readRecords } from '../../server/src/formats/index.ts';
import { splitRow } from '../../server/src/formats/shapes/csvRow.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';
import { trials, tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const logs = [...filesBelow('test/logs').filter((path) => !path.endsWith('.expected')), ...filesBelow('samples').filter((path) => !path.endsWith('.md'))];
const readLog = (path: string): string => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');

/** One line a finding: place, what is underlined, form, meaning, captures. */
function tell(text: string, finding: Finding): string {
  const { record } = finding;
  const before = text.slice(0, record.mark.start).split('\n');
  const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  const codes = [finding.permanence ?? 'no reply code', record.time ?? record.localTime ?? 'no time'].join(', ');
  return [
    `${place} ${JSON.stringify(text.slice(record.mark.start, record.mark.end))} ${record.format} ${finding.failure?.id ?? `registry, ${finding.category}`}`,
    `  ${record.event ? `event ${record.event.id}: ` : ''}${record.response?.text ?? 'no response'} (${codes})`,
    `  ${JSON.stringify(record.captures)}`,
  ].join('\n');
}

const tellAll = (text: string): string =>
  findFindings(text, knowledge)
    .map((finding) => `${tell(text, finding)}\n`)
    .join('');

suite('golden logs', () => {
  for (const path of logs) {
    test(path, () => {
      const expected = join(root, 'test/logs', `${path.split('/').at(-1)}.expected`);
      const found = tellAll(readLog(path));
      if (process.env['UPDATE_EXPECTED']) writeFileSync(expected, found);
      assert.ok(existsSync(expected), `there is no ${expected}: run with UPDATE_EXPECTED=1 and read what it writes`);
      assert.equal(found, readFileSync(expected, 'utf8'));
    });
  }
});

suite('laws', () => {
  for (const path of tried(logs)) {
    const text = readLog(path);
    // Single quotes are not escaped: XML with them is read as it stands.
    if (!/<Event xmlns='|\.json$/.test(`${text.slice(0, 400)} ${path}`)) {
      test(`${path}: in a string of JSON it is the same log`, () => {
        const withoutPlaces = (log: string): string[] => findFindings(log, knowledge).map((finding) => tell(log, finding).split('\n').slice(1).join('\n'));
        assert.deepEqual(withoutPlaces(JSON.stringify({ ticket: 1, body: text }, undefined, 2)), withoutPlaces(text));
      });
    }
    test(`${path}: marks and places lie inside the record's text, in order`, () => {
      let last = -1;
      for (const { mark, places } of readRecords(text)) {
        assert.ok(mark.start >= last && mark.end > mark.start && mark.end <= text.length);
        assert.ok(places.some((place) => place.start <= mark.start && mark.end <= place.end));
        last = mark.start;
      }
    });
    test(`${path}: any part of it, with any character changed, is read without an exception`, () => {
      fc.assert(
        fc.property(
          fc.nat(text.length),
          fc.nat(text.length),
          fc.nat(text.length),
          fc.constantFrom('', '"', '\0', '>', ',', '<', '\n', '5', '\uD800', '&', '{LED=', '#Fields:'),
          (one, other, at, character) => {
            const part = text.slice(Math.min(one, other), Math.max(one, other));
            const changed = `${part.slice(0, at)}${character}${part.slice(at + 1)}`;
            for (const { mark } of findFindings(changed, knowledge).map(({ record }) => record)) assert.ok(mark.end <= changed.length && mark.end > mark.start);
            for (const { span } of readBlocks(changed)) assert.ok(span.start <= span.end && span.end <= changed.length);
          },
        ),
        trials(150),
      );
    });
  }
});

test('the formats are told apart: no stretch of a log is claimed by a later format', () => {
  for (const path of logs) {
    const text = readLog(path);
    const spans = readRecords(text).map(({ format, mark }) => `${mark.start} ${format}`);
    assert.equal(new Set(spans.map((span) => span.split(' ')[0])).size, spans.length, path);
  }
  assert.equal(formats.at(-1)?.id, 'text', 'text takes what is left');
});

test('rows are split as a CSV library splits them', () => {
  const header = '#Fields: date-time,a,b,c\n';
  const cell = fc.oneof(fc.stringMatching(/^[a-z "<>;]{0,12}$/), fc.constantFrom('', '"', '""', ',', ',,', '",', 'a,"b"'));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }), (rows) => {
      const written = rows
        .map((cells) => ['2026-01-15T08:00:00.000Z', ...cells.map((value) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))].join(','))
        .join('\n');
      const expected = (parseCsv(written) as string[][]).map((cells) => cells.slice(1));
      const found: string[][] = [];
      const text = `${header}${written}\n`;
      readRows(text, readSections(text, [{ start: 0, end: text.length }]), (row) => found.push([row.value('a'), row.value('b'), row.value('c')]));
      assert.deepEqual(found, expected);
    }),
    trials(),
  );
});

test('a quote that is never closed takes the rest of its line', () => {
  const text = 'a,"b,c\nd,e\n';
  const bounds: number[] = [];
  assert.equal(splitRow(text, 0, text.length, bounds), 6);
  assert.deepEqual(bounds, [0, 1, 3, 6]);
});

suite('sessions and events', () => {
  test('rows of one session in one piece are one block', () => {
    const blocks = readBlocks(readLog('test/logs/receive.log'));
    assert.deepEqual(
      blocks.map(({ kind, name }) => [kind, name]),
      [['session', 'Session 08DE540000000A01']],
    );
  });
  test('each event of the transport service is a block', () => {
    assert.deepEqual(
      readBlocks(readLog('test/logs/events.txt')).map(({ name }) => name),
      ['Event 2004', 'Event 2004', 'Event 2004', 'Event 1035'],
    );
  });
});
