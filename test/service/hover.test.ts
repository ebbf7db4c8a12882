import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver-types';
import { type ClientFeatures, getHover } from '../../server/src/service/index.ts';
import { completeLog } from '../support/marks.ts';
import { eventWith, modernClient, openLog, plainClient, untrusted } from '../support/openLog.ts';

function hoverOn(text: string, what: string, client: ClientFeatures = modernClient, timeZone = ''): Hover | undefined {
  const at = text.indexOf(what);
  assert.ok(at >= 0, `"${what}" is not in the text`);
  const line = text.slice(0, at).split('\n').length - 1;
  const character = at - (text.lastIndexOf('\n', at - 1) + 1);
  return getHover(openLog(text, { timeZone }), { line, character }, client);
}
const textOf = (hover: Hover | undefined): string => (hover?.contents as MarkupContent | undefined)?.value ?? '';

suite('hover', () => {
  const log = eventWith(untrusted);
  test('tells what happened, whether it passes, causes, who must act, the captured values, the page', () => {
    const text = textOf(hoverOn(log, '454'));
    const parts = [
      "**Certificate not trusted: the receiving server does not accept this server's TLS certificate**",
      'Transient:',
      '**Likely causes.**',
      '**Who must act.**',
      'Recognised by the text',
      '**From the log**',
      '`Outbound to Office 365`',
      'does not state the time zone',
      '[Open the page](command:',
    ];
    let last = -1;
    for (const part of parts) {
      const at = text.indexOf(part);
      assert.ok(at > last, `${part} in this order in:\n${text}`);
      last = at;
    }
    assert.match(text, /\n\n\*\*Likely causes\.\*\*\n\n1\. .+\n2\. /, 'a list begins a block of its own, else it is read as one line');
  });
  test('gives a local time its place in UTC where the zone is said, and says what leaves it open', () => {
    const timed = (date: string, rest = ''): string => textOf(hoverOn(log.replace('1/15/2026 9:15:42 AM', date) + rest, '454', modernClient, 'Europe/Berlin'));
    assert.match(timed('1/15/2026 9:15:42 AM'), /Time: `2026-01-15T08:15:42\.000Z` \(UTC; written `1\/15\/2026 9:15:42 AM`, in the time zone of the settings\)/);
    assert.match(timed('3/4/2026 9:15:42 AM'), /Time: `3\/4\/2026 9:15:42 AM` \(as written; the day cannot be told from the month\)/);
    assert.match(timed('3/4/2026 9:15:42 AM', `\n${log}`), /Time: `2026-03-04T08:15:42\.000Z` .*which is the day is taken from the other times in this file\)/);
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
    assert.match(textOf(hover), /https:\/\/.+tls-untrusted-root\.md/);
  });
  test('says honestly that only the registry knows a code', () => {
    const text = textOf(hoverOn('said "550 5.7.29 no"', '550'));
    assert.match(text, /ARC validation failure/);
    assert.match(text, /Nothing more specific is known/);
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
