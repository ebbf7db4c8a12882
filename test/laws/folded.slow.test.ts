/** What folding does to the lines of all logs is undone where it has left what tells so: most findings stay as they were, and hardly any others are made. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { withLineEnds } from '../support/lineEnds.ts';
import { fold } from '../support/pasted.ts';
import { filesBelow, projectKnowledgeBase, root } from '../support/project.ts';

const knowledge = projectKnowledgeBase();
/**
 * Left out are logs of more than 40,000 characters, for their time, and pages and CSV in quotation marks that go over lines, in which a line end within
 * a tag or a cell is one that a browser or a spreadsheet reads; what folding has lost of them is lost.
 */
const logs = filesBelow('test/logs')
  .filter((path) => !path.endsWith('.expected') && !/page|html|\.csv|\.xml|wrapped/.test(path))
  .map((path) => withLineEnds(readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, ''), '\n'))
  .filter((text) => text.length < 40_000);

const said = (text: string): string[] =>
  findFindings(text, knowledge).map(({ failure, category, record: { response } }) => [failure?.id ?? category, response?.replyCode, response?.enhancedCode].join(' '));

interface Folding {
  readonly write: (text: string) => string;
  /** Which part of the findings must be the same. */
  readonly least: number;
  /** How many others there may be for each. */
  readonly most: number;
}

const foldings: Readonly<Record<string, Folding>> = {
  'by a terminal at 80': { write: (text) => broken(text, 80), least: 0.97, most: 0.01 },
  'by a terminal at 120': { write: (text) => broken(text, 120), least: 0.98, most: 0.01 },
  'by a mail program at 72, quoted before': { write: (text) => fold(text.replace(/^/gm, '> '), 72), least: 0.96, most: 0.03 },
};

function broken(text: string, width: number): string {
  return text.replace(new RegExp(`[^\\n]{${width}}(?=[^\\n])`, 'g'), '$&\n');
}

suite('what was folded says the same', () => {
  const expected = logs.map(said);
  for (const [name, { write, least, most }] of Object.entries(foldings)) {
    test(name, () => {
      let [all, kept, others] = [0, 0, 0];
      for (const [index, text] of logs.entries()) {
        const left = [...(expected[index] as string[])];
        all += left.length;
        for (const finding of said(write(text))) {
          const at = left.indexOf(finding);
          if (at < 0) others++;
          else left.splice(at, 1);
        }
        kept += (expected[index] as string[]).length - left.length;
      }
      assert.ok(all > 500 && kept > least * all && others < most * all, `${logs.length} logs: ${kept} of ${all}, and ${others} others`);
    });
  }
});
