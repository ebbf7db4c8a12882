/** Reads the logs in which Exchange names the columns itself: header lines with `#`, one of them `#Fields:`, then comma-separated rows. */

import type { Span } from '../values.ts';
import { splitRow } from './csvRow.ts';
import { lineEnd, lineStart, nextLine } from './logFormat.ts';

/** The columns of a row, by the names of the `#Fields:` line. Reused from row to row: read it before the next one. */
export interface Row {
  /** The row without its line break. */
  readonly span: Span;
  /** The stretch of a column without its quotes; empty where the row has no such column. */
  cell(column: string): Span;
  /** The text of a column, quotes undone. */
  value(column: string): string;
}

/** The columns that a row without header has, told from its cells: `bounds` has start and end of each. */
export type GuessColumns = (text: string, bounds: readonly number[]) => Columns;

/** The places of the columns by their names in lower case. */
export type Columns = ReadonlyMap<string, number>;

/**
 * The stretches of a text that are a log of the given kind: each `#Fields:` line with the header around it, and the rows below it
 * up to the next header. Lines between the rows that are no rows belong to somebody else.
 * @param isKind Told the header's lines, says whether it is this kind of log.
 */
export function findFieldsLogs(text: string, isKind: (header: string) => boolean): Span[] {
  const stretches: Span[] = [];
  let isOne = false;
  for (let fields = findFieldsLine(text, 0); fields >= 0; ) {
    const next = findFieldsLine(text, nextLine(text, fields));
    const log = { start: headerStart(text, fields), end: next < 0 ? text.length : headerStart(text, next) };
    const header = text.slice(log.start, lineEnd(text, fields));
    // A line that stands alone names other columns for the log above it.
    if (/^\uFEFF?#(?:Software|Log-type):/im.test(header)) isOne = isKind(header);
    if (isOne) addRows(text, log, readColumns(text, fields).size, stretches);
    fields = next;
  }
  return stretches;
}

/**
 * Calls `read` for each row of the stretches.
 * The columns are those of the `#Fields:` line above the row, so a log whose columns change half-way is read rightly.
 * @param guessColumns Names the columns of rows that have no such line.
 */
export function readRows(text: string, stretches: readonly Span[], read: (row: Row) => void, guessColumns?: GuessColumns): void {
  const bounds: number[] = [];
  let columns: Columns = new Map();
  let span: Span = { start: 0, end: 0 };
  const none: Span = { start: 0, end: 0 };
  const cell = (column: string): Span => {
    const at = columns.get(column);
    const start = at === undefined ? undefined : bounds[2 * at];
    return at === undefined || start === undefined ? none : { start, end: bounds[2 * at + 1] as number };
  };
  const row: Row = {
    get span() {
      return span;
    },
    cell,
    value(column) {
      const { start, end } = cell(column);
      const raw = text.slice(start, end);
      return raw.includes('""') ? raw.replaceAll('""', '"') : raw;
    },
  };
  if (stretches[0] && !guessColumns) columns = columnsAbove(text, stretches[0].start);
  for (const stretch of stretches) {
    for (let start = stretch.start; start < stretch.end; ) {
      const next = Math.min(nextLine(text, start), stretch.end);
      if (text.startsWith('#', start)) {
        if (text.startsWith('#Fields:', start)) columns = readColumns(text, start);
      } else if (isRow(text, start)) {
        span = { start, end: lineEnd(text, start) };
        splitRow(text, span.start, span.end, bounds);
        if (guessColumns) columns = guessColumns(text, bounds);
        read(row);
      }
      start = next;
    }
  }
}

function findFieldsLine(text: string, from: number): number {
  let fields = text.indexOf('#Fields:', from);
  while (fields > 0 && text[fields - 1] !== '\n' && text[fields - 1] !== '\uFEFF') fields = text.indexOf('#Fields:', fields + 1);
  return fields;
}

/**
 * The cell that an offset stands in, of a row below a `#Fields:` line.
 * @returns undefined elsewhere: in a header, behind the last cell, in a row without header.
 */
export function cellAt(text: string, offset: number): { readonly column: string; readonly span: Span } | undefined {
  const start = lineStart(text, offset);
  if (!isRow(text, start)) return undefined;
  let fields = text.lastIndexOf('#Fields:', start);
  while (fields > 0 && text[fields - 1] !== '\n' && text[fields - 1] !== '\uFEFF') fields = text.lastIndexOf('#Fields:', fields - 1);
  if (fields < 0) return undefined;
  const bounds: number[] = [];
  splitRow(text, start, lineEnd(text, start), bounds);
  for (const [column, at] of readColumns(text, fields)) {
    const span = { start: bounds[2 * at] ?? -1, end: bounds[2 * at + 1] ?? -1 };
    if (span.start <= offset && offset <= span.end) return { column, span };
  }
  return undefined;
}

/** The header lines directly above a `#Fields:` line belong to it; a byte order mark may stand before the first. */
function headerStart(text: string, fields: number): number {
  let start = fields;
  for (let lines = 0; lines < 16 && start > 0; lines++) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (text[above] !== '#' && !(above === 0 && text.startsWith('\uFEFF#'))) break;
    if (text.startsWith('#Fields:', above)) break;
    start = above;
  }
  return start;
}

/**
 * Adds the lines of a log as stretches, joined where nothing else stands between them.
 * Below other text, as in a ticket, a row with another number of columns is the first of somebody else's rows.
 */
function addRows(text: string, log: Span, columns: number, stretches: Span[]): void {
  let open: { start: number; end: number } | undefined;
  const bounds: number[] = [];
  for (let start = log.start; start < log.end; ) {
    const next = Math.min(nextLine(text, start), log.end);
    if (isRow(text, start) || text[start] === '#' || (start === 0 && text[0] === '\uFEFF')) {
      if (open && open.end === start) open.end = next;
      else {
        if (open && text[start] !== '#' && splitRow(text, start, lineEnd(text, start), bounds) > start && bounds.length !== 2 * columns) return;
        open = { start, end: next };
        stretches.push(open);
      }
    }
    start = next;
  }
}

/** A row begins with its date: 2026-01-15T… (all these logs have `date-time` first). */
export function isRow(text: string, start: number): boolean {
  for (let index = 0; index < 11; index++) {
    const code = text.charCodeAt(start + index);
    const expected = index === 4 || index === 7 ? 0x2d : index === 10 ? 0x54 : undefined;
    if (expected === undefined ? !(code >= 0x30 && code <= 0x39) : code !== expected) return false;
  }
  return true;
}

function columnsAbove(text: string, offset: number): Columns {
  const fields = text.startsWith('#Fields:', offset) ? offset : text.lastIndexOf('#Fields:', offset);
  return fields < 0 ? new Map() : readColumns(text, fields);
}

function readColumns(text: string, fields: number): Columns {
  const names = text.slice(fields + '#Fields:'.length, lineEnd(text, fields)).split(',');
  return new Map(names.slice(0, 256).map((name, index) => [name.trim().toLowerCase(), index]));
}
