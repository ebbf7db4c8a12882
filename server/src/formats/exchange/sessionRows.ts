/**
 * Finds the other rows of a session. Sessions interleave, and most of them fail nowhere: so nobody follows them all,
 * only those that somebody asks for.
 */

import { carriageReturn, hyphen } from '../../text/characters.ts';
import { nextLine } from '../../text/lines.ts';
import { countBelow, stretchAt } from '../../text/spans.ts';
import type { Section } from './fieldsLog.ts';
import { isRow } from './fieldsRow.ts';
import { ProtocolRow } from './protocolRow.ts';

/** The rows of sessions around one of them. A class of the module, as all that is made for each part of a log. */
export class SessionRows {
  private readonly text: string;
  /** Where the lines of the text end. */
  private readonly newlines: readonly number[];
  /** Where rows count; lines between them belong to somebody else. */
  private readonly sections: readonly Section[];
  /** A log can be made so that each walk is a long one: when the walks get longer than the log, an index of all rows answers. */
  private budget: number;
  private index: ReadonlyMap<string, readonly number[]> | undefined;
  /** The section of the row before. */
  private last: Section | undefined;
  /** Where a walk goes on: the number of a line, or of a row in the index. */
  private next = 0;

  constructor(text: string, newlines: readonly number[], sections: readonly Section[]) {
    this.text = text;
    this.newlines = newlines;
    this.sections = sections;
    this.budget = text.length;
  }

  /**
   * Moves cursors to the rows of a session above an offset, but not above `limit`, the nearest first: up to the session's first row, or the last one of another session.
   * @param rows The cursors; more are added where there are too few.
   * @returns How many of them were moved.
   */
  above(id: string, offset: number, limit: number, rows: ProtocolRow[]): number {
    const starts = this.budget < 0 ? this.rowsOf(id) : undefined;
    this.next = countBelow(starts ?? this.newlines, offset) - 1;
    for (let count = 0; ; count++) {
      rows[count] ??= new ProtocolRow(this.text);
      const row = rows[count] as ProtocolRow;
      const isFound = starts ? this.goUpIndex(starts, limit, row) : this.goUpLines(id, limit, row);
      if (!isFound) return count;
      // A session ends with its `-` row: the same id above it is another session, which is told so by that row.
      if (row.isFirst || row.event === hyphen) return count + 1;
    }
  }

  /** Moves a row to the nearest one of a session below the row that begins at an offset, but not below `farthest`. */
  below(id: string, offset: number, farthest: number, row: ProtocolRow): boolean {
    const limit = Math.min(this.text.length, farthest + 1);
    if (this.budget < 0) {
      const rows = this.rowsOf(id);
      const start = rows[countBelow(rows, offset + 1)];
      return start !== undefined && start < limit && this.moveTo(row, start);
    }
    for (let line = countBelow(this.newlines, offset); line < this.newlines.length; line++) {
      const begin = (this.newlines[line] as number) + 1;
      if (begin >= limit) return false;
      const end = this.newlines[line + 1] ?? this.text.length;
      this.budget -= end - begin;
      if (this.moveToLine(row, begin, end) && row.isOf(id)) return true;
    }
    return false;
  }

  private goUpLines(id: string, limit: number, row: ProtocolRow): boolean {
    const { newlines } = this;
    while (this.next >= 0) {
      const line = this.next--;
      const newline = newlines[line] as number;
      if (newline < limit) return false;
      const begin = line === 0 ? 0 : (newlines[line - 1] as number) + 1;
      this.budget -= newline - begin;
      if (this.moveToLine(row, begin, newline) && row.from >= limit && row.isOf(id)) return true;
    }
    return false;
  }

  private goUpIndex(starts: readonly number[], limit: number, row: ProtocolRow): boolean {
    const start = starts[this.next--];
    return start !== undefined && start >= limit && this.moveTo(row, start);
  }

  private rowsOf(id: string): readonly number[] {
    this.index ??= indexRows(this.text, this.sections);
    return this.index.get(id) ?? [];
  }

  private moveTo(row: ProtocolRow, start: number): boolean {
    const section = this.sectionAt(start);
    if (section) row.moveTo(start, section.columns);
    return section !== undefined;
  }

  /** Moves to the row of the line between two offsets, its line break not included; false where the line is no row. */
  private moveToLine(row: ProtocolRow, begin: number, end: number): boolean {
    const { text } = this;
    const section = this.sectionAt(Math.min(end, text.length - 1));
    if (!section) return false;
    const start = Math.max(section.start, begin);
    if (!isRow(text, start)) return false;
    row.moveTo(start, section.columns, end < text.length && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end);
    return true;
  }

  private sectionAt(offset: number): Section | undefined {
    if (!this.last || offset < this.last.start || offset >= this.last.end) this.last = stretchAt(this.sections, offset);
    return this.last;
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
