/** Event Viewer repeats an event as XML below its text: the same event once more, said exactly. */

import { offsetBelow } from '../../text/lineEnds.ts';
import { LineFeedText } from '../../text/lineFeeds.ts';
import { nextLine } from '../../text/lines.ts';
import { isBlankLine } from '../../text/quotes.ts';
import type { LogRecord, Span } from '../../values.ts';
import { isEventNumber, longestLabelLine, readLabel } from './label.ts';
import { isTransportSource } from './source.ts';
import { readElement } from './xml.ts';

const mostLines = 400;
const longestXml = 65_536;

/**
 * The XML below `Event Xml:`, behind all paragraphs of the description: undefined where another event comes first.
 * @param first What the event's text begins with, and its number.
 */
export function xmlBelow(text: string, end: number, limit: number, first: { readonly label: string; readonly number: string | undefined }): Span | undefined {
  let isNext = true;
  for (let next = nextLine(text, end), lines = 0; next < limit && lines < mostLines; next = nextLine(text, next), lines++) {
    if (isBlankLine(text, next)) continue;
    const label = readLabel(text, next);
    const start = nextLine(text, next);
    if (label && (label.role === 'xml' || isXml(text, start))) {
      const xml = { start, end: xmlEnd(text, start, limit, first.label) };
      // With other lines between, only its number tells that it is the same event.
      return isNext || String(readElement(text, xml)?.event?.id) === first.number ? xml : undefined;
    }
    if (label && (label.label === first.label || label.role === 'logName' || label.role === 'source' || isTransportSource(label.value))) return undefined;
    if (isEventNumber(text, next)) return undefined;
    isNext = false;
  }
  return undefined;
}

/** Whether the line begins an event's XML. */
export function isXml(text: string, line: number): boolean {
  return /^[ \t>]*<Event\b/.test(text.slice(line, line + longestLabelLine));
}

/** Where the XML ends: if it is never closed, at an empty line, or where the next event begins. */
function xmlEnd(text: string, start: number, limit: number, label: string): number {
  const below = new LineFeedText(text.slice(start, offsetBelow(text, start, longestXml, limit)));
  const close = /<\/Event>|[:\uFF1A]\s*MSExchange(?:MailSubmission|(?:FrontEnd)?Transport)|\n[ \t>]*\n/.exec(below.text);
  if (close?.[0] === '</Event>') return start + below.place(close.index + close[0].length);
  const rest = below.text.slice(0, close ? close.index : below.text.length);
  const another = close?.[0].includes('MSExchange') ? Math.max(rest.lastIndexOf(label), rest.lastIndexOf('\n') + 1) : rest.length;
  return start + below.place(Math.max(0, another));
}

/** The XML says the names exactly, in UTC, and without the words of a translation behind the response. */
export function withXml(record: LogRecord, again: LogRecord): LogRecord {
  const { localTime, ...rest } = record;
  const exact = again.response && record.response?.text.startsWith(again.response.text) ? again.response : record.response;
  return {
    ...rest,
    ...(again.time ? { time: again.time } : localTime && { localTime }),
    ...(exact && { response: exact }),
    captures: { ...record.captures, ...again.captures },
  };
}
