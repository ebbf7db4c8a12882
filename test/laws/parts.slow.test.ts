/** A text that comes in pieces gives the findings of the whole, at the same places, wherever it is cut. */

import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Located } from '../../server/src/analysis/located.ts';
import { createTextBuffer } from '../../server/src/files/textBuffer.ts';
import { decodeUtf8, latin1OfUtf8 } from '../../server/src/files/utf8.ts';
import { formats } from '../../server/src/formats/index.ts';
import type { LogFormat } from '../../server/src/formats/logFormat.ts';
import { reachAbove } from '../../server/src/text/seam.ts';
import { locatorOf } from '../support/findings.ts';
import { piecesOf, readInPieces } from '../support/pieces.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';
import { trials, tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const logs = [...filesBelow('test/logs').filter((path) => !path.endsWith('.expected')), ...filesBelow('samples').filter((path) => !path.endsWith('.md'))];
const readLog = (path: string): string => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');

const tell = ({ startLine, startColumn, endLine, endColumn, ...located }: Located): string => `${startLine}:${startColumn}-${endLine}:${endColumn} ${JSON.stringify(located)}`;

function readWhole(text: string): string[] {
  const locator = locatorOf('a.log', text);
  return findFindings(text, knowledge).map((finding) => tell(locator.locate(finding)));
}

/** The log three times, with other text between: long enough to be cut at many places. */
const repeated = (text: string): string => [text, text, 'Some lines of a ticket.\r\n'.repeat(20), text].join('\r\n');

/** More than any block of these logs, so that each is seen whole. */
const below = 12_000;

suite('pieces', () => {
  for (const path of tried(logs)) {
    test(`${path}: gives the findings of the whole`, () => {
      const text = repeated(readLog(path));
      const whole = readWhole(text);
      for (const usual of [64, 997, 5_000]) {
        const { findings } = readInPieces(text, Math.ceil(usual / 2), { usual, longest: 1_000_000, below });
        assert.deepEqual(findings.map(tell), whole, `parts of ${usual}`);
      }
    });
  }

  test('strings of JSON are read in parts, and give the findings of the whole', () => {
    let most = 0;
    for (const path of logs) {
      const paragraphs = readLog(path).split(/\n\r?\n/);
      const text = paragraphs.map((paragraph) => `${JSON.stringify({ log: `${paragraph}\n`, stream: 'stdout' })}\n`).join('') + '{"log":"An ordinary line.\\n"}\n'.repeat(100);
      const { findings, parts } = readInPieces(text, 499, { usual: 997, longest: 1_000_000, below });
      assert.deepEqual(findings.map(tell), readWhole(text), path);
      most = Math.max(most, parts);
    }
    assert.ok(most > 5, `${most} parts`);
  });

  test('a log of rows is really read in parts, and its sessions reach over them', () => {
    const { findings, parts } = readInPieces(repeated(readLog('samples/SEND2026011508-1.LOG')), 64, { usual: 64, longest: 1_000_000, below: 64 });
    assert.ok(parts > 20, `${parts} parts`);
    assert.ok(findings.length > 3);
  });

  test('replies of many lines, and of lines without end, are the same wherever they are cut', () => {
    const line = fc.constantFrom(
      '550-5.1.1 x',
      '550-5.1.1 x',
      '550-more words',
      '> 550-5.1.1 quoted',
      '550 5.1.1 last',
      '551-5.7.1 other',
      'said: 550-5.1.1 y',
      '<b>550-5.1.1 z</b>',
      'words',
      '',
      `550-${'w'.repeat(1_500)}`,
      `550-5.7.1 ${'v'.repeat(4_500)}`,
    );
    const run = fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 3, 60, 900)).map(([lines, times]) => `${lines.join('\n')}\n`.repeat(times));
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 4 }), fc.constantFrom(64, 997, 4_001), fc.constantFrom('\n', '\r\n'), (runs, usual, end) => {
        const text = runs.join('').slice(0, 60_000).replaceAll('\n', end);
        assert.deepEqual(readInPieces(text, 500, { usual, longest: 1_000_000, below }).findings.map(tell), readWhole(text));
      }),
      trials(60),
    );
  });

  test('what names the columns goes from part to part without growing', () => {
    const log = readLog('samples/SEND2026011508-1.LOG');
    const rows = log.slice(log.indexOf('\n2026') + 1);
    const fields = '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n';
    const usual = 100_000;
    const { parts, longest } = readInPieces(`${log}${fields}${rows.repeat(Math.ceil((5 * usual) / rows.length))}`, usual, { usual, longest: 1_000_000, below });
    assert.ok(parts > 5, `${parts} parts`);
    assert.ok(longest < reachAbove + 3 * usual, `${longest} characters`);
  });

  test('what stands below the names of columns is no header of another log', () => {
    const rows = '#Log-type:SMTP Send Protocol Log\n#Fields:\n#Log-type:\n\n#Fields:\n#Log-type:\n2026-01-15T08:00:00.000Z,,08DE000000000003,7,,,<,452 4.3.1 x,\n';
    const text = `${rows}${'A line of a ticket.\n'.repeat(1_500)}`;
    for (const usual of [64, 100]) assert.deepEqual(readInPieces(text, usual, { usual, longest: 1_000_000, below }).findings.map(tell), readWhole(text), `parts of ${usual}`);
  });

  test('one line is not read before it has to be, since nothing can cut it', (context) => {
    const find = context.mock.method(formats[0] as LogFormat, 'find');
    const text = `{${'"a":"b\\n",'.repeat(5_000)}"c":"550 5.1.1 User unknown"}`;
    const { findings, parts } = readInPieces(text, 100, { usual: 500, longest: 1_000_000, below: 100 });
    assert.equal(parts, 1);
    assert.equal(findings.length, 1);
    const lengths = find.mock.calls.map(({ arguments: [one] }) => one.length);
    assert.ok(lengths.filter((length) => length > 1_000).length === 1, `${lengths}`);
  });

  test('what cannot be cut is cut at last, so that the memory has a bound', () => {
    const mail = 'From: MAILER-DAEMON@contoso.com\nSubject: Undelivered\nAuto-Submitted: auto-replied\n\n550 5.1.1 User unknown <bob@fabrikam.com>\n';
    const { parts, findings } = readInPieces(`${mail}${'A line of the text.\n'.repeat(2_000)}`, 100, { usual: 500, longest: 4_000, below: 100 });
    assert.ok(parts > 5);
    assert.ok(findings.length > 0);
  });
});

test('a text is put together as strings are joined', () => {
  const characters = fc.constantFrom('a', '\n', '\u00e4', '\u00ff', '\u0100', '\u2013', '\u{1F4EC}');
  // A stretch of Latin-1 behind one of other characters is what the kept memory has to be ready for.
  const text = fc.oneof(fc.string({ unit: characters, maxLength: 12 }), fc.string({ unit: fc.constantFrom('b', '\r\n', '\u00fc'), maxLength: 40 }));
  const step = fc.oneof(text, fc.record({ keep: fc.nat(60), above: fc.string({ unit: characters, maxLength: 5 }) }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (steps, length) => {
      const buffer = createTextBuffer();
      let expected = '';
      for (const one of steps) {
        if (typeof one === 'string') {
          for (const piece of piecesOf(one, length)) buffer.add(piece);
          expected += one;
        } else {
          const from = Math.min(one.keep, expected.length);
          buffer.keep(from, one.above);
          expected = one.above + expected.slice(from);
        }
        assert.equal(buffer.length(), expected.length);
        const lines = expected.lastIndexOf('\n') + 1;
        for (const from of [0, lines]) assert.equal(buffer.wholeLines(from), lines > from ? expected.slice(0, lines) : expected);
        assert.equal(buffer.all(), expected);
      }
    }),
    trials(2_000),
  );
});

test('UTF-8 is decoded as Node decodes it', () => {
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0xc3, 0xc2, 0xa4, 0x80, 0xbf, 0xe2, 0x41, 0x0a));
  const ascii = fc.nat(40).map((length) => Array.from({ length }, (_, index) => 65 + (index % 20)));
  const latin = fc.constantFrom([0xc3, 0xa4], [0xc2, 0xa0], [0xc3, 0xbf]);
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          ascii,
          latin,
          byte.map((one) => [one]),
        ),
        { maxLength: 30 },
      ),
      fc.nat(3),
      (pieces, shift) => {
        const bytes = Buffer.from([...Array.from({ length: shift }, () => 65), ...pieces.flat()]).subarray(shift);
        assert.equal(decodeUtf8(bytes), bytes.toString('utf8'));
        const isLatin1 = isUtf8(bytes) && !/[^\u0000-\u00ff]/.test(bytes.toString('utf8'));
        assert.equal(latin1OfUtf8(bytes)?.toString('latin1'), isLatin1 ? bytes.toString('utf8') : undefined);
      },
    ),
    trials(2_000),
  );
});
