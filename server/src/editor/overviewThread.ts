/** Reads files for an overview, in the thread that scans for an editor. */

import type { ToldReport } from '../analysis/overview/toldReport.ts';
import type { ReadTotals } from '../analysis/tally.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { OverviewPicture } from '../protocol/overview.ts';
import type { GivenText, ScanSummary } from '../protocol/scan.ts';
import { overviewPicture } from '../report/overviewPicture.ts';
import { ReadCount } from '../scan/news.ts';
import { readOverviewStream } from '../scan/overviewStream.ts';
import { visible } from '../text/visible.ts';
import type { Reading } from './readingSettings.ts';
import { emptySummary } from './scanListing.ts';

/** Put in place by the build. */
declare const VERSION: string;

export interface OverviewOrder {
  readonly paths: readonly string[];
  /** What is read instead of files, where a document is. */
  readonly given: GivenText;
  readonly reading: Reading;
  readonly knowledge: KnowledgeBase;
  /** How a file is called to the reader. */
  readonly name: (file: string) => string;
  readonly tell: (update: OverviewUpdate) => void;
}

/** How far the reading is, and at the end the overview. */
export interface OverviewUpdate {
  readonly found: readonly [];
  readonly summary: ScanSummary;
  readonly file: string;
  readonly fileNumber: number;
  readonly overview?: OverviewPicture;
}

/** So often, in milliseconds, it is told how far the reading is. */
const pause = 100;

export async function readPicture({ paths, given, reading, knowledge, name, tell }: OverviewOrder): Promise<void> {
  const read = new ReadCount();
  let [begun, sent] = [0, 0];
  let current = '';
  let report: ToldReport | undefined;
  const send = (overview?: OverviewPicture): void => {
    sent = Date.now();
    const { files, bytes, leftOut } = read;
    const summary = { ...emptySummary, files, bytes, leftOut, isComplete: overview !== undefined };
    tell({ found: [], summary, file: current, fileNumber: begun, ...(overview && { overview }) });
  };
  const { text, document } = given;
  // A document is known by its address, which an editor can open.
  const address = document?.uri ?? '';
  const shownName = (file: string): string => (text !== undefined && file === address ? visible(document?.name ?? '') : name(file));
  const order = text === undefined ? { paths } : { paths: [address], texts: new Map([[address, text]]) };
  for await (const news of readOverviewStream({ ...order, ...reading.options }, knowledge)) {
    if (news.kind === 'overview') {
      report = news.report;
      continue;
    }
    read.take(news);
    if (news.kind === 'begun') {
      begun += 1;
      current = shownName(news.file);
    }
    if (news.kind === 'ended' && report) send(overviewPicture(report, totalsOf(read, reading), VERSION, shownName));
    else if (Date.now() - sent >= pause) send();
  }
}

function totalsOf({ files, bytes, leftOut, unreadable }: ReadCount, reading: Reading): ReadTotals {
  return { files, bytes, leftOut, unreadable, ...(reading.hasIgnored() && { hasIgnored: true }) };
}
