/** The outputs of messages and of the overview: harmless whatever a log says, and the HTML without anything that could act. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { ToldMessage } from '../../server/src/analysis/messages/toldMessage.ts';
import type { ToldReport } from '../../server/src/analysis/overview/toldReport.ts';
import { escapeHtml } from '../../server/src/report/html.ts';
import { messageReports } from '../../server/src/report/messages.ts';
import { overviewReports } from '../../server/src/report/overview.ts';
import { overviewPicture } from '../../server/src/report/overviewPicture.ts';
import { overviewStyle, overviewStyleHash } from '../../server/src/report/overviewStyle.ts';
import { hostileText } from '../support/hostileText.ts';
import { reportOf, trackingLog } from '../support/trackingLog.ts';
import { trials } from '../support/trials.ts';

const totals = { files: 1, bytes: 10, leftOut: 0, unreadable: [] };

/** Every text that a log has chosen is the same hostile one. */
function hostileReport(text: string): ToldReport {
  const place = { time: null, localTime: text, file: text, line: 1 };
  const named = { name: text, count: 1, file: text, line: 1 };
  const counts = { failed: 1, delayed: 0, 'in-transit': 0, recovered: 0, delivered: 2, expanded: 0, redirected: 0 };
  return {
    from: null,
    to: null,
    messages: counts,
    recipients: counts,
    probes: 0,
    hours: [{ hour: null, what: 'failed', failure: text, destination: text, count: 3 }],
    onsets: [
      {
        failure: null,
        code: text,
        title: text,
        severity: 'error',
        target: text,
        count: 1,
        recovered: 1,
        messages: 1,
        recipients: [text],
        first: place,
        last: place,
        lastSuccess: place,
        before: [{ ...place, what: text }],
        ...{ category: 'tls', unresolved: 1, transient: 1, permanent: 0, actor: 'us', whoActs: text },
        ...{ lastSuccessTo: { ...place, domain: text }, nextSuccess: place, logs: [{ ...hour, server: text, log: text, isThere: false }] },
      },
    ],
    missing: [
      { ...hour, server: text, log: text, why: text },
      { ...hour, server: text, log: 'Message tracking log', why: text },
    ],
    skew: { [text]: 90 },
    sessions: [{ verdict: 'refused', count: 2, file: text, line: 1 }],
    permanence: { transient: 1, permanent: 0, unstated: 0 },
    recovery: { recovered: 0, unresolved: 1 },
    actors: { us: 1, them: 0, sender: 0, nobody: 0, unclear: 0 },
    categories: [{ category: 'tls', count: 1 }],
    top: { destinations: [named], connectors: [named], remoteHosts: [named], codes: [named] },
    times: {
      minutes: 1,
      undated: 1,
      bins: [
        { from: hour.from, delivered: 1, categories: [{ category: 'tls', count: 1 }], destinations: [{ destination: text, count: 1 }], first: { file: text, line: 1 } },
        { from: hour.to, delivered: 0, categories: [], destinations: [], first: null },
      ],
    },
  };
}

const hour = { from: '2026-01-15T08:00:00.000Z', to: '2026-01-15T09:00:00.000Z' } as const;

function hostileMessage(text: string): ToldMessage {
  return {
    messageId: text,
    networkMessageId: text,
    sender: text,
    subject: null,
    status: 'failed',
    recipients: [{ address: text, status: 'failed', failure: text, response: text, time: null }],
    first: null,
    last: null,
    seconds: 1,
    steps: [{ time: null, localTime: text, server: text, file: text, line: 1, what: 'failed', detail: text, sessionId: text, connector: text, remoteHost: text }],
    skew: { [text]: 1 },
    missing: [{ server: text, log: text, from: '2026-01-15T08:00:00.000Z', to: '2026-01-15T09:00:00.000Z', why: text }],
  };
}

const controls = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;
/** The tags that the page itself has, with what they may say of themselves. */
const ownTags = new RegExp(
  `<(?:${[
    '/?(?:html|head|body|main|title|style|h1|h2|h3|p|ul|li|table|caption|thead|tbody|tr|td|code|svg|section|figure|figcaption|details|summary|div|span|g|pre|th)',
    'html lang="en"',
    'meta (?:charset|http-equiv|name)="[^"<>]*"(?: content="[^"<>]*")?',
    'section class="(?:error|warning|information)"',
    'th scope="(?:col|row)"',
    'table class="bars"',
    'td class="(?:number|drawn)"',
    'ul class="legend"',
    'p class="axis" aria-hidden="true"',
    'div class="wide" tabindex="0" role="group" aria-label="[^"<>]*"',
    'pre tabindex="0"',
    'svg class="(?:bar|key)" viewBox="[\\d ]*"(?: preserveAspectRatio="none")? aria-hidden="true"',
    'svg class="columns" role="img" aria-label="[^"<>]*" viewBox="[\\d ]*" preserveAspectRatio="none"',
    'path class="grid" d="[MHmh\\d ]*"/',
    'rect class="[a-z]+\\d?" x="\\d+" y="[\\d.]+" width="[\\d.]+" height="[\\d.]+"/',
  ].join('|')})>`,
  'g',
);

suite('hostile text', () => {
  test('is text in the HTML, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string(), fc.constant('<script>alert(1)</script>"><img src=x onerror=alert(1)>')), (text) => {
        const html = overviewReports.html(hostileReport(text), totals, { version: '1', hasColor: false });
        assert.doesNotMatch(html.replace('<!DOCTYPE html>', '').replace(overviewStyle, '').replaceAll(ownTags, ''), /[<>]/);
        assert.doesNotMatch(html, controls);
      }),
      trials(300),
    );
  });

  test('is a line of text in every output', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string()), (text) => {
        for (const write of Object.values(overviewReports)) assert.doesNotMatch(write(hostileReport(text), totals, { version: '1', hasColor: false }), controls);
        for (const create of Object.values(messageReports)) {
          const report = create({ hasColor: false, hasSteps: true });
          assert.doesNotMatch(report.message(hostileMessage(text)) + report.end(totals, 1), controls);
        }
      }),
      trials(200),
    );
  });

  test('ends no attribute and begins no tag', () =>
    assert.equal(escapeHtml(`<b a="1" b='2'>&amp;\u0000\u202E`), '&#60;b a&#61;&#34;1&#34; b&#61;&#39;2&#39;&#62;&#38;amp;\\u0000\\u202e'));
});

test('a chart names the kinds that stand in it, and no other', () => {
  const report = hostileReport('x');
  const kinds = overviewPicture({ ...report, categories: [{ category: 'authentication', count: 20 }, ...report.categories] }, totals, '1')
    .sections.flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'columns' && block.caption.startsWith('Failures by kind') ? block.legend.map(({ name }) => name) : []));
  assert.deepEqual(kinds, ['tls']);
});

test('the numbers of the overview say what they count', () => {
  const write = (change: Partial<ToldReport>): string => overviewReports.text({ ...hostileReport('x'), ...change }, totals, { version: '1', hasColor: false });
  assert.match(write({}), /1 of 1 failures \(100 %\) .* A failure that several logs tell of counts once here; a scan counts each of its lines\.\n/);
  assert.match(write({}), /\n {3}1 time, 1 message, 1 delivery arrived later, 1 has not\n/);
  const [onset] = hostileReport('x').onsets;
  assert.ok(onset);
  assert.match(write({ onsets: [{ ...onset, recovered: 0, unresolved: 13 }] }), /, 13 deliveries have not arrived\n/);
  const logs = Array.from({ length: 8 }, () => ({ ...hour, server: 'ex01', log: 'SMTP send log (Hub)', isThere: true }));
  assert.match(write({ onsets: [{ ...onset, logs }] }), /Logs that tell more of it: (?:ex01: SMTP send log \(Hub\), 08:00 UTC; ){6}and 2 more\.\n/);
  const html = overviewReports.html(hostileReport('x'), totals, { version: '1', hasColor: false });
  for (const said of ['1 failure stands in logs that do not say its time in full', 'refused: with a permanent reply, 5yz']) assert.ok(html.includes(said), said);
});

suite('the overview', () => {
  const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
  const row = { 'connector-id': 'Internet', 'client-hostname': 'EX01' };
  const log = trackingLog(
    { ...row, event: 'SMTP SENDEXTERNAL', at: 10 },
    { ...row, event: 'SMTP FAIL', at: 20, 'recipient-status': refused, 'message-id': '<two@contoso.com>' },
    { ...row, event: 'SMTP SENDEXTERNAL', at: 30, 'message-id': '<three@contoso.com>' },
    { ...row, event: 'SMTP FAIL', at: 40, 'recipient-status': refused, 'message-id': '<four@contoso.com>' },
  );
  const events = (minute: string): string =>
    [
      'Log Name:      Application',
      'Source:        MSExchangeTransport',
      `Date:          2026-01-15T08:00:${minute}.000Z`,
      'Event ID:      15004',
      'Level:         Warning',
      'Computer:      ex01.contoso.com',
      'Description:',
      'The resource pressure increased from Normal to High.',
      '',
    ].join('\r\n');

  test('says since when, and when it last went well', async () => {
    const { onsets } = await reportOf({ 'ex01/MessageTracking/MSGTRK2026011508-1.LOG': log, 'ex01/events.txt': events('15') });
    assert.deepEqual(
      onsets.map(({ failure, target, count, messages, first, last, lastSuccess }) => [failure, target, count, messages, first.line, last.line, lastSuccess?.line]),
      [
        ['recipient-unknown', 'Internet', 2, 2, 7, 9, 6],
        ['back-pressure', '', 1, 0, 4, 4, undefined],
      ],
    );
  });

  test('has what a server says of itself, and does not explain it by itself', async () => {
    const { onsets } = await reportOf({ 'ex01/events.txt': events('15') });
    assert.deepEqual(
      onsets.map(({ failure, count, before }) => [failure, count, before]),
      [['back-pressure', 1, []]],
    );
  });

  test('names no cause that has nothing to do with the failure', async () => {
    const { onsets } = await reportOf({
      'ex01/MessageTracking/MSGTRK2026011508-1.LOG': log,
      'ex01/events.txt':
        'Log Name: Application\r\nSource: MSExchangeTransport\r\nDate: 2026-01-15T08:00:15Z\r\nEvent ID: 12014\r\nComputer: ex02.contoso.com\r\nDescription:\r\nMicrosoft Exchange could not find a certificate that contains the domain name mail.contoso.com.\r\n',
    });
    assert.deepEqual(onsets.find(({ failure }) => failure === 'recipient-unknown')?.before, []);
  });

  test('knows the holes between the files by their names', async () => {
    const names = ['MSGTRK2026011508-1.LOG', 'MSGTRK2026011509-1.LOG', 'MSGTRK2026011511-1.LOG', 'MSGTRKMA2026011508-1.LOG'];
    const { missing } = await reportOf(
      Object.fromEntries([...names.map((name) => [`ex01/MessageTracking/${name}`, '']), ['ex01/Hub/Connectivity/CONNECTLOG2026011510-1.LOG', '']]),
    );
    assert.deepEqual(
      missing.map(({ log: name, from }) => [name, from]),
      [
        ['Connectivity log (Hub)', '2026-01-15T09:00:00.000Z'],
        ['Message tracking log', '2026-01-15T10:00:00.000Z'],
        ['Connectivity log (Hub)', '2026-01-15T11:00:00.000Z'],
      ],
    );
  });

  test('has for each picture a table with the same numbers, and headings in their order', () => {
    const html = overviewReports.html(hostileReport('fabrikam.com'), totals, { version: '1', hasColor: false });
    assert.equal(html.match(/<svg class="columns"/g)?.length, html.match(/<details>/g)?.length);
    assert.equal(html.match(/<rect class="kind1" x="1" y="0" width="8" height="100"\/>/g)?.length, 2);
    assert.match(html, /<tr><th scope="row">2026-01-15 08:00<\/th><td>1<\/td><\/tr>/);
    const levels = [...html.matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
    assert.deepEqual([levels[0], levels.filter((level) => level === 1).length], [1, 1]);
    for (const [index, level] of levels.slice(1).entries()) assert.ok(level - (levels[index] as number) <= 1);
  });

  test('is one page without scripts, without addresses, under a policy that knows its style', () => {
    const html = overviewReports.html(hostileReport('a'), totals, { version: '1', hasColor: false });
    assert.equal(overviewStyleHash, `sha256-${createHash('sha256').update(overviewStyle).digest('base64')}`);
    assert.match(html, new RegExp(`content="default-src 'none'; style-src '${overviewStyleHash.replace(/[+/]/g, '\\$&')}'; base-uri 'none'; form-action 'none'"`));
    assert.doesNotMatch(html, /<script|<link|<img|\bhttps?:|\bstyle="|\bon[a-z]+="|url\(/i);
  });
});
