/** Puts out the news of a scan in the form of one output. */

import type { Located } from '../analysis/located.ts';
import { createTally, type Tally } from '../analysis/tally.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Report } from '../report/index.ts';
import { ReadCount, type ScanNews, type Unreadable } from '../scan/news.ts';

/** Where it goes. */
export interface ReportEdge {
  /** False where nobody reads on. Throws where it cannot be written. */
  readonly write: (text: string) => Promise<boolean>;
  readonly unreadable: (news: Unreadable) => void;
  /** Takes what the user must know beside the findings. */
  readonly remark: (message: string) => void;
  /** Told when a file is begun and while it is read. The bytes are those of all files so far. */
  readonly progress: (file: string, findings: number, bytes: number) => void;
}

/** What has been put out, or was about to be. */
export interface Outcome {
  readonly findings: number;
  readonly read: ReadCount;
}

/**
 * Reads the news to their end, or until nobody reads the output: then the scan ends too.
 * @param most At most so many findings of a file are put out. All are counted.
 * @throws What `write` throws; the scan has ended then.
 */
export async function writeReport(news: AsyncIterable<ScanNews>, report: Report, knowledge: KnowledgeBase, edge: ReportEdge, most = Number.POSITIVE_INFINITY): Promise<Outcome> {
  const tally = createTally();
  const read = new ReadCount();
  const put = new Putter(report, knowledge, edge, tally, most);
  const outcome = (): Outcome => ({ findings: tally.findings(), read });
  if (!(await edge.write(report.begin?.() ?? ''))) return outcome();
  let file = '';
  for await (const one of news) {
    read.take(one);
    if (one.kind === 'ended') {
      const { files, bytes, leftOut, unreadable } = read;
      const { interruption, remark } = one;
      await edge.write(report.end({ ...tally.totals(), files, bytes, leftOut, unreadable, ...(interruption && { interruption }) }));
      if (remark !== undefined) edge.remark(remark);
      break;
    }
    file = one.kind === 'found' ? file : one.file;
    if (one.kind === 'begun') put.beginFile();
    if (one.kind === 'unreadable') edge.unreadable(one);
    if (one.kind === 'found' && !(await put.findings(one.findings))) break;
    edge.progress(file, tally.findings(), read.bytes);
  }
  return outcome();
}

/** Many findings go out at once, since each writing waits for the reader. In UTF-16 code units. */
const chunkLength = 65_536;

/** Counts findings and puts them out, those of a file up to a number. */
class Putter {
  private readonly report: Report;
  private readonly knowledge: KnowledgeBase;
  private readonly edge: ReportEdge;
  private readonly tally: Tally;
  private readonly most: number;
  private shown = 0;

  constructor(report: Report, knowledge: KnowledgeBase, edge: ReportEdge, tally: Tally, most: number) {
    this.report = report;
    this.knowledge = knowledge;
    this.edge = edge;
    this.tally = tally;
    this.most = most;
  }

  beginFile(): void {
    this.shown = 0;
  }

  /** False where nobody reads on. */
  async findings(findings: readonly Located[]): Promise<boolean> {
    let pending = '';
    for (const located of findings) {
      const isShown = this.shown < this.most;
      const failure = located.failure === null ? undefined : this.knowledge.failure(located.failure);
      this.tally.finding(located, failure, isShown);
      if (!isShown) continue;
      this.shown += 1;
      pending += this.report.finding(located, failure);
      if (pending.length < chunkLength) continue;
      if (!(await this.edge.write(pending))) return false;
      pending = '';
    }
    return this.edge.write(pending);
  }
}
