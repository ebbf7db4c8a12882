/** Finds the sources whose events are about mail. Other sources log an event 2004 too: the number alone says nothing. */

import type { Occurrences } from '../../text/occurrences.ts';
import { firstBehind } from '../../text/spans.ts';
import { mailSources, type Span } from '../../values.ts';

/** Whether a source is one of the services that move mail. */
export function isTransportSource(source: string): boolean {
  return names.has(source) || (source.length === smtpService.length && source.toUpperCase() === smtpService);
}

const names: ReadonlySet<string> = new Set(mailSources);
const smtpService = 'SMTPSVC';

/** The transport service that a name stands for, which people also write with blanks; undefined for another source. */
export function transportSource(written: string): string | undefined {
  const name = written.replace(/\s+/g, '').toLowerCase();
  return mailSources.find((source) => source.toLowerCase() === name);
}

/** What all names begin with. */
export const sourceAnchors = [
  'MSExchangeTransport',
  'MSExchangeFrontEndTransport',
  'MSExchange Transport',
  'MSExchange FrontEnd',
  'MSExchangeMailSubmission',
  'SMTPSVC',
  'smtpsvc',
  'Smtpsvc',
  'SmtpSvc',
];

/** The names found at the places of the anchor, since all formats of events ask for them. */
const known = new WeakMap<readonly number[], readonly Span[]>();

/** The names of transport services in a text, in order; part of a longer word is none. */
export function findTransports(text: string, occurrences: Occurrences): readonly Span[] {
  const places = occurrences(sourceAnchors);
  let names = known.get(places);
  if (!names) {
    names = namesAt(text, places);
    known.set(places, names);
  }
  return names;
}

/** The names in a stretch of a text. */
export function findTransportsIn(text: string, { start, end }: Span, occurrences: Occurrences): readonly Span[] {
  const names = findTransports(text, occurrences);
  const inside: Span[] = [];
  for (let index = firstBehind(names, start); index < names.length; index++) {
    const name = names[index] as Span;
    if (name.end > end) break;
    if (name.start >= start) inside.push(name);
  }
  return inside;
}

/** Whether one of the names stands anywhere in a text. */
export function namesTransport(text: string, occurrences: Occurrences): boolean {
  return findTransports(text, occurrences).length > 0;
}

function namesAt(text: string, places: readonly number[]): Span[] {
  const name =
    /MSExchange(?:MailSubmission|(?:FrontEnd)?Transport(?:Delivery|Submission)?| (?:FrontEnd ?)?Transport(?: ?(?:Delivery|Submission))?)(?![A-Za-z])|(?:SMTPSVC|smtpsvc|Smtp[Ss]vc)(?![A-Za-z\d/])/y;
  const names: Span[] = [];
  for (const start of places) {
    name.lastIndex = start;
    if (name.test(text)) names.push({ start, end: name.lastIndex });
  }
  return names;
}
