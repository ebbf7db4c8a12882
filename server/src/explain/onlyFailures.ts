/** The records of failures as one text, by failure or in the order of time, and where each line of it comes from. */

import { visible, visibleLines } from '../text/visible.ts';

/** What is kept of a record. */
export interface KeptRecord {
  readonly key: string;
  readonly title: string;
  readonly target: string;
  readonly time: string | undefined;
  readonly localTime: string | undefined;
  readonly file: string;
  /** The line that its text begins on, from 1. */
  readonly line: number;
  readonly text: string;
}

export type RecordsOrder = 'failure' | 'time';

/** A text with the place that each of its lines is about. */
export interface RecordsText {
  readonly text: string;
  /** For each line of the text the number of its file in `files` and its line from 0, or null. */
  readonly lines: readonly (readonly [number, number] | null)[];
  readonly files: readonly string[];
}

/** A failure with one target, counted whole. */
export interface RecordGroup {
  readonly key: string;
  readonly title: string;
  readonly target: string;
  count: number;
}

export interface RecordsOutline {
  readonly order: RecordsOrder;
  /** What is shown, in one sentence each. */
  readonly heading: readonly string[];
  readonly groups: readonly RecordGroup[];
  /** How a file is called to the reader. */
  readonly name: (file: string) => string;
}

/** So long a record is shown. */
const longest = 20_000;

export function writeRecords(records: readonly KeptRecord[], { order, heading, groups, name }: RecordsOutline): RecordsText {
  const text = new RecordWriter(name);
  for (const line of heading) text.line(`# ${visible(line)}`);
  if (order === 'time') for (const record of [...records].sort(byTime)) text.record(record, `${titleOf(record)}, `);
  else for (const group of groups) text.group(group, records.filter(({ key, target }) => key === group.key && target === group.target).sort(byTime));
  return text.end();
}

/** What has no place in time comes last, in the order of reading. */
function byTime(one: KeptRecord, other: KeptRecord): number {
  if (one.time === undefined || other.time === undefined) return Number(one.time === undefined) - Number(other.time === undefined);
  return Date.parse(one.time) - Date.parse(other.time);
}

const titleOf = ({ title, target }: Pick<RecordGroup, 'title' | 'target'>): string => (target === '' ? title : `${title}: ${target}`);

class RecordWriter {
  private readonly written: string[] = [];
  private readonly places: (readonly [number, number] | null)[] = [];
  private readonly files = new Map<string, number>();
  private readonly name: (file: string) => string;

  constructor(name: (file: string) => string) {
    this.name = name;
  }

  group(group: RecordGroup, records: readonly KeptRecord[]): void {
    this.line('');
    const shown =
      records.length < group.count
        ? `${group.count} times, ${records.length === 0 ? 'none' : `the first ${records.length}`} shown`
        : `${group.count} ${group.count === 1 ? 'time' : 'times'}`;
    this.line(`# ${visible(titleOf(group))} (${visible(group.key)}), ${shown}`);
    for (const record of records) this.record(record, '');
  }

  record({ file, line, time, localTime, text }: KeptRecord, before: string): void {
    const number = this.numberOf(file);
    const when = time === undefined ? (localTime === undefined ? '' : `${localTime} (zone not stated), `) : `${time.slice(0, 19).replace('T', ' ')} UTC, `;
    this.line('');
    this.line(`# ${visible(`${when}${before}${this.name(file)}:${line}`)}`, [number, line - 1]);
    const lines = visibleLines(text.slice(0, longest)).replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
    for (const [index, row] of lines.entries()) this.line(row, [number, line - 1 + index]);
    if (text.length > longest) this.line('# (cut: the log has the rest)', [number, line - 1]);
  }

  line(text: string, place: readonly [number, number] | null = null): void {
    this.written.push(text);
    this.places.push(place);
  }

  end(): RecordsText {
    return { text: `${this.written.join('\n')}\n`, lines: this.places, files: [...this.files.keys()] };
  }

  private numberOf(file: string): number {
    const known = this.files.get(file) ?? this.files.size;
    this.files.set(file, known);
    return known;
  }
}
