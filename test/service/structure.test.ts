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
    assert.match(lenses[0]?.command?.title ?? '', /^Event 2004: The receiving server/);
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
    assert.deepEqual(summary, { findings: 3, errors: 1, warnings: 2, information: 0, mostFrequent: "The recipient's mailbox is full" });
    assert.deepEqual(getSummary([]), { findings: 0, errors: 0, warnings: 0, information: 0 });
  });
  const knowledge = projectKnowledgeBase();
  for (const [query, expected] of [
    ['tls-untrusted-root', /^# The receiving server does not trust/],
    ['TLS-Untrusted-Root', /^# The receiving server/],
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
