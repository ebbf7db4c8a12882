/** What copying and pasting leaves in a text changes nothing of what is found: blanks that do not show, Markdown's signs, the words of whoever asks. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { locatorOf } from '../support/findings.ts';
import { beginnings } from '../support/lineBeginnings.ts';
import { withLineEnds } from '../support/lineEnds.ts';
import { completeLog, readMarks } from '../support/marks.ts';
import { filesBelow, projectKnowledge, projectKnowledgeBase, root } from '../support/project.ts';
import { tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const paths = [...filesBelow('test/logs').filter((path) => !path.endsWith('.expected')), ...filesBelow('samples').filter((path) => !path.endsWith('.md'))];
const read = (path: string): string => withLineEnds(readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''), '\n');
const samples = projectKnowledge().documents.flatMap(({ samples: own }) => own.map(({ format, text }) => readMarks(completeLog(format, text)).text));

interface Copy {
  readonly name: string;
  readonly write: (text: string) => string;
  /** How many lines stand above the first one. */
  readonly above?: number;
}

const eachLine = (write: (line: string) => string) => (text: string) => text.split('\n').map(write).join('\n');

const copies: readonly Copy[] = [
  { name: 'blanks at the ends of lines', write: eachLine((line) => `${line}   `) },
  { name: 'blanks that do not break', write: (text) => text.replaceAll(' ', '\u00A0') },
  { name: 'characters without width', write: (text) => text.replace(/(?<=[@.\]])/g, '\u200B') },
  { name: 'the escapes of Markdown', write: (text) => text.replace(/(?<!\\)[_*#<>[\]]/g, '\\$&') },
  { name: 'each line as code', write: eachLine((line) => (line.trim() === '' || line.includes('`') ? line : `\`${line}\``)) },
  { name: 'each line in bold', write: eachLine((line) => (/^\S[^*]*\S$/.test(line) ? `**${line}**` : line)) },
  { name: 'each line as a row of one cell', write: eachLine((line) => (line.trim() === '' || line.includes('|') ? line : `| ${line} |`)) },
  { name: 'the colours of a terminal', write: eachLine((line) => (line === '' ? line : `\x1b[1;32m${line}\x1b[0m`)) },
  { name: 'words above and below', write: (text) => `Hello,\n\nwe see this since Monday, what can we do?\n\n${text}\n\nThank you for any hint\nRobert\n`, above: 4 },
  { name: 'the entities of a page', write: escaped },
  { name: 'the entities of a page, with those of quotation marks', write: (text) => escaped(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;') },
  { name: 'each line as a paragraph of a page', write: eachLine((line) => `<p>${escaped(line)}</p>`) },
  {
    name: 'each line as an element of a page, with a style',
    write: eachLine((line) => `<div style="font-family:Calibri"><span>${line === '' ? '<br>' : escaped(line)}</span></div>`),
  },
  { name: 'each line as a row of a table of a page', write: eachLine((line) => `<tr><td>${escaped(line)}</td></tr>`) },
  { name: 'lines that end with breaks of a page', write: (text) => `<p>${escaped(text).replaceAll('\n', '<br>\n')}</p>` },
  { name: 'an element of a page for all of it', write: (text) => `<pre>\n${escaped(text)}\n</pre>\n`, above: 1 },
  { name: 'a block of code', write: (text) => `We see this since Monday:\n\n\`\`\`\n${text}\n\`\`\`\n`, above: 3 },
];

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A console that breaks lines inside words shows by the blanks at their ends how wide it is. */
const left: Readonly<Record<string, RegExp>> = {
  'test/logs/event-lists-wrapped.txt': /^blanks at the ends of lines$/,
  // What says that a part is a page says so of what is written twice.
  'test/logs/bounces-in-words.mbox': /\bpage\b/,
  'test/logs/page-source.txt': /\bpage\b/,
  'test/logs/programs-as-shown.txt': /\bpage\b/,
  'test/logs/programs-in-words.txt': /\bpage\b/,
};

/** What is told, and in which line: columns are others where something stands between. */
function tell(text: string, above = 0): string[] {
  const locator = locatorOf('a.log', text);
  return findFindings(text, knowledge).map((finding) => {
    const { startLine, category, failure, replyCode, enhancedCode, response, event, captures } = locator.locate(finding);
    return JSON.stringify([startLine - above, category, failure, replyCode, enhancedCode, response, event, captures]);
  });
}

suite('quotation marks of a word processor change nothing', () => {
  // A line that leaves a quotation open keeps its marks, and so does what elides a vowel: a program's form may have either there.
  const isEven = (line: string): boolean => line.split('"').length % 2 === 1;
  const typographic = eachLine((line) =>
    isEven(line)
      ? line
          .replace(/"([^"]*)"/g, '\u201C$1\u201D')
          .replace(/(?<!\p{L})'([^']*)'/gu, '\u2018$1\u2019')
          .replace(/(?<!\b[dln])'|'(?!\p{L})/gu, '\u2019')
      : line,
  );
  const plain = (told: string[]): string[] => told.map((finding) => finding.replace(/[\u2018\u2019]/g, "'").replace(/\\"|[\u201C\u201D]/g, '\u201D'));
  for (const path of paths) {
    test(path, () => {
      const text = read(path);
      assert.deepEqual(plain(tell(typographic(text))), plain(tell(text)));
    });
  }
});

for (const { name, write, above } of copies) {
  suite(`${name} change nothing`, () => {
    for (const path of paths.filter((each) => !left[each]?.test(name))) {
      test(path, () => {
        const text = read(path);
        assert.deepEqual(tell(write(text), above), tell(text));
      });
    }

    test('of samples', () => {
      for (const text of tried(samples)) assert.deepEqual(tell(write(text), above), tell(text), text);
    });
  });
}

suite('a mail whose lines stand two apart says the same', () => {
  const doubled = (text: string): string => text.replaceAll('\n', '\n\n');
  const inPlace = (told: string[]): string[] => told.map((finding) => finding.replace(/^\[(\d+)/, (_, line: string) => `[${(Number(line) + 1) / 2}`));
  for (const path of paths.filter((each) => each.endsWith('.eml'))) {
    test(path, () => {
      const text = read(path);
      assert.ok(tell(text).length > 0);
      assert.deepEqual(inPlace(tell(doubled(text))), tell(text));
      assert.deepEqual(inPlace(tell(withLineEnds(doubled(text), '\r\n'))), tell(text));
      // Behind somebody's words, and quoted by whoever answers.
      assert.deepEqual(inPlace(tell(`Hello,\n\n${doubled(text)}`, 2)), tell(`Hello,\n\n${text}`, 2));
      assert.deepEqual(inPlace(tell(beginnings['quoted by >']?.(doubled(text)) ?? '')), tell(text));
    });
  }
});

suite('a mail program that wraps between words', () => {
  const row = /^(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d:|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d|\d{10}\.\d{3,6} |@[0-9a-f]{24} )/;
  const logs = paths.map(read).filter((text) => {
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.filter((line) => row.test(line)).length > 0.9 * lines.length;
  });
  const said = (text: string): string[] => tell(text).map((finding) => finding.replace(/^\[\d+,/, '['));

  for (const width of [72, 78]) {
    test(`at ${width} columns leaves four of five findings of logs as they were, and makes hardly any others`, () => {
      let [all, kept, others] = [0, 0, 0];
      for (const text of logs) {
        const expected = said(text);
        const found = said(wrapped(text, width));
        all += expected.length;
        kept += expected.filter((finding) => found.includes(finding)).length;
        others += found.filter((finding) => !expected.includes(finding)).length;
      }
      assert.ok(logs.length > 6 && kept > 0.8 * all && others < 0.12 * all, `${logs.length} logs: ${kept} of ${all}, and ${others} others`);
    });
  }
});

suite('rows that were wrapped', () => {
  const names = ['postfix.log', 'exim.log', 'sendmail.log', 'cisco-esa.log', 'amavis.log', 'opensmtpd.log', 'zone-mta-and-dovecot.log'];
  const logs = names.map((name) => {
    const rows = read(`test/logs/${name}`).split('\n');
    return rows.filter((line) => /^(?:\d{4}-\d\d-\d\d|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d) ?T?(?:\d{4} )?\d\d:/.test(line)).join('\n');
  });
  const said = (text: string): string[] => tell(text).map((finding) => finding.replace(/^\[\d+,/, '['));
  const widths = [72, 78, 98];

  for (const name of ['quoted by >', 'indented by four', 'quoted and indented']) {
    test(`say the same ${name}`, () => {
      for (const text of logs) for (const width of widths) assert.deepEqual(said(beginnings[name]?.(wrapped(text, width)) ?? ''), said(wrapped(text, width)));
    });
  }

  // As wide as they are, other words stand at their ends: so few rows more or fewer can be told.
  const hanging: Readonly<Record<string, (text: string, width: number) => string>> = {
    'below their beginnings': (text, width) => wrapped(text, width, () => '', 4),
    'below their beginnings, quoted': (text, width) => beginnings['quoted by >']?.(wrapped(text, width, () => '', 4)) ?? '',
    'in a list': (text, width) => wrapped(text, width, () => '- '),
    'in a list with numbers': (text, width) => wrapped(text, width, (line) => `${line + 1}. `),
  };
  for (const [name, write] of Object.entries(hanging)) {
    test(`say the same where they hang ${name}`, () => {
      let [all, kept, others] = [0, 0, 0];
      for (const text of logs) {
        for (const width of widths) {
          const expected = said(wrapped(text, width));
          const found = said(write(text, width));
          all += expected.length;
          kept += expected.filter((finding) => found.includes(finding)).length;
          others += found.filter((finding) => !expected.includes(finding)).length;
        }
      }
      assert.ok(all > 300 && kept > 0.98 * all && others < 0.03 * all, `${kept} of ${all}, and ${others} others`);
    });
  }
});

/**
 * Each line as full as can be, but for words that are longer than a line.
 * @param lead What stands before the first line of each.
 * @param hanging How far the others are indented, where that is not as wide.
 */
function wrapped(text: string, width: number, lead: (line: number) => string = () => '', hanging?: number): string {
  return text
    .split('\n')
    .flatMap((line, index) => {
      const lines: string[] = [];
      for (const word of line.split(/(?<=\S) (?=\S)/)) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(`${last === undefined ? lead(index) : ' '.repeat(hanging ?? lead(index).length)}${word}`);
      }
      return lines;
    })
    .join('\n');
}
