/** The overview for a ticket. Log text stands in code spans only. */

import type { Onset } from '../analysis/overview/onsets.ts';
import { code, escapeTitle } from '../explain/markdown.ts';
import type { OverviewWriter } from './overview.ts';
import { countClause, fileAndLine, messageClause, missingClause, momentOf, readClause, shownAtMost, skewClauses } from './overviewWords.ts';

export const overviewMarkdown: OverviewWriter = (report, totals, { version }) => {
  const { onsets, missing } = report;
  const shown = onsets.slice(0, shownAtMost.onsets);
  const left = onsets.length - shown.length;
  const parts = [
    `# Mail flow report\n\n${messageClause(report)}. Read by Mailflow Lens ${version}: ${readClause(report, totals)}.\n`,
    ...skewClauses(report).map((clause) => `${escapeTitle(clause)}\n`),
    ...(onsets.length === 0 ? ['Nothing failed in what was read.\n'] : shown.map(section)),
    ...(left > 0 ? [`and ${left} more.\n`] : []),
    ...(missing.length > 0
      ? [
          `## Logs that are not among the files\n\n${missing
            .slice(0, shownAtMost.missing)
            .map((log) => `- ${escapeTitle(missingClause(log))}\n`)
            .join('')}`,
        ]
      : []),
  ];
  return parts.join('\n');
};

function section(onset: Onset): string {
  const { title, target, first, last, lastSuccess, before, recipients } = onset;
  const item = (name: string, moment: Onset['first'], what = ''): string =>
    `- ${name}: ${moment.time === null ? code(momentOf(moment), 80) : momentOf(moment)}${what}, ${code(fileAndLine(moment))}\n`;
  const lines = [
    `- ${countClause(onset)} (${code(onset.code)})\n`,
    item('First', first),
    item('Last', last),
    ...(lastSuccess ? [item('Last success before it', lastSuccess)] : []),
    ...before.slice(0, shownAtMost.before).map((event) => item('Before it', event, `, ${code(event.what, 200)}`)),
    ...(recipients.length > 0
      ? [
          `- Recipients: ${recipients
            .slice(0, shownAtMost.recipients)
            .map((one) => code(one, 320))
            .join(', ')}${recipients.length > shownAtMost.recipients ? ', …' : ''}\n`,
        ]
      : []),
  ];
  return `## ${escapeTitle(title)}${target === '' ? '' : `: ${code(target, 320)}`}\n\n${lines.join('')}`;
}
