/** Events on one line each: EventLogExpert's copies, log collectors, listings with tabs or bars. */

import { lineEnd, nextLine } from '../../text/lines.ts';
import { stretchAt } from '../../text/spans.ts';
import type { LogRecord, Span } from '../../values.ts';
import { cellExcerpt } from '../shapes/csvRow.ts';
import { readDescription } from './description.ts';
import { eventFormat } from './format.ts';
import { type EventId, eventRecord, isDate, readEventId } from './record.ts';
import { findTransports, findTransportsIn } from './source.ts';

export const eventOneline = eventFormat({
  id: 'event-oneline',
  title: 'Events, one a line',
  find: (text, free, occurrences) => findLines(text, { start: 0, end: text.length }, findTransports(text, occurrences), free).map(({ span }) => span),
  steps: (text, stretches, _wanted, occurrences) =>
    stretches.flatMap((stretch) => findLines(text, stretch, findTransportsIn(text, stretch, occurrences))).flatMap((line) => readRecord(text, line) ?? []),
});

/** What a line says of an event. */
interface EventLine {
  readonly span: Span;
  readonly source: Span;
  readonly id: EventId;
  readonly message: Span;
  readonly time: string;
  /** Whether the form alone says that it is an event. */
  readonly isSure: boolean;
}

/** A sentence or a table without a response or a connector could be anybody's about the service. */
function readRecord(text: string, { span, source, id, message, time, isSure }: EventLine): LogRecord | undefined {
  const record = eventRecord({
    format: 'event-oneline',
    span,
    source: text.slice(source.start, source.end),
    id,
    description: readDescription(cellExcerpt(text, message)),
    written: time,
  });
  return isSure || record.response || record.captures.sendConnector || record.captures.receiveConnector ? record : undefined;
}

const longestLine = 65_536;

/**
 * The lines that name a transport service, a number, a time and a message, between two offsets.
 * @param free Where no other form has claimed the event yet.
 */
function findLines(text: string, within: Span, sources: readonly Span[], free: readonly Span[] = [within]): EventLine[] {
  const lines: EventLine[] = [];
  const part = text.slice(0, within.end);
  let from = within.start;
  for (const source of sources) {
    if (source.start < from) continue;
    const start = from + text.slice(from, source.start).lastIndexOf('\n') + 1;
    from = nextLine(part, source.end);
    if (from - start > longestLine || !stretchAt(free, source.start)) continue;
    const line = readLine(text, { start, end: lineEnd(part, source.end) }, source);
    if (line) lines.push(line);
  }
  return lines;
}

function readLine(text: string, span: Span, source: Span): EventLine | undefined {
  const line = text.slice(span.start, span.end);
  if (hasCells(line, '\t', 4)) return fromCells(text, span, '\t', source);
  if (hasCells(line, '|', 5)) return fromCells(text, span, '|', source);
  return /^[ \t>\uFEFF]*"[^"]{1,80}" "/.test(line.slice(0, 200)) ? fromQuoted(text, span, source) : fromSentence(text, span, source);
}

function hasCells(line: string, separator: string, least: number): boolean {
  return line.includes(separator) && line.split(separator, least).length === least;
}

const mostCells = 64;

/** Cells with tabs or bars between them: the number stands beside the source, the message is the longest of those behind them. */
function fromCells(text: string, span: Span, separator: string, source: Span): EventLine | undefined {
  const cells: Span[] = [];
  for (let start = span.start; start <= span.end && cells.length < mostCells; ) {
    const found = text.slice(start, span.end).indexOf(separator);
    const end = found < 0 ? span.end : start + found;
    cells.push(trimmed(text, start, end));
    start = end + 1;
  }
  return assemble(text, span, cells, source, separator === '\t');
}

/** EventLogExpert puts each value in quotes and a blank between them, and leaves the quotes inside a value as they are. */
function fromQuoted(text: string, span: Span, source: Span): EventLine | undefined {
  const cells: Span[] = [];
  for (let start = span.start; start < span.end && cells.length < mostCells; ) {
    const found = text.slice(start, span.end).indexOf('" "');
    const end = found < 0 ? span.end : start + found + 1;
    cells.push(trimmed(text, start, end));
    start = end + 1;
  }
  return assemble(text, span, cells, source);
}

/** The cell without blanks and without the quotes around it. */
function trimmed(text: string, from: number, to: number): Span {
  const raw = text.slice(from, to);
  const start = from + raw.length - raw.trimStart().length;
  const end = Math.max(start, from + raw.trimEnd().length);
  return end - start > 1 && text[start] === '"' && text[end - 1] === '"' ? { start: start + 1, end: end - 1 } : { start, end };
}

function assemble(text: string, span: Span, cells: readonly Span[], source: Span, isSure = true): EventLine | undefined {
  const sourceCell = cells.findIndex(({ start, end }) => start === source.start && end === source.end);
  const beside = [sourceCell + 1, sourceCell - 1].flatMap((index) => (cells[index] ? (readEventId(text, cells[index]) ?? []) : []));
  const [id] = beside;
  const time = cells.map(({ start, end }) => writtenBy(text.slice(start, Math.min(end, start + 100)))).find(isDate);
  const [message] = cells.slice(sourceCell + 1).sort((one, other) => other.end - other.start - (one.end - one.start));
  if (sourceCell < 0 || !id || !time || !message || message.end - message.start < shortestMessage) return undefined;
  return { span, source, id, message, time, isSure };
}

const shortestMessage = 12;

/** Syslog puts its time and the host before the first cell. */
function writtenBy(cell: string): string {
  return /^(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) \S/.exec(cell)?.[1] ?? cell;
}

/** `2026-01-15 09:15:42 Information MSExchangeTransport 2004 Send connector …`, the number perhaps in brackets. */
function fromSentence(text: string, span: Span, source: Span): EventLine | undefined {
  const before = text.slice(span.start, Math.min(source.start, span.start + 200));
  const time = /^[ \t>\uFEFF[(]{0,20}(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:,?[T ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,7})?)?(?: ?[AP]M|Z|[+-]\d\d:\d\d)?)?)/.exec(before)?.[1];
  const behind = source.end;
  const number = /^["\])]?[ :,/[(#-]{1,3}(?:Event ?(?:ID)?[ :#]{0,2})?(\d{1,5})[\])]?[ :,-]{1,4}(?=\S)/i.exec(text.slice(behind, Math.min(span.end, behind + 40)));
  if (!time || !number) return undefined;
  const start = behind + number[0].length;
  const digits = behind + number[0].lastIndexOf(number[1] ?? '');
  const id = readEventId(text, { start: digits, end: digits + (number[1] ?? '').length });
  const message = trimmed(text, start, span.end);
  return id && message.end - message.start >= shortestMessage ? { span, source, id, message, time, isSure: false } : undefined;
}
