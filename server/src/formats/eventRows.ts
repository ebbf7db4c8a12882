/** Events as separated rows: Event Viewer's "Save as", and Export-Csv of Get-WinEvent and Get-EventLog. */

import type { FormatId, LogRecord, Span } from '../values.ts';
import { isDigit, lineFeed } from './characters.ts';
import { cellExcerpt, splitRow } from './csvRow.ts';
import { type CsvTable, csvSeam, readCsv, readCsvRows } from './csvTable.ts';
import { eventFormat } from './eventFormat.ts';
import { isEvent, readEventObject, sourceNames } from './eventObject.ts';
import { isDate, readEventId } from './eventRecord.ts';
import { findTransports, isTransportSource } from './eventSource.ts';
import { createOccurrences, type LogFormat, lineEnd, lineStartAfter, nextLine, type Occurrences, type Seam, stretchAt } from './logFormat.ts';
import { createObject, type OutputObject } from './outputObject.ts';

/** A format of rows that are separated by one of the characters. */
export function eventRows(id: FormatId, title: string, separators: string): LogFormat {
  return eventFormat({
    id,
    title,
    find: (text, _free, occurrences) => findRows(text, separators, occurrences),
    parse: (text, stretches, _from, occurrences) => readEvents(text, stretches, occurrences, id, separators),
    seam: (text, at, stretches) => findSeam(text, at, stretches, separators),
  });
}

/** Rows of other sources belong to the table too, and their messages may have any lines: so the table says where its rows begin. */
function findSeam(text: string, at: number, stretches: readonly Span[], separators: string): Seam | undefined {
  const header = nextLine(text, 0);
  let row: Span | undefined;
  const end = readViewerRows(text, separators, (found) => {
    if (found.start > at) return false;
    row = { start: found.start, end: found.end };
    return true;
  });
  if (row && end >= at) return { at: row.start, preamble: text.slice(0, header), context: row.start };
  // A part that begins with the names of a table may have no row of ours.
  const tables = stretches.length > 0 || readCsv(text, 0, text.length) ? findTables(text, separators, createOccurrences(text)) : [];
  const table = tables.findLast(({ firstRow }) => firstRow <= at);
  return table && csvSeam(text, table, at);
}

/** The rows of the transport services. Those of other sources belong to nobody: a response in one of them is found as in any text. */
function findRows(text: string, separators: string, occurrences: Occurrences): Span[] {
  const sources = findTransports(text, occurrences);
  if (sources.length === 0) return [];
  const rows: Span[] = [];
  const add = ({ span }: { readonly span: Span }): void => void rows.push(span);
  let from = eachViewerRow(text, separators, add);
  const gaps: Span[] = [];
  for (const table of readTables(text, findTables(text, separators, occurrences), from, add)) {
    gaps.push({ start: from, end: table.start });
    from = table.end;
  }
  gaps.push({ start: from, end: text.length });
  findLoneRows(text, gaps, sources, separators, add);
  return rows.sort((one, other) => one.start - other.start);
}

/** A row's columns are those of its table, so the tables are looked for once more. */
function readEvents(text: string, stretches: readonly Span[], occurrences: Occurrences, format: FormatId, separators: string): LogRecord[] {
  const records: LogRecord[] = [];
  const add = (row: OutputObject, stretch: Span | undefined): void => {
    const isWhole = stretch !== undefined && row.span.start >= stretch.start && row.span.end <= stretch.end;
    const record = isWhole ? readEventObject(text, row, format) : undefined;
    if (record) records.push(record);
  };
  const named = findTables(text, separators, occurrences);
  const from = named.length > 0 ? eachViewerRow(text, separators, () => {}) : 0;
  const tables = readTables(text, named, from, (row) => add(row, stretchAt(stretches, row.span.start)));
  const bounds: number[] = [];
  for (const stretch of stretches) {
    const row = stretchAt(tables, stretch.start) ? undefined : viewerRowAt(text, stretch.start, separators, bounds);
    if (row) add(row, stretch);
  }
  return records;
}

/**
 * Calls `read` for each row of a transport service in tables with names.
 * @param from What looks like a table above it is part of a row.
 * @returns Where the tables stand.
 */
function readTables(text: string, named: readonly CsvTable[], from: number, read: (row: OutputObject) => void): Span[] {
  const tables: Span[] = [];
  let end = from;
  for (const table of named) {
    if (table.span.start < end) continue;
    end = table.firstRow;
    readCsvRows(text, table, (row) => {
      end = row.span.end;
      if (isTransportSource(row.text(...sourceNames))) read(row);
    });
    tables.push({ start: table.span.start, end });
  }
  return tables;
}

/** The tables whose header names PowerShell's properties, which no language changes. */
function findTables(text: string, separators: string, occurrences: Occurrences): CsvTable[] {
  const tables: CsvTable[] = [];
  const isEdge = (character: string | undefined): boolean => character === undefined || '\r\n\uFEFF'.includes(character) || separators.includes(character);
  let from = 0;
  // Without its last character the name is found many times sooner.
  for (const at of occurrences('Messag')) {
    if (at < from || text[at + 6] !== 'e') continue;
    const isQuoted = text[at - 1] === '"' && text[at + 7] === '"';
    if (!isEdge(text[isQuoted ? at - 2 : at - 1]) || !isEdge(text[isQuoted ? at + 8 : at + 7])) continue;
    const line = lineStartAfter(text, at, from);
    from = lineEnd(text, at);
    const table = line === undefined ? undefined : readCsv(text, line, text.length);
    if (table && separators.includes(String.fromCharCode(table.delimiter)) && isEvent((name) => table.names.includes(name))) tables.push(table);
  }
  return tables;
}

/** A row with start and end of each cell: 2n and 2n + 1. Its bounds are reused from row to row. */
interface ViewerRow extends Span {
  readonly bounds: readonly number[];
}

/** Event Viewer's columns: five names in the desktop's language, and a sixth for the message without a name. */
const viewerNames = ['level', 'timecreated', 'source', 'id', 'category', 'message'];

/**
 * Calls `read` for each row of MSExchangeTransport in a text that begins with Event Viewer's header.
 * @returns Where the rows end: at the line that is none.
 */
function eachViewerRow(text: string, separators: string, read: (row: OutputObject) => void): number {
  return readViewerRows(text, separators, (row) => {
    if (isTransport(text, row)) read(viewerObject(text, row));
    return true;
  });
}

/**
 * Calls `read` for each row of a text that begins with Event Viewer's header, while it says true: a header in any language, with one name less
 * than there are columns.
 * @returns Where the rows end: at the line that is none, or at the row that was not wanted.
 */
function readViewerRows(text: string, separators: string, read: (row: ViewerRow) => boolean): number {
  const line = text.slice(0, lineEnd(text, 0, Math.min(text.length, 400)));
  const separator = [...separators].find((one) => line.split(one).length === 5);
  if (!separator || /\d/.test(line)) return 0;
  const bounds: number[] = [];
  let end = 0;
  for (let start = nextLine(text, line.length); start < text.length; start = nextLine(text, end)) {
    const row = readRow(text, start, separator, bounds);
    if (!isViewerRow(text, row) || !read(row)) break;
    end = row.end;
  }
  return end;
}

const longestRowHead = 400;

/** Rows of Event Viewer's without its header, such as a ticket quotes: level, date, source, id, category, message. */
function findLoneRows(text: string, gaps: readonly Span[], sources: readonly Span[], separators: string, add: (row: OutputObject) => void): void {
  const bounds: number[] = [];
  let from = 0;
  for (const { start: at, end } of sources) {
    const quoted = text[at - 1] === '"' ? 1 : 0;
    const separator = text[at - 1 - quoted];
    if (!separator || !separators.includes(separator) || text[end + quoted] !== separator) continue;
    const gap = at < from ? undefined : stretchAt(gaps, at);
    if (!gap) continue;
    const first = Math.max(from, gap.start, at - longestRowHead);
    let start = at;
    while (start > first && text.charCodeAt(start - 1) !== lineFeed) start--;
    if (start === first && first > gap.start) continue;
    if (start === first && text[start] === '\uFEFF') start++;
    const row = viewerRowAt(text, start, separator, bounds);
    if (!row || row.span.end > gap.end) continue;
    add(row);
    from = row.span.end;
  }
}

/** The row of a transport service that begins at an offset. */
function viewerRowAt(text: string, start: number, separators: string, bounds: number[]): OutputObject | undefined {
  for (const separator of separatorsIn(text.slice(start, start + longestRowHead), separators)) {
    const row = readRow(text, start, separator, bounds);
    if (isViewerRow(text, row) && isTransport(text, row)) return viewerObject(text, row);
  }
  return undefined;
}

/** The separators that stand in the head of a row: its own is the first of them. */
function separatorsIn(head: string, separators: string): string[] {
  return [...separators].filter((separator) => head.includes(separator)).sort((one, other) => head.indexOf(one) - head.indexOf(other));
}

function readRow(text: string, start: number, separator: string, bounds: number[]): ViewerRow {
  return { start, end: splitRow(text, start, text.length, bounds, separator.charCodeAt(0)), bounds };
}

function isViewerRow(text: string, { bounds }: ViewerRow): boolean {
  return bounds.length >= 12 && isNumber(text, cellOf(bounds, 3)) && isDate(text.slice(bounds[2], bounds[3]));
}

/** Whether a cell holds an event's number. Every row of a table is asked, and in nearly all of them nothing but digits stands there. */
function isNumber(text: string, cell: Span): boolean {
  let at = cell.start;
  while (at < cell.end && isDigit(text.charCodeAt(at))) at++;
  return (at === cell.end && at > cell.start && at <= cell.start + 10) || readEventId(text, cell) !== undefined;
}

function isTransport(text: string, { bounds }: ViewerRow): boolean {
  const { start, end } = cellOf(bounds, 2);
  return isTransportSource(text.slice(start, Math.min(end, start + 100)));
}

function viewerObject(text: string, { start, end, bounds }: ViewerRow): OutputObject {
  return createObject({ start, end }, (name) => {
    const column = viewerNames.indexOf(name);
    if (column < 0) return undefined;
    return cellExcerpt(text, name === 'message' ? messageCell(text, bounds, end) : cellOf(bounds, column));
  });
}

/** Columns that somebody has added stand before the message. Without quotes a message that holds separators runs to the end of its row. */
function messageCell(text: string, bounds: readonly number[], end: number): Span {
  for (let column = firstMessageColumn; 2 * column < bounds.length; column++) {
    const cell = cellOf(bounds, column);
    if (text[cell.start - 1] === '"' && text[cell.end] === '"') return cell;
  }
  return { start: cellOf(bounds, firstMessageColumn).start, end };
}

const firstMessageColumn = 5;

function cellOf(bounds: readonly number[], column: number): Span {
  return { start: bounds[2 * column] ?? 0, end: bounds[2 * column + 1] ?? 0 };
}
