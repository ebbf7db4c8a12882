/** Makes a record of what a form says of an event: the same in every form. */

import { placeSpan } from '../../text/excerpt.ts';
import { offsetBelow } from '../../text/lineEnds.ts';
import { writtenTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Block, Captures, FormatId, LogEvent, LogRecord, Span } from '../../values.ts';
import type { Description } from './description.ts';

/** The parts of an event, whatever form they were found in. */
export interface EventParts {
  readonly format: FormatId;
  readonly span: Span;
  /** One of the transport services. */
  readonly source: string;
  readonly id: EventId;
  /** Where a reader may point at the id, if it is more than the number. */
  readonly idPlace?: Span;
  readonly description: Description;
  readonly server?: string | undefined;
  /** The time as it is written: UTC only if it states its zone. */
  readonly written?: string | undefined;
  /** Whether the language around it says that the day stands before the month. */
  readonly isDayFirst?: boolean;
}

export interface EventId {
  readonly number: number;
  readonly span: Span;
}

/** One record for one event: the response in it, or its id where there is none, is what is underlined. */
export function eventRecord({ format, span, source, id, idPlace = id.span, description, server, written, isDayFirst }: EventParts): LogRecord {
  const { read, response, words, isHandedOn } = description;
  const record: LogRecord = {
    format,
    what: 'noted',
    span,
    mark: read?.mark ?? id.span,
    places: read && response ? [idPlace, placeSpan(response, 0, response.text.length)] : [idPlace],
    event: withChanges<LogEvent>({ source, id: id.number }, words ? { words } : undefined, isHandedOn && { isHandingOn: true }),
    captures: server ? withChanges<Captures>({ server }, description.captures) : description.captures,
  };
  return Object.assign(record, writtenTime(written), isDayFirst ? { isDayFirst } : undefined, read && { response: read.response });
}

/**
 * Reads an event's number at its place; undefined where there is none.
 * Get-EventLog's InstanceId holds qualifiers above the low 16 bits, which are the number that Event Viewer shows
 * (learn.microsoft.com, System.Diagnostics.EventLogEntry.InstanceId).
 */
export function readEventId(text: string, cell: Span): EventId | undefined {
  if (offsetBelow(text, cell.start, 40, cell.end) < cell.end) return undefined;
  const written = text.slice(cell.start, cell.end);
  const digits = written.trim();
  if (!/^\d{1,10}$/.test(digits)) return undefined;
  const start = cell.start + written.indexOf(digits);
  return { number: Number(digits) % 65_536, span: { start, end: start + digits.length } };
}

/** An event as a block for outline and folding. */
export function eventBlock(record: LogRecord): Block {
  return { kind: 'event', name: `Event ${record.event?.id ?? ''}`.trim(), detail: record.localTime ?? record.time ?? record.event?.source ?? '', span: record.span };
}

/** Whether a cell holds a time, in any language's order: 1/15/2026, 15.01.2026, 2026-01-15, 2026年1月15日. */
export function isDate(value: string): boolean {
  return value.length <= 60 && /\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}|\d{4}年|\d:\d\d/.test(value);
}
