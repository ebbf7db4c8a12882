/** A row of a log that names its columns; its cells are split only as far as somebody asks for them. */

import { doubleQuote, hyphen, isDigit } from '../../text/characters.ts';
import { lineEnd } from '../../text/lines.ts';
import type { Span } from '../../values.ts';
import { cellExcerpt, splitCell, splitRow } from '../shapes/csvRow.ts';

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
}

/** A row that is moved from place to place. A log has millions of them, so the work for a cell is written out, and nothing is made that can be kept. */
export class RowCursor implements Row {
  protected readonly text: string;
  /** Start and end of each cell; used again for the next row, whose cells are fewer or more. */
  private readonly bounds: number[] = [];
  /** How many cells are split. */
  private count = 0;
  private columns: Columns = new Map();
  /** Where the row begins. */
  from = 0;
  /** Where the row ends; -1 until somebody needs it. */
  private end = 0;
  /** The row's text; absent until somebody needs it. */
  private line: string | undefined;
  /** Where the first cell begins that is not split yet; -1 where there is none. */
  private next = 0;

  constructor(text: string) {
    this.text = text;
  }

  get span(): Span {
    return { start: this.from, end: this.limit() };
  }

  /**
   * @param start Where the row begins; its end is that of its line.
   * @param end Where the row ends, where that is known already.
   */
  moveTo(start: number, columns: Columns | GuessColumns, end = -1): void {
    this.from = start;
    this.next = start;
    this.end = end;
    this.line = undefined;
    this.count = 0;
    this.columns = typeof columns === 'function' ? this.guess(columns) : columns;
  }

  cell(column: string): Span {
    return this.cellAt(this.place(column));
  }

  value(column: string): string {
    return this.valueAt(this.place(column));
  }

  /** The number of a column; -1 where the row has no such column. */
  protected place(column: string): number {
    return this.columns.get(column) ?? -1;
  }

  protected cellAt(place: number): Span {
    return this.has(place) ? { start: this.bounds[2 * place] as number, end: this.bounds[2 * place + 1] as number } : none;
  }

  protected valueAt(place: number): string {
    if (!this.has(place)) return '';
    const raw = this.text.slice(this.bounds[2 * place], this.bounds[2 * place + 1]);
    return raw.includes('""') ? cellExcerpt(raw, { start: 0, end: raw.length }).text : raw;
  }

  /** Where the text of a cell begins: what a look at its first characters costs least. -1 where the row has no such cell. */
  protected startAt(place: number): number {
    if (place < 0) return -1;
    if (place < this.count) return this.bounds[2 * place] as number;
    if (place > 0 && !this.has(place - 1)) return -1;
    const start = this.next;
    return this.text.charCodeAt(start) === doubleQuote ? start + 1 : start;
  }

  /**
   * Splits up to a cell; false where the row does not have so many. A cell ends with its line at the latest.
   * The commas are searched and not met letter by letter, which costs several times as much; and in the line alone, since the text may have no more.
   */
  private has(place: number): boolean {
    while (this.count <= place) {
      const start = this.next;
      if (start < 0) return false;
      this.line ??= this.text.slice(this.from, this.limit());
      if (this.text.charCodeAt(start) === doubleQuote) this.splitQuoted(start);
      else {
        const comma = this.line.indexOf(',', start - this.from);
        this.bounds[2 * this.count] = start;
        this.bounds[2 * this.count + 1] = comma < 0 ? this.limit() : this.from + comma;
        this.next = comma < 0 ? -1 : this.from + comma + 1;
      }
      this.count++;
    }
    return place >= 0;
  }

  private splitQuoted(start: number): void {
    const bounds: number[] = [];
    const limit = this.limit();
    const end = splitCell(this.text, start, limit, bounds);
    this.bounds[2 * this.count] = bounds[0] as number;
    this.bounds[2 * this.count + 1] = bounds[1] as number;
    this.next = end < limit ? end + 1 : -1;
  }

  private guess(columns: GuessColumns): Columns {
    const bounds: number[] = [];
    splitRow(this.text, this.from, this.limit(), bounds);
    return columns(this.text, bounds);
  }

  private limit(): number {
    if (this.end < 0) this.end = lineEnd(this.text, this.from);
    return this.end;
  }
}

const none: Span = { start: 0, end: 0 };

/**
 * A row begins with its date: 2026-01-15T… (all these logs have `date-time` first). Asked of every line of a log, so it is written out,
 * and no more of the date is looked at than tells it from anything else that a line begins with.
 */
export function isRow(text: string, start: number): boolean {
  return (
    text.charCodeAt(start + 10) === letterT &&
    text.charCodeAt(start + 4) === hyphen &&
    text.charCodeAt(start + 7) === hyphen &&
    isDigit(text.charCodeAt(start)) &&
    isDigit(text.charCodeAt(start + 9))
  );
}

const letterT = 0x54;
