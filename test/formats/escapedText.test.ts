/** Texts in strings of JSON: each says what it says by itself, and those that say nothing are not read. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { formats, readBlocks, readRecords } from '../../server/src/formats/index.ts';
import { type LogFormat, signsOf, type Wanted } from '../../server/src/formats/logFormat.ts';
import { escapedText, type Reader } from '../../server/src/formats/loose/escapedText.ts';
import { TextWriter } from '../../server/src/text/notation.ts';
import { createOccurrences } from '../../server/src/text/occurrences.ts';
import type { Block, Step } from '../../server/src/values.ts';
import { filesBelow, root } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const paths = [...filesBelow('test/logs').filter((path) => !path.endsWith('.expected')), ...filesBelow('samples').filter((path) => !path.endsWith('.md'))];
const logs = paths.map((path) => readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''));

/** Some lines of one of the logs. */
const pieceOf = (some: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...some), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 12 })).map(([log, place, count]) => {
    const lines = log.split('\n');
    const first = Math.floor(place * lines.length);
    return lines.slice(first, first + count).join('\n');
  });
const piece = pieceOf(logs);
const silent = fc.constantFrom('An ordinary line.\n', '2026-01-15 08:00:00 INFO started\nand more\n', 'C:\\temp\\new\n', 'a "quoted" word\t\u00e4\u2013\n', 'x\n');

const wanted: Wanted = { what: 'failures', from: 0 };

function read(format: LogFormat, text: string): Step[] {
  const occurrences = createOccurrences(text);
  return format.steps(text, format.find(text, [{ start: 0, end: text.length }], occurrences), wanted, occurrences);
}

function blocksOf(format: LogFormat, text: string): Block[] | undefined {
  const occurrences = createOccurrences(text);
  return format.blocks?.(text, format.find(text, [{ start: 0, end: text.length }], occurrences), occurrences);
}

suite('signs', () => {
  for (const format of formats) {
    const own = logs.filter((log) => read(format, log).length > 0);
    test(`${format.id}, ${format.title}: a text without a sign has nothing of the form`, () => {
      fc.assert(
        fc.property(pieceOf(own.length > 0 ? own : logs), (text) => {
          const occurrences = createOccurrences(text);
          const isSilent = signsOf(format, text, occurrences, [0]).length === 0;
          const stretches = isSilent ? format.find(text, [{ start: 0, end: text.length }], occurrences) : [];
          // What is left for any text is all of it: there the records count, and so they do where another form may speak in a string.
          if (format.id === 'text') assert.deepEqual(format.steps(text, stretches, wanted, occurrences), []);
          else assert.deepEqual(stretches, []);
        }),
        trials(100),
      );
    });
  }

  test('signs are told of each text in which they stand', () => {
    const texts = logs.filter((log) => log.length < 20_000);
    const together = texts.map((text) => `${text}\n`).join('');
    const beginnings = texts.map((_, index) => texts.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0));
    for (const format of formats) {
      const signs = signsOf(format, together, createOccurrences(together), beginnings);
      for (const [index, text] of texts.entries()) {
        if (signsOf(format, text, createOccurrences(text), [0]).length === 0) continue;
        const start = beginnings[index] as number;
        assert.ok(
          signs.some((sign) => sign >= start && sign < start + text.length + 1),
          `${format.title} in ${paths[logs.indexOf(text)]}`,
        );
      }
    }
  });
});

suite('strings', () => {
  test('say what they say where every one of them is read by every form', () => {
    // As if each string had a sign of each form.
    const all = escapedText({
      formats: () => formats.map((format) => ({ ...format, signs: (_text, _occurrences, beginnings) => beginnings })),
      occurrences: (text) => createOccurrences(text),
      steps: readRecords,
      blocks: readBlocks,
    });
    const own = formats.find(({ title }) => title === all.title) as LogFormat;
    const string = fc.oneof(
      silent,
      piece.map((text) => `${text}\n`),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(string, fc.nat(2), fc.boolean()), { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', ',', ', 550 5.1.1 no\n'), (strings, between) => {
        const lines = strings.map(([text, depth, isBehindReply]) => {
          // What a form reads up to the next string depends on whether that is one.
          let line = isBehindReply ? `{"c":550 5.1.1 no,"a":${JSON.stringify(text)}}` : JSON.stringify({ a: text, b: 'x' });
          for (let level = 0; level < depth; level++) line = JSON.stringify({ a: `${line}\n${text}` });
          return line;
        });
        const text = `[${lines.join(between)}]`;
        assert.deepEqual(read(own, text), read(all, text));
        assert.deepEqual(blocksOf(own, text), blocksOf(all, text));
      }),
      trials(150),
    );
  });

  test('stand in their lines alone: a line break that is not escaped ends a string', () => {
    const [own] = formats.filter(({ title }) => title === 'Texts in JSON') as [LogFormat];
    const text = '{"a":"a line\\nand \\\nof another"}\n';
    assert.deepEqual(own.find(text, [{ start: 0, end: text.length }], createOccurrences(text)), []);
  });

  test('have their places where the escapes stand', () => {
    const text = '{"a":"one\\n\\u0035\\u00350 5.1.1 \\"no\\" such user\\nthree"}';
    const [record] = readRecords(text);
    assert.equal(text.slice(record?.mark.start, record?.mark.end), '\\u0035\\u00350 5.1.1');
  });
});

/** The format with a reader that counts what it has to do. */
function countingFormat(): { readonly format: LogFormat; readonly searched: () => number; readonly read: () => number } {
  let searched = 0;
  let read = 0;
  const reader: Reader = {
    formats: () => others,
    occurrences: (text) => {
      searched += text.length;
      return createOccurrences(text);
    },
    steps: (text) => {
      read += text.length;
      return readRecords(text);
    },
    blocks: (text) => {
      read += text.length;
      return readBlocks(text);
    },
  };
  const format = escapedText(reader);
  const others = formats.map((other) => (other.title === format.title ? format : other));
  return { format, searched: () => searched, read: () => read };
}

suite('strings that say nothing', () => {
  const ordinary = Array.from({ length: 500 }, (_, index) => JSON.stringify({ log: `2026-01-15 INFO message ${index}\n`, stream: 'stdout' }));
  const speaking = JSON.stringify({ log: 'Remote server returned: 550 5.1.1 User unknown\n' });

  for (const [name, text] of [
    ['a line each', ordinary.join('\n')],
    ['all in one line', `[${ordinary.join(',')}]`],
    ['strings in strings', JSON.stringify({ a: `${ordinary.join('\n')}\n` })],
    ['nothing but short ones', `{${'"a":"b\\n",'.repeat(2_000)}"c":1}`],
  ] as const) {
    test(`are searched once together, and not read: ${name}`, () => {
      const counting = countingFormat();
      assert.deepEqual(read(counting.format, text), []);
      assert.equal(counting.read(), 0);
      assert.ok(counting.searched() > 0 && counting.searched() < 2 * text.length, `${counting.searched()} of ${text.length} characters`);
    });
  }

  test('are not read beside those that speak', () => {
    const counting = countingFormat();
    assert.equal(read(counting.format, [...ordinary, speaking, ...ordinary].join('\n')).length, 1);
    assert.equal(counting.read(), (JSON.parse(speaking) as { log: string }).log.length);
  });

  test('leave the text in one piece where no other form stands in it', () => {
    const { format } = countingFormat();
    const find = (text: string): number => format.find(text, [{ start: 0, end: text.length }], createOccurrences(text)).length;
    assert.equal(find(ordinary.join('\n')), 0);
    assert.equal(find(`${ordinary.join('\n')}\n550 5.1.1 User unknown`), ordinary.length);
  });
});

test('a text is written as its characters are, wherever it is cut', () => {
  const text = fc.array(
    fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '\\', '\u00e4', '\u2013', '\u{1F4EC}'), maxLength: 8 }),
      fc.nat(20_000).map((length) => 'x'.repeat(length)),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(text, (pieces) => {
      const whole = pieces.join('');
      const writer = new TextWriter();
      for (let at = writer.addUpTo(0x5c, whole, 0, whole.length); at < whole.length; at = writer.addUpTo(0x5c, whole, at + 1, whole.length)) writer.add(0x5c);
      assert.equal(writer.length, whole.length);
      assert.equal(writer.text(), whole);
    }),
    trials(200),
  );
});
