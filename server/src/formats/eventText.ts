/** Events as Event Viewer's "Copy details as text" writes them: padded or squeezed, quoted in a mail, several in a file. */

import { placeSpan, unwrapLines } from '../smtp/excerpt.ts';
import type { Block, LogRecord, Span } from '../values.ts';
import { readDescription, transportSource } from './eventDescription.ts';
import { type LogFormat, lineEnd, lineStart, nextLine } from './logFormat.ts';

export const eventText: LogFormat = {
  id: 'event-text',
  title: 'Event Viewer, details as text',
  find: (text) => findEvents(text).map(({ span }) => span),
  parse: (text, stretches) => eventsIn(text, stretches).flatMap((event) => readEvent(text, event) ?? []),
  blocks: (text, stretches) => eventsIn(text, stretches).map(describeBlock),
};

/** The labels of an event block. */
const labels = ['Log Name', 'Source', 'Date', 'Event ID', 'Task Category', 'Level', 'Keywords', 'User', 'Computer', 'Description', 'Event Xml'] as const;
type Label = (typeof labels)[number];

/** A label with its value and where both stand. */
interface LabelLine {
  readonly label: Label;
  readonly value: string;
  readonly line: Span;
}

interface EventBlock {
  readonly span: Span;
  readonly lines: readonly LabelLine[];
  /** The description's first paragraph: the response stands there, what follows may be somebody's comment. */
  readonly description: Span;
}

function eventsIn(text: string, stretches: readonly Span[]): EventBlock[] {
  return stretches.flatMap((stretch) => findEvents(text, stretch));
}

/** The blocks whose source is MSExchangeTransport, between two offsets. */
function findEvents(text: string, within: Span = { start: 0, end: text.length }): EventBlock[] {
  const blocks: EventBlock[] = [];
  let from = within.start;
  for (let at = text.indexOf(transportSource, from); at >= 0 && at < within.end; at = text.indexOf(transportSource, Math.max(at + 1, from))) {
    const block = readBlock(text, at, { start: from, end: within.end });
    if (!block) continue;
    blocks.push(block);
    from = block.span.end;
  }
  return blocks;
}

const longestLabelLine = 400;

/** The block around a line `Source: MSExchangeTransport`. */
function readBlock(text: string, source: number, within: Span): EventBlock | undefined {
  if (source - lineStartNear(text, source) > longestLabelLine) return undefined;
  const sourceLine = readLabel(text, lineStart(text, source));
  if (sourceLine?.label !== 'Source' || sourceLine.value !== transportSource) return undefined;
  const lines: LabelLine[] = [sourceLine];
  let start = sourceLine.line.start;
  while (start > within.start) {
    const above = readLabel(text, lineStart(text, start - 1));
    if (!above || above.label === 'Description' || lines.some(({ label }) => label === above.label)) break;
    lines.unshift(above);
    start = above.line.start;
  }
  let end = sourceLine.line.end;
  let next = nextLine(text, end);
  let description: Span | undefined;
  while (next < within.end && !description) {
    const line = readLabel(text, next);
    if (!line) {
      // A quoted block may have an empty quoted line before its description.
      if (!isEmptyLine(text, next) || !readLabel(text, nextLine(text, next))) break;
      next = nextLine(text, next);
      continue;
    }
    if (line.label === 'Log Name' || line.label === 'Source') break;
    if (line.label === 'Description') description = readParagraph(text, line, within.end);
    else lines.push(line);
    end = description?.end ?? line.line.end;
    next = nextLine(text, end);
  }
  const xml = description ? xmlAfter(text, end, within.end) : undefined;
  return { span: { start, end: xml ?? end }, lines, description: description ?? { start: end, end } };
}

/** The line's start, looked for no further than a label line can be long: a line of megabytes is none. */
function lineStartNear(text: string, offset: number): number {
  const from = Math.max(0, offset - longestLabelLine - 1);
  const newline = text.slice(from, offset).lastIndexOf('\n');
  return newline >= 0 || from === 0 ? from + newline + 1 : from;
}

/** Reads `Label: value`, perhaps behind quote marks; undefined for any other line. */
function readLabel(text: string, start: number): LabelLine | undefined {
  const head = text.slice(start, start + longestLabelLine);
  const found = /^[ \t>\uFEFF]*([A-Z][A-Za-z ]{2,13}):(?:[ \t]*([^\r\n]*))/.exec(head);
  const label = labels.find((name) => name === found?.[1]);
  if (!found || !label) return undefined;
  return { label, value: (found[2] ?? '').trim(), line: { start, end: lineEnd(text, start) } };
}

function isEmptyLine(text: string, start: number): boolean {
  return /^[ \t>]*\r?$/.test(text.slice(start, Math.min(lineEnd(text, start), start + longestLabelLine)));
}

/** The description's first paragraph: from its first text to an empty line, another block, or the event's XML. */
function readParagraph(text: string, label: LabelLine, limit: number): Span {
  let start = label.line.end - (label.value === '' ? 0 : valueLength(text, label.line));
  if (label.value === '') {
    start = nextLine(text, label.line.end);
    while (start < limit && isEmptyLine(text, start)) start = nextLine(text, start);
  }
  const quoted = isQuoted(text, label.line.start);
  let end = Math.min(lineEnd(text, start), limit);
  for (let next = nextLine(text, end); next < limit; next = nextLine(text, end)) {
    if (isEmptyLine(text, next) || readLabel(text, next) || isQuoted(text, next) !== quoted) break;
    end = Math.min(lineEnd(text, next), limit);
  }
  return { start: Math.min(start, limit), end: Math.max(Math.min(start, limit), end) };
}

function valueLength(text: string, line: Span): number {
  const raw = text.slice(line.start, line.end);
  return raw.length - (raw.indexOf(':') + 1) - (/^[ \t]*/.exec(raw.slice(raw.indexOf(':') + 1))?.[0].length ?? 0);
}

function isQuoted(text: string, start: number): boolean {
  return /^[ \t]*>/.test(text.slice(start, start + longestLabelLine));
}

/** Event Viewer repeats the event as XML below `Event Xml:`: the same event once more, so it belongs to this block. */
function xmlAfter(text: string, end: number, limit: number): number | undefined {
  let next = nextLine(text, end);
  while (next < limit && isEmptyLine(text, next)) next = nextLine(text, next);
  if (next >= limit || readLabel(text, next)?.label !== 'Event Xml') return undefined;
  const close = text.indexOf('</Event>', next);
  const another = text.indexOf('Log Name:', next);
  if (close < 0 || (another >= 0 && another < close)) return another >= 0 ? Math.min(lineStart(text, another), limit) : limit;
  return Math.min(close + '</Event>'.length, limit);
}

function readEvent(text: string, block: EventBlock): LogRecord | undefined {
  const idLine = block.lines.find(({ label, value }) => label === 'Event ID' && /^\d{1,5}$/.test(value));
  if (!idLine) return undefined;
  const value = (label: Label): string | undefined => block.lines.find((line) => line.label === label)?.value || undefined;
  const description = readDescription(unwrapLines(text, block.description));
  const server = value('Computer');
  const localTime = value('Date');
  const idStart = idLine.line.end - valueLength(text, idLine.line);
  const id = { start: idStart, end: idStart + idLine.value.length };
  const response = description.response;
  return {
    format: 'event-text',
    span: block.span,
    mark: description.read?.mark ?? id,
    places: [idLine.line, ...(description.read && response ? [placeSpan(response, 0, response.text.length)] : [])],
    ...(localTime && { localTime }),
    event: { source: transportSource, id: Number(idLine.value) },
    ...(description.read && { response: description.read.response }),
    captures: { ...(server && { server }), ...description.captures },
  };
}

function describeBlock(block: EventBlock): Block {
  const id = block.lines.find(({ label }) => label === 'Event ID')?.value ?? '';
  const detail = block.lines.find(({ label }) => label === 'Date')?.value ?? transportSource;
  return { kind: 'event', name: `Event ${id}`.trim(), detail, span: block.span };
}
