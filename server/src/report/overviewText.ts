/** The overview for a terminal. */

import colors from 'picocolors';
import type { Onset } from '../analysis/overview/onsets.ts';
import { shortened, visible } from '../text/visible.ts';
import type { OverviewWriter } from './overview.ts';
import { countClause, fileAndLine, messageClause, missingClause, momentOf, readClause, shownAtMost, skewClauses } from './overviewWords.ts';

const lineLength = 300;

/** Log text reaches the terminal only through visible() and shortened(). */
export const overviewText: OverviewWriter = (report, totals, { hasColor }) => {
  const paint = colors.createColors(hasColor);
  const { onsets, missing } = report;
  const lines = [`${messageClause(report)}.`, `Read: ${readClause(report, totals)}.`, ...skewClauses(report)].map((line) => visible(line));
  if (onsets.length === 0) lines.push('', 'Nothing failed in what was read.');
  for (const [index, onset] of onsets.slice(0, shownAtMost.onsets).entries()) lines.push('', ...onsetLines(onset, index + 1, paint));
  if (onsets.length > shownAtMost.onsets) lines.push('', `and ${onsets.length - shownAtMost.onsets} more: --format json has all of them.`);
  if (missing.length > 0) {
    lines.push('', paint.bold('Logs that are not among the files'));
    lines.push(...missing.slice(0, shownAtMost.missing).map((log) => `  ${shortened(missingClause(log), lineLength)}`));
    if (missing.length > shownAtMost.missing) lines.push(`  and ${missing.length - shownAtMost.missing} more`);
  }
  return `${lines.join('\n')}\n`;
};

function onsetLines(onset: Onset, number: number, paint: ReturnType<typeof colors.createColors>): string[] {
  const { title, code, target, first, last, lastSuccess, before, recipients, severity } = onset;
  const color = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.dim;
  const lines = [
    color(`${number}. ${shortened(title, lineLength)} (${visible(code)})${target === '' ? '' : `: ${shortened(target, 120)}`}`),
    `   ${countClause(onset)}`,
    `   first          ${visible(momentOf(first))}  ${visible(fileAndLine(first))}`,
    `   last           ${visible(momentOf(last))}  ${visible(fileAndLine(last))}`,
  ];
  if (lastSuccess) lines.push(`   last success   ${visible(momentOf(lastSuccess))}  ${visible(fileAndLine(lastSuccess))}`);
  for (const event of before.slice(0, shownAtMost.before))
    lines.push(`   before it      ${visible(momentOf(event))}  ${shortened(event.what, 160)}  ${visible(fileAndLine(event))}`);
  if (recipients.length > 0)
    lines.push(
      `   recipients     ${recipients
        .slice(0, shownAtMost.recipients)
        .map((one) => shortened(one, 80))
        .join(', ')}${recipients.length > shownAtMost.recipients ? ', …' : ''}`,
    );
  return lines;
}
