/** Events as XML: one element, an `<Events>` document, or elements one after the other without a root, as wevtutil prints them. */

import { apostrophe, doubleQuote } from '../../text/characters.ts';
import { composeExcerpts, type Excerpt, joinExcerpts, joinRuns, literalExcerpt, placeSpan, type Run } from '../../text/excerpt.ts';
import { textBelow } from '../../text/lineEnds.ts';
import { withLineFeeds } from '../../text/lineFeeds.ts';
import { lineEnd, nextLine } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { reachBelow } from '../../text/seam.ts';
import type { LogRecord, Span } from '../../values.ts';
import { createMarkupParser } from '../shapes/markup.ts';
import { type Description, readDescription, readInserts } from './description.ts';
import { eventFormat } from './format.ts';
import { eventRecord } from './record.ts';
import { findTransports, isTransportSource } from './source.ts';

const closing = '</Event>';
const characterData = '<![CDATA[';
const ends = [closing, characterData];

export const eventXml = eventFormat({
  id: 'event-xml',
  title: 'Event Viewer, XML',
  literals: ends,
  find: (text, _free, occurrences) => (findTransports(text, occurrences).some((name) => isQuoted(text, name)) ? findElements(text, occurrences) : []),
  steps: (text, stretches) => stretches.flatMap((stretch) => readElement(text, stretch) ?? []),
});

/**
 * The `<Event>` elements of MSExchangeTransport. What another server wrote may stand inside one as CDATA, tags included.
 * What is not closed as far below as a record can depend on is taken for never closed.
 */
function findElements(text: string, occurrences: Occurrences): Span[] {
  const elements: Span[] = [];
  const openings = occurrences('<Event').filter((at) => !/[A-Za-z]/.test(text[at + '<Event'.length] ?? ''));
  let start: number | undefined;
  const push = (begin: number, end: number): void => {
    if (isOurs(text, begin, end)) elements.push({ start: begin, end });
    start = undefined;
  };
  /** Whether the element is one of ours, where it has been asked. */
  let isOne: boolean | undefined;
  let dataEnd = 0;
  let from = 0;
  for (const at of [...openings, ...occurrences(ends)].sort((one, other) => one - other)) {
    if (at < from) continue;
    const mark = text[at + 1];
    const limit = start === undefined ? 0 : start + longestElement;
    if (mark === '!') {
      if (dataEnd < at) dataEnd = indexOrEnd(text, ']]>', at);
      // Of an element of somebody else's nothing is remembered that decides what is read below.
      if (start !== undefined && dataEnd < limit) isOne ??= isOurs(text, start, at);
      if (isOne && dataEnd < limit) from = dataEnd;
    } else {
      const end = at + closing.length;
      // What is never closed holds its CDATA all the same.
      if (start !== undefined) push(start, mark === '/' && end <= limit ? end : Math.max(from, markupEnd(text, start, Math.min(at, limit))));
      isOne = undefined;
      if (mark !== '/') start = at;
    }
  }
  if (start !== undefined) push(start, Math.max(from, markupEnd(text, start, Math.min(text.length, start + longestElement))));
  return elements;
}

/** An event has 64 KB at most, in UTF-16. */
const longestElement = reachBelow - 1_024;

const longestHead = 2_000;

/** Behind the text where there is none. */
function indexOrEnd(text: string, literal: string, from: number): number {
  const found = text.indexOf(literal, from);
  return found < 0 ? text.length + longestElement : found;
}

/** Whether a name stands in quotes, as the provider's does: nothing else is worth a search for what is too short for the sieve. */
function isQuoted(text: string, { start, end }: Span): boolean {
  const quote = text.charCodeAt(end);
  return (quote === doubleQuote || quote === apostrophe) && text.charCodeAt(start - 1) === quote;
}

/** The provider stands at an element's beginning: the name alone may be part of what another server wrote. */
function isOurs(text: string, start: number, end: number): boolean {
  const provider = /<Provider\s[^<>]{0,400}/.exec(textBelow(text, start, longestHead, end))?.[0] ?? '';
  return isTransportSource(/\sName\s*=\s*["']([^"']{1,80})["']/.exec(provider)?.[1] ?? '');
}

/** Where an element ends that is never closed: with the last of its lines that begin with a tag, before the rest of the log. */
function markupEnd(text: string, start: number, limit: number): number {
  let end = lineEnd(text, start, limit);
  // Behind the limit no line is looked for: where a text is one line, that would be all of it for each element.
  while (end < limit) {
    const next = nextLine(text, end);
    if (next >= limit || !/^[ \t>]*</.test(text.slice(next, next + longestIndent))) break;
    end = lineEnd(text, next, limit);
  }
  return end;
}

const longestIndent = 100;

/** What an element says, before it is judged. */
interface Element {
  source: string;
  time: string;
  readonly id: Cell;
  readonly computer: Cell;
  /** RenderingInfo's message, there only in rendered or forwarded events. */
  readonly message: Cell;
  readonly data: Cell[];
}

/** The runs of text inside one element, at their places in the markup. */
type Cell = Run[];

/** The event of one element; undefined where it is another source's, or without a number. */
export function readElement(text: string, span: Span): LogRecord | undefined {
  const markup = withLineFeeds(literalExcerpt(text, span));
  const element = parseElement(markup.text);
  const said = (cell: Cell): Excerpt => composeExcerpts(markup, joinRuns(cell));
  const number = said(element.id);
  if (!isTransportSource(element.source) || !/^\s*\d{1,5}\s*$/.test(number.text)) return undefined;
  const id = Number(number.text);
  return eventRecord({
    format: 'event-xml',
    span,
    source: element.source,
    id: { number: id, span: placeSpan(number, number.text.search(/\d/), number.text.trimEnd().length) },
    description: describe(element, id, said),
    server: said(element.computer).text,
    written: element.time,
  });
}

/** The inserts come first: RenderingInfo repeats them, perhaps in another language. */
function describe(element: Element, id: number, said: (cell: Cell) => Excerpt): Description {
  const inserts = element.data.map(said);
  return readInserts(id, inserts) ?? readDescription(element.message.length > 0 ? said(element.message) : joinExcerpts(inserts));
}

/**
 * Reads one element with htmlparser2, which knows where each piece stands, never throws, and resolves only XML's own
 * character entities: no document type, no external reference.
 */
function parseElement(markup: string): Element {
  const element: Element = { source: '', time: '', id: [], computer: [], message: [], data: [] };
  let cell: Cell | undefined;
  let opening = 0;
  const parser = createMarkupParser(
    {
      onopentag(name, attributes) {
        cell = undefined;
        // RenderingInfo has a provider of its own, its name for people.
        if (name === 'Provider') element.source ||= attributes['Name'] ?? '';
        else if (name === 'TimeCreated') element.time ||= attributes['SystemTime'] ?? '';
        else if (name === 'EventID') cell = element.id;
        else if (name === 'Computer') cell = element.computer;
        else if (name === 'Message') cell = element.message;
        else if (name === 'Data') {
          cell = [];
          element.data.push(cell);
        }
      },
      oncdatastart() {
        opening = characterData.length;
      },
      ontext(data) {
        const start = parser.startIndex + opening;
        const end = parser.endIndex + 1;
        if (opening > 0) cell?.push({ text: data, start, end: start + data.length, literal: true });
        else cell?.push({ text: data, start, end, literal: end - start === data.length });
      },
      oncdataend() {
        opening = 0;
      },
      onclosetag() {
        cell = undefined;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(markup);
  return element;
}
