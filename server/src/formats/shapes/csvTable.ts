/** Reads CSV with a line of names, as Export-Csv and the downloads of the Exchange admin center write it: cells may hold line breaks. */

import { withLineFeeds } from '../../text/lineFeeds.ts';
import { lineEnd, nextLine } from '../../text/lines.ts';
import type { Seam } from '../../text/seam.ts';
import type { Span } from '../../values.ts';
import { cellExcerpt, splitRow } from './csvRow.ts';
import { createObject, type OutputObject, plainName } from './object.ts';

export interface CsvTable {
  readonly span: Span;
  readonly names: readonly string[];
  readonly delimiter: number;
  readonly firstRow: number;
}

/** Reads the names of the table that begins with the given line, its end not looked for; undefined where the line is no line of names. */
export function readCsv(text: string, header: number, limit: number): CsvTable | undefined {
  const end = Math.min(lineEnd(text, header), limit);
  if (end - header > widestHeader) return undefined;
  // A culture decides whether a comma, a semicolon or a tab stands between the names.
  const delimiter = /^\uFEFF?"?[A-Za-z][\w .-]{0,80}"?\s?([,;\t])/.exec(text.slice(header, end))?.[1]?.charCodeAt(0);
  if (delimiter === undefined) return undefined;
  const bounds: number[] = [];
  const start = text[header] === '\uFEFF' ? header + 1 : header;
  splitRow(text, start, end, bounds, delimiter);
  const written = pairs(bounds).map((cell) => text.slice(cell.start, cell.end));
  if (written.length < 2 || written.some((name) => !/^\s?[A-Za-z_][\w .()-]{0,80}$/.test(name))) return undefined;
  const firstRow = Math.min(nextLine(text, header), limit);
  return { span: { start: header, end: limit }, names: written.map(plainName), delimiter, firstRow };
}

/** Where the rows end: before an empty line, or before a line that has hardly any of the columns. */
export function csvEnd(text: string, table: CsvTable): number {
  return forEachRow(text, table, () => true);
}

/** The seam at the last row that begins at or before an offset; the part below begins with the line of names. */
export function csvSeam(text: string, table: CsvTable, at: number): Seam | undefined {
  let row: Span | undefined;
  forEachRow(text, table, (_, span) => {
    if (span.start > at) return false;
    row = span;
    return true;
  });
  if (!row || nextLine(text, row.end) <= at) return undefined;
  return { at: row.start, preamble: text.slice(table.span.start, table.firstRow), context: row.start };
}

/** Calls `read` for each row. */
export function readCsvRows(text: string, table: CsvTable, read: (object: OutputObject) => void): void {
  forEachRow(text, table, (bounds, span) => {
    read(rowObject(text, table, bounds, span));
    return true;
  });
}

function rowObject(text: string, { names }: CsvTable, bounds: readonly number[], span: Span): OutputObject {
  return createObject(span, (name) => {
    const column = names.indexOf(name);
    const [start, end] = [bounds[2 * column], bounds[2 * column + 1]];
    return column < 0 || start === undefined || end === undefined ? undefined : withLineFeeds(cellExcerpt(text, { start, end }));
  });
}

const widestHeader = 4_000;

/** Calls `read` for each row while it says true; where the last one ends is returned. */
function forEachRow(text: string, table: CsvTable, read: (bounds: readonly number[], span: Span) => boolean): number {
  const limit = table.span.end;
  const bounds: number[] = [];
  let start = table.firstRow;
  while (start < limit) {
    const end = splitRow(text, start, limit, bounds, table.delimiter);
    if (end === start || bounds.length < table.names.length) break;
    if (!read(bounds, { start, end })) return start;
    start = Math.min(nextLine(text, end), limit);
  }
  return start;
}

function pairs(bounds: readonly number[]): Span[] {
  return Array.from({ length: bounds.length / 2 }, (_, index) => ({ start: bounds[2 * index] as number, end: bounds[2 * index + 1] as number }));
}
