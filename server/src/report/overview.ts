/** The outputs of the overview, by the name that --format takes. */

import type { ToldReport } from '../analysis/overview/toldReport.ts';
import type { ReadTotals } from '../analysis/tally.ts';
import { collectScript } from '../explain/collectScript.ts';
import { printableJson } from '../text/visible.ts';
import { overviewHtml } from './overviewHtml.ts';
import { overviewMarkdown } from './overviewMarkdown.ts';
import { overviewText } from './overviewText.ts';

export interface OverviewOptions {
  /** The version of this program. */
  readonly version: string;
  readonly hasColor: boolean;
}

/** An output as a whole: it is small, however large the logs are. */
export type OverviewWriter = (report: ToldReport, totals: ReadTotals, options: OverviewOptions) => string;

export const overviewReports = { text: overviewText, html: overviewHtml, markdown: overviewMarkdown, json: overviewJson } as const satisfies Record<string, OverviewWriter>;
export type OverviewFormat = keyof typeof overviewReports;

function overviewJson(report: ToldReport, { files, bytes, unreadable, interruption }: ReadTotals, { version }: OverviewOptions): string {
  const missed = unreadable.map(({ file, reason }) => ({ file, reason }));
  const collect = collectScript(report.missing);
  return `${printableJson({ ...report, ...(collect !== undefined && { collect }), files, bytes, ...(missed.length > 0 && { unreadable: missed }), ...(interruption !== undefined && { interruption }), version })}\n`;
}
