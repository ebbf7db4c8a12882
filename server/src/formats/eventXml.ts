/** Events as XML: one element, an `<Events>` document, or elements one after the other without a root, as wevtutil prints them. */

import { Parser } from 'htmlparser2';
import { type Excerpt, joinRuns, literalExcerpt, placeSpan, type Run } from '../smtp/excerpt.ts';
import type { LogRecord, Span } from '../values.ts';
import { type Description, readDescription, readInserts, transportSource } from './eventDescription.ts';
import { eventBlock, eventRecord } from './eventRecord.ts';
import type { LogFormat } from './logFormat.ts';

export const eventXml: LogFormat = {
  id: 'event-xml',
  title: 'Event Viewer, XML',
  find: findElements,
  parse: readElements,
  blocks: (text, stretches) => readElements(text, stretches).map(eventBlock),
};

function readElements(text: string, stretches: readonly Span[]): LogRecord[] {
  return stretches.flatMap((stretch) => readElement(text, stretch) ?? []);
}

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

/** The event of one element; undefined where it is another source's, or without a number. */
export function readElement(text: string, span: Span): LogRecord | undefined {
  const element = parseElement(text, span);
  const number = joinRuns(element.id);
  if (element.source !== transportSource || !/^\s*\d{1,5}\s*$/.test(number.text)) return undefined;
  return eventRecord({
    format: 'event-xml',
    span,
    id: { number: Number(number.text), span: placeSpan(number, number.text.search(/\d/), number.text.trimEnd().length) },
    description: describe(element),
    server: joinRuns(element.computer).text.trim(),
    written: element.time,
  });
}

/** The inserts come first: RenderingInfo repeats them, perhaps in another language. */
function describe(element: Element): Description {
  const [connector, messageId, response] = element.data.map((cell) => joinRuns(cell));
  if (connector && messageId && response) {
    // Event 2005 names the remote endpoint in the place of the message.
    const id = messageId.text.trim();
    return readInserts(connector.text.trim(), /[<@]/.test(id) ? id : '', response);
  }
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
