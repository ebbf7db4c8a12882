/** Findings go in, the text of each output comes out: its form, and that no log text gets power over a reader's tools. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { lexer, type Token, walkTokens } from 'marked';
import type { Log } from 'sarif';
import type { Located } from '../../server/src/analysis/located.ts';
import { createTally, type ReadTotals } from '../../server/src/analysis/tally.ts';
import { type Report, type ReportFormat, type ReportOptions, reports } from '../../server/src/report/index.ts';
import { failure, located } from '../support/findings.ts';
import { hostileText } from '../support/hostileText.ts';
import { trials } from '../support/trials.ts';

const options: ReportOptions = { version: '1.2.3', repository: 'https://contoso.com/mailflow-lens', hasColor: false, uri: (file) => `uri-of/${file.length}` };
const formats = Object.keys(reports) as ReportFormat[];

/** The whole output, as a scan of two files with these findings would write it. */
function write(format: ReportFormat, findings: readonly Located[], changed: Partial<ReportOptions> = {}, hidden = 0, read: Partial<ReadTotals> = {}): string {
  const report: Report = reports[format]({ ...options, ...changed });
  const tally = createTally();
  let text = report.begin?.() ?? '';
  findings.forEach((each, index) => {
    const known = each.failure === null ? undefined : failure;
    const isShown = index < findings.length - hidden;
    tally.finding(each, known, isShown);
    if (isShown) text += report.finding(each, known);
  });
  return text + report.end({ ...tally.totals(), files: 2, bytes: 120, leftOut: 0, unreadable: [], ...read });
}

suite('the outputs', () => {
  test('are those of the contract, text first', () => assert.deepEqual(formats, ['text', 'json', 'ndjson', 'sarif', 'markdown']));

  for (const format of ['json', 'sarif'] as const) {
    for (const count of [0, 1, 3]) {
      test(`${format} is one valid document with ${count} findings`, () => {
        const value = JSON.parse(write(format, Array(count).fill(located())));
        assert.equal((value.findings ?? value.runs[0].results).length, count);
      });
    }
  }

  test('json has the findings and the figures of the scan', () => {
    assert.deepEqual(JSON.parse(write('json', [located()])), { findings: [located()], files: 2, bytes: 120, unreadable: [], leftOut: 0, version: '1.2.3' });
  });

  test('ndjson has one object a line and nothing else', () => {
    const lines = write('ndjson', [located(), located({ response: { text: 'a\nb\u2028c' } })]).split('\n');
    assert.equal(lines.pop(), '');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).response),
      ['454 4.7.0 Failed', 'a\nb\u2028c'],
    );
    assert.equal(write('ndjson', []), '');
  });

  test('text shows the beginning of a response of any length', () => {
    const output = write('text', [located({ response: { text: 'ab '.repeat(12_000_000) } })]);
    assert.match(output, /\n {12}(?:ab )+…\n/);
  });

  test('text groups by file, and says position, severity, codes, title, id and response', () => {
    const output = write('text', [located(), located(), located({}, null, 'b.log')]);
    assert.deepEqual(
      output.split('\n').map((line) => line.trimEnd().replace(/ {2,}/g, '  ')),
      [
        'logs/SEND.LOG',
        '  1:1  error  454 4.7.0  The certificate is not trusted  (tls-untrusted-root)',
        '  454 4.7.0 Failed',
        '  1:1  error  454 4.7.0  The certificate is not trusted  (tls-untrusted-root)',
        '  454 4.7.0 Failed',
        '',
        'b.log',
        '  1:1  error  454 4.7.0  The certificate is not trusted',
        '  454 4.7.0 Failed',
        '',
        '3 findings (3 errors) in 2 files.',
        '',
      ],
    );
  });

  test('text shortens a long response', () => {
    const output = write('text', [located({ response: { text: `550 ${'long '.repeat(100)}end` } })]);
    assert.ok(output.includes('…') && !output.includes('end\n'));
    assert.ok(output.split('\n').every((line) => line.length < 200));
  });

  test('text counts all findings where some are not shown', () => {
    assert.ok(write('text', [located(), located(), located()], {}, 2).endsWith('3 findings (3 errors) in 2 files; 1 of them is shown.\n'));
    assert.equal(write('text', []), 'Nothing found in 2 files.\n');
  });

  test('text has colour only where it is wanted', () => {
    assert.ok(write('text', [located()], { hasColor: true }).includes('\u001b[31merror'));
    assert.ok(!write('text', [located()]).includes('\u001b'));
  });

  test('sarif names each failure once and points to it', () => {
    const log = JSON.parse(write('sarif', [located(), located({ response: { replyCode: 550, enhancedCode: '5.9.9', text: '550 5.9.9 No' } }, null), located()])) as Log;
    const run = log.runs[0];
    assert.equal(log.version, '2.1.0');
    assert.equal(run?.columnKind, 'utf16CodeUnits');
    assert.deepEqual(
      run?.tool.driver.rules?.map(({ id }) => id),
      ['tls-untrusted-root', '5.9.9'],
    );
    assert.deepEqual(
      run?.results?.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level]),
      [
        ['tls-untrusted-root', 0, 'error'],
        ['5.9.9', 1, 'error'],
        ['tls-untrusted-root', 0, 'error'],
      ],
    );
    assert.deepEqual(run?.results?.[0]?.locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: 'uri-of/13' },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    });
    assert.equal(run?.tool.driver.rules?.[0]?.help?.markdown, failure.markdown);
  });

  test('sarif makes no link and no placeholder of log text (SARIF 2.1.0, 3.11.5 and 3.11.6)', () => {
    const log = JSON.parse(write('sarif', [located({ response: { text: '550 [x](https://contoso.com) {0} \\[y](1)' } })])) as Log;
    const result = log.runs[0]?.results?.[0];
    assert.equal(result?.message.text, 'The certificate is not trusted: 550 \\[x\\](https://contoso.com) {{0}} \\\\\\[y\\](1)');
    assert.equal(result?.properties?.['response'], '550 [x](https://contoso.com) {0} \\[y](1)');
  });

  test('markdown counts each failure, the most frequent first, with first and last time in UTC', () => {
    const other = { response: { replyCode: 550, enhancedCode: '5.9.9', text: '550 5.9.9 No' } };
    const output = write('markdown', [
      located({ ...other, localTime: '1/15/2026 9:15' }, null),
      located({ time: '2026-01-02T10:00:00.000Z' }),
      located({ time: '2026-01-01T10:00:00.000Z' }),
    ]);
    const table = lexer(output).find((token) => token.type === 'table') as { rows: { text: string }[][] };
    assert.deepEqual(
      table.rows.map((row) => row.map(({ text }) => text)),
      [
        ['The certificate is not trusted (`tls-untrusted-root`)', 'error', '2', '2026-01-01T10:00:00.000Z', '2026-01-02T10:00:00.000Z'],
        ['The certificate is not trusted (`5.9.9`)', 'error', '1', '`1/15/2026 9:15` (zone not stated)', '`1/15/2026 9:15` (zone not stated)'],
      ],
    );
    assert.ok(output.includes('What it means.') && output.includes('Why it happens.') && output.includes('Who must act: The administrator.'));
  });

  test('markdown names the first places and counts the others', () => {
    const output = write('markdown', Array(8).fill(located({ captures: { recipient: 'ada@contoso.com' } })));
    assert.equal(output.split('- `logs/SEND.LOG`, line 1, recipient `ada@contoso.com`: `454 4.7.0 Failed`').length, 6);
    assert.ok(output.includes('\n- and 3 more\n'));
  });

  test('markdown counts what is not shown', () => {
    const output = write('markdown', [located(), located()], {}, 2);
    assert.ok(output.includes('| 2 |') && output.includes('\n- 2 places, not listed\n'));
  });
});

suite('hostile log text', () => {
  const hostile: fc.Arbitrary<Located> = fc
    .tuple(hostileText, hostileText, hostileText)
    .map(([text, value, time]) => located({ response: { replyCode: 550, text }, localTime: time, captures: { recipient: value, messageId: text } }, null, `logs/${value}`));

  for (const format of formats) {
    test(`gives the terminal nothing to obey: ${format}`, () => {
      fc.assert(
        fc.property(hostile, (value) => assert.doesNotMatch(write(format, [value]), /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)),
        trials(),
      );
    });
  }

  test('arrives in json and ndjson as it was', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        assert.deepEqual(JSON.parse(write('json', [value])).findings, [value]);
        assert.deepEqual(JSON.parse(write('ndjson', [value])), value);
      }),
      trials(),
    );
  });

  test('stays on its own line of the text output', () => {
    fc.assert(
      fc.property(hostile, (value) => assert.equal(write('text', [value]).split('\n').length, 6)),
      trials(),
    );
  });

  test('is never markup in the markdown output', () => {
    const shape = (value: Located): string[] => {
      const types: string[] = [];
      walkTokens(lexer(write('markdown', [value])), (token: Token) => void types.push(token.type));
      return types.filter((type) => type !== 'text' && type !== 'escape');
    };
    const harmless = shape(located({ response: { replyCode: 550, text: 'a' }, localTime: 'b', captures: { recipient: 'c', messageId: 'd' } }, null));
    assert.ok(harmless.includes('table') && harmless.includes('codespan'));
    fc.assert(
      fc.property(hostile, (value) => assert.deepEqual(shape(value), harmless)),
      trials(),
    );
  });
});
