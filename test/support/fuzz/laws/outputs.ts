/** The outputs of the command line. */

import type { Located } from '../../../../server/src/analysis/located.ts';
import { createTally } from '../../../../server/src/analysis/tally.ts';
import { type Report, type ReportFormat, reports } from '../../../../server/src/report/index.ts';
import { projectKnowledgeBase } from '../../project.ts';
import { clipped, locateAll } from '../compare.ts';
import type { Law } from '../law.ts';

const options = { version: '1.2.3', repository: 'https://contoso.com/mailflow-lens', hasColor: false, uri: (file: string) => `file:///${file}` };

/** A long list says nothing new. */
const mostWritten = 200;

export const outputs: Law = {
  name: 'outputs',
  states: 'Every output is valid, and holds no character that a terminal obeys or a reader does not see.',
  run({ text }, engine) {
    const found = locateAll(text, engine.findings(text)).slice(0, mostWritten);
    for (const format of Object.keys(reports) as ReportFormat[]) {
      const output = write(format, found);
      const odd = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(output);
      if (odd) return `${format}: a character that must be escaped\n${clipped(JSON.stringify(output.slice(Math.max(0, odd.index - 200), odd.index + 20)))}`;
      const wrong = readBack(format, output, found);
      if (wrong !== undefined) return `${format}: ${wrong}\n${clipped(output)}`;
    }
    return undefined;
  },
};

function write(format: ReportFormat, found: readonly Located[]): string {
  const report: Report = reports[format](options);
  const tally = createTally();
  const failureOf = ({ failure }: Located) => (failure === null ? undefined : projectKnowledgeBase().failure(failure));
  let output = report.begin?.() ?? '';
  for (const located of found) {
    tally.finding(located, failureOf(located), true);
    output += report.finding(located, failureOf(located));
  }
  return output + report.end({ ...tally.totals(), files: 1, bytes: 1, leftOut: 0, unreadable: [] });
}

/** What is wrong with an output for programs. */
function readBack(format: ReportFormat, output: string, found: readonly Located[]): string | undefined {
  const isSame = (read: readonly unknown[]): boolean => JSON.stringify(read) === JSON.stringify(found.map(({ part: _notWritten, ...written }) => written));
  try {
    if (format === 'json' && !isSame((JSON.parse(output) as { findings: unknown[] }).findings)) return 'other findings';
    if (format === 'ndjson' && !isSame(linesOf(output).map((line) => JSON.parse(line)))) return 'other findings';
    if (format === 'sarif' && (JSON.parse(output) as { runs: { results: unknown[] }[] }).runs[0]?.results.length !== found.length) return 'another number of results';
    return undefined;
  } catch {
    return 'no JSON';
  }
}

function linesOf(output: string): string[] {
  return output.split('\n').filter((line) => line !== '');
}
