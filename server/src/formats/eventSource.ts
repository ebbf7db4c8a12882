/** Finds the sources whose events are about mail. Other sources log an event 2004 too: the number alone says nothing. */

import { type Span, transportSources } from '../values.ts';

/** Whether a source is one of the transport services. */
export function isTransportSource(source: string): boolean {
  return transportSources.some((name) => name === source);
}

/** The text that each of the names has: where it is missing, no format of events is looked for. */
const shared = 'MSExchange';

/** Whether one of the names stands anywhere in a text. */
export function namesTransport(text: string): boolean {
  return text.includes(shared) && findTransport(text, 0) !== undefined;
}

/** The next name of a transport service at or behind an offset; part of a longer word is none. */
export function findTransport(text: string, from: number): Span | undefined {
  const name = /MSExchange(?:FrontEnd)?Transport(?:Delivery|Submission)?(?![A-Za-z])/g;
  name.lastIndex = from;
  const found = name.exec(text);
  return found ? { start: found.index, end: name.lastIndex } : undefined;
}
