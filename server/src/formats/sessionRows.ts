/**
 * Finds the other rows of a session. Sessions interleave, and most of them fail nowhere: so nobody follows them all,
 * only those that somebody asks for.
 */

import type { Section } from './fieldsLog.ts';
import { isRow } from './fieldsRow.ts';
import { countBelow, nextLine, reachBelow, stretchAt } from './logFormat.ts';
import { ProtocolRow } from './protocolRow.ts';

/** The rows of sessions around one of them. */
export interface SessionRows {
  /**
   * Moves cursors to the rows of a session above an offset, but not above `limit`, the nearest first: up to the session's first row.
   * @param rows The cursors; more are added where there are too few.
   * @returns How many of them were moved.
   */
  above(id: string, offset: number, limit: number, rows: ProtocolRow[]): number;
  /** Moves a row to the nearest one of a session below the row that begins at an offset. */
  below(id: string, offset: number, row: ProtocolRow): boolean;
}

/**
 * @param newlines Where the lines of the text end.
 * @param sections Where rows count; lines between them belong to somebody else.
 */
export function createSessionRows(text: string, newlines: readonly number[], sections: readonly Section[]): SessionRows {
  // A log can be made so that each walk is a long one: when the walks get longer than the log, an index of all rows answers.
  let budget = 4 * text.length;
  let index: ReadonlyMap<string, readonly number[]> | undefined;
  let last: Section | undefined;

  return {
    above(id, offset, limit, rows) {
      const find = budget < 0 ? findIndexed(id, offset, limit) : findWritten(id, offset, limit);
      for (let count = 0; ; count++) {
        rows[count] ??= new ProtocolRow(text);
        const row = rows[count] as ProtocolRow;
        // A session ends with its `-` row: the same id above it is another session.
        if (!find(row) || row.event === hyphen) return count;
        if (row.isFirst) return count + 1;
      }
    },
    below(id, offset, row) {
      const limit = Math.min(text.length, offset + reachBelow);
      if (budget < 0) {
        const rows = rowsOf(id);
        const start = rows[countBelow(rows, offset + 1)];
        return start !== undefined && start < limit && moveTo(row, start);
      }
      for (let line = countBelow(newlines, offset); line < newlines.length; line++) {
        const begin = (newlines[line] as number) + 1;
        if (begin >= limit) return false;
        const end = newlines[line + 1] ?? text.length;
        budget -= end - begin;
        if (moveToLine(row, begin, end) && row.isOf(id)) return true;
      }
      return false;
    },
  };

  /** Finds row by row upwards, from line to line. */
  function findWritten(id: string, offset: number, limit: number): (row: ProtocolRow) => boolean {
    let line = countBelow(newlines, offset) - 1;
    return (row) => {
      for (; line >= 0; line--) {
        const newline = newlines[line] as number;
        if (newline < limit) return false;
        const begin = line === 0 ? 0 : (newlines[line - 1] as number) + 1;
        budget -= newline - begin;
        if (!moveToLine(row, begin, newline) || row.from < limit || !row.isOf(id)) continue;
        line--;
        return true;
      }
      return false;
    };
  }

  /** Finds them in the index of all rows. */
  function findIndexed(id: string, offset: number, limit: number): (row: ProtocolRow) => boolean {
    const starts = rowsOf(id);
    let next = countBelow(starts, offset) - 1;
    return (row) => {
      const start = starts[next--];
      return start !== undefined && start >= limit && moveTo(row, start);
    };
  }

  function rowsOf(id: string): readonly number[] {
    index ??= indexRows(text, sections);
    return index.get(id) ?? [];
  }

  function moveTo(row: ProtocolRow, start: number): boolean {
    if (!last || start < last.start || start >= last.end) last = stretchAt(sections, start);
    if (last) row.moveTo(start, last.columns);
    return last !== undefined;
  }

  /** Moves to the row of the line between two offsets, its line break not included; false where the line is no row. */
  function moveToLine(row: ProtocolRow, begin: number, end: number): boolean {
    const inside = Math.min(end, text.length - 1);
    if (!last || inside < last.start || inside >= last.end) last = stretchAt(sections, inside);
    if (!last) return false;
    const start = Math.max(last.start, begin);
    if (!isRow(text, start)) return false;
    row.moveTo(start, last.columns, end < text.length && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end);
    return true;
  }
}

function indexRows(text: string, sections: readonly Section[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  const row = new ProtocolRow(text);
  for (const { start, end, columns } of sections) {
    for (let at = start; at < end; at = nextLine(text, at)) {
      if (!isRow(text, at)) continue;
      row.moveTo(at, columns);
      const id = row.writtenId;
      if (id === undefined) continue;
      const rows = index.get(id);
      if (rows) rows.push(at);
      else index.set(id, [at]);
    }
  }
  return index;
}

const hyphen = 0x2d;
const carriageReturn = 0x0d;
