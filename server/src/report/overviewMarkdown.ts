/** The overview for a ticket. Log text stands in code spans only. */

import type { Onset } from '../analysis/overview/onsets.ts';
import { collectScript } from '../explain/collectScript.ts';
import { code, escapeTitle } from '../explain/markdown.ts';
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

export const overviewMarkdown: OverviewWriter = (report, totals, { version }) => {
  const { onsets, missing } = report;
  const shown = onsets.slice(0, shownAtMost.onsets);
  const left = onsets.length - shown.length;
  const parts = [
    `# Mail flow report\n\n${messageClause(report)}. Read by Mailflow Lens ${version}: ${readClause(report, totals)}.\n`,
    ...skewClauses(report).map((clause) => `${escapeTitle(clause)}\n`),
    ...shareClause(report.actors).map((clause) => `${clause}\n`),
    summaryClauses(report)
      .map(([name, clause]) => `- ${name}: ${code(clause, 400)}\n`)
      .join(''),
    ...(onsets.length === 0 ? ['Nothing failed in what was read.\n'] : shown.map(section)),
    ...(left > 0 ? [`and ${left} more.\n`] : []),
    ...(missing.length > 0
      ? [
          `## Logs that are not among the files\n\n${missing
            .slice(0, shownAtMost.missing)
            .map((log) => `- ${escapeTitle(missingClause(log))}\n`)
            .join('')}`,
          ...scriptOf(report),
        ]
      : []),
  ];
  return parts.join('\n');
};

/** A fence holds the script as it is: it is ASCII of ours, with quoted values that have no line end. */
function scriptOf({ missing }: Parameters<OverviewWriter>[0]): string[] {
  const script = collectScript(missing);
  return script === undefined ? [] : [`### PowerShell that copies them, and changes nothing\n\n\`\`\`powershell\n${script.trimEnd()}\n\`\`\`\n`];
}

function section(onset: Onset): string {
  const { title, target, recipients } = onset;
  const lines = [
    `- ${countClause(onset)} (${code(onset.code)})\n`,
    ...momentsOf(onset).map(
      ({ name, place, what }) =>
        `- ${name}: ${place.time === null ? code(momentOf(place), 80) : momentOf(place)}${what === '' ? '' : `, ${code(what, 200)}`}, ${code(fileAndLine(place))}\n`,
    ),
    ...(recipients.length > 0
      ? [
          `- Recipients: ${recipients
            .slice(0, shownAtMost.recipients)
            .map((one) => code(one, 320))
            .join(', ')}${recipients.length > shownAtMost.recipients ? ', …' : ''}\n`,
        ]
      : []),
    ...[...actorClause(onset), ...logsClause(onset)].map((clause) => `- ${escapeTitle(clause)}\n`),
  ];
  return `## ${escapeTitle(title)}${target === '' ? '' : `: ${code(target, 320)}`}\n\n${lines.join('')}`;
}
