import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver-types';
import { answerMarkdown } from '../../server/src/explain/answer.ts';
import { plainText } from '../../server/src/explain/markdown.ts';
import type { Failure, Finding } from '../../server/src/failures.ts';
import { type ClientFeatures, getDiagnostics, getHover } from '../../server/src/service/index.ts';
import { completeLog } from '../support/marks.ts';
import { eventWith, modernClient, openLog, plainClient, untrusted } from '../support/openLog.ts';
import { projectKnowledgeBase } from '../support/project.ts';

function hoverOn(text: string, what: string, client: ClientFeatures = modernClient, timeZone = ''): Hover | undefined {
  const at = text.indexOf(what);
  assert.ok(at >= 0, `"${what}" is not in the text`);
  const line = text.slice(0, at).split('\n').length - 1;
  const character = at - (text.lastIndexOf('\n', at - 1) + 1);
  return getHover(openLog(text, { timeZone }), { line, character }, client);
}
const textOf = (hover: Hover | undefined): string => (hover?.contents as MarkupContent | undefined)?.value ?? '';

/** A finding with nothing but its failure. */
function findingOf(failure: Failure): Finding {
  const span = { start: 0, end: 1 };
  const { category, title, severity } = failure;
  return { record: { format: 'text', what: 'failed', span, mark: span, places: [span], captures: {} }, failure, basis: 'text', category, title, severity };
}

suite('hover', () => {
  const log = eventWith(untrusted);
  test('tells whether it passes, who must act, whom it is about, what to do and what to check, in this order', () => {
    const text = textOf(hoverOn(log, '454'));
    const parts = [
      "**`MSExchangeTransport 2004`: Certificate not trusted: the receiving server does not accept this server's TLS certificate**",
      untrusted.slice(0, 60),
      '**Transient**',
      '**Who must act:**',
      '`Outbound to Office 365`',
      '(time zone not stated)',
      '[Insert evidence](command:',
      '[Insert runbook](command:',
      '[Page](command:',
      '[All occurrences](command:',
      'TLS started',
      '**Check first:**',
    ];
    let last = -1;
    for (const part of parts) {
      const at = text.indexOf(part);
      assert.ok(at > last, `${part} in this order in:\n${text}`);
      last = at;
    }
  });
  test('names the first question of the evidence, wherever in the script it stands', () => {
    const [failure] = projectKnowledgeBase().failures;
    assert.ok(failure);
    const evidence = {
      heading: 'Evidence (read-only)',
      script: "if (Get-Command -Name 'Get-Queue') {\n    # Which messages wait? They are many.\n    Get-Queue\n}\n# Who sends?\nGet-X",
    };
    const asked = { ...failure, runbook: { ...failure.runbook, evidence } };
    assert.match(answerMarkdown(findingOf(asked), asked, undefined, ''), /\*\*Check first:\*\* Which messages wait\?/);
  });
  test('says nothing twice where a diagnostic stands above it, but begins with the event on its own line', () => {
    const document = openLog(log);
    getDiagnostics(document, modernClient);
    const at = (what: string): string => textOf(getHover(document, document.range({ start: log.indexOf(what), end: 0 }).start, modernClient));
    assert.match(at('454'), /^\*\*Transient\*\*/);
    assert.match(at('Event ID'), /^\*\*`MSExchangeTransport 2004`: Certificate not trusted/);
    assert.match(at('UntrustedRoot'), /^\*\*`MSExchangeTransport 2004`/, 'beside the range of the diagnostic nothing stands above');
  });
  test('tells how often, since when, and whether it goes on', () => {
    const rows = ['08:00:00', '08:10:00', '09:44:03'].map((time) => `2026-01-15T${time}.000Z,Internet,08DE540000000A01,4,,198.51.100.25:25,<,452 4.2.2 Mailbox full,`);
    const header = '#Log-type: SMTP Send Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
    const open = `${header}${rows.join('\n')}\n`;
    assert.match(textOf(hoverOn(open, '452')), /\*\*3 times\*\* in this file, from `08:00:00` to `09:44:03`, the last one near its end\./);
    const over = `${open}${rows[0]?.replace('452 4.2.2 Mailbox full', '250 2.1.5 OK')}\n`.padEnd(open.length + 40_000, 'x,');
    assert.match(textOf(hoverOn(over, '452')), /\*\*3 times\*\* in this file, from [^.]*`\./);
    const nextDay = open.replace('2026-01-15T09', '2026-01-16T09');
    assert.match(textOf(hoverOn(nextDay, '452')), /from `2026-01-15 08:00:00 UTC` to `2026-01-16 09:44:03 UTC`, the last/);
    assert.doesNotMatch(textOf(hoverOn(`${header}${rows[0]}\n`, '452')), /times/);
  });
  test('has room for an answer: no document makes it long', () => {
    for (const failure of projectKnowledgeBase().failures) {
      const told = answerMarkdown({ ...findingOf(failure), permanence: 'permanent' }, failure, undefined, '');
      assert.ok(plainText(told).length <= 620, `${failure.id}: ${plainText(told).length} characters\n${told}`);
    }
  });
  test('fits in what a hover shows: what repeats leaves its explanation less room', () => {
    const captures = { recipient: 'j.doe@fabrikam.com', sender: 'carla@contoso.com', remoteHost: 'mail.fabrikam.com', remoteAddress: '203.0.113.40' };
    const linesOf = (failure: Failure): number => {
      const finding = { ...findingOf(failure), permanence: 'permanent' as const };
      const record = { ...finding.record, captures, time: '2026-01-15T08:02:11.000Z' };
      const told = answerMarkdown(
        { ...finding, record },
        failure,
        { count: 12, first: record, last: { ...record, time: '2026-01-15T09:44:03.000Z' }, isAtEnd: true },
        'Insert evidence',
      );
      const lines = plainText(told)
        .split('\n')
        .filter((line) => line !== '');
      return lines.reduce((sum, line) => sum + Math.ceil(line.length / 104), 0);
    };
    const counts = projectKnowledgeBase().failures.map((failure) => [linesOf(failure), failure.id] as const);
    assert.deepEqual(
      counts.filter(([lines]) => lines > 9),
      [],
    );
  });
  test('gives a local time its place in UTC where the zone is said, and says what leaves it open', () => {
    const timed = (date: string, rest = ''): string => textOf(hoverOn(log.replace('1/15/2026 9:15:42 AM', date) + rest, '454', modernClient, 'Europe/Berlin'));
    assert.match(timed('1/15/2026 9:15:42 AM'), /`2026-01-15T08:15:42\.000Z` \(UTC; written `1\/15\/2026 9:15:42 AM`, in the time zone of the settings\)/);
    assert.match(timed('3/4/2026 9:15:42 AM'), /`3\/4\/2026 9:15:42 AM` \(as written; the day cannot be told from the month\)/);
    assert.match(timed('3/4/2026 9:15:42 AM', `\n${log}`), /`2026-03-04T08:15:42\.000Z` .*which is the day is taken from the other times in this file\)/);
    assert.match(timed('29.03.2026 02:30:00'), /as written; the clocks were put forward/);
    assert.match(timed('25.10.2026 02:30:00'), /as written; the clocks were put back/);
  });
  test('says where the columns were guessed', () => {
    const row = '2026-01-15T08:00:00.000Z,Internet,08DE540000000A01,4,,198.51.100.25:25,<,550 5.1.1 User unknown,';
    const header = '#Log-type: SMTP Send Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
    assert.match(textOf(hoverOn(row, '550')), /The columns were guessed: the header is missing\./);
    assert.doesNotMatch(textOf(hoverOn(header + row, '550')), /guessed/);
  });
  test('is there on the code, on the response, and on the line with the event id', () => {
    for (const place of ['4.7.0', 'UntrustedRoot', 'Event ID', '2004']) assert.match(textOf(hoverOn(log, place)), /TLS certificate/, place);
  });
  test('is nowhere else', () => {
    for (const place of ['Log Name', 'Computer', 'Send connector', 'message ID']) assert.equal(hoverOn(log, place), undefined, place);
  });
  test('lies around the place that was pointed at', () => {
    const hover = hoverOn(log, 'UntrustedRoot');
    assert.deepEqual(hover?.range?.start, { line: 6, character: log.split('\n')[6]?.indexOf('454') });
  });
  test('is plain text for a client that reads no Markdown', () => {
    const hover = hoverOn(log, '454', plainClient);
    assert.equal((hover?.contents as MarkupContent | undefined)?.kind, 'plaintext');
    assert.doesNotMatch(textOf(hover), /\*\*|`|command:|\]\(/);
    assert.match(textOf(hover), /https:\/\/learn\.microsoft\.com\//);
  });
  test('says honestly that only the registry knows a code', () => {
    const text = textOf(hoverOn('said "550 5.7.29 no"', '550'));
    assert.match(text, /ARC validation failure/);
    assert.match(text, /Nothing more is known about this text/);
  });
  test("shows a stranger's words as words: no link, no command, no HTML", () => {
    const hostile = '454 4.7.0 ](command:workbench.action.quit) <img src=x> `x` ![a](https://evil.example) [b](command:mailflowLens.insertRunbook) \u202E';
    const text = textOf(hoverOn(eventWith(hostile, '](command:evil) <b>'), '454'));
    const outside = text.replace(/(`+)[\s\S]*?\1/g, '');
    assert.doesNotMatch(outside, /evil|<img|<b>|quit/);
    assert.doesNotMatch(text, /\u202E/);
  });
  test('names the column by the header above the row, however many stand in the log', () => {
    const columns = (names: string): string => `#Fields: date-time,${names},sequence-number,local-endpoint,remote-endpoint,event,data,context\n`;
    const rows = '2026-01-15T08:00:00.000Z,one,two,7,192.0.2.10:40001,198.51.100.25:25,<,550 5.1.1 User unknown,\n'.repeat(5_000);
    const log = `#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n${columns('connector-id,session-id')}${rows}${columns('session-id,connector-id')}${rows}`;
    const document = openLog(log);
    const columnAt = (offset: number): string | undefined => document.cellAt(offset)?.column;
    const changed = log.lastIndexOf('#Fields');
    assert.deepEqual([log.indexOf('one'), log.lastIndexOf('one', changed), log.indexOf('one', changed), log.lastIndexOf('one')].map(columnAt), [
      'connector-id',
      'connector-id',
      'session-id',
      'session-id',
    ]);
  });
  test('names the column of a cell and what it holds', () => {
    const log = completeLog('smtp-send', '…,<,550 5.1.1 User unknown,');
    assert.match(textOf(hoverOn(log, '198.51.100.25')), /^\*\*remote-endpoint\*\*: the other side's address and port\.$/);
    assert.equal(hoverOn(log, '#Software'), undefined);
  });
  test('tells on a session id what has failed in the session', () => {
    const log = completeLog('smtp-send', '…,<,550 5.1.1 User unknown,\n…,<,250 2.1.5 OK,');
    assert.match(textOf(hoverOn(log, '08DE000000000001')), /In this session failed:\n\n- `550 5\.1\.1` User unknown/);
    assert.match(textOf(hoverOn(log, '08DE000000000002')), /Nothing failed in this session, as far as this file shows/);
  });
});
