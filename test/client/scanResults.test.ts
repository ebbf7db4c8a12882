/** What the view of a scan shows, before VS Code draws it: failures, destinations, lines, the counts and the words about them. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Grouping, type GroupNode, groupCells, groupings, type LineNode, newestLines, unreadableNode } from '../../client/src/scanNodes.ts';
import { createScanResults, type ScanResults } from '../../client/src/scanResults.ts';
import { dayOf, errorsText, groupText, lineLabel, nodeText, summaryText, timeText } from '../../client/src/scanText.ts';
import type { Occurrence, ScannedFailure, ScannedFile, ScanSummary } from '../../server/src/protocol/scan.ts';

const failure = (id: string, severity: ScannedFailure['severity'] = 'error'): ScannedFailure => ({ id, title: `About ${id}`, short: id.toUpperCase(), severity, hasRunbook: true });
const at = (minute: number): string => `2026-01-15T08:${String(minute).padStart(2, '0')}:00.000Z`;
const occurrence = (line: number): Occurrence => ({
  start: { line, character: 0 },
  end: { line, character: 9 },
  text: `line ${line}`,
  code: '454 4.7.0',
  time: at(line),
  host: 'mx1.contoso.com',
  recipient: 'bob@contoso.com',
  connector: 'Outbound',
  runbook: { failure: 'tls', captures: { sendConnector: 'Outbound' }, evidence: `line ${line}` },
});
const found = (of: ScannedFailure, destination: string | null, name: string, lines: readonly number[], count = lines.length): ScannedFile => ({
  failure: of,
  destination,
  uri: `file:///logs/${name}`,
  name,
  folder: '',
  count,
  seen: lines.length === 0 ? {} : { first: at(Math.min(...lines)), last: at(Math.max(...lines)) },
  listed: lines.map(occurrence),
});
const resultsOf = (...parts: readonly ScannedFile[]): ScanResults => {
  const results = createScanResults();
  for (const part of parts) results.add([part]);
  return results;
};
const tree = (results: ScanResults, by: Grouping = 'failure'): (GroupNode | LineNode)[] => groupCells(results.cells(), groupings[by]);
/** Names, counts and lines only. */
const shape = (nodes: readonly (GroupNode | LineNode)[]): unknown[] =>
  nodes.map((node) => (node.kind === 'line' ? [...node.standsFor.map(({ name }) => name), node.start.line].join(' ') : [node.name, node.count, shape(node.children)]));

suite('the results of a scan', () => {
  const some = resultsOf(
    found(failure('tls'), 'contoso.com', 'a.log', [1, 2]),
    found(failure('tls'), 'fabrikam.com', 'a.log', [3]),
    found(failure('full', 'warning'), 'contoso.com', 'b.log', [4]),
    found(failure('tls'), 'contoso.com', 'b.log', [5]),
  );

  test('are failures, their destinations and the lines; a group of one line is that line', () => {
    assert.deepEqual(shape(tree(some)), [['TLS', 4, [['contoso.com', 3, ['1', '2', '5']], 'fabrikam.com 3']], 'FULL contoso.com 4']);
  });

  test('are grouped by destination or by file too, with the same counts', () => {
    assert.deepEqual(shape(tree(some, 'destination')), [['contoso.com', 4, [['TLS', 3, ['1', '2', '5']], 'FULL 4']], 'fabrikam.com TLS 3']);
    assert.deepEqual(shape(tree(some, 'file')), [
      ['a.log', 3, [['TLS', 3, ['1', '2', '3']]]],
      ['b.log', 2, ['TLS 5', 'FULL 4']],
    ]);
  });

  test('have the worst first, and among equals the most frequent', () => {
    const results = resultsOf(
      found(failure('note', 'information'), '', 'a.log', [1, 2]),
      found(failure('often', 'warning'), '', 'a.log', [1, 2, 3]),
      found(failure('b'), '', 'a.log', [1]),
      found(failure('a'), '', 'a.log', [1]),
      found(failure('c'), '', 'a.log', [1, 2]),
    );
    assert.deepEqual(
      tree(results).map((node) => (node.kind === 'group' ? node.name : node.standsFor[0]?.name)),
      ['C', 'A', 'B', 'OFTEN', 'NOTE'],
    );
  });

  test('count what is not listed, under its destination or under others', () => {
    const results = resultsOf(
      found(failure('tls'), 'contoso.com', 'a.log', [1], 500),
      found(failure('tls'), 'contoso.com', 'a.log', [], 70),
      found(failure('tls'), null, 'b.log', [], 30),
    );
    const [node] = tree(results);
    assert.ok(node?.kind === 'group');
    assert.deepEqual([node.count, node.listed], [600, 1]);
    assert.deepEqual(
      node.children.map((child) => child.kind === 'group' && groupText(child, '2026-01-15')),
      ['570 findings · 08:01:00', '30 findings, none listed'],
    );
  });

  test('are the same however the parts of a file come', () => {
    const parts = resultsOf(...[1, 2, 3].map((line) => found(failure('tls'), 'contoso.com', 'a.log', [line])));
    assert.deepEqual(tree(parts), tree(resultsOf(found(failure('tls'), 'contoso.com', 'a.log', [1, 2, 3]))));
  });

  test('are kept with all counts and a bounded number of lines, of each group some', () => {
    const lines = Array.from({ length: 50 }, (_, line) => line);
    const results = resultsOf(
      found(failure('tls'), 'contoso.com', 'a.log', lines),
      found(failure('full'), 'contoso.com', 'a.log', [1]),
      found(failure('tls'), 'fabrikam.com', 'a.log', lines),
    );
    const kept = resultsOf(...results.excerpt(21));
    assert.deepEqual(
      kept.cells().map(({ count, lines: listed }) => [count, listed.length]),
      [
        [50, 10],
        [1, 1],
        [50, 10],
      ],
    );
    assert.ok(results.excerpt(2).flatMap(({ listed }) => listed).length <= 2);
  });

  test('fill in the runbook of a group by its newest line, each failure once', () => {
    const lines = tree(some, 'destination').flatMap((node) => newestLines(node, 10));
    assert.deepEqual(
      lines.map(({ cell, start }) => [cell.failure.id, start.line]),
      [
        ['tls', 5],
        ['full', 4],
        ['tls', 3],
      ],
    );
  });

  test('tell of a line when, whom and over what, and not again what stands above', () => {
    const [line] = tree(resultsOf(found(failure('tls'), 'mx1.contoso.com', 'a.log', [1])));
    assert.ok(line?.kind === 'line');
    assert.equal(lineLabel(line, '2026-01-15'), 'TLS  mx1.contoso.com  08:01:00  bob@contoso.com  Outbound');
    const { time: _, ...untimed } = line;
    assert.equal(lineLabel({ ...untimed, standsFor: [], host: '', recipient: '', connector: '' }, undefined), 'Line 2');
    assert.equal(lineLabel({ ...untimed, standsFor: [], localTime: '15.01.2026 08:01' }, undefined), '15.01.2026 08:01  bob@contoso.com  Outbound');
    assert.match(lineLabel(line, undefined), /2026-01-15 08:01:00/);
  });

  test('are copied as text with their places', () => {
    const text = tree(some)
      .map((node) => nodeText(node, '2026-01-15'))
      .join('');
    assert.match(
      text,
      /^TLS: 454 4\.7\.0 · 4 findings · 08:01:00 – 08:05:00\n {2}contoso\.com: 3 findings · 08:01:00 – 08:05:00\n {4}08:01:00 {2}mx1\.contoso\.com {2}Outbound {2}454 4\.7\.0 {2}line 1 {2}\(a\.log:2\)\n/,
    );
    assert.equal(text.split('\n').length, 8);
  });

  test('say the day where it is one', () => {
    assert.equal(dayOf({ first: at(1), last: at(2) }), '2026-01-15');
    assert.equal(dayOf({ first: at(1), last: '2026-01-16T00:00:00.000Z' }), undefined);
    assert.deepEqual([timeText({}), timeText({ first: at(1), last: at(2) }), timeText({ first: at(1), last: '2027' })], ['', 'Times are UTC, 2026-01-15.', 'Times are UTC.']);
  });
});

test('beside the name of the view stands how many errors there are, where only these are shown', () => {
  const { cells } = resultsOf(
    found(failure('tls'), 'a', 'one.log', [1, 2], 1_200),
    found(failure('busy', 'warning'), 'a', 'one.log', [3]),
    found(failure('relay'), 'b', 'two.log', [4]),
  );
  assert.equal(errorsText(cells()), 'errors only: 1,201 findings');
  assert.equal(errorsText([]), 'errors only: 0 findings');
});

suite('the words about a scan', () => {
  const summary: ScanSummary = {
    isComplete: true,
    findings: 1_234,
    listed: 1_234,
    unplaced: 0,
    files: 120,
    filesWithFindings: 5,
    bytes: 340_400_000,
    leftOut: 0,
    hasIgnored: false,
    unreadable: 0,
    partlyRead: 0,
    unreadableFiles: [],
  };
  const cases: readonly [string, Partial<ScanSummary>, string][] = [
    ['all is listed', {}, '1,234 findings in 5 of 120 files, 340 MB.'],
    ['some are ignored', { hasIgnored: true }, '1,234 findings in 5 of 120 files, 340 MB. Failures that your settings ignore are left out.'],
    ['one file', { findings: 1, listed: 1, files: 1, filesWithFindings: 1, bytes: 10 }, '1 finding in 1 file, 1 KB.'],
    ['nothing is found', { findings: 0, listed: 0, filesWithFindings: 0 }, 'No finding in 120 files, 340 MB.'],
    ['there is no log', { findings: 0, listed: 0, filesWithFindings: 0, files: 0, bytes: 0 }, 'No log was read.'],
    ['not all is listed', { findings: 90_000, listed: 20_000 }, '90,000 findings in 5 of 120 files, 340 MB. A sample of 20,000 lines is listed; every failure is in it.'],
    [
      'a failure is not listed at all',
      { findings: 90_000, listed: 20_000, unplaced: 3 },
      '90,000 findings in 5 of 120 files, 340 MB. A sample of 20,000 lines is listed; 3 findings of rare codes are only counted.',
    ],
    ['it was cancelled', { isComplete: false }, 'Cancelled before the end. 1,234 findings in 5 of 120 files, 340 MB.'],
    ['some could not be read', { unreadable: 2 }, '1,234 findings in 5 of 120 files, 340 MB. 2 files or folders could not be read.'],
    ['one was read in part', { partlyRead: 1 }, '1,234 findings in 5 of 120 files, 340 MB. 1 file could be read only in part.'],
    ['both', { unreadable: 1, partlyRead: 2 }, '1,234 findings in 5 of 120 files, 340 MB. 1 file or folder could not be read, 2 files only in part.'],
    ['some are no text', { leftOut: 3 }, '1,234 findings in 5 of 120 files, 340 MB. 3 files are no text.'],
    ['none is text', { findings: 0, listed: 0, filesWithFindings: 0, files: 0, bytes: 0, leftOut: 1 }, 'No log was read. 1 file is no text.'],
  ];
  for (const [when, part, text] of cases) test(`say it when ${when}`, () => assert.equal(summaryText({ ...summary, ...part }), text));

  test('name the files that could not be read, and count those that are not named', () => {
    assert.equal(unreadableNode(summary), undefined);
    const file = { name: 'a.log', folder: 'deep', reason: 'permission denied' };
    assert.deepEqual(unreadableNode({ ...summary, unreadable: 101, partlyRead: 1, unreadableFiles: [file, { ...file, isPartial: true }] }), {
      kind: 'unreadable',
      count: 102,
      text: '101 files or folders could not be read, 1 file only in part',
      files: [
        { kind: 'unreadableFile', ...file },
        { kind: 'unreadableFile', ...file, isPartial: true },
      ],
    });
  });
});
