/** The output for programs that read one document: the findings first, the figures of the scan after them. */

import type { MissedFile } from '../analysis/tally.ts';
import { printableJson } from '../text/visible.ts';
import type { Report, ReportOptions } from './index.ts';
import { LocatedWriter } from './locatedJson.ts';

export function createJsonReport(options: Pick<ReportOptions, 'version'>): Report {
  const writer = new LocatedWriter();
  let separator = '\n';
  return {
    begin: () => '{ "findings": [',
    finding: (located) => {
      const text = `${separator}${writer.write(located)}`;
      separator = ',\n';
      return text;
    },
    end: ({ files, bytes, unreadable, leftOut, interruption }) => {
      const figures = { files, bytes, unreadable: unreadable.map(unreadableEntry), leftOut, ...(interruption !== undefined && { interrupted: true }), version: options.version };
      const members = Object.entries(figures).map(([name, value]) => `"${name}": ${printableJson(value)}`);
      return `${separator === '\n' ? '' : '\n'}], ${members.join(', ')} }\n`;
    },
  };
}

/** The form is part of the command line's contract. */
function unreadableEntry({ file, reason, isPartial }: MissedFile): object {
  return { file, reason, ...(isPartial && { isPartial }) };
}
