/** Reads SMTP protocol logs of Exchange: finds the rows that state a failure, and follows each one's session as far as it explains it. */

import type { Block, LogRecord, Span } from '../values.ts';
import { readRows, readSections, type Section } from './fieldsLog.ts';
import { type Columns, isRow, type Row, RowCursor } from './fieldsRow.ts';
import { lineStart, nextLine, reachAbove } from './logFormat.ts';
import { createSession, type Direction, failedAttempt, failedAttempts, type Session } from './session.ts';
import { createSessionRows } from './sessionRows.ts';

/**
 * The failures of a protocol log: replies of 4yz and 5yz, one record for a reply of several lines, and what failed without a reply.
 * Rows without a failure are passed over; the rows of a failure's session are looked up from it.
 * @param from Rows above it are read only where they belong to the session of a row below it.
 * @param guessed The columns of rows that were copied without their header.
 */
export function readProtocolLog(text: string, stretches: readonly Span[], from: number, direction: Direction, guessed?: Columns): LogRecord[] {
  const records: LogRecord[] = [];
  const sections = readSections(text, stretches, guessed);
  const rows = createSessionRows(text, sections);
  const followed = new Map<string, Followed>();
  const candidate = new RowCursor(text);
  /** The rows above a candidate, the nearest first; used again for the next. */
  const above: RowCursor[] = [];
  eachCandidate(text, sections, from, direction, (start, { columns }) => {
    candidate.moveTo(start, columns);
    if (!isFailure(text, candidate, direction)) return;
    const id = candidate.value('session-id');
    let follow = followed.get(id);
    if (!follow) {
      follow = { last: -1, session: undefined };
      followed.set(id, follow);
    }
    // It may have been read already, as a further line of the reply before it.
    if (follow.last >= start) return;
    for (let count = readAbove(id, start, follow.last + 1); count > 0; count--) readRow(above[count - 1] as RowCursor, follow);
    readRow(candidate, follow);
    while (follow.session?.isOpen() && rows.below(id, follow.last, candidate)) readRow(candidate, follow);
  });
  for (const { session } of followed.values()) session?.finish(records);
  return records;

  function readRow(row: RowCursor, follow: Followed): void {
    follow.session ??= createSession(direction);
    if (follow.session.read(text, row, records)) follow.session = undefined;
    follow.last = row.from;
  }

  /** Collects the rows of a session above a row: up to the first one, or to where the session was left. */
  function readAbove(id: string, start: number, from: number): number {
    const limit = Math.max(from, start - reachAbove);
    for (let count = 0, below = start; ; count++) {
      above[count] ??= new RowCursor(text);
      const row = above[count] as RowCursor;
      // A session ends with its `-` row: the same id above it is another session.
      if (!rows.above(id, below, limit, row) || row.value('event') === '-') return count;
      if (row.value('sequence-number') === '0') return count + 1;
      below = row.from;
    }
  }
}

/** A session that failed, as far as it was read. */
interface Followed {
  /** Where the last row that was read begins. */
  last: number;
  session: Session | undefined;
}

function isFailure(text: string, row: Row, direction: Direction): boolean {
  const event = row.value('event');
  if (event === direction.reply) {
    const code = text.charCodeAt(row.start('data'));
    return code === digit4 || code === digit5;
  }
  return event === '*' && (failedAttempt(row.value('context')) ?? failedAttempt(row.value('data'))) !== undefined;
}

/** Calls `read` for each row, in order, that may state a failure: by the literals that such a row cannot be without. */
function eachCandidate(text: string, sections: readonly Section[], from: number, { reply }: Direction, read: (row: number, section: Section) => void): void {
  const replies = createSearch(text, `${reply},`, (offset) => {
    const code = text.charCodeAt(offset + 2);
    return code === digit4 || code === digit5 || (code === doubleQuote && (text.charCodeAt(offset + 3) === digit4 || text.charCodeAt(offset + 3) === digit5));
  });
  const searches = [replies, ...failedAttempts.map((beginning) => createSearch(text, beginning, () => true))];
  for (const section of sections) {
    for (let at = Math.max(section.start, from); ; ) {
      let hit = Number.POSITIVE_INFINITY;
      for (const search of searches) hit = Math.min(hit, search(at));
      if (hit >= section.end) break;
      const start = Math.max(section.start, lineStart(text, hit));
      if (isRow(text, start)) read(start, section);
      at = nextLine(text, hit);
    }
  }
}

/** Looks for a literal at or after an offset that only grows; infinity where there is none. */
function createSearch(text: string, literal: string, isHit: (offset: number) => boolean): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found >= from) return found;
    let at = text.indexOf(literal, from);
    while (at >= 0 && !isHit(at)) at = text.indexOf(literal, at + 1);
    found = at < 0 ? Number.POSITIVE_INFINITY : at;
    return found;
  };
}

const digit4 = 0x34;
const digit5 = 0x35;
const doubleQuote = 0x22;

/** The sessions of a protocol log. Only rows in one piece make a block: an editor cannot fold what interleaves. */
export function readSessions(text: string, stretches: readonly Span[], guessed?: Columns): Block[] {
  const blocks: { kind: 'session'; name: string; detail: string; span: { start: number; end: number } }[] = [];
  let id = '';
  readRows(text, readSections(text, stretches, guessed), (row) => {
    const last = blocks.at(-1);
    const rowId = row.value('session-id');
    if (last && rowId === id) {
      last.span.end = row.span.end;
      return;
    }
    id = rowId;
    blocks.push({
      kind: 'session',
      name: `Session ${rowId}`,
      detail: [row.value('connector-id'), row.value('remote-endpoint')].filter(Boolean).join(', '),
      span: { ...row.span },
    });
  });
  return blocks;
}
