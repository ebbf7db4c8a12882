/** Reads tables as Format-Table writes them: names, a line of dashes below them, and values in columns, perhaps cut or wrapped. */

import { type Excerpt, joinRuns, literalExcerpt, type Run } from '../../text/excerpt.ts';
import { isLineBreak, lineEnd, lineStart, nextLine } from '../../text/lines.ts';
import { indentEnd } from '../../text/quotes.ts';
import type { Seam } from '../../text/seam.ts';
import type { Span } from '../../values.ts';
import { createObject, type OutputObject, plainName } from './object.ts';

export interface ColumnTable {
  readonly start: number;
  /** Where it ends at the latest: an empty line ends it too. */
  readonly limit: number;
  /** The names of the columns in their order. */
  readonly names: readonly string[];
  /** Where each column begins, counted from the line's start. */
  readonly starts: readonly number[];
  readonly firstRow: number;
}

/** Reads the frame of the table whose names stand in the given line; undefined where there is no line of dashes below. */
export function readTable(text: string, header: number, limit: number): ColumnTable | undefined {
  const dashes = nextLine(text, header);
  if (dashes >= limit) return undefined;
  const line = text.slice(dashes, Math.min(lineEnd(text, dashes), limit, dashes + widestHeader));
  if (!/^[ \t>]*-+(?:[ \t]+-+)*[ \t]*$/.test(line)) return undefined;
  const starts = [...line.matchAll(/-+/g)].map(({ index }) => index);
  const written = text.slice(header, Math.min(lineEnd(text, header), header + widestHeader));
  const names = starts.map((start, index) => plainName(written.slice(start, starts[index + 1])));
  return { start: header, limit, names, starts, firstRow: Math.min(nextLine(text, dashes), limit) };
}

/** Where the rows of a table end: with an empty line. */
export function tableEnd(text: string, { firstRow, limit }: ColumnTable): number {
  let end = firstRow;
  while (end < limit && !isEmpty(text, end)) end = nextLine(text, end);
  return Math.min(end, limit);
}

/** Calls `read` for each row. A line with nothing in its first column goes on with the row above. */
export function readTableRows(text: string, table: ColumnTable, read: (object: OutputObject) => void): void {
  let lines: Span[] = [];
  const finish = (): void => {
    if (lines.length > 0) read(tableObject(text, table, lines));
    lines = [];
  };
  for (let line = table.firstRow; line < table.limit && !isEmpty(text, line); line = nextLine(text, line)) {
    const span = { start: line, end: Math.min(lineEnd(text, line), table.limit) };
    if (lines.length === 0 || !goesOn(text, table, span) || lines.length >= mostLines) finish();
    lines.push(span);
  }
  finish();
}

/** Whether nothing stands in the first column of a line. */
function goesOn(text: string, { starts }: ColumnTable, { start, end }: Span): boolean {
  const first = Math.min(end, start + (starts[1] ?? 0));
  return indentEnd(text, start, first - start) >= first;
}

/** The seam at the last row that begins at or before an offset; the part below begins with the names and the dashes. */
export function tableSeam(text: string, table: ColumnTable, at: number): Seam | undefined {
  let row = lineStart(text, at);
  for (let lines = 1; row > table.firstRow && goesOn(text, table, { start: row, end: lineEnd(text, row) }); lines++) {
    // So many lines are a row by themselves: where it begins is known only from above.
    if (lines === mostLines) return undefined;
    row = lineStart(text, row - 1);
  }
  return row < table.firstRow ? undefined : { at: row, preamble: text.slice(table.start, table.firstRow), context: row };
}

function isEmpty(text: string, line: number): boolean {
  return isLineBreak(text, indentEnd(text, line, 200));
}

const widestHeader = 4_000;
const mostLines = 200;

function tableObject(text: string, { names, starts }: ColumnTable, lines: readonly Span[]): OutputObject {
  const span = { start: (lines[0] as Span).start, end: (lines.at(-1) as Span).end };
  return createObject(span, (name) => {
    const column = names.indexOf(name);
    if (column < 0) return undefined;
    const place = starts[column] ?? 0;
    const next = starts[column + 1];
    const [line] = lines;
    if (lines.length > 1 || !line) return joinCells(text, lines, place, next);
    const cell = cellIn(text, line, place, next);
    return cell.start < cell.end ? literalExcerpt(text, cell) : undefined;
  });
}

/** The cells of one column, one below the other. */
function joinCells(text: string, lines: readonly Span[], place: number, next: number | undefined): Excerpt | undefined {
  const runs: Run[] = [];
  for (const line of lines) {
    const { start, end } = cellIn(text, line, place, next);
    if (start === end) continue;
    if (runs.length > 0) runs.push({ text: ' ', start, end: start, literal: false });
    runs.push({ text: text.slice(start, end), start, end, literal: true });
  }
  return runs.length > 0 ? joinRuns(runs) : undefined;
}

/** The cell between two places of the console, without the blanks behind it. */
function cellIn(text: string, line: Span, place: number, next: number | undefined): Span {
  const start = cellStart(text, line, place);
  const end = next === undefined ? line.end : Math.max(start, cellStart(text, line, next));
  return { start, end: start === end ? end : start + text.slice(start, end).trimEnd().length };
}

/** Where the cell begins whose dashes begin at a place of the console: a number stands at the right of its column and reaches beyond its dashes. */
function cellStart(text: string, line: Span, place: number): number {
  let at = placeInLine(text, line, place);
  if (at >= line.end || isSpace(text, at)) return at;
  while (at > line.start && !isSpace(text, at - 1)) at--;
  return at;
}

function isSpace(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}

/** Chinese, Japanese and Korean characters take two places of the console each. */
function placeInLine(text: string, line: Span, place: number): number {
  let at = line.start;
  for (let taken = 0; taken < place && at < line.end; at++) taken += isWide(text.charCodeAt(at)) ? 2 : 1;
  return at;
}

/** How many places of the console a stretch takes. */
export function placesTaken(text: string, start: number, end: number): number {
  let taken = 0;
  for (let at = start; at < end; at++) taken += isWide(text.charCodeAt(at)) ? 2 : 1;
  return taken;
}

function isWide(code: number): boolean {
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xff60);
}
