/** What an editor lists of a scan, and what it only counts. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createListing, type ScanListing } from '../../server/src/editor/scanListing.ts';
import { scanLimits } from '../../server/src/protocol/scan.ts';
import type { Captures } from '../../server/src/values.ts';
import { failure, located } from '../support/findings.ts';

const listing = (): ScanListing =>
  createListing(
    (file) => ({ uri: `file:///${file}`, name: file, folder: '' }),
    (id) => (id === 'tls' ? 'Untrusted' : undefined),
  );
const add = (to: ScanListing, file: string, id: string, times = 1, captures: Captures = {}): void => {
  const finding = located({ captures }, { ...failure, id }, file);
  for (let time = 0; time < times; time += 1) to.add(finding);
};
const listed = (of: ScanListing): Record<string, [number, number]> =>
  Object.fromEntries(of.take().map((part) => [`${part.name} ${part.failure.id}`, [part.count, part.listed.length]]));

suite('the list of a scan', () => {
  test('holds all findings of a few', () => {
    const list = listing();
    add(list, 'a.log', 'tls', 2);
    add(list, 'a.log', 'full');
    add(list, 'b.log', 'tls');
    assert.deepEqual(listed(list), { 'a.log tls': [2, 2], 'a.log full': [1, 1], 'b.log tls': [1, 1] });
    assert.deepEqual(list.totals(), { findings: 4, listed: 4, unplaced: 0, filesWithFindings: 2 });
  });

  test('is given once', () => {
    const list = listing();
    add(list, 'a.log', 'tls');
    assert.equal(list.waiting(), 1);
    listed(list);
    assert.equal(list.waiting(), 0);
    assert.deepEqual(listed(list), {});
    add(list, 'a.log', 'tls', 3);
    assert.deepEqual(listed(list), { 'a.log tls': [3, 3] });
  });

  test('keeps its limits whatever comes, and counts what it leaves out', () => {
    const list = listing();
    for (let file = 0; file < 40; file += 1) for (let id = 0; id < 300; id += 1) add(list, `${file}.log`, `failure-${id}`, 10);
    const { findings, listed: total } = list.totals();
    assert.equal(findings, 40 * 3_000);
    assert.ok(total <= scanLimits.all, `${total} are listed`);
    const ofFile = new Map<string, number>();
    for (const part of list.take()) ofFile.set(part.name, (ofFile.get(part.name) ?? 0) + part.listed.length);
    assert.ok([...ofFile.values()].every((count) => count <= scanLimits.file));
    assert.ok(total >= scanLimits.all * 0.9, `only ${total} are listed`);
  });

  test('has room for a rare failure behind a frequent one, in its file and altogether', () => {
    const list = listing();
    for (let file = 0; file < 40; file += 1) add(list, `${file}.log`, 'frequent', 5_000);
    add(list, '39.log', 'rare');
    add(list, 'last.log', 'frequent', 5);
    add(list, 'last.log', 'rare');
    const parts = listed(list);
    assert.deepEqual(
      [parts['39.log rare'], parts['last.log rare'], parts['last.log frequent']],
      [
        [1, 1],
        [1, 1],
        [5, 0],
      ],
    );
    assert.equal(list.totals().findings, 200_007);
  });

  test('names what only a registry knows by its code, and an event as its page is asked for', () => {
    const list = listing();
    list.add(located({}, null));
    list.add({ ...located({}, null), enhancedCode: null, replyCode: null, response: null, event: { source: 'MSExchangeTransport', id: 2004 } });
    assert.deepEqual(
      list.take().map(({ failure: { id, title }, listed: [first] }) => [id, title, first?.text]),
      [
        ['4.7.0', `${failure.title} (4.7.0)`, '454 4.7.0 Failed'],
        ['event 2004', `${failure.title} (event 2004)`, 'Event 2004 of MSExchangeTransport'],
      ],
    );
  });

  test('tells destinations apart, however many there are, and counts those that have no line under none', () => {
    const list = listing();
    const domain = (number: number): Captures => ({ recipientDomain: `${number}.fabrikam.com` });
    for (let number = 0; number < 3_000; number += 1) add(list, 'a.log', 'unknown', 1, domain(number));
    add(list, 'a.log', 'tls');
    const parts = list.take();
    const unlisted = parts.filter(({ destination }) => destination === null);
    assert.deepEqual(
      unlisted.map(({ failure: { id }, count }) => [id, count]),
      [['unknown', 3_000 - parts.filter(({ destination }) => destination?.endsWith('.com')).length]],
    );
    assert.ok(parts.every(({ destination, count, listed: lines }) => destination === null || count === lines.length));
    assert.deepEqual(
      parts.filter(({ failure: { id } }) => id === 'tls').map(({ destination, failure: { short } }) => [destination, short]),
      [['', 'Untrusted']],
    );
  });

  test('says when each failure was seen first and last, whatever the order', () => {
    const list = listing();
    for (const time of ['2026-01-15T09:00:00.000Z', '2026-01-15T08:00:00.000Z', '2026-01-15T10:00:00.000Z']) list.add(located({ time }));
    for (const localTime of ['15.01.2026 09:00', '14.01.2026 08:00']) list.add(located({ localTime }, { ...failure, id: 'full' }));
    assert.deepEqual(
      list.take().map(({ seen }) => seen),
      [
        { first: '2026-01-15T08:00:00.000Z', last: '2026-01-15T10:00:00.000Z' },
        { firstLocal: '15.01.2026 09:00', lastLocal: '14.01.2026 08:00' },
      ],
    );
  });

  test('has with each line what its runbook takes, as the quick fix has it, and none where there is no document', () => {
    const list = listing();
    const captures = { sendConnector: "O'Brien\u202e", remoteHost: 'mx1.contoso.com' };
    list.add({ ...located({ captures, time: '2026-01-15T09:00:00.000Z' }), part: 'some part' });
    list.add(located({}, null));
    const [first, second] = list.take().flatMap(({ listed: lines }) => lines);
    assert.deepEqual(first?.runbook, {
      failure: failure.id,
      captures,
      situation: 'some part',
      evidence: 'SEND.LOG line 1, 2026-01-15T09:00:00.000Z: 454 4.7.0 Failed'.replace('SEND.LOG', 'logs/SEND.LOG'),
    });
    assert.deepEqual([first?.host, first?.connector, first?.code, first?.time], ['mx1.contoso.com', "O'Brien\\u202e", '454 4.7.0', '2026-01-15T09:00:00.000Z']);
    assert.equal(second?.runbook, undefined);
  });
});
