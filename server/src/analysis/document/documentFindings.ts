/** The findings of a document: where they stand is known of all, and what they say is read anew for those that somebody asks for. */

import type { Finding } from '../../failures.ts';
import { countBelow } from '../../text/spans.ts';
import type { LogRecord, Span } from '../../values.ts';
import { type FindingColumns, sessionNumber } from './findingColumns.ts';
import type { FindingKind } from './findingKind.ts';
import { FindingGroups } from './groups.ts';
import { moveFinding } from './window.ts';

/** The findings of a part of a document: rows of columns. */
export interface FindingRows {
  readonly columns: FindingColumns;
  /** The first row, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** Where the text of the columns begins in the document. */
  readonly shift: number;
  /** The findings from one row to another, their offsets those of the columns: read anew. */
  read(first: number, end: number): readonly Finding[];
}

/** Where a finding is underlined. */
export interface Mark extends Span {
  readonly number: number;
  readonly kind: FindingKind;
}

export class DocumentFindings {
  readonly length: number;
  /** How many are not among them, because the user does not want to be told. */
  readonly leftOut: number;
  private readonly parts: readonly FindingRows[];
  /** The number of each part's first finding. */
  private readonly numbers: readonly number[];
  private readonly place: (record: LogRecord) => LogRecord;
  private grouped: FindingGroups | undefined;

  /** @param place Gives a record with a local time its place in UTC. */
  constructor(parts: readonly FindingRows[], place: (record: LogRecord) => LogRecord = (record) => record, leftOut = 0) {
    this.leftOut = leftOut;
    this.parts = parts;
    this.place = place;
    let length = 0;
    this.numbers = parts.map(({ first, end }) => {
      length += end - first;
      return length - end + first;
    });
    this.length = length;
  }

  get groups(): FindingGroups {
    this.grouped ??= new FindingGroups(this.parts);
    return this.grouped;
  }

  /** How many findings are held as they are. */
  get held(): number {
    return this.parts.reduce((sum, { columns }) => sum + columns.kept.size, 0);
  }

  all(): Finding[] {
    return this.parts.flatMap((part) => {
      const { columns, first, end } = part;
      const isKept = columns.kept.size === columns.count;
      const read = isKept ? Array.from({ length: end - first }, (_, row) => columns.kept.get(first + row) as Finding) : part.read(first, end);
      return read.map((finding) => this.moved(finding, part));
    });
  }

  /** The findings with these numbers, in their order; what is asked for together is read together. */
  pick(numbers: readonly number[]): ReadonlyMap<number, Finding> {
    const picked = new Map<number, Finding>();
    for (const number of [...numbers].sort((one, other) => one - other)) {
      const finding = this.at(number);
      if (finding) picked.set(number, finding);
    }
    return picked;
  }

  at(number: number): Finding | undefined {
    const index = this.numbers.findLastIndex((first) => first <= number);
    const part = this.parts[index];
    const row = part ? part.first + number - (this.numbers[index] as number) : 0;
    if (!part || number < 0 || row >= part.end) return undefined;
    const finding = part.columns.kept.get(row) ?? part.read(row, row + 1)[0];
    return finding && this.moved(finding, part);
  }

  /** What is known of each finding without reading it. */
  *kinds(): Iterable<FindingKind> {
    for (const { columns, first, end } of this.parts) for (let row = first; row < end; row++) yield columns.kinds[columns.kind[row] as number] as FindingKind;
  }

  /** The whole block or row of each record. */
  *spans(): Iterable<Span> {
    for (const { columns, first, end, shift } of this.parts) {
      for (let row = first; row < end; row++) yield { start: (columns.spanStart[row] as number) + shift, end: (columns.spanEnd[row] as number) + shift };
    }
  }

  /** The mark of each finding, and what is known of it without reading it. */
  *marks(): Iterable<Mark> {
    let number = 0;
    for (const { columns, first, end, shift } of this.parts) {
      for (let row = first; row < end; row++) {
        const start = (columns.markStart[row] as number) + shift;
        yield { number: number++, start, end: (columns.markEnd[row] as number) + shift, kind: columns.kinds[columns.kind[row] as number] as FindingKind };
      }
    }
  }

  /** The places of all records. */
  *places(): Iterable<Span> {
    for (const { columns, first, end, shift } of this.parts) {
      const last = placesBefore(columns, end);
      for (let at = placesBefore(columns, first); at < last; at++) yield { start: (columns.placeStart[at] as number) + shift, end: (columns.placeEnd[at] as number) + shift };
    }
  }

  /** The finding that a reader points at, and the stretch of the log that he points at: of the places that begin above, the last one. */
  pointedAt(offset: number): { readonly finding: Finding; readonly number: number; readonly place: Span } | undefined {
    let number = -1;
    let place: Span = { start: -1, end: -1 };
    for (const [index, { columns, first, end, shift }] of this.parts.entries()) {
      for (let row = first, at = placesBefore(columns, first); row < end; row++) {
        for (const last = columns.placesUntil[row] as number; at < last; at++) {
          const start = (columns.placeStart[at] as number) + shift;
          if (start > offset || start < place.start) continue;
          place = { start, end: (columns.placeEnd[at] as number) + shift };
          number = (this.numbers[index] as number) + row - first;
        }
      }
    }
    const finding = offset <= place.end ? this.at(number) : undefined;
    return finding && { finding, number, place };
  }

  /** The first findings whose mark or place touches a stretch. */
  touching({ start, end }: Span, most: number): Finding[] {
    const found: number[] = [];
    for (const [index, { columns, first, end: behind, shift }] of this.parts.entries()) {
      const [from, to] = [start - shift, end - shift];
      for (let row = first, at = placesBefore(columns, first); row < behind && found.length < most; row++) {
        let touches = (columns.markStart[row] as number) <= to && from <= (columns.markEnd[row] as number);
        for (const last = columns.placesUntil[row] as number; at < last; at++) touches ||= (columns.placeStart[at] as number) <= to && from <= (columns.placeEnd[at] as number);
        if (touches) found.push((this.numbers[index] as number) + row - first);
      }
    }
    return [...this.pick(found).values()];
  }

  /** The first finding whose mark begins in a stretch. */
  firstMarkedIn({ start, end }: Span): Finding | undefined {
    for (const [index, { columns, first, end: behind, shift }] of this.parts.entries()) {
      const row = Math.max(first, countBelow(columns.markStart, start - shift));
      if (row < behind) return (columns.markStart[row] as number) + shift < end ? this.at((this.numbers[index] as number) + row - first) : undefined;
    }
    return undefined;
  }

  /** The findings of a session. */
  ofSession(id: string): Finding[] {
    const wanted = sessionNumber(id);
    const found: number[] = [];
    for (const [index, { columns, first, end }] of this.parts.entries()) {
      for (let row = first; row < end; row++) if (columns.session[row] === wanted) found.push((this.numbers[index] as number) + row - first);
    }
    return [...this.pick(found).values()].filter(({ record }) => record.captures.sessionId === id);
  }

  private moved(finding: Finding, { shift }: FindingRows): Finding {
    const placed = this.place(finding.record);
    return placed === finding.record ? moveFinding(finding, shift) : moveFinding({ ...finding, record: placed }, shift);
  }
}

/** How many places the rows above a row have. */
function placesBefore(columns: FindingColumns, row: number): number {
  return row === 0 ? 0 : (columns.placesUntil[row - 1] as number);
}
