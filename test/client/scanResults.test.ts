/** What the view of a scan shows, before VS Code draws it: failures, their files, the counts and the words about them. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { countText, createScanResults, type FailureNode, listedOf, summaryText, unreadableNode } from '../../client/src/scanResults.ts';
import type { Occurrence, ScannedFailure, ScannedFile, ScanSummary } from '../../server/src/protocol.ts';

const failure = (id: string, severity: ScannedFailure['severity'] = 'error'): ScannedFailure => ({ id, title: `About ${id}`, severity });
const occurrence = (line: number): Occurrence => ({ start: { line, character: 0 }, end: { line, character: 9 }, text: `line ${line}` });
const found = (of: ScannedFailure, name: string, lines: readonly number[], count = lines.length): ScannedFile => ({
  failure: of,
  uri: `file:///logs/${name}`,
  name,
  folder: '',
  count,
  listed: lines.map(occurrence),
});
const shape = (nodes: readonly FailureNode[]): unknown =>
  nodes.map(({ id, count, files }) => [id, count, [...files.values()].map((file) => [file.name, file.count, file.occurrences.map(({ start }) => start.line)])]);

suite('the results of a scan', () => {
  test('are failures, each with its files in the order of reading, each with its places', () => {
    const results = createScanResults();
    results.add([found(failure('tls'), 'a.log', [1]), found(failure('full'), 'a.log', [2, 3])]);
    results.add([found(failure('tls'), 'a.log', [4]), found(failure('tls'), 'b.log', [1])]);
    assert.deepEqual(shape(results.failures()), [
      [
        'tls',
        3,
        [
          ['a.log', 2, [1, 4]],
          ['b.log', 1, [1]],
        ],
      ],
      ['full', 2, [['a.log', 2, [2, 3]]]],
    ]);
  });

  test('have the worst first, and among equals the most frequent', () => {
    const results = createScanResults();
    results.add([found(failure('note', 'information'), 'a.log', [1]), found(failure('often', 'warning'), 'a.log', [1, 2, 3])]);
    results.add([found(failure('b'), 'a.log', [1]), found(failure('a'), 'a.log', [1]), found(failure('c'), 'a.log', [1, 2])]);
    assert.deepEqual(
      results.failures().map(({ id }) => id),
      ['c', 'a', 'b', 'often', 'note'],
    );
  });

  test('count what is not listed, in its file where that has a place in the tree', () => {
    const results = createScanResults();
    results.add([found(failure('tls'), 'a.log', [1], 500), found(failure('tls'), 'a.log', [], 70), found(failure('tls'), 'b.log', [], 30)]);
    const [node] = results.failures();
    assert.deepEqual(shape(results.failures()), [['tls', 600, [['a.log', 570, [1]]]]]);
    assert.equal(node && countText(node.count, listedOf(node)), '600 findings, 1 listed');
  });

  test('are the same however the parts of a file come', () => {
    const whole = createScanResults();
    whole.add([found(failure('tls'), 'a.log', [1, 2, 3])]);
    const parts = createScanResults();
    for (const line of [1, 2, 3]) parts.add([found(failure('tls'), 'a.log', [line])]);
    assert.deepEqual(shape(parts.failures()), shape(whole.failures()));
  });
});

suite('the words about a scan', () => {
  const summary: ScanSummary = {
    isComplete: true,
    findings: 1_234,
    listed: 1_234,
    files: 120,
    filesWithFindings: 5,
    bytes: 340_400_000,
    leftOut: 0,
    unreadable: 0,
    partlyRead: 0,
    unreadableFiles: [],
  };
  const cases: readonly [string, Partial<ScanSummary>, string][] = [
    ['all is listed', {}, '1,234 findings in 5 of 120 files, 340 MB.'],
    ['one file', { findings: 1, listed: 1, files: 1, filesWithFindings: 1, bytes: 10 }, '1 finding in 1 file, 1 KB.'],
    ['nothing is found', { findings: 0, listed: 0, filesWithFindings: 0 }, 'No finding in 120 files, 340 MB.'],
    ['there is no log', { findings: 0, listed: 0, filesWithFindings: 0, files: 0, bytes: 0 }, 'No log was read.'],
    [
      'not all is listed',
      { findings: 90_000, listed: 20_000 },
      '90,000 findings in 5 of 120 files, 340 MB. All are counted, 20,000 are listed: at most 1,000 of a file and 20,000 altogether.',
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
