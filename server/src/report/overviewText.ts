/** The overview for a terminal. */

import colors from 'picocolors';
import type { Onset } from '../analysis/overview/onsets.ts';
import { collectScript } from '../explain/collectScript.ts';
import { shortened, visible, visibleLines } from '../text/visible.ts';
import type { OverviewWriter } from './overview.ts';
import { momentsOf } from './overviewFailures.ts';
import {
  actorClause,
  countClause,
  fileAndLine,
  logsClause,
  messageClause,
  missingClause,
  momentOf,
  readClause,
  shareClause,
  shownAtMost,
  skewClauses,
  summaryClauses,
} from './overviewWords.ts';

const lineLength = 300;

/** Log text reaches the terminal only through visible() and shortened(). */
export const overviewText: OverviewWriter = (report, totals, { hasColor }) => {
  const paint = colors.createColors(hasColor);
  const { onsets, missing } = report;
  const lines = [`${messageClause(report)}.`, `Read: ${readClause(report, totals)}.`, ...skewClauses(report), ...shareClause(report.actors)].map((line) => visible(line));
  for (const [name, clause] of summaryClauses(report)) lines.push(`${name.padEnd(15)}${shortened(clause, lineLength)}`);
  if (onsets.length === 0) lines.push('', 'Nothing failed in what was read.');
  for (const [index, onset] of onsets.slice(0, shownAtMost.onsets).entries()) lines.push('', ...onsetLines(onset, index + 1, paint));
  if (onsets.length > shownAtMost.onsets) lines.push('', `and ${onsets.length - shownAtMost.onsets} more: --format json has all of them.`);
  if (missing.length > 0) {
    lines.push('', paint.bold('Logs that are not among the files'));
    lines.push(...missing.slice(0, shownAtMost.missing).map((log) => `  ${shortened(missingClause(log), lineLength)}`));
    if (missing.length > shownAtMost.missing) lines.push(`  and ${missing.length - shownAtMost.missing} more`);
    const script = collectScript(missing);
    if (script !== undefined) lines.push('', paint.bold('PowerShell that copies them, and changes nothing'), '', visibleLines(script).trimEnd());
  }
  return `${lines.join('\n')}\n`;
};

function onsetLines(onset: Onset, number: number, paint: ReturnType<typeof colors.createColors>): string[] {
  const { title, code, target, recipients, severity } = onset;
  const color = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.dim;
  const lines = [color(`${number}. ${shortened(title, lineLength)} (${visible(code)})${target === '' ? '' : `: ${shortened(target, 120)}`}`), `   ${countClause(onset)}`];
  for (const { name, place, what } of momentsOf(onset))
    lines.push(`   ${name.toLowerCase().padEnd(28)}${visible(momentOf(place))}  ${what === '' ? '' : `${shortened(what, 160)}  `}${visible(fileAndLine(place))}`);
  if (recipients.length > 0)
    lines.push(
      `   ${'recipients'.padEnd(28)}${recipients
        .slice(0, shownAtMost.recipients)
        .map((one) => shortened(one, 80))
        .join(', ')}${recipients.length > shownAtMost.recipients ? ', …' : ''}`,
    );
  for (const clause of [...actorClause(onset), ...logsClause(onset)]) lines.push(`   ${shortened(clause, lineLength)}`);
  return lines;
}
