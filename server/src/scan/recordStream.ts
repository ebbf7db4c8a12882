/** The findings of files with the whole of what each stands in: the row, the event, the bounce. */

import { keyOfFinding } from '../analysis/findingKey.ts';
import { targetOf } from '../analysis/messages/messageWriter.ts';
import { TextPositions } from '../analysis/textPositions.ts';
import type { Part } from '../analysis/textReader.ts';
import type { Finding } from '../failures.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { readParts, readSource } from './fileReading.ts';
import { FileTimes } from './fileTimes.ts';
import { applyFilter, type Filter } from './filter.ts';
import { Interruption } from './interruption.ts';
import type { Begun, LeftOut, ReadNews, ScanEnd, Unreadable } from './news.ts';
import { type SourceOrder, sources } from './sources.ts';

export interface RecordOrder extends SourceOrder {
  readonly filter?: Pick<Filter, 'since' | 'until'>;
  /** Hears of each finding, also of those that are told with another record, or for information alone. */
  readonly hear?: (finding: Finding) => void;
}

/** A record with its text. Its texts are windows into a part of the file: who keeps one longer keeps a copy. */
export interface WholeRecord {
  readonly finding: Finding;
  /** The failure's id, or what else it is counted by. */
  readonly key: string;
  /** The connector or the destination; empty where the log names none. */
  readonly target: string;
  /** The line that its text begins on, from 1. */
  readonly line: number;
  readonly text: string;
}

export type RecordNews = Begun | ReadRecords | Unreadable | LeftOut | ScanEnd;

export interface ReadRecords extends ReadNews {
  readonly kind: 'records';
  readonly records: Iterable<WholeRecord>;
}

/** Reads the files in their order, part by part. Whoever stops reading ends it. */
export async function* readRecordStream(order: RecordOrder, knowledge: KnowledgeBase): AsyncGenerator<RecordNews> {
  const { interruption = new Interruption(), filter, timeZone, wishes, hear } = order;
  const sieve = applyFilter(filter);
  const keeps = (finding: Finding): boolean => {
    if (!sieve.keeps(finding)) return false;
    hear?.(finding);
    return finding.severity !== 'information';
  };
  for await (const source of interruption.until(sources(order, interruption))) {
    yield { kind: 'begun', file: source.file };
    yield* readSource(source, interruption, async function* (pieces): AsyncGenerator<ReadRecords> {
      const positions = new TextPositions();
      const times = new FileTimes(timeZone, () => true);
      let bytes = 0;
      for await (const { part, size } of readParts(pieces, knowledge, wishes && { wishes })) {
        times.learn(part);
        yield { kind: 'records', records: recordsOf({ ...part, findings: times.place(part.findings, false) }, positions, keeps), bytes: size - bytes };
        positions.at(part.end);
        bytes = size;
      }
    });
  }
  const { signal } = interruption;
  yield { kind: 'ended', ...(signal !== undefined && { interruption: signal }) };
}

/** One for each failure and target that a record states: a bounce that names three recipients is one record. */
function* recordsOf(part: Part, positions: TextPositions, keeps: (finding: Finding) => boolean): Generator<WholeRecord> {
  positions.begin(part);
  let above = '';
  for (const finding of part.findings) {
    if (!keeps(finding)) continue;
    const { span, mark } = finding.record;
    const [key, target] = [keyOfFinding(finding).id, targetOf(finding.record)];
    const same = `${span.start} ${key} ${target}`;
    if (same === above) continue;
    above = same;
    // What begins above this part is told from where its mark stands.
    const start = Math.max(Math.min(span.start, mark.start), 0);
    yield { finding, key, target, line: positions.at(start).line, text: part.text.slice(start, Math.max(span.end, mark.end)) };
  }
}
