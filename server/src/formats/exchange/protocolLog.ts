/** Reads SMTP protocol logs of Exchange: finds the rows that state a failure, and follows each one's session as far as it explains it. */

import { asterisk, digit4, digit5, doubleQuote } from '../../text/characters.ts';
import { lineEnd } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { reachAbove, reachBelow } from '../../text/seam.ts';
import { countBelow, inOrder } from '../../text/spans.ts';
import type { Block, LogRecord, Span, Step } from '../../values.ts';
import type { Wanted } from '../logFormat.ts';
import { splitCell } from '../shapes/csvRow.ts';
import { beginsAttempt } from './attempts.ts';
import { readRows, readSections, type Section } from './fieldsLog.ts';
import { type Columns, isRow } from './fieldsRow.ts';
import type { Direction } from './protocolDirection.ts';
import { ProtocolRow } from './protocolRow.ts';
import { ProtocolSession } from './protocolSession.ts';
import { readProtocolSteps } from './protocolSteps.ts';
import { SessionRows } from './sessionRows.ts';

/** The steps of a protocol log: its failures, and all its other rows where they are wanted. */
export function readProtocolLog(text: string, stretches: readonly Span[], { what, from }: Wanted, occurrences: Occurrences, direction: Direction, guessed?: Columns): Step[] {
  const failures = readFailures(text, stretches, from, occurrences, direction, guessed);
  return what === 'failures' ? failures : [...failures, ...readProtocolSteps(text, stretches, from, direction, guessed)];
}

/**
 * The failures of a protocol log: replies of 4yz and 5yz, one record for a reply of several lines, and what failed without a reply.
 * Rows without a failure are passed over; the rows of a failure's session are looked up from it.
 * @param from Rows above it are read only where they belong to the session of a row below it.
 * @param guessed The columns of rows that were copied without their header.
 */
function readFailures(text: string, stretches: readonly Span[], from: number, occurrences: Occurrences, direction: Direction, guessed?: Columns): LogRecord[] {
  const sections = readSections(text, stretches, guessed);
  const newlines = occurrences('\n');
  const reader = new FailureReader(text, new SessionRows(text, newlines, sections), direction);
  const hits = findFailures(text, direction, from);
  let next = 0;
  for (const section of sections) {
    let last = -1;
    for (; next < hits.length; next++) {
      const hit = hits[next] as number;
      if (hit >= section.end) break;
      if (hit < section.start) continue;
      const start = Math.max(section.start, (newlines[countBelow(newlines, hit) - 1] ?? -1) + 1);
      if (start === last) continue;
      last = start;
      if (isRow(text, start)) reader.read(start, section);
    }
  }
  return reader.end();
}

/** Reads the rows that may state a failure, each with its session. */
class FailureReader {
  private readonly text: string;
  private readonly rows: SessionRows;
  private readonly direction: Direction;
  private readonly followed = new Map<string, Followed>();
  private readonly candidate: ProtocolRow;
  /** The rows above a candidate, the nearest first; used again for the next. */
  private readonly above: ProtocolRow[] = [];
  private readonly records: LogRecord[] = [];

  constructor(text: string, rows: SessionRows, direction: Direction) {
    this.text = text;
    this.rows = rows;
    this.direction = direction;
    this.candidate = new ProtocolRow(text);
  }

  read(start: number, { columns }: Section): void {
    const { candidate, rows, above } = this;
    candidate.moveTo(start, columns);
    if (!isFailure(this.text, candidate, this.direction)) return;
    const id = candidate.sessionId;
    let follow = this.followed.get(id);
    // Rows without an id have no session in common.
    if (!follow || id === '') {
      follow?.session?.finish(this.records);
      follow = { last: -1, session: undefined };
      this.followed.set(id, follow);
    }
    // It may have been read already, as a further line of the reply before it.
    if (follow.last >= start) return;
    const limit = Math.max(follow.last + 1, start - reachAbove);
    for (let count = candidate.isFirst ? 0 : rows.above(id, start, limit, above); count > 0; count--) this.readRow(above[count - 1] as ProtocolRow, follow);
    this.readRow(candidate, follow);
    while (follow.session?.isOpen && rows.below(id, follow.last, follow.session.openFrom + reachBelow, candidate)) this.readRow(candidate, follow);
  }

  /** The failures of all that was read. */
  end(): LogRecord[] {
    for (const { session } of this.followed.values()) session?.finish(this.records);
    return this.records;
  }

  private readRow(row: ProtocolRow, follow: Followed): void {
    // An id comes again where a log is a copy of several, and what was said before its first row is another session's.
    if (row.isFirst) {
      follow.session?.finish(this.records);
      follow.session = undefined;
    }
    follow.session ??= new ProtocolSession(this.text, this.direction);
    if (follow.session.read(row, this.records)) follow.session = undefined;
    follow.last = row.from;
  }
}

/** A session that failed, as far as it was read. */
interface Followed {
  /** Where the last row that was read begins. */
  last: number;
  session: ProtocolSession | undefined;
}

function isFailure(text: string, row: ProtocolRow, direction: Direction): boolean {
  if (row.event === direction.reply.charCodeAt(0)) {
    const code = text.charCodeAt(row.dataStart);
    return code === digit4 || code === digit5;
  }
  return row.event === asterisk && (beginsAttempt(text, row.contextStart) || beginsAttempt(text, row.dataStart));
}

/** Where a row may state a failure, in order. */
export function findFailures(text: string, direction: Direction, from: number): readonly number[] {
  return inOrder([findReplies(text, `${direction.reply},`, from), findAttempts(text, from)]);
}

/** Where a cell with a reply's first digit, 4 or 5, follows the cell of the event. */
function findReplies(text: string, event: string, from: number): number[] {
  const hits: number[] = [];
  for (let at = text.indexOf(event, from); at >= 0; at = text.indexOf(event, at + 2)) {
    const first = text.charCodeAt(unquoted(text, at + 2));
    if (first === digit4 || first === digit5) hits.push(at);
  }
  return hits;
}

/** Where the cell behind the event `*`, or the one behind that, begins like a failed attempt. */
function findAttempts(text: string, from: number): number[] {
  const hits: number[] = [];
  for (let at = text.indexOf('*,', from); at >= 0; at = text.indexOf('*,', at + 2)) {
    if (beginsAttempt(text, unquoted(text, at + 2)) || beginsAttempt(text, unquoted(text, nextCell(text, at + 2)))) hits.push(at);
  }
  return hits;
}

/** Where a cell's text begins: behind its quote, if it has one. */
function unquoted(text: string, cell: number): number {
  return text.charCodeAt(cell) === doubleQuote ? cell + 1 : cell;
}

/** Where the cell behind a cell begins. Behind the last one of a row that is somewhere below, which does no harm: the row is looked at again. */
function nextCell(text: string, cell: number): number {
  return text.charCodeAt(cell) === doubleQuote ? splitCell(text, cell, lineEnd(text, cell), []) + 1 : text.indexOf(',', cell) + 1;
}

/** The sessions of a protocol log, a block for each piece of one: whoever reads the log in parts puts them together. */
export function readSessions(text: string, stretches: readonly Span[], guessed?: Columns): Block[] {
  const blocks: { kind: 'session'; name: string; detail: string; remote: string; span: { start: number; end: number } }[] = [];
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
      detail: row.value('connector-id'),
      remote: row.value('remote-endpoint'),
      span: { ...row.span },
    });
  });
  return blocks;
}
