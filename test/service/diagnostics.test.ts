import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { type ClientFeatures, getDiagnostics, getMarks, getOccurrences, type LogDocument } from '../../server/src/service/index.ts';
import { completeLog } from '../support/marks.ts';
import { eventWith, modernClient, openLog, plainClient, untrusted } from '../support/openLog.ts';

const messageOf = (diagnostic: Diagnostic | undefined): string => String(diagnostic?.message);
const diagnosticsOf = (log: LogDocument, client: ClientFeatures = modernClient): Diagnostic[] => getDiagnostics(log, client);
const send = (rows: string): string => completeLog('smtp-send', rows);

suite('diagnostics', () => {
  test('one for each fault, on its codes', () => {
    const text = eventWith(untrusted);
    const [diagnostic, ...others] = diagnosticsOf(openLog(text));
    assert.equal(others.length, 0);
    const line = text.split('\n')[6] ?? '';
    assert.deepEqual(diagnostic?.range, { start: { line: 6, character: line.indexOf('454') }, end: { line: 6, character: line.indexOf('454') + 9 } });
    assert.equal(diagnostic?.code, 'tls-untrusted-root');
    assert.equal(diagnostic?.source, 'mailflow-lens');
    assert.equal(diagnostic?.severity, DiagnosticSeverity.Error);
    assert.equal(diagnostic?.codeDescription?.href, 'mailflow-lens:/tls-untrusted-root.md');
  });
  test('lead to the bundled page, also about a code that only a registry knows, and for other clients to the best public one', () => {
    const hrefs = (client: ClientFeatures): (string | undefined)[] =>
      diagnosticsOf(openLog(send('…,<,550 5.7.29 no,\n…,<,550 5.1.1 User unknown,')), client).map(({ codeDescription }) => codeDescription?.href);
    assert.deepEqual(hrefs(modernClient), ['mailflow-lens:/550%205.7.29.md', 'mailflow-lens:/recipient-unknown.md']);
    const [none, web] = hrefs(plainClient);
    assert.equal(none, undefined);
    assert.match(web ?? '', /^https:\/\/learn\.microsoft\.com\//);
  });
  test('without a known failure the code is the enhanced status code, or the reply code', () => {
    assert.deepEqual(
      diagnosticsOf(openLog(send('…,<,550 5.7.29 no,\n…,<,456 no,'))).map(({ code }) => code),
      ['5.7.29', '456'],
    );
  });
  test('begin with what failed and for whom, and repeat nothing of the others', () => {
    const [first, second] = diagnosticsOf(openLog(send('…,<,452 4.2.2 Mailbox full,\n…,<,452 4.2.2 Mailbox full,')));
    assert.match(messageOf(first), /^Mailbox full: 198\.51\.100\.25\n452 4\.2\.2 Mailbox full$/);
    assert.equal(messageOf(second), messageOf(first));
    assert.equal(first?.relatedInformation, undefined);
  });
  test('beyond 1,000 all places are used: the first and the last of each kind, and the newest, and the first says so', () => {
    const rows = ['…,<,550 5.1.1 User unknown,', ...Array.from({ length: 1_200 }, () => '…,<,452 4.2.2 Mailbox full,')].join('\n');
    const document = openLog(send(rows));
    const diagnostics = diagnosticsOf(document);
    assert.equal(diagnostics.length, 1_000);
    assert.match(messageOf(diagnostics[0]), /^1,201 failures were found, more than an editor lists\. Listed are 999 lines: .* 2 kinds/);
    assert.ok((diagnostics[0]?.range.end.character ?? 0) > 5, 'the notice is seen');
    assert.match(messageOf(diagnostics[2]), /1,200 times/);
    const lines = diagnostics.slice(1).map(({ range }) => range.start.line);
    const last = document.range({ start: document.length - 1, end: document.length }).start.line;
    assert.ok(lines.includes(last) && lines.includes(last - 900), 'the newest are there');
    // Every failing row is told to whoever marks rows, and which of them have a diagnostic.
    const rowsTold = getMarks(document, { start: 0, end: last + 1 });
    assert.equal(rowsTold.length, 1_201);
    assert.deepEqual(new Set(rowsTold.filter(({ isDiagnosed }) => isDiagnosed).map(({ start }) => start.line)), new Set(lines));
    // What has no diagnostic is told to whoever marks it otherwise.
    const marks = getMarks(document);
    assert.equal(marks.length, 1_201 - 999);
    const some = getMarks(document, { start: marks[0]?.start.line ?? 0, end: (marks[0]?.start.line ?? 0) + 3 });
    assert.deepEqual(
      some.map(({ start, label }) => [start.line, label]),
      marks.slice(0, 3).map(({ start }) => [start.line, 'Mailbox full: 198.51.100.25']),
    );
    assert.equal(getOccurrences(document, diagnostics[2]?.range.start ?? { line: 0, character: 0 }).length, 1_200);
    assert.equal(getOccurrences(document, diagnostics[1]?.range.start ?? { line: 0, character: 0 }).length, 1);
  });
  test('never more than 1,000, even of groups, and says what is left out', () => {
    const rows = Array.from(
      { length: 1_500 },
      (_, index) => `2026-01-15T08:00:00.000Z,Internet,08DE${index},7,192.0.2.10:40001,203.0.113.${index % 250}:25,<,456 4.9.${720 + Math.floor(index / 250)} no,`,
    ).join('\n');
    const diagnostics = diagnosticsOf(openLog(send(rows)));
    assert.equal(diagnostics.length, 1_000);
    assert.match(messageOf(diagnostics[0]), /501 rarest are left out/);
  });
  test('a file over 50 MB is not read, and says so and what reads it', () => {
    const large = (client: ClientFeatures): Diagnostic[] => diagnosticsOf(openLog(`550 5.1.1 User unknown\n${' '.repeat(50 * 1024 * 1024)}`), client);
    const [notice, ...others] = large(modernClient);
    assert.equal(others.length, 0);
    assert.match(messageOf(notice), /larger than 50 MB.*"Mailflow Lens: Scan This File" reads it.*mailflow-lens scan FILE$/);
    // Who does not have the command is not sent to it.
    assert.match(messageOf(large(plainClient)[0]), /larger than 50 MB and was not read here\. The command line reads it: mailflow-lens scan FILE$/);
  });
  test('a text where nothing failed is silent', () => assert.deepEqual(diagnosticsOf(openLog('250 2.1.5 OK\nversion 5.1.1')), []));
  test('columns are UTF-16 units, or UTF-8 bytes where that was agreed', () => {
    const text = 'Grüße 😀: "550 5.1.1 User unknown"';
    assert.equal(diagnosticsOf(openLog(text))[0]?.range.start.character, text.indexOf('550'));
    assert.equal(diagnosticsOf(openLog(text, { encoding: 'utf-8' }))[0]?.range.start.character, Buffer.from(text).indexOf('550'));
  });
});
