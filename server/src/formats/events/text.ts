/** Events as lines with labels: Event Viewer's "Copy details as text" in any language, padded or squeezed, quoted in a mail, and wevtutil's text. */

import { greaterThan } from '../../text/characters.ts';
import { literalExcerpt, unwrapLines } from '../../text/excerpt.ts';
import { lineEnd, lineStart, nextLine } from '../../text/lines.ts';
import { indentEnd, isBlankLine, isFence } from '../../text/quotes.ts';
import type { LogRecord, Span } from '../../values.ts';
import { type Description, isTemplate, isWithoutTemplate, readDescription } from './description.ts';
import { eventFormatAround } from './format.ts';
import { isEventNumber, type LabelLine, longestLabelLine, readLabel } from './label.ts';
import { eventRecord, isDate, readEventId } from './record.ts';
import { opensWithSentence } from './sentences.ts';
import { isTransportSource } from './source.ts';
import { isDressed } from './undressed.ts';
import { dayFirstLabel, type Role } from './words.ts';
import { readElement } from './xml.ts';
import { isXml, withXml, xmlBelow } from './xmlBelow.ts';

export const eventText = eventFormatAround<EventLines>({ id: 'event-text', title: 'Event Viewer, details as text', readAround: readLines, record: readEvent });

interface EventLines {
  readonly span: Span;
  readonly source: string;
  readonly lines: readonly LabelLine[];
  readonly id: LabelLine | undefined;
  /** The description's first paragraph: the response stands there, what follows may be somebody's comment. */
  readonly description: Span;
  /** Where the same event stands once more as XML. */
  readonly xml?: Span | undefined;
}

/** The label lines around the one that names the source. */
function readLines(text: string, source: Span, within: Span): EventLines | undefined {
  if (!isBehindColon(text, source.start)) return undefined;
  const start = lineStartNear(text, source.start);
  const sourceLine = start === undefined ? undefined : readLabel(text, start);
  if (!sourceLine || !isTransportSource(sourceLine.value) || (sourceLine.role ?? 'source') !== 'source') return undefined;
  const above = linesAbove(text, sourceLine, within);
  const { lines, description } = linesBelow(text, above, within);
  const id = lines.find((line) => line.role === 'id' && /^\d{1,5}$/.test(line.value)) ?? lines.find((line) => !line.role && /^\d{1,5}$/.test(line.value));
  if (isRetold(text, sourceLine, description)) return undefined;
  // Outside of the known languages only the whole form is sure to be an event.
  if (!sourceLine.role && !(id && description)) return undefined;
  const end = (lines.at(-1) as LabelLine).line.end;
  const xml = description && xmlBelow(text, Math.max(description.end, end), within.end, { label: (lines[0] as LabelLine).label, number: id?.value });
  const first = (lines[0] as LabelLine).line.start;
  return {
    span: { start: Math.max(within.start, numberAbove(text, first)), end: xml?.end ?? Math.max(description?.end ?? 0, end) },
    source: sourceLine.value,
    lines,
    id,
    description: description ?? { start: end, end },
    xml,
  };
}

/** Whether somebody has put an empty line behind each line, or written the description for a page, or for a manual: those events are read without what was put around them, or not at all. */
function isRetold(text: string, source: LabelLine, description: Span | undefined): boolean {
  const below = nextLine(text, source.line.end);
  if (source.role && isBlankLine(text, below) && readLabel(text, nextLine(text, below))?.role) return true;
  const written = description ? text.slice(description.start, Math.min(description.end, description.start + longestLabelLine)) : '';
  return isDressed(written) || isTemplate(written);
}

/** Whether what stands before an offset, but for blanks, is the colon of a label: seldom, where another form names the source. */
function isBehindColon(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - longestLabelLine), offset).trimEnd();
  return before.endsWith(':') || before.endsWith('\uFF1A');
}

/** The line's start, looked for no further than a label line can be long: a line of megabytes is none. */
function lineStartNear(text: string, offset: number): number | undefined {
  const from = Math.max(0, offset - longestLabelLine);
  const newline = text.slice(from, offset).lastIndexOf('\n');
  return newline >= 0 ? from + newline + 1 : from === 0 ? 0 : undefined;
}

/** The lines that belong to the event up to its source; in an unknown language only the name of the log is above it. */
function linesAbove(text: string, source: LabelLine, within: Span): LabelLine[] {
  const lines = [source];
  for (let first = source; first.line.start > within.start; first = lines[0] as LabelLine) {
    const start = lineStart(text, first.line.start - 1);
    const above = start < within.start ? undefined : readLabel(text, start);
    if (!above || above.role === 'description' || above.role === 'xml' || lines.some(({ label }) => label === above.label)) break;
    if (!above.role && (source.role || lines.length > 1 || above.value === '')) break;
    lines.unshift(above);
  }
  return lines;
}

const mostLines = 20;

/** Adds the lines below the source, up to the description. */
function linesBelow(text: string, above: readonly LabelLine[], within: Span): { readonly lines: readonly LabelLine[]; readonly description?: Span } {
  const lines = [...above];
  const source = lines.at(-1) as LabelLine;
  for (let next = nextLine(text, source.line.end); next < within.end && lines.length < mostLines; ) {
    const line = readLabel(text, next);
    if (!line) {
      // A quoted block may have an empty quoted line before its description, and EventLogExpert writes the keywords without their label.
      const below = belowPage(text, next);
      const label = below < within.end ? readLabel(text, below) : undefined;
      const words = isBlankLine(text, next) ? below : next;
      if ((source.role || lines.length > above.length) && opensWithSentence(text.slice(words, Math.min(words + longestSentence, within.end))))
        return { lines, description: readParagraph(text, unlabelled(text, words), above, within.end) };
      if (!label || (!label.role && !isBlankLine(text, next))) break;
      next = below;
      continue;
    }
    if (line.role === 'logName' || line.role === 'source' || (!line.role && above.some(({ label }) => label === line.label))) break;
    if (isDescription(text, line, lines.length - above.length)) return { lines: [...lines, line], description: readParagraph(text, line, above, within.end) };
    lines.push(line);
    next = nextLine(text, line.line.end);
  }
  return { lines };
}

/** The line below one without a label; where that is empty and the number of a page follows, as in a printed mail, the line below the page. */
function belowPage(text: string, line: number): number {
  const below = nextLine(text, line);
  if (!isBlankLine(text, line)) return below;
  const page = /^[ \t>]*\d{1,4}[ \t]*\r?\n[ \t>]*\r?\n/.exec(text.slice(below, below + 40))?.[0];
  return below + (page?.length ?? 0);
}

/** No sentence of an event is surely known later than here. */
const longestSentence = 800;

/** What begins at a line as if a label stood before it: pages and articles lose that of the description, and Exchange's own sentence needs none. */
function unlabelled(text: string, start: number): LabelLine {
  const line = { start, end: lineEnd(text, start) };
  return { label: '', role: 'description', value: text.slice(start, Math.min(line.end, start + longestLabelLine)), valueStart: start, line };
}

/**
 * In an unknown language the description is the label without a value behind which the text begins: after date, id, category, level,
 * keywords, user and computer, or earlier where no label follows.
 */
function isDescription(text: string, line: LabelLine, linesBefore: number): boolean {
  if (line.role) return line.role === 'description';
  return line.value === '' && linesBefore > 0 && (linesBefore >= 7 || !readLabel(text, nextLine(text, line.line.end)));
}

/** The description's first paragraph: from its first text to an empty line, another event, or the event's XML. */
function readParagraph(text: string, label: LabelLine, above: readonly LabelLine[], limit: number): Span {
  let start = label.valueStart;
  if (label.value === '') {
    start = nextLine(text, label.line.end);
    while (start < limit && isBlankLine(text, start)) start = nextLine(text, start);
  }
  start = Math.min(start, limit);
  const isOurs = (line: LabelLine): boolean => line.role === 'logName' || line.role === 'xml' || line.role === 'source' || above.some((other) => other.label === line.label);
  const first = label.value === '' ? readLabel(text, start) : undefined;
  if ((first && isOurs(first)) || isEventNumber(text, start)) return { start: label.line.end, end: label.line.end };
  const depth = quoteDepth(text, label.line.start);
  let end = Math.min(lineEnd(text, start), limit);
  let mayHaveGaps = isWithoutTemplate(text.slice(start, end));
  for (let next = nextLine(text, end), lines = 0; next < limit && lines < 400; next = nextLine(text, end), lines++) {
    const line = readLabel(text, next);
    if ((line && (isOurs(line) || isXml(text, nextLine(text, next)))) || isEventNumber(text, next) || isFence(text, next) || quoteDepth(text, next) !== depth) break;
    // A computer without Exchange has no template: it names the source, and the inserts follow after empty lines.
    if (isBlankLine(text, next) && !mayHaveGaps && !isReason(text, nextLine(text, next))) break;
    end = Math.min(lineEnd(text, next), limit);
    mayHaveGaps = mayHaveGaps && lines < 12;
  }
  return { start: Math.min(indentEnd(text, start, 100), Math.max(start, end)), end: Math.max(start, end) };
}

/** The form that names recipient and reason may have them in paragraphs of their own. */
function isReason(text: string, line: number): boolean {
  return /^[ \t>]{0,40}(?:Recipient|Reason):[ \t]/.test(text.slice(line, line + 60));
}

/** How often a line is quoted: `> > ` is an answer to an answer. */
function quoteDepth(text: string, start: number): number {
  let depth = 0;
  for (let at = start, end = indentEnd(text, start, 100); at < end; at++) if (text.charCodeAt(at) === greaterThan) depth++;
  return depth;
}

/** wevtutil counts the events in a line of their own: `Event[0]:`. */
function numberAbove(text: string, first: number): number {
  if (first === 0) return first;
  const above = lineStart(text, first - 1);
  return isEventNumber(text, above) ? above : first;
}

function readEvent(text: string, event: EventLines): LogRecord | undefined {
  const id = event.id && readEventId(text, { start: event.id.valueStart, end: event.id.line.end });
  if (!event.id || !id) return undefined;
  const record = eventRecord({
    format: 'event-text',
    span: event.span,
    source: event.source,
    id,
    idPlace: event.id.line,
    description: describe(text, event.description),
    server: computerOf(event.lines),
    written: dateOf(event.lines),
    isDayFirst: dayFirstLabel.test(event.id.label),
  });
  const again = event.xml && readElement(text, event.xml);
  return again?.event?.id === id.number ? withXml(record, again) : record;
}

/** Without a template the inserts stand in lines of their own; otherwise a line break is the mail program's. */
function describe(text: string, span: Span): Description {
  const lines = literalExcerpt(text, span);
  return readDescription(isWithoutTemplate(lines.text) ? lines : unwrapLines(text, span));
}

function labelValue(lines: readonly LabelLine[], role: Role): string | undefined {
  return lines.find((line) => line.role === role)?.value || undefined;
}

/** The computer, in an unknown language by its place before the description. */
function computerOf(lines: readonly LabelLine[]): string | undefined {
  const known = labelValue(lines, 'computer');
  const last = lines.at(-2);
  return known ?? (last && !last.role && /^[\w.-]{1,255}$/.test(last.value) && !/^\d+$/.test(last.value) ? last.value : undefined);
}

function dateOf(lines: readonly LabelLine[]): string | undefined {
  const date = labelValue(lines, 'date') ?? lines.find(({ role, value }) => !role && isDate(value))?.value;
  const time = labelValue(lines, 'time');
  return date && time ? `${date} ${time}` : date;
}
