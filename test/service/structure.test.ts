import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type CodeLens, SymbolKind } from 'vscode-languageserver-types';
import { commands } from '../../server/src/protocol/editor.ts';
import { getCodeLenses, getDocumentLinks, getDocumentSymbols, getFoldingRanges, getPage, getSummary, resolveCodeLens } from '../../server/src/service/index.ts';
import { completeLog } from '../support/marks.ts';
import { eventWith, modernClient, openLog, plainClient, untrusted } from '../support/openLog.ts';
import { projectKnowledgeBase, readProjectFile } from '../support/project.ts';

const twoEvents = `${eventWith(untrusted)}\n${eventWith('550 5.1.1 User unknown, see https://www.fabrikam.com/help?a=1.')}`;

suite('code lenses', () => {
  test('stand above each event: what it is, and the evidence', () => {
    const lenses = lensesOf(twoEvents);
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.command]),
      [
        [0, commands.openPage],
        [0, commands.insertRunbook],
        [8, commands.openPage],
        [8, commands.insertRunbook],
      ],
    );
    assert.match(lenses[0]?.command?.title ?? '', /^Event 2004: Certificate not trusted: /);
  });
  test('are not shown to a client that cannot run them', () => assert.deepEqual(getCodeLenses(openLog(twoEvents), plainClient), []));
  test('stand above a failing row: what failed, for whom, and the evidence', () => {
    const row = lensesOf(completeLog('smtp-send', '…,<,550 5.1.1 User unknown,'));
    const line = row[0]?.range.start.line ?? 0;
    assert.deepEqual(
      row.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [line, 'User unknown: 198.51.100.25'],
        [line, 'Insert evidence (read-only)'],
      ],
    );
  });
  test('say where there is no evidence to insert', () => {
    const row = lensesOf(completeLog('smtp-send', '…,<,554 5.4.0 xyz,'));
    assert.deepEqual(
      row.map(({ command }) => [command?.title.startsWith('Other or undefined network'), command?.command]),
      [
        [true, commands.openPage],
        [false, ''],
      ],
    );
    assert.equal(row[1]?.command?.title, 'only the code is known');
  });
  test('rows that fail one below the other share one, but for the first of another failure', () => {
    const rows = (count: number): string => '…,<,452 4.2.2 Mailbox full,\n'.repeat(count);
    const lines = lensesOf(completeLog('smtp-send', `${rows(8)}…,<,550 5.1.1 User unknown,\n${rows(3)}`))
      .filter((_, index) => index % 2 === 0)
      .map(({ range }) => range.start.line);
    const first = lines[0] ?? 0;
    assert.deepEqual(
      lines.map((line) => line - first),
      [0, 4, 8],
    );
  });
  test('of a dense CSV not every row has one', () => {
    const [header = '', ...rows] = readProjectFile('test/logs/event-viewer.csv').split(/\r?\n/);
    const row = rows.find((line) => line.includes(',2004,')) ?? '';
    const text = `${header}\n${`${row.replace(/"[^"]*$/, '')}"said 550 5.1.1 User unknown"\n`.repeat(40)}`;
    const lenses = getCodeLenses(openLog(text), modernClient);
    assert.ok(lenses.length > 0 && lenses.length <= 2 * (40 / 4 + 1), `${lenses.length} lenses`);
  });
  test('can be had for events alone, or not at all', () => {
    const log = openLog(`${twoEvents}\n\n${completeLog('smtp-send', '…,<,550 5.1.1 User unknown,')}`);
    assert.deepEqual(
      (['all', 'events', 'off'] as const).map((wanted) => getCodeLenses(log, modernClient, wanted).length),
      [6, 4, 0],
    );
  });
  test('one that nothing stands under any more says nothing', () => {
    const [lens] = getCodeLenses(openLog(twoEvents), modernClient);
    assert.ok(lens);
    assert.equal(resolveCodeLens(openLog('nothing'), lens).command, undefined);
    assert.equal(resolveCodeLens(openLog(`\n${twoEvents}`), lens).command, undefined);
  });
});

/** The lenses as they are seen. */
function lensesOf(text: string): CodeLens[] {
  const log = openLog(text);
  return getCodeLenses(log, modernClient).map((lens) => resolveCodeLens(log, lens));
}

suite('outline and folding', () => {
  const log = completeLog('smtp-send', '…,<,550 5.1.1 User unknown,').concat('\n', completeLog('smtp-send', '…,>,EHLO a,').split('\n').slice(-1)[0] ?? '');
  test('events hold their failures', () => {
    const symbols = getDocumentSymbols(openLog(twoEvents));
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]),
      [
        ['Event 2004', ['454 4.7.0']],
        ['Event 2004', ['550 5.1.1']],
      ],
    );
  });
  test('sessions hold their failures', () => {
    const [session] = getDocumentSymbols(openLog(log));
    assert.equal(session?.name, '198.51.100.25:25 - 550 5.1.1');
    assert.match(session?.detail ?? '', /^\d\d:\d\d:\d\d, Internet, 08DE000000000001$/);
    assert.equal(session?.children?.[0]?.name, '550 5.1.1');
  });
  test('sessions that interleave stand once each, by host and result, and do not fold', () => {
    const document = openLog(readProjectFile('samples/SEND2026011508-1.LOG'));
    const symbols = getDocumentSymbols(document);
    const ids = document.slice(0, document.length).match(/08DE[0-9A-F]{12}/g) ?? [];
    assert.deepEqual(symbols.map(({ detail }) => detail?.split(', ').at(-1)).sort(), [...new Set(ids)].sort());
    assert.deepEqual(
      symbols.slice(0, 2).map(({ name, kind, children }) => [name, kind, children?.map((child) => [child.name, child.kind])]),
      [
        ['mx1.fabrikam.com', SymbolKind.Event, []],
        ['mail.fabrikam.com - 550 5.1.1', SymbolKind.Event, [['550 5.1.1', SymbolKind.Key]]],
      ],
    );
    const folds = getFoldingRanges(document);
    for (const { startLine, endLine } of folds) {
      const rows = document.slice(document.offsetAt({ line: startLine, character: 0 }), document.offsetAt({ line: endLine, character: 0 }));
      assert.equal(new Set(rows.match(/08DE[0-9A-F]{12}/g)).size, 1);
    }
    assert.ok(folds.length > 0);
  });
  test('a failure outside of any block stands by itself', () => {
    const [symbol] = getDocumentSymbols(openLog('said "550 5.1.1 User unknown"'));
    assert.equal(symbol?.name, '550 5.1.1');
  });
  test('every child lies in its parent', () => {
    const inside = (symbol: ReturnType<typeof getDocumentSymbols>[number]): void => {
      for (const child of symbol.children ?? []) {
        assert.ok(child.range.start.line >= symbol.range.start.line && child.range.end.line <= symbol.range.end.line);
        inside(child);
      }
    };
    for (const symbol of getDocumentSymbols(openLog(twoEvents))) inside(symbol);
  });
  test('events and sessions of several lines fold', () => {
    assert.deepEqual(getFoldingRanges(openLog(twoEvents)), [
      { startLine: 0, endLine: 6 },
      { startLine: 8, endLine: 14 },
    ]);
    assert.deepEqual(getFoldingRanges(openLog(log)), [{ startLine: 5, endLine: 6 }]);
  });
});

suite('answers that an editor asks for by itself are bounded', () => {
  const row = (session: number, event: string, data: string, host = 25): string =>
    `2026-01-15T08:00:00.000Z,Internet,08DE${String(session).padStart(12, '0')},1,192.0.2.10:40001,203.0.113.${host}:25,${event},"${data}",`;
  const logOf = (count: number, rows: (index: number) => string): string => completeLog('smtp-send', Array.from({ length: count }, (_, index) => rows(index)).join('\n'));

  test('beyond 1,000 failures the outline has them by failure and destination, as the diagnostics do, and says so first', () => {
    const symbols = getDocumentSymbols(openLog(logOf(1_201, (index) => row(index, '<', index === 700 ? '550 5.1.1 User unknown' : '452 4.2.2 Mailbox full'))));
    assert.deepEqual(
      symbols.map(({ name, detail }) => [name, detail]),
      [
        ['1,201 failures, grouped', '1,201 failures were found, more than an editor shows. They are grouped by failure and destination: 2 groups.'],
        ['452 4.2.2', "Mailbox full: the recipient's mailbox is over its quota, 1,200 times, to 203.0.113.25"],
        ['550 5.1.1', "User unknown: the recipient's address does not exist, to 203.0.113.25"],
      ],
    );
    assert.deepEqual(symbols[2]?.range.start.line, 705);
  });
  test('no outline has more than 2,000 entries, and it says how many groups it leaves out', () => {
    const symbols = getDocumentSymbols(openLog(logOf(3_000, (index) => row(index, '<', `456 4.9.${720 + Math.floor(index / 250)} no`, index % 250))));
    assert.equal(symbols.length, 2_000);
    assert.match(symbols[0]?.detail ?? '', /The 1,001 rarest groups are left out/);
  });
  test('of many sessions the outline has those with failures, and says how many it leaves out', () => {
    const symbols = getDocumentSymbols(openLog(logOf(2_500, (index) => row(index, '<', index % 1_000 === 3 ? '550 5.1.1 User unknown' : '250 2.1.5 OK'))));
    assert.deepEqual(
      symbols.map(({ name, detail }, index) => (index === 0 ? name : detail?.split(', ').at(-1))),
      ['2,497 sessions and events without a failure are left out', ...[3, 1_003, 2_003].map((session) => `08DE${String(session).padStart(12, '0')}`)],
    );
  });
  test('no more is folded than an editor folds: the longest', () => {
    const log = openLog(logOf(10_300, (index) => row(index < 10_295 ? Math.floor(index / 2) : 9_999, '<', '250 2.1.5 OK')));
    const folds = getFoldingRanges(log);
    assert.equal(folds.length, 5_000);
    assert.equal((folds.at(-1)?.endLine ?? 0) - (folds.at(-1)?.startLine ?? 0), 4);
  });
  test('of many events the gravest and rarest have their lenses', () => {
    const many = `${eventWith('452 4.2.2 Mailbox full')}\n\n`.repeat(600);
    const lenses = lensesOf(`${many}${eventWith(untrusted)}\n\n${many}`);
    assert.ok(lenses.length <= 1_000, `${lenses.length} lenses`);
    assert.equal(lenses.filter(({ command }) => /^Event 2004: Certificate not trusted: /.test(command?.title ?? '')).length, 1);
    const lines = lenses.map(({ range }) => range.start.line);
    assert.deepEqual(
      lines,
      lines.toSorted((one, other) => one - other),
    );
  });
  test('of too many failing rows the first and the newest have lenses', () => {
    const rows = logOf(6_000, (index) => row(index, '<', '550 5.1.1 User unknown'));
    const lines = getCodeLenses(openLog(rows), modernClient).map(({ range }) => range.start.line);
    assert.equal(lines.length, 1_000);
    assert.ok((lines[0] ?? 99) < 9 && (lines[2] ?? 0) > 3_900 && (lines.at(-1) ?? 0) > 5_990, `${lines.slice(0, 4)} … ${lines.at(-1)}`);
  });
});

suite('document links', () => {
  test('are the https addresses of responses, without the full stop that follows', () => {
    assert.deepEqual(
      getDocumentLinks(openLog(twoEvents)).map(({ target }) => target),
      ['https://www.fabrikam.com/help?a=1'],
    );
  });
  test('no other scheme is a link, and no address outside of a response', () => {
    const log = `https://www.contoso.com/\n"550 5.1.1 see http://a.fabrikam.com file:///etc/passwd command:x javascript:y vscode://z https:///"`;
    assert.deepEqual(getDocumentLinks(openLog(log)), []);
  });
});

suite('summary and pages', () => {
  test('counts by severity and names the most frequent', () => {
    const summary = getSummary(openLog(completeLog('smtp-send', '…,<,452 4.2.2 Mailbox full,\n…,<,452 4.2.2 Mailbox full,\n…,<,550 5.7.1 Unable to relay,')).findings);
    assert.deepEqual(summary, { findings: 3, errors: 1, warnings: 2, information: 0, leftOut: 0, mostFrequent: { name: 'Mailbox full', count: 2 } });
    assert.deepEqual(getSummary(), { findings: 0, errors: 0, warnings: 0, information: 0, leftOut: 0 });
  });
  const knowledge = projectKnowledgeBase();
  for (const [query, expected] of [
    ['tls-untrusted-root', /^# Certificate not trusted: /],
    ['TLS-Untrusted-Root', /^# Certificate not trusted: /],
    ['5.7.29', /ARC validation failure \(RFC 8617\)/],
    ['454 4.7.0', /tls-untrusted-root/],
    ['454-4.7.0', /tls-untrusted-root/],
    ['554', /Transaction failed/],
    ['event 2004', /A message was not delivered/],
    ['MSExchangeTransport 2004', /A message was not delivered/],
  ] as const) {
    test(`there is a page about ${query}`, () => assert.match(getPage(query, knowledge) ?? '', expected));
  }
  for (const query of ['', 'nonsense', '9.9.9', 'event 99999', '123', '../../etc/passwd', '__proto__']) {
    test(`nothing is known about "${query}"`, () => assert.equal(getPage(query, knowledge), undefined));
  }
  test('a page shows no test material', () => assert.doesNotMatch(getPage('tls-untrusted-root', knowledge) ?? '', /## Samples|## Near misses|«/));
});
