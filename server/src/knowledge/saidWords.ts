/** What a server or an event has said, in the form in which the phrases of documents are compared with it. */

import { withoutAddresses } from '../smtp/address.ts';
import { withSingleBlanks } from '../text/excerpt.ts';
import type { PhraseOwner } from './textIndex.ts';

/** The phrases of conditions that stand in a description, each a sentence of its own, so that nothing spans two of them. */
export function wordsThatAreAsked(words: string, conditions: readonly PhraseOwner[]): string {
  const description = comparable(withSingleBlanks(words));
  const said = withoutAddresses(description);
  const found = new Set<string>();
  for (const { phrases, behind } of conditions) {
    const standing = phrases.filter((phrase) => (phrase.includes('@') ? description : said).includes(phrase));
    // Where other words must follow, all that is said is asked for.
    for (const phrase of standing) found.add(behind ? said : phrase);
  }
  return [...found].join('\n; ');
}

/** In the case of the phrases, and with their apostrophe and marks: word processors, blogs and forums make others of the server's. */
export function comparable(words: string): string {
  return words
    .toLowerCase()
    .replace(/[\u2018-\u201B]/g, "'")
    .replace(/[\u201C-\u201F]/g, '"');
}

/**
 * Servers put addresses into the midst of their words, `your IP 192.0.2.10 is blocked`, `mailbox <anna@fabrikam.com> is full`: the phrases do without.
 * Where nothing else says that it is a host's, "ip" stays in its place.
 * @param words A text in which mail addresses have shrunk already.
 */
export function closeGaps(words: string): string {
  const closed = words.includes('@') ? words.replace(/[<("'[]{0,3}@[>)"'\]]{0,3}[:,]? ?/g, '') : words;
  if (!/\d\.\d{1,3}\.\d{1,3}\.\d/.test(closed)) return closed;
  return closed.replace(/[("'[]{0,3}\b\d{1,3}(?:\.\d{1,3}){3}\b[)"'\]]{0,3}[:,]?/g, 'ip').replace(/\b(ip|address|host|client|server|network):? ip\b/g, '$1');
}
