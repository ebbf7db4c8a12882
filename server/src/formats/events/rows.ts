/** Events as separated rows: Event Viewer's "Save as", and Export-Csv of Get-WinEvent and Get-EventLog. */

import { lineFeed } from '../../text/characters.ts';
import { lineEnd, lineStartAfter, nextLine } from '../../text/lines.ts';
import { createOccurrences, type Occurrences } from '../../text/occurrences.ts';
import type { Seam } from '../../text/seam.ts';
import { countBelow, stretchAt } from '../../text/spans.ts';
import type { FormatId, LogRecord, Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { type CsvTable, csvSeam, readCsv, readCsvRows } from '../shapes/csvTable.ts';
import type { OutputObject } from '../shapes/object.ts';
import { eventFormat } from './format.ts';
import { isEvent, readEventObject, sourceNames } from './object.ts';
import { findTransports, isTransportSource } from './source.ts';
import { readViewerRow, readViewerTable, type ViewerRow, type ViewerTable, viewerRowAt } from './viewerRows.ts';

/** A format of rows that are separated by one of the characters. */
export function eventRows(id: FormatId, title: string, separators: string): LogFormat {
  const known = new WeakMap<Occurrences, FoundRows>();
  return eventFormat({
    id,
    title,
    literals: [messageName],
    find(text, _free, occurrences) {
      const found = findRows(text, separators, occurrences);
      known.set(occurrences, found);
      return found.spans;
    },
    steps: (text, stretches, _wanted, occurrences) => readEvents(text, stretches, occurrences, known.get(occurrences) ?? findRows(text, separators, occurrences), id, separators),
    seam: (text, at, stretches, occurrences) => findSeam(text, at, stretches, separators, occurrences, occurrences && known.get(occurrences)),
  });
}

/** What was found in a text: it is kept until the text has been read, since to split all rows of a table once more takes a while. */
interface FoundRows {
  /** The rows of the transport services, in order. */
  readonly spans: Span[];
  /** Event Viewer's table; undefined where it was not looked for. */
  readonly table?: ViewerTable;
  /** Event Viewer's rows among them by where they begin, those that are quoted without a header too. */
  readonly viewerRows: ReadonlyMap<number, ViewerRow>;
}

/** Rows of other sources belong to the table too, and their messages may have any lines: so the table says where its rows begin. */
function findSeam(
  text: string,
  at: number,
  stretches: readonly Span[],
  separators: string,
  occurrences: Occurrences = createOccurrences(text),
  found?: FoundRows,
): Seam | undefined {
  const { starts, end } = found?.table ?? readViewerTable(text, separators, at);
  const row = starts[countBelow(starts, at + 1) - 1];
  if (row !== undefined && end >= at) return { at: row, preamble: text.slice(0, nextLine(text, 0)), context: row };
  // A part that begins with the names of a table may have no row of ours.
  const tables = stretches.length > 0 || readCsv(text, 0, text.length) ? findTables(text, separators, occurrences) : [];
  const table = tables.findLast(({ firstRow }) => firstRow <= at);
  return table && csvSeam(text, table, at);
}

/** The rows of the transport services. Those of other sources belong to nobody: a response in one of them is found as in any text. */
function findRows(text: string, separators: string, occurrences: Occurrences): FoundRows {
  const sources = findTransports(text, occurrences);
  if (sources.length === 0) return { spans: [], viewerRows: new Map() };
  const table = readViewerTable(text, separators);
  const viewerRows = [...table.rows];
  const spans: Span[] = [];
  let from = table.end;
  const gaps: Span[] = [];
  for (const named of readTables(text, findTables(text, separators, occurrences), from, ({ span }) => void spans.push(span))) {
    gaps.push({ start: from, end: named.start });
    from = named.end;
  }
  gaps.push({ start: from, end: text.length });
  findLoneRows(text, gaps, sources, separators, (row) => void viewerRows.push(row));
  return {
    spans: [...viewerRows, ...spans].sort((one, other) => one.start - other.start),
    table,
    viewerRows: new Map(viewerRows.map((row) => [row.start, row])),
  };
}

/** A row's columns are those of its table, so the tables with names are looked for once more. */
function readEvents(text: string, stretches: readonly Span[], occurrences: Occurrences, { table, viewerRows }: FoundRows, format: FormatId, separators: string): LogRecord[] {
  const records: LogRecord[] = [];
  const add = (record: LogRecord | undefined): void => {
    if (record) records.push(record);
  };
  readTables(text, findTables(text, separators, occurrences), table?.end ?? 0, (row) => {
    if (isWithin(row.span, stretchAt(stretches, row.span.start))) add(readEventObject(text, row, format));
  });
  for (const stretch of stretches) {
    const row = viewerRows.get(stretch.start);
    if (row && isWithin(row, stretch)) add(readViewerRow(text, row, format));
  }
  return records;
}

/** Whether a row is there as a whole: another form may have taken a part of it. */
function isWithin(row: Span, stretch: Span | undefined): boolean {
  return stretch !== undefined && row.start >= stretch.start && row.end <= stretch.end;
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

const messageName = 'Message';

/** The tables whose header names PowerShell's properties, which no language changes. */
function findTables(text: string, separators: string, occurrences: Occurrences): CsvTable[] {
  const tables: CsvTable[] = [];
  const isEdge = (character: string | undefined): boolean => character === undefined || '\r\n\uFEFF'.includes(character) || separators.includes(character);
  let from = 0;
  for (const at of occurrences(messageName)) {
    if (at < from) continue;
    const isQuoted = text[at - 1] === '"' && text[at + 7] === '"';
    if (!isEdge(text[isQuoted ? at - 2 : at - 1]) || !isEdge(text[isQuoted ? at + 8 : at + 7])) continue;
    const line = lineStartAfter(text, at, from);
    from = lineEnd(text, at);
    const table = line === undefined ? undefined : readCsv(text, line, text.length);
    if (table && separators.includes(String.fromCharCode(table.delimiter)) && isEvent((name) => table.names.includes(name))) tables.push(table);
  }
  return tables;
}

const longestRowHead = 400;

/** Rows of Event Viewer's without its header, such as a ticket quotes: level, date, source, id, category, message. */
function findLoneRows(text: string, gaps: readonly Span[], sources: readonly Span[], separators: string, add: (row: ViewerRow) => void): void {
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
    const row = viewerRowAt(text, start, separator);
    if (!row || row.end > gap.end) continue;
    add(row);
    from = row.end;
  }
}
