/** Event Viewer's rows: level, date, source, id, category, message, below a header in the desktop's language or, where a ticket quotes a few, without. */

import { doubleQuote, isDigit } from '../../text/characters.ts';
import { textBelow } from '../../text/lineEnds.ts';
import { lineEnd, nextLine } from '../../text/lines.ts';
import type { FormatId, LogRecord, Span } from '../../values.ts';
import { cellExcerpt, splitRow } from '../shapes/csvRow.ts';
import { oneLine, trimExcerpt } from '../shapes/object.ts';
import { readDescription } from './description.ts';
import { eventRecord, isDate, readEventId } from './record.ts';
import { isTransportSource } from './source.ts';
import { isStray, quoteAboveRow } from './strayQuotes.ts';

/** A row with start and end of each cell: 2n and 2n + 1. */
export interface ViewerRow extends Span {
  readonly bounds: readonly number[];
}

/** The rows of a text that begins with Event Viewer's header. */
export interface ViewerTable {
  /** Where each row begins, whatever its source. */
  readonly starts: readonly number[];
  /** The rows of the transport services. */
  readonly rows: readonly ViewerRow[];
  /** Where the rows end: at the line that is none. */
  readonly end: number;
}

/**
 * Reads a text that begins with a header in any language, with one name less than there are columns.
 * @param limit Where a row begins behind it, no more are read.
 */
export function readViewerTable(text: string, separators: string, limit: number = text.length): ViewerTable {
  const starts: number[] = [];
  const rows: ViewerRow[] = [];
  let end = 0;
  const line = text.slice(0, lineEnd(text, 0, Math.min(text.length, 400)));
  const separator = [...separators].find((one) => line.split(one).length === 5);
  if (!separator || /\d/.test(line)) return { starts, rows, end };
  // The bounds are reused from row to row: nearly all rows are of other sources.
  const bounds: number[] = [];
  for (let start = nextLine(text, line.length); start < text.length && start <= limit; start = nextLine(text, end)) {
    const rowEnd = splitRow(text, start, text.length, bounds, separator.charCodeAt(0));
    // Where quotes are not doubled, each row is looked for by itself.
    if (!isViewerRow(text, bounds) || strayQuote(text, bounds, separator)) break;
    end = rowEnd;
    starts.push(start);
    if (isTransport(text, bounds)) rows.push({ start, end, bounds: bounds.slice() });
  }
  return { starts, rows, end };
}

/** The row of a transport service that begins at an offset. */
export function viewerRowAt(text: string, start: number, separator: string): ViewerRow | undefined {
  const bounds: number[] = [];
  const end = splitRow(text, start, text.length, bounds, separator.charCodeAt(0));
  if (!isViewerRow(text, bounds) || !isTransport(text, bounds)) return undefined;
  return { start, end: withStrayQuotes(text, bounds, separator) ?? end, bounds };
}

/** Takes the bounds of a message in which quotes stand that are not doubled to its real end, which is given back; undefined where there are none. */
function withStrayQuotes(text: string, bounds: number[], separator: string): number | undefined {
  const stray = strayQuote(text, bounds, separator);
  const close = stray && quoteAboveRow(text, stray.end, separator);
  if (!stray || close === undefined) return undefined;
  bounds.length = 2 * stray.column + 1;
  bounds.push(close);
  return close + 1;
}

/** Where a message seems to end, and does not. */
function strayQuote(text: string, bounds: readonly number[], separator: string): { readonly column: number; readonly end: number } | undefined {
  for (let column = firstMessageColumn; 2 * column < bounds.length; column++) {
    const { start, end } = cellOf(bounds, column);
    if (text.charCodeAt(start - 1) === doubleQuote && isStray(text, end, separator)) return { column, end };
  }
  return undefined;
}

function isViewerRow(text: string, bounds: readonly number[]): boolean {
  return bounds.length >= 12 && isNumber(text, cellOf(bounds, idColumn)) && isTime(text, cellOf(bounds, timeColumn));
}

/** Whether a cell holds a time, perhaps in several lines: nearly none does, and every row is asked. */
function isTime(text: string, { start, end }: Span): boolean {
  const written = text.slice(start, end);
  return isDate(written) || (written.includes('\r') && isDate(textBelow(text, start, written.length, end)));
}

/** Whether a cell holds an event's number. Every row of a table is asked, and in nearly all of them nothing but digits stands there. */
function isNumber(text: string, cell: Span): boolean {
  let at = cell.start;
  while (at < cell.end && isDigit(text.charCodeAt(at))) at++;
  return (at === cell.end && at > cell.start && at <= cell.start + 10) || readEventId(text, cell) !== undefined;
}

function isTransport(text: string, bounds: readonly number[]): boolean {
  const { start, end } = cellOf(bounds, sourceColumn);
  return isTransportSource(text.slice(start, Math.min(end, start + 100)));
}

/** The event of a row. */
export function readViewerRow(text: string, { start, end, bounds }: ViewerRow, format: FormatId): LogRecord | undefined {
  const id = readEventId(text, cellOf(bounds, idColumn));
  if (!id) return undefined;
  const [source, time] = [cellOf(bounds, sourceColumn), cellOf(bounds, timeColumn)];
  return eventRecord({
    format,
    span: { start, end },
    source: text.slice(source.start, source.end),
    id,
    description: readDescription(trimExcerpt(cellExcerpt(text, messageCell(text, bounds, end)))),
    written: oneLine(text.slice(time.start, time.end)),
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

const timeColumn = 1;
const sourceColumn = 2;
const idColumn = 3;
const firstMessageColumn = 5;

function cellOf(bounds: readonly number[], column: number): Span {
  return { start: bounds[2 * column] ?? 0, end: bounds[2 * column + 1] ?? 0 };
}
