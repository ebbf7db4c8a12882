/**
 * Finds the other rows of a session. Sessions interleave, and most of them fail nowhere: so nobody follows them all,
 * only those that somebody asks for.
 */

import type { Section } from './fieldsLog.ts';
import { isRow, RowCursor } from './fieldsRow.ts';
import { countBelow, lineStart, nextLine, reachBelow, stretchAt } from './logFormat.ts';

/** The rows of sessions around one of them. */
export interface SessionRows {
  /** Moves a row to the nearest one of a session above an offset, but not above `limit`. False where there is none. */
  above(id: string, offset: number, limit: number, row: RowCursor): boolean;
  /** Moves a row to the nearest one of a session below the row that begins at an offset. */
  below(id: string, offset: number, row: RowCursor): boolean;
}

/** @param sections Where rows count; lines between them belong to somebody else. */
export function createSessionRows(text: string, sections: readonly Section[]): SessionRows {
  // A log can be made so that each walk is a long one: when the walks get longer than the log, an index of all rows answers.
  let budget = 4 * text.length;
  let index: ReadonlyMap<string, readonly number[]> | undefined;
  let last: Section | undefined;

  return {
    above(id, offset, limit, row) {
      if (budget < 0) {
        const rows = rowsOf(id);
        const start = rows[countBelow(rows, offset) - 1];
        return start !== undefined && start >= limit && moveTo(row, start);
      }
      const key = `,${id},`;
      const part = text.slice(limit, offset);
      for (let hit = part.lastIndexOf(key); hit >= 0; hit = hit > 0 ? part.lastIndexOf(key, hit - 1) : -1) {
        if (!moveAround(row, limit + hit) || row.from < limit) continue;
        budget -= offset - row.from;
        return true;
      }
      budget -= part.length;
      return false;
    },
    below(id, offset, row) {
      const limit = Math.min(text.length, offset + reachBelow);
      if (budget < 0) {
        const rows = rowsOf(id);
        const start = rows[countBelow(rows, offset + 1)];
        return start !== undefined && start < limit && moveTo(row, start);
      }
      const key = `,${id},`;
      const part = text.slice(offset, limit);
      budget -= part.length;
      for (let hit = part.indexOf(key, nextLine(part, 0)); hit >= 0; hit = part.indexOf(key, hit + 1)) {
        if (moveAround(row, offset + hit)) return true;
      }
      return false;
    },
  };

  function rowsOf(id: string): readonly number[] {
    index ??= indexRows(text, sections);
    return index.get(id) ?? [];
  }

  function moveTo(row: RowCursor, start: number): boolean {
    if (!last || start < last.start || start >= last.end) last = stretchAt(sections, start);
    if (last) row.moveTo(start, last.columns);
    return last !== undefined;
  }

  /** Moves to the row around the comma before its session's id; false where the comma stands anywhere else. */
  function moveAround(row: RowCursor, comma: number): boolean {
    if (!last || comma < last.start || comma >= last.end) last = stretchAt(sections, comma);
    if (!last) return false;
    const start = Math.max(last.start, lineStart(text, comma));
    if (!isRow(text, start)) return false;
    row.moveTo(start, last.columns);
    return row.start('session-id') === comma + 1;
  }
}

function indexRows(text: string, sections: readonly Section[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  const row = new RowCursor(text);
  for (const { start, end, columns } of sections) {
    for (let at = start; at < end; at = nextLine(text, at)) {
      if (!isRow(text, at)) continue;
      row.moveTo(at, columns);
      const cell = row.cell('session-id');
      // As in a walk only an id that stands between its commas as it is counts.
      if (text.charCodeAt(cell.start - 1) !== comma || text.charCodeAt(cell.end) !== comma) continue;
      const id = text.slice(cell.start, cell.end);
      const rows = index.get(id);
      if (rows) rows.push(at);
      else index.set(id, [at]);
    }
  }
  return index;
}

const comma = 0x2c;
