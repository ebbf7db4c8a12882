/** The output for programs that read one document: the findings first, the figures of the scan after them. */

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
    end: ({ files, bytes }) => `${separator === '\n' ? '' : '\n'}], "files": ${files}, "bytes": ${bytes}, "version": ${printableJson(options.version)} }\n`,
  };
}
