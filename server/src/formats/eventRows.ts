/** Events as separated rows: Event Viewer's "Save as", and Export-Csv of Get-WinEvent and Get-EventLog. */

import { joinRuns } from '../smtp/excerpt.ts';
import type { FormatId, LogRecord, Span } from '../values.ts';
import { cellRuns, splitRow } from './csvRow.ts';
import { type CsvTable, csvSeam, readCsv, readCsvRows } from './csvTable.ts';
import { isEvent, readEventObject, sourceNames } from './eventObject.ts';
import { eventBlock, isDate, readEventId } from './eventRecord.ts';
import { findTransport, isTransportSource, namesTransport } from './eventSource.ts';
import { type LogFormat, lineEnd, lineStartAfter, nextLine, type Seam } from './logFormat.ts';
import { createObject, type OutputObject } from './outputObject.ts';

/** A format of rows that are separated by one of the characters. */
export function eventRows(id: FormatId, title: string, separators: string): LogFormat {
  const parse = (text: string, stretches: readonly Span[]): LogRecord[] => readEvents(text, stretches, id, separators);
  return {
    id,
    title,
    find: (text) => findRows(text, separators),
    parse,
    blocks: (text, stretches) => parse(text, stretches).map(eventBlock),
    seam: (text, at, stretches) => findSeam(text, at, stretches, separators),
  };
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
  const tables = stretches.length > 0 || readCsv(text, 0, text.length) ? propertyTables(text, separators) : [];
  const table = tables.findLast(({ firstRow }) => firstRow <= at);
  return table && csvSeam(text, table, at);
}

/** The rows of the transport services. Those of other sources belong to nobody: a response in one of them is found as in any text. */
function findRows(text: string, separators: string): Span[] {
  const rows: Span[] = [];
  eachEvent(text, separators, ({ span }) => rows.push(span));
  return rows;
}

/** A row's columns are those of its table, so the tables are looked for once more. */
function readEvents(text: string, stretches: readonly Span[], format: FormatId, separators: string): LogRecord[] {
  const records: LogRecord[] = [];
  let index = 0;
  eachEvent(text, separators, (row) => {
    while (index < stretches.length && (stretches[index] as Span).end <= row.span.start) index++;
    const stretch = stretches[index];
    const record = stretch && row.span.start >= stretch.start && row.span.end <= stretch.end ? readEventObject(text, row, format) : undefined;
    if (record) records.push(record);
  });
  return records;
}

/** Calls `read` for each row of a transport service, in order: in tables with a header, and where one stands alone. */
function eachEvent(text: string, separators: string, read: (row: OutputObject) => void): void {
  if (!namesTransport(text)) return;
  let from = eachViewerRow(text, separators, read);
  for (const table of propertyTables(text, separators)) {
    if (table.span.start < from) continue;
    eachLoneRow(text, { start: from, end: table.span.start }, separators, read);
    from = table.firstRow;
    readCsvRows(text, table, (row) => {
      from = row.span.end;
      if (isTransportSource(row.text(...sourceNames))) read(row);
    });
  }
  eachLoneRow(text, { start: from, end: text.length }, separators, read);
}

/** The tables whose header names PowerShell's properties, which no language changes. */
function propertyTables(text: string, separators: string): CsvTable[] {
  const tables: CsvTable[] = [];
  const isEdge = (character: string | undefined): boolean => character === undefined || '\r\n\uFEFF'.includes(character) || separators.includes(character);
  for (let at = text.indexOf('Message'), from = 0; at >= 0; at = text.indexOf('Message', Math.max(from, at + 1))) {
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
function eachLoneRow(text: string, within: Span, separators: string, read: (row: OutputObject) => void): void {
  const part = text.slice(within.start, within.end);
  const bounds: number[] = [];
  let from = 0;
  for (let found = findTransport(part, 0); found; found = findTransport(part, Math.max(found.end, from))) {
    const at = found.start;
    const quoted = part[at - 1] === '"' ? 1 : 0;
    const separator = part[at - 1 - quoted];
    if (!separator || !separators.includes(separator) || part[found.end + quoted] !== separator) continue;
    const first = Math.max(from, at - longestRowHead);
    const newline = part.slice(first, at).lastIndexOf('\n');
    if (newline < 0 && first > 0) continue;
    const start = first + (newline < 0 ? Number(part[first] === '\uFEFF') : newline + 1);
    const row = readRow(text, within.start + start, separator, bounds);
    if (!isViewerRow(text, row) || !isTransport(text, row) || row.end > within.end) continue;
    read(viewerObject(text, row));
    from = row.end - within.start;
  }
}

function readRow(text: string, start: number, separator: string, bounds: number[]): ViewerRow {
  return { start, end: splitRow(text, start, text.length, bounds, separator.charCodeAt(0)), bounds };
}

function isViewerRow(text: string, { bounds }: ViewerRow): boolean {
  return bounds.length >= 12 && readEventId(text, cellOf(bounds, 3)) !== undefined && isDate(text.slice(bounds[2], bounds[3]));
}

function isTransport(text: string, { bounds }: ViewerRow): boolean {
  const { start, end } = cellOf(bounds, 2);
  return isTransportSource(text.slice(start, Math.min(end, start + 100)));
}

function viewerObject(text: string, { start, end, bounds }: ViewerRow): OutputObject {
  return createObject({ start, end }, (name) => {
    const column = viewerNames.indexOf(name);
    if (column < 0) return undefined;
    return joinRuns(cellRuns(text, name === 'message' ? messageCell(text, bounds, end) : cellOf(bounds, column)));
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
