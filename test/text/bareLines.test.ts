/** What stands before the lines of a text is taken away, and each character knows its place. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { bareLines } from '../../server/src/text/bareLines.ts';
import { createLiteralSearch } from '../../server/src/text/literals.ts';
import { createOccurrences } from '../../server/src/text/occurrences.ts';
import { trials } from '../support/trials.ts';

const sieve = createLiteralSearch(['status=']);
const read = (text: string): ReturnType<typeof bareLines> => bareLines(text, (other) => createOccurrences(other, sieve));
const bare = (text: string): string => read(text).text;

suite('a text is read without', () => {
  const taken: Readonly<Record<string, readonly [written: string, text: string]>> = {
    'marks of quotation': ['> a status=b\n>\n> > c\n', 'a status=b\n\nc\n'],
    'marks without a blank, where several lines have them': ['>a\n>b\n', 'a\nb\n'],
    'marks below other text': ['A word.\n> status=a\n', 'A word.\nstatus=a\n'],
    'an indentation, but for what is indented further': ['    status=a\n\n      b\n', 'status=a\n\n  b\n'],
    'an indentation below other text': ['A word.\n\n\tstatus=a\n\tb\n', 'A word.\n\nstatus=a\nb\n'],
    'names of files': ['mail.log:status=a\nmail.log:b\n', 'status=a\nb\n'],
    'numbers of lines': ['12:status=a\n17:b\n', 'status=a\nb\n'],
    'names of containers': ['mail-1  | status=a\nweb-1   | b\n', 'status=a\nb\n'],
    'a list in a quotation': ['> - status=a\n> - b\n', 'status=a\nb\n'],
    'the names of whoever writes in a chat': [
      '[14:02] anna: Jan 15 08:00:00 mx1 status=a\nJan 15 08:00:01 mx1 b\n[2:03 PM] Bob Smith: c\n',
      'Jan 15 08:00:00 mx1 status=a\nJan 15 08:00:01 mx1 b\nc\n',
    ],
    'the names that a telephone exports': ['[01.12.26, 14:02:11] Anna: status=a\n[01.12.26, 14:02:12] Jörg (IT): b\n', 'status=a\nb\n'],
    'points of a list, each wrapped': ['1. status=a\n   b\n2. c\n   d\n', 'status=a\nb\nc\nd\n'],
    'points of a list, of which one is a row that was wrapped': [
      '1. a status=b\n2. Jan 15 08:00:00 mx1 postfix/smtp[123]: 4A1B2C3D4E: to=<bob@fabrikam.com>,\n   relay=mx.fabrikam.com[203.0.113.25]:25, delay=1.2, dsn=5.2.2,\n   status=bounced (mailbox full; that is what it was all the time)\n3. c\n',
      'a status=b\nJan 15 08:00:00 mx1 postfix/smtp[123]: 4A1B2C3D4E: to=<bob@fabrikam.com>, relay=mx.fabrikam.com[203.0.113.25]:25, delay=1.2, dsn=5.2.2, status=bounced (mailbox full; that is what it was all the time)\nc\n',
    ],
    'tags and entities of a page': ['<p>status=&lt;a&gt;<br>b</p>\n<tr>\n<td>c</td>\n<td>d</td>\n</tr>\n', 'status=<a>\nb\nc\td\n'],
    'tags behind marks of quotation': ['> <div>status=a</div><div>b</div>\n', 'status=a\nb\n'],
    'lines that were put between those of a mail': ['From: a\n\nTo: b\n\nSubject: c\n\n\n\nstatus=a\n\nb\n', 'From: a\nTo: b\nSubject: c\n\nstatus=a\nb\n'],
    'what a program shows, in a block of code': ['A word.\n\n    1: x\n    2: status=a\n', 'A word.\n\n x\n status=a\n'],
  };
  for (const [name, [written, text]] of Object.entries(taken)) test(name, () => assert.equal(bare(written), text));

  test('the end of a quotation seeming to be part of what stands below it', () => assert.equal(bare('> status=a\nb\n'), 'status=a\n\nb\n'));

  test('the line ends that a terminal has made', () => {
    const line = `Jan 15 08:00:00 mx1 status=${'x'.repeat(200)}`;
    assert.equal(bare(`${line.slice(0, 80)}\n${line.slice(80, 160)}\n${line.slice(160)}\nJan 15 08:00:01 mx1 y\n`), `${line}\nJan 15 08:00:01 mx1 y\n`);
  });
});

suite('a text is left as it is', () => {
  const left: Readonly<Record<string, string>> = {
    'where nothing in a block begins a form': '    a\n    b\n',
    'where Sendmail shows what it sent': '>>> RCPT To:<bob@fabrikam.com>\n<<< 550 status=a\n',
    'where a mailbox has marked a line': 'status=a\n>From here on\nb\n',
    'where replies stand below each other': '450 status=a\n451 b\n',
    'where a log begins its rows with a time and a name': '[14:02:11] smtpd: status=a\n[2026-01-15 08:00] smtpd: b\n[15/01/2026 14:02:11] smtpd: c\n',
    'where an entity stands in XML': '<Data>status=&lt;a&gt;\n&lt;b&gt;</Data>\n',
    'where a part of a mail is a page': 'Content-Type: text/html\n\n<p>status=&lt;a&gt;</p>\n',
    'where paragraphs of one line follow a field': 'Subject: a\n\nstatus=b\n\nc\n',
    'where times begin the lines': '08:00:01 status=a\n09:00:02 b\n',
    'in a table of Markdown': '| status=a | b |\n|---|---|\n| c | d |\n',
    'where one line goes on with the one above': 'A word\n    status=a\n    b\n',
    'where a value of a list goes on': 'Message : a\n\n          status=b\n',
    'where a long line is followed by another entry': `Jan 15 08:00:00 mx1 ${'x'.repeat(60)}\nJan 15 08:00:01 mx1 status=a\n`,
  };
  for (const [name, text] of Object.entries(left)) test(name, () => assert.equal(bare(text), text));
});

test('each character that is left stands in its place, and each line begins in its own', () => {
  const piece = fc.constantFrom(
    '> ',
    '>',
    '    ',
    '\t',
    '- ',
    '1:',
    '2:',
    'mail.log:',
    'a-1 | ',
    'b-1 | ',
    'status=',
    'x',
    '\n',
    '\n',
    '\r\n',
    '\n\n',
    'Jan 15 08:00:00 ',
    '<p>',
    '</p>',
    '<br>',
    '</td><td>',
    '&lt;',
    'Subject: ',
    'To: ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const written = pieces.join('');
      const { text, bare: left } = read(written);
      if (!left) return assert.equal(text, written);
      for (let index = 0; index < text.length; index++) {
        const character: string | undefined = written[left.place(index)];
        // A tag and an entity stand for a character.
        if (character !== '<' && character !== '&') assert.equal(character, text[index]);
        if (index > 0) assert.ok(left.place(index) >= left.place(index - 1));
      }
      for (let place = 0, last = 0; place <= written.length; place++) {
        assert.ok(left.indexOf(place) >= last && left.indexOf(place) <= text.length);
        last = left.indexOf(place);
      }
    }),
    trials(500),
  );
});
