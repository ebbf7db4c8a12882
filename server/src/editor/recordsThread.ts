/** Collects the records of failures for a document that shows nothing else, in the thread that scans for an editor. */

import { detached } from '../analysis/copied.ts';
import { type KeptRecord, type RecordGroup, writeRecords } from '../explain/onlyFailures.ts';
import type { Finding } from '../failures.ts';
import { addressOfPath } from '../files/address.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { OnlyFailures, OnlyFailuresParameters, ScanSummary } from '../protocol/scan.ts';
import { unreadClauses } from '../report/unread.ts';
import { ReadCount } from '../scan/news.ts';
import { readRecordStream, type WholeRecord } from '../scan/recordStream.ts';
import { shortened, visible } from '../text/visible.ts';
import type { Reading } from './readingSettings.ts';
import { emptySummary } from './scanListing.ts';

/** What is wanted, as far as it is not files. */
export type RecordsWish = Omit<OnlyFailuresParameters, 'uris' | 'workDoneToken'>;

export interface RecordsOrderOfEditor {
  readonly paths: readonly string[];
  readonly reading: Reading;
  readonly wish: RecordsWish;
  readonly knowledge: KnowledgeBase;
  /** How a file is called to the reader. */
  readonly name: (file: string) => string;
  readonly tell: (update: RecordsUpdate) => void;
}

export interface RecordsUpdate {
  readonly found: readonly [];
  readonly summary: ScanSummary;
  readonly file: string;
  readonly fileNumber: number;
  readonly records?: OnlyFailures;
}

/** So many records are shown, so many of one failure and target, and so much text. All are counted. */
const most = { records: 2_000, ofGroup: 300, text: 4_000_000, groups: 1_000 } as const;
const pause = 100;

export async function readOnlyFailures({ paths, reading, wish, knowledge, name, tell }: RecordsOrderOfEditor): Promise<void> {
  const { text, document, since, until } = wish;
  const collected = new CollectedRecords(wish);
  const read = new ReadCount();
  let [begun, sent] = [0, 0];
  let file = '';
  const input = text === undefined ? {} : { standardInput: () => oneChunk(text) };
  const filter = { ...(since !== undefined && { since: Date.parse(since) }), ...(until !== undefined && { until: Date.parse(until) }) };
  const order = { paths: text === undefined ? paths : ['-'], ...reading.options, filter, ...input, hear: (finding: Finding) => collected.hear(finding) };
  const shownName = (one: string): string => (one === '-' ? visible(document?.name ?? '') : name(one));
  for await (const news of readRecordStream(order, knowledge)) {
    if (news.kind === 'records') {
      for (const record of news.records) collected.add(record, file);
      read.bytes += news.bytes;
    } else {
      read.take(news);
      if (news.kind === 'begun') [begun, file] = [begun + 1, news.file];
    }
    const isEnd = news.kind === 'ended';
    if (!isEnd && Date.now() - sent < pause) continue;
    sent = Date.now();
    const summary = { ...emptySummary, isComplete: isEnd, files: read.files, bytes: read.bytes };
    const addressOf = (one: string): string => (one === '-' ? (document?.uri ?? '') : addressOfPath(one));
    tell({ found: [], summary, file: shownName(file), fileNumber: begun, ...(isEnd && { records: collected.told(shownName, addressOf, whatIsMissing(read, reading)) }) });
  }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** What a reader must know who takes nothing here for nothing failed. */
function whatIsMissing(read: ReadCount, reading: Reading): string[] {
  const clauses = unreadClauses({ ...read, ...(reading.hasIgnored() && { hasIgnored: true }) });
  return [...(read.files === 0 ? ['no log was read'] : []), ...clauses].map((clause) => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`);
}

class CollectedRecords {
  private readonly wish: RecordsWish;
  private readonly kept: KeptRecord[] = [];
  private readonly groups = new Map<string, RecordGroup & { shown: number }>();
  private length = 0;
  private found = 0;
  private findings = 0;
  private information = 0;
  private last = '';

  constructor(wish: RecordsWish) {
    this.wish = wish;
  }

  /** What a scan counts. */
  hear({ severity }: Finding): void {
    this.findings += 1;
    if (severity === 'information') this.information += 1;
  }

  add({ finding, key, target, line, text }: WholeRecord, file: string): void {
    const { failure, target: wantedTarget } = this.wish;
    const { time, localTime } = finding.record;
    if (time !== undefined && time > this.last) this.last = detached(time);
    const group = this.groupOf(key, target, finding.title);
    if (group) group.count += 1;
    if ((failure !== undefined && failure !== key) || (wantedTarget !== undefined && wantedTarget !== target)) return;
    this.found += 1;
    if (!group || this.kept.length >= most.records || group.shown >= most.ofGroup || this.length + text.length > most.text) return;
    group.shown += 1;
    this.length += text.length;
    this.kept.push(detached({ key, title: finding.title, target, time, localTime, file, line, text: text.slice(0, 21_000) }) as KeptRecord);
  }

  told(name: (file: string) => string, addressOf: (file: string) => string, missing: readonly string[]): OnlyFailures {
    const { failure, target, order } = this.wish;
    const groups = [...this.groups.values()].sort((one, other) => other.count - one.count);
    const wanted = groups.filter((group) => (failure === undefined || group.key === failure) && (target === undefined || group.target === target));
    const heading = [
      this.sentence(),
      ...this.comparison(),
      ...missing,
      ...(this.found === 0 ? [] : ['Each record stands here as it is in its log. F12 on a line, or a click with Ctrl on its heading, leads there.']),
    ];
    const { text, lines, files } = writeRecords(this.kept, { order, heading, groups: wanted, name });
    const told = groups.map(({ key, title, target: of, count }) => ({ failure: key, title: visible(title), target: of, name: shortened(of, 200), count }));
    return { text, lines, uris: files.map(addressOf), groups: told, ...(this.last !== '' && { last: this.last }) };
  }

  /** "1,234 failures, by failure; the first 300 are shown". */
  private sentence(): string {
    const { order, since, until, failure, target } = this.wish;
    const number = (value: number): string => value.toLocaleString('en-US');
    const only = [
      ...(failure === undefined ? [] : [`only ${failure}`]),
      ...(target === undefined ? [] : [`only ${target === '' ? 'without a target' : target}`]),
      ...(since === undefined ? [] : [`since ${since.slice(0, 19).replace('T', ' ')} UTC`]),
      ...(until === undefined ? [] : [`until ${until.slice(0, 19).replace('T', ' ')} UTC`]),
    ];
    const left = this.found - this.kept.length;
    const all = `${number(this.found)} ${this.found === 1 ? 'record' : 'records'} of failures${only.length > 0 ? ` (${only.join(', ')})` : ''}, ${order === 'time' ? 'in the order of time' : 'by failure'}`;
    return `${all}${left > 0 ? `; ${number(this.kept.length)} of them are shown, ${number(left)} are left out` : ''}.`;
  }

  /** Why a scan of the same logs counts more. */
  private comparison(): string[] {
    const { findings, information, found, wish } = this;
    if (findings === found || wish.failure !== undefined || wish.target !== undefined) return [];
    const more = findings - information - found;
    const number = (value: number): string => value.toLocaleString('en-US');
    const parts = [
      ...(information === 0 ? [] : [`${number(information)} ${information === 1 ? 'is' : 'are'} for information and not shown here`]),
      ...(more === 0 ? [] : [`${number(more)} more ${more === 1 ? 'stands' : 'stand'} in the same records`]),
    ];
    return [`Mail Failures counts ${number(findings)} ${findings === 1 ? 'finding' : 'findings'} in these logs: ${parts.join(', ')}.`];
  }

  private groupOf(key: string, target: string, title: string): (RecordGroup & { shown: number }) | undefined {
    const name = `${key}\n${target}`;
    const known = this.groups.get(name);
    if (known || this.groups.size >= most.groups) return known;
    const group = detached({ key, target, title, count: 0, shown: 0 });
    this.groups.set(detached(name), group);
    return group;
  }
}
