/** The overview as a picture, which a page or a view draws. Log text in it is on one line, without what a reader could not see. */

import { recipientStatuses } from '../analysis/messages/messageFate.ts';
import type { Actor } from '../analysis/overview/actors.ts';
import type { ToldReport } from '../analysis/overview/toldReport.ts';
import { goodVerdicts, type Verdict } from '../analysis/sessions/verdicts.ts';
import type { ReadTotals } from '../analysis/tally.ts';
import { collectScript } from '../explain/collectScript.ts';
import type { BarRow, BarTable, OverviewPicture, PictureBlock, PictureSection, Tone } from '../protocol/overview.ts';
import { shortened } from '../text/visible.ts';
import { failureSections } from './overviewFailures.ts';
import { statusMeanings, verdictMeanings } from './overviewNames.ts';
import { timeSection } from './overviewTimes.ts';
import { actorWords, lengthIn, messageClause, readClause, shareClause, shownAtMost, skewClauses, undatedClause } from './overviewWords.ts';

/** @param name How a file is called to the reader, where that is not its path. */
export function overviewPicture(report: ToldReport, totals: ReadTotals, version: string, name: (file: string) => string = (file) => file): OverviewPicture {
  return {
    title: 'Mail flow report',
    facts: [`${messageClause(report)}.`, `Read by Mailflow Lens ${version}: ${readClause(report, totals)}.`, ...skewClauses(report), ...undatedClause(report)].map(shown),
    sections: [timeSection(report), outcomeSection(report), topSection(report), ...failureSections(report, name), missingSection(report)].flatMap((section) => section ?? []),
  };
}

const shown = (text: string): string => shortened(text, 1_000);

function outcomeSection({ recipients, recovery, permanence, actors, sessions, categories }: ToldReport): PictureSection | undefined {
  const blocks: PictureBlock[] = [];
  const add = (caption: string, head: BarTable['head'], rows: readonly BarRow[]): void => {
    const told = rows.filter(({ count }) => count > 0);
    if (told.length > 0) blocks.push({ kind: 'bars', caption, head, rows: told });
  };
  add(
    'What became of the messages, each counted for each recipient',
    ['Status', 'Deliveries'],
    recipientStatuses.map((status) => ({ name: statusMeanings[status], tone: statusTones[status], count: recipients[status] })),
  );
  add(
    'Of the deliveries in which something failed',
    ['State', 'Deliveries'],
    [
      { name: 'recovered: it arrived later', tone: 'good', count: recovery.recovered },
      { name: 'unresolved: it has not arrived', tone: 'bad', count: recovery.unresolved },
    ],
  );
  add(
    'How the failures were answered',
    ['Answer', 'Failures'],
    [
      { name: 'permanent: 5yz, it will not be tried again', tone: 'bad', count: permanence.permanent },
      { name: 'transient: 4yz, it will be tried again', tone: 'waits', count: permanence.transient },
      { name: 'no answer, or none with a code', tone: 'other', count: permanence.unstated },
    ],
  );
  add(
    'Who must act',
    ['Whose turn', 'Failures'],
    (Object.entries(actors) as [Actor, number][]).map(([actor, count]) => ({ name: actorWords[actor], tone: actor === 'us' ? 'bad' : 'other', count })),
  );
  add(
    'What failed, by kind',
    ['Kind', 'Failures'],
    categories.map(({ category, count }) => ({ name: category, tone: 'bad', count })),
  );
  add(
    'What became of the sessions',
    ['Verdict', 'Sessions'],
    sessions.map(({ verdict, count, file, line }) => ({ name: verdictMeanings[verdict], tone: verdictTone(verdict), count, place: { file, line } })),
  );
  return blocks.length === 0 ? undefined : { heading: 'Outcomes', level: 2, text: shareClause(actors), blocks };
}

const statusTones = { failed: 'bad', delayed: 'waits', 'in-transit': 'other', recovered: 'good', delivered: 'good', expanded: 'good', redirected: 'good' } as const;

function verdictTone(verdict: Verdict): Tone {
  if (verdict === 'deferred' || verdict === 'partial') return 'waits';
  return verdict === 'delivered' ? 'good' : goodVerdicts.has(verdict) ? 'other' : 'bad';
}

const topHeads = { destinations: 'Destination', connectors: 'Connector', remoteHosts: 'Remote host', codes: 'Code' } as const;

function topSection({ top }: ToldReport): PictureSection | undefined {
  const blocks = (Object.keys(topHeads) as (keyof typeof topHeads)[]).flatMap((kind): PictureBlock[] => {
    const rows = top[kind].slice(0, shownAtMost.top).map(({ name, count, file, line }): BarRow => ({ name: shortened(name, 120), tone: 'bad', count, place: { file, line } }));
    return rows.length === 0 ? [] : [{ kind: 'bars', caption: `${topHeads[kind]}s with most failures`, head: [topHeads[kind], 'Failures'], rows }];
  });
  return blocks.length === 0 ? undefined : { heading: 'Where it fails', level: 2, text: [], blocks };
}

function missingSection({ missing }: ToldReport): PictureSection | undefined {
  if (missing.length === 0) return undefined;
  const told = missing.slice(0, shownAtMost.missing);
  const script = collectScript(missing);
  const rows = told.map(({ server, log, from, to, why }) => ({ cells: [server, log, lengthIn(from, to), why].map(shown) }));
  return {
    heading: 'Logs that are not among the files',
    level: 2,
    text: missing.length > told.length ? [`The first ${told.length} of ${missing.length}.`] : [],
    blocks: [
      { kind: 'facts', caption: 'Missing logs', head: ['Server', 'Log', 'Hour', 'Why'], rows },
      ...(script === undefined ? [] : [{ kind: 'script' as const, caption: 'PowerShell that copies them, and changes nothing', script }]),
    ],
  };
}
