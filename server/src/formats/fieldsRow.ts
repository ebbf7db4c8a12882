/** A row of a log that names its columns; its cells are split only as far as somebody asks for them. */

import type { Span } from '../values.ts';
import { splitCell } from './csvRow.ts';
import { lineEnd } from './logFormat.ts';

/** The places of the columns by their names in lower case. */
export type Columns = ReadonlyMap<string, number>;

/** The columns that a row without header has, told from its cells: `bounds` has start and end of each. */
export type GuessColumns = (text: string, bounds: readonly number[]) => Columns;

/** The columns of a row by their names. Reused from row to row: read it before the next one. */
export interface Row {
  /** The row without its line break. */
  readonly span: Span;
  /** The stretch of a column without its quotes; empty where the row has no such column. */
  cell(column: string): Span;
  /** The text of a column, quotes undone. */
  value(column: string): string;
  /** Where the text of a column begins: what a look at its first characters costs least. -1 where the row has no such column. */
  start(column: string): number;
}

/** A row that is moved from place to place. */
export class RowCursor implements Row {
  private readonly text: string;
  private readonly bounds: number[] = [];
  private columns: Columns = new Map();
  /** Where the row begins. */
  from = 0;
  /** Where the row ends; -1 until somebody needs it. */
  private end = 0;
  /** Where the first cell begins that is not split yet. */
  private next = 0;

  constructor(text: string) {
    this.text = text;
  }

  get span(): Span {
    return { start: this.from, end: this.limit() };
  }

  /** @param start Where the row begins; its end is that of its line. */
  moveTo(start: number, columns: Columns | GuessColumns): void {
    this.from = start;
    this.next = start;
    this.end = -1;
    this.bounds.length = 0;
    if (typeof columns === 'function') {
      this.split(Number.MAX_SAFE_INTEGER);
      this.columns = columns(this.text, this.bounds);
    } else this.columns = columns;
  }

  cell(column: string): Span {
    const at = this.columns.get(column);
    if (at === undefined) return none;
    this.split(at);
    const start = this.bounds[2 * at];
    return start === undefined ? none : { start, end: this.bounds[2 * at + 1] as number };
  }

  start(column: string): number {
    const at = this.columns.get(column);
    if (at === undefined) return -1;
    if (2 * at < this.bounds.length) return this.bounds[2 * at] as number;
    this.split(at - 1);
    if (2 * at > this.bounds.length || this.next > this.limit()) return -1;
    return this.text.charCodeAt(this.next) === quote ? this.next + 1 : this.next;
  }

  value(column: string): string {
    const { start, end } = this.cell(column);
    const raw = this.text.slice(start, end);
    return raw.includes('""') ? raw.replaceAll('""', '"') : raw;
  }

  /** Splits up to the cell with this number. */
  private split(cell: number): void {
    if (2 * cell < this.bounds.length) return;
    const limit = this.limit();
    while (this.bounds.length <= 2 * cell && this.next <= limit) this.next = splitCell(this.text, this.next, limit, this.bounds) + 1;
  }

  private limit(): number {
    if (this.end < 0) this.end = lineEnd(this.text, this.from);
    return this.end;
  }
}

const none: Span = { start: 0, end: 0 };
const quote = 0x22;

/** A row begins with its date: 2026-01-15T… (all these logs have `date-time` first). */
export function isRow(text: string, start: number): boolean {
  if (text.charCodeAt(start + 10) !== letterT || text.charCodeAt(start + 4) !== hyphen || text.charCodeAt(start + 7) !== hyphen) return false;
  for (let index = 0; index < 10; index++) {
    const code = text.charCodeAt(start + index);
    if (!(code >= 0x30 && code <= 0x39) && index !== 4 && index !== 7) return false;
  }
  return true;
}

const hyphen = 0x2d;
const letterT = 0x54;
