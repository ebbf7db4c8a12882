/** Events as fields `Name=value`: Splunk's form of the Windows event log, a field a line or all of them in one. */

import { composeExcerpts, unwrapExcerpt } from '../../text/excerpt.ts';
import { offsetBelow } from '../../text/lineEnds.ts';
import { lineEnd, lineStart, lineStartAfter, nextLine } from '../../text/lines.ts';
import { isBlankLine, isFence } from '../../text/quotes.ts';
import type { LogRecord, Span } from '../../values.ts';
import { cellExcerpt } from '../shapes/csvRow.ts';
import { readDescription } from './description.ts';
import { eventFormatAround } from './format.ts';
import { eventRecord, isDate, readEventId } from './record.ts';

export const eventFields = eventFormatAround<FieldEvent>({ id: 'event-text', title: 'Events, fields of Splunk', readAround, record: readEvent });

interface FieldEvent {
  readonly span: Span;
  readonly source: string;
  readonly time: string;
  /** Values by name, the message among them; a name that comes again in the message is part of it. */
  readonly fields: ReadonlyMap<string, Span>;
}

function readEvent(text: string, { span, source, time, fields }: FieldEvent): LogRecord | undefined {
  const code = fields.get('EventCode');
  const message = fields.get('Message');
  const id = code && readEventId(text, code);
  if (!id || !message) return undefined;
  const computer = fields.get('ComputerName');
  const written = cellExcerpt(text, message);
  return eventRecord({
    format: text.slice(span.start, message.start).includes('\n') ? 'event-text' : 'event-oneline',
    span,
    source,
    id,
    description: readDescription(composeExcerpts(written, unwrapExcerpt({ text: written.text, place: (index) => index }))),
    server: computer && text.slice(computer.start, computer.end),
    written: time,
  });
}

const names = /(?:^|[\s>"])(LogName|SourceName|EventCode|EventType|Type|ComputerName|TaskCategory|OpCode|RecordNumber|Keywords|User|Sid|SidType|CategoryString|Message)=/g;
const mostFields = 20;
/** More than the fields before a message take. */
const longestHead = 2_000;

function readAround(text: string, source: Span, within: Span): FieldEvent | undefined {
  const name = 'SourceName=';
  if (source.start - name.length < within.start || !text.startsWith(name, source.start - name.length)) return undefined;
  const line = lineStartAfter(text, source.start, within.start);
  const first = line === undefined ? undefined : firstLine(text, line, within.start);
  if (first === undefined) return undefined;
  const fields = new Map<string, Span>();
  const head = text.slice(first, offsetBelow(text, source.end, longestHead, within.end));
  let open: { readonly name: string; readonly start: number } | undefined;
  const pattern = new RegExp(names);
  for (let found = pattern.exec(head); found; found = pattern.exec(head)) {
    if (open) fields.set(open.name, trimmed(text, first + open.start, first + found.index));
    open = { name: found[1] ?? '', start: pattern.lastIndex };
    // The field before ends where this one begins: its blank belongs to both.
    pattern.lastIndex -= 1;
    if (open.name === 'Message' || fields.has(open.name)) break;
  }
  if (open?.name !== 'Message' || !fields.has('EventCode') || fields.get('SourceName')?.start !== source.start) return undefined;
  const start = first + open.start;
  const time = /\d{1,4}[./-][^\r\n="]{4,50}?(?=\s+(?:LogName|SourceName|EventCode)=)/.exec(head);
  // A table of results has the event in a quoted cell.
  const isQuoted = head[(time?.index ?? head.search(/\w/)) - 1] === '"';
  const message = { start, end: messageEnd(text, start, within.end, isQuoted) };
  fields.set('Message', message);
  return { span: { start: first, end: message.end }, source: text.slice(source.start, source.end), time: time && isDate(time[0]) ? time[0] : '', fields };
}

/** Up to the first of the lines with fields, and to the time above them. */
function firstLine(text: string, line: number, limit: number): number {
  let first = line;
  for (let lines = 0; first > limit && lines < mostFields; lines++) {
    const above = lineStart(text, first - 1);
    if (above < limit) break;
    const written = text.slice(above, Math.min(first, above + 200)).trim();
    const isTime = isDate(written) && !written.includes('=');
    if (!isTime && !/^[>\s"]*\w+=/.test(written)) break;
    if (/^[>\s"]*Message=/.test(written)) break;
    first = above;
    if (isTime) break;
  }
  return first;
}

/** The message ends with its paragraph, and before the next event; in quotes, with the quote that is not doubled. */
function messageEnd(text: string, start: number, limit: number, isQuoted: boolean): number {
  let end = Math.min(lineEnd(text, start), limit);
  for (let next = nextLine(text, end), lines = 0; next < limit && lines < 400; next = nextLine(text, end), lines++) {
    if (isBlankLine(text, next) || isFence(text, next) || isField(text, next) || isField(text, nextLine(text, next))) break;
    end = Math.min(lineEnd(text, next), limit);
  }
  const quote = isQuoted ? /^(?:[^"]|"")*/.exec(text.slice(start, end))?.[0].length : undefined;
  return quote === undefined ? end : start + quote;
}

/** Whether a line begins an event's fields; the time stands in the line above. */
function isField(text: string, line: number): boolean {
  return /^[ \t>]*(?:LogName|SourceName|EventCode)=/.test(text.slice(line, line + 60));
}

function trimmed(text: string, from: number, to: number): Span {
  const written = text.slice(from, to);
  const start = from + written.length - written.trimStart().length;
  return { start, end: Math.max(start, from + written.trimEnd().length) };
}
