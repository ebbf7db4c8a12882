/** Finds the logs in which Exchange names the columns itself: header lines with `#`, one of them `#Fields:`, then comma-separated rows. */

import { numberSign } from '../../text/characters.ts';
import { interned } from '../../text/interned.ts';
import { lineEnd, lineStart, nextLine } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { reachAbove, reachBelow, type Seam } from '../../text/seam.ts';
import { countBelow, firstBehind, stretchAt } from '../../text/spans.ts';
import type { Span } from '../../values.ts';
import type { Cell } from '../logFormat.ts';
import { splitRow } from '../shapes/csvRow.ts';
import { type Columns, type GuessColumns, isRow, type Row, RowCursor } from './fieldsRow.ts';

const fieldsLabel = '#Fields:';
/**
 * What is looked for first, by itself: a log that is such from end to end is known by it before all literals are looked for together. No longer than
 * a literal may be that is found by its first character alone.
 */
const fieldsBeginning = fieldsLabel.slice(0, 6);

/**
 * The stretches of a text that are a log of the given kind: each `#Fields:` line with the header around it, and the rows below it
 * up to the next header. Lines between the rows that are no rows belong to somebody else.
 * @param isKind Told the header's lines, says whether it is this kind of log.
 */
export function findFieldsLogs(text: string, occurrences: Occurrences, isKind: (header: string) => boolean): Span[] {
  const stretches: Span[] = [];
  let isOne = false;
  const lines = occurrences(fieldsBeginning).filter((offset) => isFieldsLine(text, offset));
  let start = lines[0] === undefined ? 0 : headerStart(text, lines[0]);
  for (const [index, fields] of lines.entries()) {
    const next = lines[index + 1];
    const end = next === undefined ? text.length : headerStart(text, next);
    // A line that stands alone names other columns for the log above it, as far as that goes.
    const header = start < fields ? text.slice(start, lineEnd(text, fields)) : '';
    if (isHeader(header)) isOne = isKind(header);
    else isOne &&= start - (stretches.at(-1)?.end ?? 0) <= longestGap;
    if (isOne) addRows(text, { start, end }, readColumns(text, fields).size, occurrences('\n'), stretches);
    start = end;
  }
  return stretches;
}

/** What no such log is without. */
export function fieldsSigns(_text: string, occurrences: Occurrences): readonly number[] {
  return occurrences(fieldsBeginning);
}

/** A part of a log with the same columns from its first row to its last. */
export interface Section extends Span {
  readonly columns: Columns | GuessColumns;
}

/**
 * The parts of the stretches by their columns: those of the `#Fields:` line above, so a log whose columns change half-way is read rightly.
 * @param guessed The columns of rows that have no such line.
 */
export function readSections(text: string, stretches: readonly Span[], guessed?: Columns | GuessColumns): Section[] {
  if (guessed) return stretches.map(({ start, end }) => ({ start, end, columns: guessed }));
  const sections: Section[] = [];
  let columns = stretches[0] ? columnsAbove(text, stretches[0].start) : new Map<string, number>();
  for (const { start, end } of stretches) {
    let from = start;
    // The header lines stand at the beginning of a stretch, and each `#Fields:` line begins one: below them are rows only.
    while (from < end && !isRow(text, from)) {
      if (isFieldsLine(text, from)) columns = readColumns(text, from);
      from = nextLine(text, from);
    }
    if (from < end) sections.push({ start: from, end, columns });
  }
  return sections;
}

/** Rows with more of other text between them are not of one log: to a part that knows nothing of what stands above they would be somebody else's. */
const longestGap = reachBelow / 2;

/**
 * The seam above a row or a header line, the last row where other text stands between the rows. The part below sees as much of its log as a
 * session may have above a row, and begins with the header in force there.
 */
export function fieldsSeam(text: string, at: number, stretches: readonly Span[]): Seam | undefined {
  const stretch = stretchAt(stretches, at) ?? stretches[firstBehind(stretches, at) - 1];
  if (!stretch || at - stretch.end > longestGap) return undefined;
  const start = Math.max(stretch.start, lineStart(text, Math.min(at, stretch.end - 1)));
  const above = headerAbove(text, stretches, start + 1);
  const context = Math.max(above.start, start <= reachAbove ? 0 : nextLine(text, start - reachAbove - 1));
  return { at: start, preamble: headerAbove(text, stretches, context).lines, context };
}

/** The header lines in force at an offset, and where their log begins. */
function headerAbove(text: string, stretches: readonly Span[], offset: number): { readonly lines: string; readonly start: number } {
  let header = '';
  let start = offset;
  for (let index = firstBehind(stretches, offset); index >= 0; index--) {
    const { start: above, end: below } = stretches[index] ?? { start: offset, end: offset };
    if (above >= offset) continue;
    start = above;
    if (isRow(text, above)) continue;
    let end = above;
    // Without a row between them, the header lines of the next stretch stand directly below.
    while (end < Math.min(offset, below) && !isRow(text, end)) end = nextLine(text, end);
    const lines = text.slice(above, end);
    // A line that stands alone names other columns for the log above it, so the header above it is needed too; what stands between them no longer counts.
    if (isHeader(lines.slice(0, Math.max(0, lines.indexOf(fieldsLabel))))) return { lines: `${lines}${header}`, start };
    if (header === '') header = lines;
  }
  return { lines: header, start };
}

const isHeader = (lines: string): boolean => /^\uFEFF?#(?:Software|Log-type):/im.test(lines);

/** Calls `read` for each row of the sections. */
export function readRows(text: string, sections: readonly Section[], read: (row: Row) => void): void {
  const row = new RowCursor(text);
  for (const { start, end, columns } of sections) {
    for (let at = start; at < end; at = nextLine(text, at)) {
      if (!isRow(text, at)) continue;
      row.moveTo(at, columns);
      read(row);
    }
  }
}

/** The line stands at the beginning of its line; a byte order mark may stand before it. */
function isFieldsLine(text: string, offset: number): boolean {
  return text.startsWith(fieldsLabel, offset) && (offset === 0 || text[offset - 1] === '\n' || text[offset - 1] === '\uFEFF');
}

/** The cell of a row, in the columns of the `#Fields:` line above it. */
export function fieldsCell(row: string, offset: number, above: () => string): Cell | undefined {
  if (!isRow(row, 0)) return undefined;
  const header = above();
  const fields = fieldsAbove(header, header.length);
  if (fields === undefined) return undefined;
  const bounds: number[] = [];
  splitRow(row, 0, lineEnd(row, 0), bounds);
  for (const [column, at] of readColumns(header, fields)) {
    const span = { start: bounds[2 * at] ?? -1, end: bounds[2 * at + 1] ?? -1 };
    if (span.start <= offset && offset <= span.end) return { column, span };
  }
  return undefined;
}

/** The `#Fields:` line above an offset, or at it. */
function fieldsAbove(text: string, offset: number): number | undefined {
  let fields = text.lastIndexOf(fieldsLabel, offset);
  while (fields > 0 && !isFieldsLine(text, fields)) fields = text.lastIndexOf(fieldsLabel, fields - 1);
  return fields < 0 ? undefined : fields;
}

function columnsAbove(text: string, offset: number): Columns {
  const fields = fieldsAbove(text, offset);
  return fields === undefined ? new Map() : readColumns(text, fields);
}

/** The header lines directly above a `#Fields:` line belong to it; a byte order mark may stand before the first. */
function headerStart(text: string, fields: number): number {
  let start = fields;
  for (let lines = 0; lines < 16 && start > 0; lines++) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (text[above] !== '#' && !(above === 0 && text.startsWith('\uFEFF#'))) break;
    if (text.startsWith(fieldsLabel, above)) break;
    start = above;
  }
  return start;
}

/**
 * Adds the lines of a log as stretches, joined where nothing else stands between them.
 * Below other text, as in a ticket, a row with another number of columns is the first of somebody else's rows.
 */
function addRows(text: string, log: Span, columns: number, newlines: readonly number[], stretches: Span[]): void {
  const bounds: number[] = [];
  let line = countBelow(newlines, log.start);
  // The stretch that grows: of numbers alone, since this is done for each line of a log.
  let from = -1;
  let to = -1;
  for (let start = log.start; start < log.end; line++) {
    const next = line < newlines.length ? Math.min((newlines[line] as number) + 1, log.end) : log.end;
    if (isRow(text, start) || text.charCodeAt(start) === numberSign || (start === 0 && text[0] === '\uFEFF')) {
      if (from >= 0 && start - to > longestGap) break;
      if (to === start) to = next;
      else if (from < 0 || text.charCodeAt(start) === numberSign || countCells(text, start, bounds) === columns) {
        if (from >= 0) stretches.push({ start: from, end: to });
        from = start;
        to = next;
      }
    }
    start = next;
  }
  if (from >= 0) stretches.push({ start: from, end: to });
}

/** How many cells a row has. */
function countCells(text: string, start: number, bounds: number[]): number {
  splitRow(text, start, lineEnd(text, start), bounds);
  return bounds.length / 2;
}

function readColumns(text: string, fields: number): Columns {
  const columns = new Map<string, number>();
  const names = text.slice(fields + fieldsLabel.length, lineEnd(text, fields)).split(',', 256);
  for (const [index, name] of names.entries()) columns.set(interned(name.trim().toLowerCase()), index);
  return columns;
}
