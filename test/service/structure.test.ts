import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { commands } from '../../server/src/protocol.ts';
import { getCodeLenses, getDocumentLinks, getDocumentSymbols, getFoldingRanges, getPage, getSummary } from '../../server/src/service/index.ts';
import { completeLog } from '../support/marks.ts';
import { eventWith, modernClient, openLog, plainClient, untrusted } from '../support/openLog.ts';
import { projectKnowledgeBase } from '../support/project.ts';

const twoEvents = `${eventWith(untrusted)}\n${eventWith('550 5.1.1 User unknown, see https://www.fabrikam.com/help?a=1.')}`;

suite('code lenses', () => {
  test('stand above each event: what it is, and the evidence', () => {
    const lenses = getCodeLenses(openLog(twoEvents), modernClient);
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
  test('stand above no session', () => assert.deepEqual(getCodeLenses(openLog(completeLog('smtp-send', '…,<,550 5.1.1 User unknown,')), modernClient), []));
});

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
    assert.equal(session?.name, 'Session 08DE000000000001');
    assert.equal(session?.detail, 'Internet, 198.51.100.25:25');
    assert.equal(session?.children?.[0]?.name, '550 5.1.1');
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
      symbols.map(({ name }) => name),
      ['2,497 sessions and events without a failure are left out', ...[3, 1_003, 2_003].map((session) => `Session 08DE${String(session).padStart(12, '0')}`)],
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
    const lenses = getCodeLenses(openLog(`${many}${eventWith(untrusted)}\n\n${many}`), modernClient);
    assert.ok(lenses.length <= 1_000, `${lenses.length} lenses`);
    assert.equal(lenses.filter(({ command }) => /^Event 2004: Certificate not trusted: /.test(command?.title ?? '')).length, 1);
    const lines = lenses.map(({ range }) => range.start.line);
    assert.deepEqual(
      lines,
      lines.toSorted((one, other) => one - other),
    );
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
    assert.deepEqual(summary, { findings: 3, errors: 1, warnings: 2, information: 0, mostFrequent: "Mailbox full: the recipient's mailbox is over its quota" });
    assert.deepEqual(getSummary(), { findings: 0, errors: 0, warnings: 0, information: 0 });
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
