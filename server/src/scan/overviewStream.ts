/** The overview of files: what is read is told as it comes, and the overview when all has been read. */

import { Overview } from '../analysis/overview/overview.ts';
import { type ToldReport, tellReport } from '../analysis/overview/toldReport.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { ReadBytes } from './messageStream.ts';
import type { Begun, LeftOut, ScanEnd, Unreadable } from './news.ts';
import { SessionBook } from './sessionBook.ts';
import type { SourceOrder } from './sources.ts';
import { readStepStream } from './stepStream.ts';

export type OverviewNews = Begun | ReadBytes | Unreadable | LeftOut | OverviewAtLast | ScanEnd;

export interface OverviewAtLast {
  readonly kind: 'overview';
  readonly report: ToldReport;
}

export async function* readOverviewStream(order: SourceOrder, knowledge: KnowledgeBase): AsyncGenerator<OverviewNews> {
  const overview = new Overview();
  const book = new SessionBook({ takeVerdict: (verdict, place) => overview.countSession(verdict, place) });
  for await (const news of readStepStream(order, knowledge)) {
    if (news.kind === 'steps') {
      overview.take(news.steps);
      book.take(news.steps);
      // It copies what is still open before the text of this part is gone.
      book.release();
      yield { kind: 'read', bytes: news.bytes };
      continue;
    }
    if (news.kind === 'begun') {
      book.beginFile(news.file);
      overview.beginFile(news.file);
    } else if (news.kind === 'ended') {
      book.end();
      yield { kind: 'overview', report: tellReport(overview) };
    }
    yield news;
  }
}
