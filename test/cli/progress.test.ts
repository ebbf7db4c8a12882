/** The line of progress, with a clock of the test's own. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Progress } from '../../server/src/cli/progress.ts';

/** What a terminal shows after all that was written to it: the line that the cursor is in. */
const shownOf = (written: string): string => written.split('\r\u001b[K').at(-1) ?? '';

function start(stream: { readonly isTTY?: boolean; readonly columns?: number } = { isTTY: true, columns: 60 }) {
  const log = { written: '', now: 0 };
  const write = (text: string): void => {
    log.written += text;
  };
  return { log, progress: new Progress({ ...stream, write }, () => log.now) };
}

test('a short scan shows none', () => {
  const { log, progress } = start();
  for (log.now = 0; log.now < 300; log.now += 10) progress.show('a.log', 1, 5_000_000);
  assert.equal(log.written, '');
});

test('a line stays a little, and the next one takes its place', () => {
  const { log, progress } = start();
  const shown = new Set<string>();
  for (log.now = 300; log.now < 1_300; log.now += 10) {
    progress.show('a.log', log.now, 0);
    shown.add(shownOf(log.written));
  }
  assert.equal(shown.size, 10);
  assert.ok([...shown].every((line) => /^\d+ found so far; reading a\.log$/.test(line)));
});

test('nothing is left of it when it is cleared, and nothing is cleared twice', () => {
  const { log, progress } = start();
  log.now = 1_000;
  progress.show('a.log', 1, 5_000_000);
  assert.equal(shownOf(log.written), '1 found so far, 5 MB, 5 MB/s; reading a.log');
  progress.clear();
  assert.equal(shownOf(log.written), '');
  const { written } = log;
  progress.clear();
  assert.equal(log.written, written);
});

test('it takes one line, whatever the file is called', () => {
  const { log, progress } = start();
  log.now = 1_000;
  progress.show(`\u001b[2J${'x'.repeat(500)}\n`, 1, 0);
  assert.match(log.written, /^1 found so far; reading \\u001b\[2Jx+$/);
  assert.equal(log.written.length, 59);
});

test('what is no terminal shows none', () => {
  const { log, progress } = start({});
  log.now = 1_000;
  progress.show('a.log', 1, 0);
  assert.equal(log.written, '');
});
