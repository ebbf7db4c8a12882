/** Events below a heading: `Event 15006, MSExchangeTransport` is that of Event Viewer's lower pane, `MSExchangeTransport 12014` that of an article. */

import { type Excerpt, placeSpan, sliceExcerpt, unwrapExcerpt } from '../../text/excerpt.ts';
import { offsetBelow } from '../../text/lineEnds.ts';
import { lineEnd, lineStartAfter, nextLine } from '../../text/lines.ts';
import { isBlankLine } from '../../text/quotes.ts';
import type { LogRecord, Span } from '../../values.ts';
import { isTemplate, isWithoutTemplate, readDescription } from './description.ts';
import { eventFormatAround } from './format.ts';
import { readLabel } from './label.ts';
import { isAboutEvents, paragraphEnd } from './labelled.ts';
import { eventRecord } from './record.ts';
import { opensWithSentence } from './sentences.ts';
import { transportSource } from './source.ts';
import { undress } from './undressed.ts';

export const eventHeading = eventFormatAround<HeadedEvent>({ id: 'event-text', title: 'Events below a heading', readAround, record: readEvent });

interface HeadedEvent {
  readonly span: Span;
  readonly source: string;
  readonly plain: Excerpt;
  /** The number and the description, as stretches of the plain text. */
  readonly id: Span;
  readonly description: Span;
}

const longestHeading = 160;
const longestTail = 6_000;

function readAround(text: string, source: Span, within: Span): HeadedEvent | undefined {
  // The name in a cell or in a string belongs to a table or an object.
  const [before, behind] = [text[source.start - 1], text[source.end]];
  if (behind === '"' || (before === '\t' && behind === '\t')) return undefined;
  const start = lineStartAfter(text, source.start, Math.max(within.start, source.start - longestHeading));
  if (start === undefined || (start > 0 && text[start - 1] !== '\n')) return undefined;
  // Most lines with the name are of other forms: a heading has the number beside it and hardly anything else.
  const beside = text.slice(Math.max(start, source.start - 20), Math.min(source.end + 30, within.end));
  if (!/\d{3,5}/.test(beside)) return undefined;
  if (isSurelyNone(text, { start, end: Math.min(source.end + longestHeading * 2, within.end) })) return undefined;
  const plain = undress(text, { start, end: offsetBelow(text, source.end, longestTail, within.end) });
  const heading = headingOf(plain.text);
  const name = heading && transportSource(plain.text.slice(heading.source.start, heading.source.end));
  if (!heading || !name) return undefined;
  const description = descriptionBelow(plain.text, heading.end);
  if (!description || !isEvent(plain.text, description, heading.isPane)) return undefined;
  const end = placeSpan(plain, description.start, description.end).end;
  return { span: { start, end: labelsEnd(text, end, within.end) }, source: name, plain, id: heading.id, description };
}

/** Whether the first line of a stretch ends in it, and is no heading: what stands below need not be undressed then. */
function isSurelyNone(text: string, stretch: Span): boolean {
  const { text: beginning } = undress(text, stretch);
  return beginning.includes('\n') && !headingOf(beginning);
}

interface Heading {
  readonly id: Span;
  readonly source: Span;
  readonly end: number;
  /** Whether it is Event Viewer's own, in any language: a word, the number, a comma, the source; or both have their labels, as in reports. */
  readonly isPane: boolean;
}

const name = 'MSExchange[A-Za-z]{0,40}(?: (?:FrontEnd ?)?Transport(?: ?(?:Delivery|Submission))?)?';
const numberFirst = new RegExp(
  `^[ \\t]*((?:[\\p{L}-]{2,20}[ .:#]{0,3}){0,2}\\(?)(\\d{3,5})([,:;)]? ?(?:[-\\u2013\\u2014(] ?)?(?:from |of |source:? ?){0,2})(${name})\\)?[ \\t]*:?[ \\t]*(?=\\n|$)`,
  'iu',
);
const sourceFirst = new RegExp(
  `^[ \\t]*()(${name})([ \\t,:;()/\\u2013\\u2014-]{1,4}(?:(?:Event ?)?(?:ID)?[ :#]{0,3}))(\\d{3,5})\\)?[ \\t]*(?:[:.\\u2013-]?[ \\t]*(?=\\n|$)|[:\\u2013-][ \\t]+(?=\\p{Lu}))`,
  'iu',
);

function headingOf(text: string): Heading | undefined {
  const line = text.slice(0, longestHeading * 2);
  const first = numberFirst.exec(line);
  const found = first ?? sourceFirst.exec(line);
  if (!found) return undefined;
  const [, lead = '', one = '', between = '', other = ''] = found;
  const start = found[0].indexOf(lead + one) + lead.length;
  const left = { start, end: start + one.length };
  const right = { start: left.end + between.length, end: left.end + between.length + other.length };
  const end = found[0].length;
  if (!first) return { id: right, source: left, end, isPane: false };
  const isPane = (/^, $/.test(between) && /\p{L}\s$/u.test(lead)) || (/ID: ?$/i.test(lead) && /source: ?$/i.test(between));
  return { id: left, source: right, end, isPane };
}

/** The paragraph below a heading, or the rest of its line; Event Viewer's pane has the names of its tabs between them. */
function descriptionBelow(text: string, from: number): Span | undefined {
  const gap = /^\s*(?:(?:General|Details|Allgemein|G\u00E9n\u00E9ral|D\u00E9tails)\s+){0,2}/.exec(text.slice(from, from + 200));
  const start = from + (gap?.[0].length ?? 0);
  const end = paragraphEnd(text, start);
  return end - start < shortestDescription ? undefined : { start, end };
}

const shortestDescription = 12;

/** A chapter about an event has the same heading: it is one where the sentence is Exchange's, or below the pane's heading, where it is nobody's who explains. */
function isEvent(text: string, { start, end }: Span, isPane: boolean): boolean {
  const description = text.slice(start, end);
  if (isTemplate(description)) return false;
  if (opensWithSentence(description)) return true;
  const { read, captures } = readDescription({ text: description, place: (index) => index });
  if (isWithoutTemplate(description) || (read && (isPane || captures.sendConnector))) return true;
  return (
    isPane &&
    !isAboutEvents.test(description) &&
    !/\b(?:you|your|I|my|our)\b/i.test(description.slice(0, 120)) &&
    !/^(?:solution|cause|symptom|resolution|fix|answer|problem)/i.test(description)
  );
}

/** The pane repeats number and source below the description, as lines with labels. */
function labelsEnd(text: string, end: number, limit: number): number {
  let last = end;
  for (let line = nextLine(text, end), lines = 0; line < limit && lines < 12; line = nextLine(text, line), lines++) {
    const label = isBlankLine(text, line) ? undefined : readLabel(text, line);
    if (label?.role === undefined && !isBlankLine(text, line)) break;
    if (label?.role === 'description') return end;
    if (label) last = Math.min(lineEnd(text, line), limit);
  }
  return last;
}

function readEvent(_text: string, { span, source, plain, id, description }: HeadedEvent): LogRecord {
  return eventRecord({
    format: 'event-text',
    span,
    source,
    id: { number: Number(plain.text.slice(id.start, id.end)), span: placeSpan(plain, id.start, id.end) },
    description: readDescription(unwrapExcerpt(sliceExcerpt(plain, description.start, description.end))),
  });
}
