/** Our own reading of CSV and JSON, which knows where each value stands, held against those who do not. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { readRecords } from '../../server/src/formats/index.ts';
import type { OutputObject } from '../../server/src/formats/shapes/object.ts';
import { findOutput, type OutputKind, readOutput } from '../../server/src/formats/shapes/objects.ts';
import { createLiteralSearch } from '../../server/src/text/literals.ts';
import { createOccurrences } from '../../server/src/text/occurrences.ts';
import { trials } from '../support/trials.ts';

const kind: OutputKind = { anchors: ['Alpha'], isKind: (has) => has('alpha') };
const written = fc
  .array(fc.constantFrom('a', 'B', '"', ',', ';', '\\', '\n', '\r\n', ' b', '{', '[', '}', 'ä', '\u2028', '550 5.1.1', ':'), { maxLength: 8 })
  .map((pieces) => pieces.join(''));

function readAll<Value>(text: string, read: (object: OutputObject) => Value): Value[] {
  const found: Value[] = [];
  readOutput(text, findOutput(text, [{ start: 0, end: text.length }], kind, createOccurrences(text, createLiteralSearch(kind.anchors))), kind, (object) => {
    assertPlaces(text, object);
    found.push(read(object));
  });
  return found;
}

/** Each character of a value must stand at its place in the text, unless it stands for an escape or for a line end of two characters. */
function assertPlaces(text: string, object: OutputObject): void {
  for (const name of ['alpha', 'beta']) {
    const value = object.value(name);
    for (let index = 0; index < (value?.text.length ?? 0); index++) {
      const [here, there] = [value?.text[index], text[value?.place(index) ?? -1]];
      assert.ok(here === there || there === '\\' || here === ' ' || (here === '\n' && there === '\r'), `${JSON.stringify(here)} at ${JSON.stringify(there)}`);
    }
  }
}

test('CSV is read as a CSV library reads it, line breaks in cells included, as LF', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(written, written), { minLength: 1, maxLength: 4 }), fc.constantFrom(',', ';'), (rows, delimiter) => {
      const lines = rows.map((cells) => cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter));
      const text = [`"Alpha"${delimiter}"Beta"`, ...lines, ''].join('\r\n');
      const expected = parseCsv(text, { delimiter, columns: true }) as { Alpha: string; Beta: string }[];
      assert.deepEqual(
        readAll(text, (object) => [object.value('alpha')?.text ?? '', object.value('beta')?.text ?? '']),
        expected.map((row) => [row.Alpha, row.Beta].map((value) => value.replaceAll('\r\n', '\n').trim())),
      );
    }),
    trials(),
  );
});

test('JSON is read as JSON.parse reads it, escapes and nested objects included', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(written, written), { minLength: 1, maxLength: 4 }), fc.constantFrom(undefined, 1, '\t'), (values, indent) => {
      const text = JSON.stringify(
        values.map(([Alpha, Beta]) => ({ Alpha, other: { list: [1, { beta: 'inner' }, null, true] }, Beta, number: -1.5e3 })),
        undefined,
        indent,
      );
      assert.deepEqual(
        readAll(text, (object) => [object.value('alpha')?.text ?? '', object.value('beta')?.text ?? '', object.text('number')]),
        values.map(([alpha, beta]) => [alpha.trim(), beta.trim(), '-1500']),
      );
    }),
    trials(),
  );
});

suite('a list as Format-List writes it', () => {
  const read = (text: string): string[] => readAll(text, (object) => `${object.text('alpha')}|${object.text('beta')}`);
  test('ends with an empty line, or where a property comes again', () => {
    assert.deepEqual(read('Beta  : 1\nAlpha : 2\n\nBeta : other\n'), ['2|1']);
    assert.deepEqual(read('Beta : 1\nAlpha : 2\nBeta : 3\nAlpha : 4\n'), ['2|1', '4|3']);
  });
  test('has wrapped values and empty ones', () => {
    assert.deepEqual(read('Alpha : one\n        two: three\nBeta  :\n'), ['one two: three|']);
  });
  test('may be quoted, and may have an empty line after each line', () => {
    assert.deepEqual(read('> Alpha : 1\n>\n> Beta : 2\n>\n> Gamma : 3\n'), ['1|2']);
    assert.deepEqual(read('Gamma : 3\r\n\r\nBeta : 2\r\n\r\nAlpha : 1\r\n\r\nDelta : 4\r\n'), ['1|2']);
  });
});

suite('rows without header', () => {
  const row = (connector: string, local: string, remote: string, event: string, data: string): string =>
    `2026-01-15T08:00:00.000Z,${connector},08DE540000000A01,4,${local},${remote},${event},${data},`;
  const formats = (text: string): (string | boolean | undefined)[][] => readRecords(text).map(({ format, isGuessed }) => [format, isGuessed]);
  for (const [why, text, format] of [
    ['its connector', row('Internet', '192.0.2.10:25', '', '<', '550 5.1.1 x'), 'smtp-send'],
    ['its connector', row('EX01\\Default', '192.0.2.10:40000', '198.51.100.1:25', '>', '550 5.1.1 x'), 'smtp-receive'],
    ['its ports', row('', '192.0.2.10:40000', '[2001:db8::25]:25', '<', '550 5.1.1 x'), 'smtp-send'],
    ['its ports', row('', '192.0.2.10:587', '198.51.100.1:40000', '>', '550 5.1.1 x'), 'smtp-receive'],
    ['what is said', row('', '', '', '<', '550 5.1.1 x'), 'smtp-send'],
    ['what is said', row('', '', '', '>', '550 5.1.1 x'), 'smtp-receive'],
  ] as const) {
    test(`tell their direction by ${why}: ${format}`, () => assert.deepEqual(formats(text), [[format, true]]));
  }
  test('are silent about what the other direction would call a failure', () => {
    assert.deepEqual(formats(row('EX01\\Default', '', '', '<', '550 5.1.1 said by a client')), []);
    assert.deepEqual(formats(row('Internet', '', '', '>', '550 5.1.1 said by this server')), []);
  });
  test('below a header are not guessed', () => {
    const header = '#Log-type: SMTP Send Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
    assert.deepEqual(formats(header + row('Internet', '', '', '<', '550 5.1.1 x')), [['smtp-send', undefined]]);
  });
});
