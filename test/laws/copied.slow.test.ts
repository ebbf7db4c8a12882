/** What copying and pasting leaves in a text changes nothing of what is found: blanks that do not show, Markdown's signs, the words of whoever asks. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { locatorOf } from '../support/findings.ts';
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
  { name: 'words above and below', write: (text) => `Hello,\n\nwe see this since Monday, what can we do?\n\n${text}\n\nThank you for any hint\nRobert\n`, above: 4 },
  { name: 'a block of code', write: (text) => `We see this since Monday:\n\n\`\`\`\n${text}\n\`\`\`\n`, above: 3 },
];

/** A console that breaks lines inside words shows by the blanks at their ends how wide it is. */
const left: Readonly<Record<string, string>> = {
  'test/logs/event-lists-wrapped.txt': 'blanks at the ends of lines',
};

/** What is told, and in which line: columns are others where something stands between. */
function tell(text: string, above = 0): string[] {
  const locator = locatorOf('a.log', text);
  return findFindings(text, knowledge).map((finding) => {
    const { startLine, category, failure, replyCode, enhancedCode, response, event, captures } = locator.locate(finding);
    return JSON.stringify([startLine - above, category, failure, replyCode, enhancedCode, response, event, captures]);
  });
}

for (const { name, write, above } of copies) {
  suite(`${name} change nothing`, () => {
    for (const path of paths.filter((each) => !(each in left && left[each] === name))) {
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

/** Each line as full as can be, but for words that are longer than a line. */
function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const lines: string[] = [];
      for (const word of line.split(/(?<=\S) (?=\S)/)) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
      }
      return lines;
    })
    .join('\n');
}
