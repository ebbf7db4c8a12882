/** The overview as one HTML file: no script, nothing from another host, every text of a log escaped. */

import { recipientStatuses } from '../analysis/messages/messageFate.ts';
import type { Onset, ToldPlace } from '../analysis/overview/onsets.ts';
import type { ToldReport } from '../analysis/overview/toldReport.ts';
import { barChart, escapeHtml, htmlTable } from './html.ts';
import type { OverviewWriter } from './overview.ts';
import { overviewStyle, overviewStyleHash } from './overviewStyle.ts';
import { countClause, fileAndLine, messageClause, missingClause, momentOf, readClause, shownAtMost, skewClauses } from './overviewWords.ts';

export const overviewHtml: OverviewWriter = (report, totals, { version }) => {
  const { onsets, missing } = report;
  const sections = [
    `<h1>Mail flow report</h1>\n<p>${escapeHtml(messageClause(report))}.</p>\n<p>Read by Mailflow Lens ${escapeHtml(version)}: ${escapeHtml(readClause(report, totals))}.</p>`,
    ...skewClauses(report).map((clause) => `<p>${escapeHtml(clause)}</p>`),
    statusSection(report),
    hourSection(report),
    `<h2>Since when, how often, whom</h2>\n${onsets.length === 0 ? '<p>Nothing failed in what was read.</p>' : onsets.slice(0, shownAtMost.onsets).map(onsetSection).join('\n')}`,
    ...(onsets.length > shownAtMost.onsets ? [`<p>and ${onsets.length - shownAtMost.onsets} more.</p>`] : []),
    ...(missing.length > 0
      ? [
          `<h2>Logs that are not among the files</h2>\n<ul>\n${missing
            .slice(0, shownAtMost.missing)
            .map((log) => `<li>${escapeHtml(missingClause(log))}</li>\n`)
            .join('')}</ul>`,
        ]
      : []),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${overviewStyleHash}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Mail flow report</title>
<style>${overviewStyle}</style>
</head>
<body>
<main>
${sections.join('\n')}
</main>
</body>
</html>
`;
};

function statusSection({ recipients }: ToldReport): string {
  const bars = recipientStatuses.flatMap((status) => (recipients[status] > 0 ? [{ name: status, parts: [{ kind: kindOf[status], count: recipients[status] }] }] : []));
  if (bars.length === 0) return '';
  return `<h2>Recipients</h2>\n${barChart('Recipients by what became of their messages', bars)}\n${htmlTable(
    ['Status', 'Recipients'],
    bars.map(({ name, parts }) => [name, `${parts[0]?.count ?? 0}`]),
  )}`;
}

const kindOf = { failed: 'bad', delayed: 'waits', 'in-transit': 'waits', recovered: 'good', delivered: 'good', expanded: 'good', redirected: 'good' } as const;

/** By the hour: what was delivered, what waits, what failed. */
function hourSection({ hours }: ToldReport): string {
  const byHour = new Map<string, { delivered: number; waits: number; failed: number }>();
  for (const { hour, what, count } of hours) {
    const name = hour === null ? 'zone not stated' : hour.slice(0, 16).replace('T', ' ');
    const known = byHour.get(name) ?? { delivered: 0, waits: 0, failed: 0 };
    byHour.set(name, known);
    known[what === 'delivered' ? 'delivered' : what === 'waits' ? 'waits' : 'failed'] += count;
  }
  if (byHour.size === 0) return '';
  const shown = [...byHour].slice(-mostHours);
  const bars = shown.map(([name, { delivered, waits, failed }]) => ({
    name,
    parts: [
      { kind: 'good', count: delivered },
      { kind: 'waits', count: waits },
      { kind: 'bad', count: failed },
    ] as const,
  }));
  const rows = shown.map(([name, { delivered, waits, failed }]) => [name, `${delivered}`, `${waits}`, `${failed}`]);
  const left = byHour.size - shown.length;
  return `<h2>By the hour (UTC)</h2>\n${barChart('Deliveries and failures by the hour', bars)}\n${htmlTable(['Hour', 'Delivered', 'Waits', 'Failures told'], rows)}${left > 0 ? `<p>The last ${shown.length} of ${byHour.size} hours.</p>` : ''}`;
}

const mostHours = 72;

function onsetSection(onset: Onset): string {
  const { title, code, target, severity, first, last, lastSuccess, before, recipients } = onset;
  const row = (name: string, place: ToldPlace, what = ''): string[] => [name, momentOf(place), what, fileAndLine(place)];
  const rows = [
    ...(lastSuccess ? [row('Last success before it', lastSuccess)] : []),
    ...before.slice(0, shownAtMost.before).map((event) => row('Before it', event, event.what)),
    row('First', first),
    row('Last', last),
  ];
  const whom =
    recipients.length === 0
      ? ''
      : `<p>Recipients: ${recipients.slice(0, shownAtMost.recipients).map(escapeHtml).join(', ')}${recipients.length > shownAtMost.recipients ? ', …' : ''}</p>`;
  return `<section class="${severity}">\n<h3>${escapeHtml(title)}${target === '' ? '' : `: ${escapeHtml(target)}`}</h3>\n<p>${escapeHtml(countClause(onset))} (<code>${escapeHtml(code)}</code>)</p>\n${htmlTable(['', 'When', 'What', 'Where'], rows)}\n${whom}</section>`;
}
