/** Events as XML: one element, an `<Events>` document, or elements one after the other without a root, as wevtutil prints them. */

import { Parser } from 'htmlparser2';
import { type Excerpt, joinRuns, literalExcerpt, placeSpan, type Run } from '../smtp/excerpt.ts';
import type { Block, LogRecord, Span } from '../values.ts';
import { type Description, readDescription, readInserts, transportSource } from './eventDescription.ts';
import type { LogFormat } from './logFormat.ts';
import { utcTime } from './utcTime.ts';

export const eventXml: LogFormat = {
  id: 'event-xml',
  title: 'Event Viewer, XML',
  find: findElements,
  parse: (text, stretches) => stretches.flatMap((stretch) => readElement(text, stretch)?.record ?? []),
  blocks: (text, stretches) => stretches.flatMap((stretch) => describeBlock(text, stretch) ?? []),
};

/** The `<Event>` elements that name MSExchangeTransport; one that is never closed ends where the next begins. */
function findElements(text: string): Span[] {
  const elements: Span[] = [];
  let source = text.indexOf(transportSource);
  if (source < 0) return elements;
  for (let start = findOpening(text, 0); start >= 0 && source >= 0; ) {
    const next = findOpening(text, start + 1);
    const limit = next < 0 ? text.length : next;
    while (source >= 0 && source < start) source = text.indexOf(transportSource, source + 1);
    if (source >= 0 && source < limit) {
      const close = text.slice(start, limit).indexOf('</Event>');
      elements.push({ start, end: close < 0 ? limit : start + close + '</Event>'.length });
    }
    start = next;
  }
  return elements;
}

/** `<Event` but not `<Events>`, `<EventID>` or `<EventData>`. */
function findOpening(text: string, from: number): number {
  let at = text.indexOf('<Event', from);
  while (at >= 0 && /[A-Za-z]/.test(text[at + 6] ?? '')) at = text.indexOf('<Event', at + 1);
  return at;
}

/** What an element says, before it is judged. */
interface Element {
  source: string;
  time: string;
  id: Cell;
  computer: Cell;
  /** RenderingInfo's message, there only in rendered or forwarded events. */
  message: Cell;
  readonly data: Cell[];
}

/** The runs of text inside one element. */
type Cell = Run[];

function readElement(text: string, span: Span): { readonly record: LogRecord; readonly id: number } | undefined {
  const element = parseElement(text, span);
  const id = joinRuns(element.id);
  if (element.source !== transportSource || !/^\s*\d{1,5}\s*$/.test(id.text)) return undefined;
  const description = describe(element);
  const server = joinRuns(element.computer).text.trim();
  const idSpan = placeSpan(id, id.text.search(/\d/), id.text.trimEnd().length);
  const response = description.response;
  const record: LogRecord = {
    format: 'event-xml',
    span,
    mark: description.read?.mark ?? idSpan,
    places: [idSpan, ...(description.read && response ? [placeSpan(response, 0, response.text.length)] : [])],
    ...utcTime(element.time),
    event: { source: transportSource, id: Number(id.text) },
    ...(description.read && { response: description.read.response }),
    captures: { ...(server && { server }), ...description.captures },
  };
  return { record, id: Number(id.text) };
}

/** The inserts come first: RenderingInfo repeats them, perhaps in another language. */
function describe(element: Element): Description {
  const [connector, messageId, response] = element.data.map((cell) => joinRuns(cell));
  if (connector && messageId && response) return readInserts(connector.text.trim(), messageId.text.trim(), response);
  const single: Excerpt = joinRuns([...(element.message.length > 0 ? element.message : (element.data[0] ?? []))]);
  return readDescription(single);
}

/**
 * Reads one element with htmlparser2, which knows where each piece stands, never throws, and resolves only XML's own
 * character entities: no document type, no external reference.
 */
function parseElement(text: string, span: Span): Element {
  const element: Element = { source: '', time: '', id: [], computer: [], message: [], data: [] };
  let cell: Cell | undefined;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        cell = undefined;
        if (name === 'Provider') element.source = attributes['Name'] ?? '';
        else if (name === 'TimeCreated') element.time = attributes['SystemTime'] ?? '';
        else if (name === 'EventID') cell = element.id;
        else if (name === 'Computer') cell = element.computer;
        else if (name === 'Message') cell = element.message;
        else if (name === 'Data') {
          cell = [];
          element.data.push(cell);
        }
      },
      ontext(data) {
        const start = span.start + parser.startIndex;
        const end = span.start + parser.endIndex + 1;
        cell?.push({ text: data, start, end, literal: end - start === data.length });
      },
      onclosetag() {
        cell = undefined;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(literalExcerpt(text, span).text);
  return element;
}

function describeBlock(text: string, span: Span): Block | undefined {
  const element = readElement(text, span);
  return element && { kind: 'event', name: `Event ${element.id}`, detail: element.record.time ?? transportSource, span };
}
