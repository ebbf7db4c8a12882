/** The output for programs that read one document: the findings first, the figures of the scan after them. */

import { printableJson } from '../visible.ts';
import type { Report, ReportOptions } from './index.ts';
import { locatedJson } from './located.ts';

export function createJsonReport(options: Pick<ReportOptions, 'version'>): Report {
  let separator = '\n';
  return {
    begin: () => '{ "findings": [',
    finding: (located) => {
      const text = `${separator}${locatedJson(located)}`;
      separator = ',\n';
      return text;
    },
    end: ({ files, bytes }) => `${separator === '\n' ? '' : '\n'}], "files": ${files}, "bytes": ${bytes}, "version": ${printableJson(options.version)} }\n`,
  };
}
