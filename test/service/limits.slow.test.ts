/** What an editor asks for by itself, and what it is told at once, has a bound: each is tried at its bound. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { MarkupContent } from 'vscode-languageserver-types';
import { getCodeActions, getCodeLenses, getDocumentLinks, getDocumentSymbols, getFoldingRanges, getHover } from '../../server/src/service/index.ts';
import { completeLog } from '../support/marks.ts';
import { eventWith, modernClient, openLog, untrusted } from '../support/openLog.ts';

const row = (session: number, data: string): string => `2026-01-15T08:00:00.000Z,Internet,08DE${String(session).padStart(12, '0')},1,192.0.2.10:40001,203.0.113.25:25,<,"${data}",`;
const logOf = (count: number, rows: (index: number) => string): string => completeLog('smtp-send', Array.from({ length: count }, (_, index) => rows(index)).join('\n'));

suite('what an editor asks for by itself', () => {
  test('a log that is twice as long is answered no longer', () => {
    const sizes = [10_200, 20_400].map((count) => {
      const log = openLog(`${logOf(count, (index) => row(Math.floor(index / 2), '550 5.1.1 see https://www.fabrikam.com/'))}\n${`${eventWith(untrusted)}\n\n`.repeat(count / 10)}`);
      return [getDocumentSymbols(log), getFoldingRanges(log), getCodeLenses(log, modernClient), getDocumentLinks(log)].map((answer) => answer.length);
    });
    assert.deepEqual(sizes[1], sizes[0]);
  });
  test('is 1,000 lenses, two for each event', () => {
    const lenses = (count: number): number => getCodeLenses(openLog(`${eventWith(untrusted)}\n\n`.repeat(count)), modernClient).length;
    assert.deepEqual([499, 500, 501].map(lenses), [998, 1_000, 1_000]);
  });
  test('is 1,000 links', () => {
    const links = (count: number): number => getDocumentLinks(openLog(logOf(count, (index) => row(index, '550 5.1.1 see https://www.fabrikam.com/')))).length;
    assert.deepEqual([999, 1_000, 1_001].map(links), [999, 1_000, 1_000]);
  });
});

suite('what is told at once', () => {
  test('of a session are its first five failures, and how many more there are', () => {
    const told = (count: number): string => {
      const text = logOf(count, () => row(7, '550 5.1.1 User unknown'));
      const log = openLog(text);
      const hover = getHover(log, log.range({ start: text.lastIndexOf('08DE'), end: text.length }).start, modernClient);
      return (hover as { contents: MarkupContent }).contents.value;
    };
    assert.deepEqual(
      [5, 6].map((count) => told(count).match(/^- /gm)?.length),
      [5, 6],
    );
    assert.match(told(6), /^- and 1 more$/m);
    assert.doesNotMatch(told(5), /more$/m);
  });
  test('of a selection are the actions of its first 20 failures', () => {
    const text = logOf(30, (index) => row(index, `550 5.7.${300 + index} Refused`));
    const log = openLog(text);
    const actions = getCodeActions(log, log.range({ start: 0, end: text.length }), undefined, modernClient, undefined);
    assert.equal(actions.filter(({ title }) => title.startsWith('Open the page about')).length, 20);
  });
  test('of a document of more than 50 MB is that it is too large', () => {
    const limit = 50 * 1024 * 1024;
    assert.deepEqual(
      [limit, limit + 1].map((length) => openLog('x'.repeat(length)).isTooLarge),
      [false, true],
    );
  });
});
