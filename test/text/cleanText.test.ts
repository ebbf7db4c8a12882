/** The clean form of a text: what is taken off, where each character that is left stands, and that a part gives the part. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BareText } from '../../server/src/text/bareText.ts';
import { cleaned } from '../../server/src/text/cleanText.ts';
import { surveyLines } from '../../server/src/text/lineSurvey.ts';
import { trials } from '../support/trials.ts';

const newlines = (text: string): number[] => [...text.matchAll(/\n/g)].map(({ index }) => index);
const clean = (text: string): BareText | undefined => cleaned(text, newlines(text), surveyLines(text, newlines(text)));
const textOf = (written: string): string => clean(written)?.text ?? written;

test('a line keeps what it says', () => {
  const lines: Readonly<Record<string, string>> = {
    '550 5.1.1 User unknown': '550 5.1.1 User unknown',
    '550\u00A05.1.1\u202FUser\u3000unknown': '550 5.1.1 User unknown',
    'bob@\u200Bcontoso.com\u200E': 'bob@contoso.com',
    'two blanks  ': 'two blanks',
    'one blank ': 'one blank ',
    ' ': '',
    'an empty cell\t': 'an empty cell\t',
    '`550 5.1.1`': '550 5.1.1',
    '``a``': 'a',
    '**Source: x**': 'Source: x',
    '  __a b__': '  a b',
    '`a` and `b`': '`a` and `b`',
    '** bob@contoso.com **': '** bob@contoso.com **',
    '***': '***',
    _____: '_____',
    '| 550 5.1.1 |': '550 5.1.1',
    '| a | b |': '| a | b |',
    '\\<bob\\_x@contoso.com\\>': '<bob_x@contoso.com>',
    '"path":"C:\\\\_logs"': '"path":"C:\\\\_logs"',
    'EX01\\Default EX01': 'EX01\\Default EX01',
    '\x1b[1;31mERROR\x1b[0m 550 5.1.1\x1b[K': 'ERROR 550 5.1.1',
    'no colour \x1b[2J': 'no colour \x1b[2J',
  };
  for (const [written, said] of Object.entries(lines)) {
    assert.equal(textOf(written), said, written);
    assert.equal(textOf(`${written}\r\n${written}\n`), `${said}\r\n${said}\n`, written);
  }
});

test('a line end that was made twice is one', () => {
  assert.equal(textOf('550 5.1.1\r\r\nwith a blank \r\r\n\r\r\nlast\r\r\r\n'), '550 5.1.1\r\nwith a blank\r\n\r\nlast\r\n');
});

const pieces = fc.array(
  fc.constantFrom(' ', '  ', '\t', '\n', '\r\n', '\u00A0', '\u200B', '`', '*', '**', '_', '|', '| ', '\\', '\\_', '\r', '\x1b[0m', '550 5.1.1', 'bob@contoso.com', 'é'),
  {
    maxLength: 30,
  },
);

test('each character knows its place, and each place its character', () => {
  fc.assert(
    fc.property(pieces, (written) => {
      const text = written.join('');
      const found = clean(text);
      if (!found) return;
      for (let index = 0; index < found.text.length; index++) {
        const place = found.place(index);
        assert.equal(text[place]?.replace(/[\u00A0]/, ' '), found.text[index]);
        assert.equal(found.indexOf(place), index);
      }
      assert.equal(found.place(found.text.length), text.length);
      assert.equal(found.indexOf(text.length), found.text.length);
    }),
    trials(),
  );
});

test('the lines of a text are cleaned as they are alone', () => {
  fc.assert(
    fc.property(pieces, (written) => {
      const text = written.join('');
      assert.equal(textOf(text), text.split('\n').map(textOf).join('\n'));
    }),
    trials(),
  );
});
