/** The output for people at a terminal: grouped by file, one finding on two lines, a summary at the end. */

import colors from 'picocolors';
import type { Located } from '../analysis/located.ts';
import type { Totals } from '../analysis/tally.ts';
import { shortened, visible } from '../text/visible.ts';
import { type Severity, severities } from '../values.ts';
import type { Report, ReportOptions } from './index.ts';
import { plural, unreadClauses } from './unread.ts';

/** Log text reaches the terminal only through visible() and shortened(): the only escape sequences are our own colours. */
export function createTextReport(options: Pick<ReportOptions, 'hasColor'>): Report {
  const paint = colors.createColors(options.hasColor);
  const severityPaint: Record<Severity, (text: string) => string> = { error: paint.red, warning: paint.yellow, information: paint.blue };
  let file: string | undefined;
  return {
    finding: (located) => {
      const heading = located.file === file ? '' : `${file === undefined ? '' : '\n'}${paint.underline(fileTitle(located.file))}\n`;
      file = located.file;
      const position = `${located.startLine}:${located.startColumn}`.padEnd(8);
      const severity = severityPaint[located.severity](located.severity.padEnd(11));
      const id = located.failure === null ? '' : `  ${paint.dim(`(${located.failure})`)}`;
      const response = located.response === null ? '' : `${indent}${paint.dim(shortened(located.response, responseLength))}\n`;
      return `${heading}  ${position}  ${severity}  ${codes(located)}${visible(located.title)}${id}\n${response}`;
    },
    end: (totals) => `${file === undefined ? '' : '\n'}${summary(totals)}\n`,
  };
}

const responseLength = 160;
const indent = ' '.repeat(12);

function fileTitle(file: string): string {
  return file === '-' ? '(standard input)' : visible(file);
}

function codes(located: Located): string {
  const response = [located.replyCode, located.enhancedCode].filter((code) => code !== null).join(' ');
  if (response !== '') return `${visible(response)}  `;
  return located.event ? `event ${located.event.id}  ` : '';
}

/** "3 findings (2 errors, 1 warning) in 2 files; 1 of them is shown; 1 file could not be read." */
function summary(totals: Totals): string {
  const shown = totals.shown < totals.findings ? [`${totals.shown} of them ${totals.shown === 1 ? 'is' : 'are'} shown`] : [];
  return `${[foundClause(totals), ...shown, ...unreadClauses(totals)].join('; ')}.`;
}

function foundClause({ findings, files, severities: counts }: Totals): string {
  if (files === 0) return 'No file was read';
  if (findings === 0) return `Nothing found in ${plural(files, 'file')}`;
  const parts = severities.filter((severity) => counts[severity] > 0).map((severity) => severityCount(counts[severity], severity));
  return `${plural(findings, 'finding')} (${parts.join(', ')}) in ${plural(files, 'file')}`;
}

function severityCount(count: number, severity: Severity): string {
  return severity === 'information' ? `${count} for information` : plural(count, severity);
}
