/** Where a text names people and machines: addresses, hosts, internet addresses, subjects, names in a directory. Rather one too many than one too few. */

import type { Span } from '../values.ts';

export interface Identity extends Span {
  readonly kind: 'link' | 'address' | 'host' | 'internetAddress' | 'subject' | 'entry' | 'person' | 'user';
}

/** @param words Names without a dot that are known to be hosts. */
export function findIdentities(text: string, words: ReadonlyMap<string, string> = new Map()): Identity[] {
  const found: Identity[] = [];
  for (const match of text.matchAll(identities)) {
    const identity = identityOf(match, words);
    if (identity) found.push(identity);
  }
  return found;
}

function identityOf(match: RegExpMatchArray, words: ReadonlyMap<string, string>): Identity | undefined {
  const { link, subject, entry, person, address, user, colons, dotted, word } = match.groups as Groups;
  const end = (match.index ?? 0) + match[0].length;
  if (link !== undefined) return { kind: 'link', start: end - link.length, end };
  if (subject !== undefined) return { kind: 'subject', start: end - subject.length, end };
  if (entry !== undefined) return { kind: 'entry', start: end - entry.length, end };
  if (person !== undefined) return { kind: 'person', start: end - person.length, end };
  if (address !== undefined) {
    // "to=kim@contoso.com" names a field; an equals sign further on is the address's own (VERP, SRS).
    const field = /^(?:to|from|rcpt|e?mail|sender|recipient|orig_to|addr(?:ess)?|user|f|h|id|e)=/i.exec(address)?.[0].length ?? 0;
    return { kind: 'address', start: end - address.length + field, end };
  }
  if (user !== undefined) return { kind: 'user', start: end - user.length, end };
  if (colons !== undefined) return isVersion6(colons) ? { kind: 'internetAddress', start: end - colons.length, end } : undefined;
  if (dotted !== undefined) {
    const start = end - dotted.length;
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(dotted)) return { kind: 'internetAddress', start, end };
    return isHost(dotted) ? { kind: 'host', start, end } : undefined;
  }
  return word !== undefined && (words.has(word) || isGreeting(match)) ? { kind: 'host', start: end - word.length, end } : undefined;
}

/** What the expression names; each may be missing. */
type Groups = Readonly<Partial<Record<'link' | 'subject' | 'entry' | 'person' | 'address' | 'user' | 'colons' | 'dotted' | 'word', string>>>;

const atom = "[\\p{L}\\p{M}\\p{N}!#$&'*+/=?^_`{|}~.%-]";
const label = '[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_-]*';

/**
 * Each begins where a word does and ends with it or its line, so that no text is read more often than there are kinds. The order matters: a subject is all of its line,
 * an entry of a directory holds words, an address holds a host. "%40" is an at sign in a link.
 */
const identities = new RegExp(
  [
    String.raw`(?<link>https?:\/\/[^\s"'<>()]+)`,
    String.raw`\b(?:message-)?subject[:=]\s{0,3}(?<subject>[^\r\n"<>|]+)`,
    String.raw`(?<entry>/o=[^\r\n"<>;,]+|\bc=[a-z]{2};a=[^\r\n"<>)]+)`,
    String.raw`(?<person>"[^"\r\n@<>]+")(?=\s?<[^<>\s]{1,320}@)`,
    String.raw`(?<address>(?:"[^"\r\n]{1,64}"|(?<!${atom})${atom}+)(?:@|%40)(?:\[[^\]\s]{1,64}\]|${label}(?:\.${label})*))`,
    String.raw`(?<=\b(?:user|username|sasl_username|set_id|login|uid)=|[\\/](?:home|users|var\/mail|spool\/mail)[\\/])(?<user>[\p{L}\p{N}_][^\s\\/:,;()<>"'=]*)`,
    String.raw`(?:(?<=ipv6:)|(?<![\p{L}\p{N}:.]))(?<colons>(?:[\da-f]{0,4}:){2,8}(?:[\da-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3})?)(?![\p{L}\p{N}])`,
    String.raw`(?<![\p{L}\p{M}\p{N}_])(?<dotted>${label}(?:\.${label})+)`,
    String.raw`(?<=(?<greeting>(?:EHLO|HELO|LHLO) )?)(?<![\p{L}\p{M}\p{N}_])(?<word>${label})`,
  ].join('|'),
  'giu',
);

function isGreeting({ groups }: RegExpMatchArray): boolean {
  return groups?.['greeting'] !== undefined;
}

/** Whether a name is everybody's. */
export function isPublicHost(name: string): boolean {
  return publicHosts.has(name.toLowerCase());
}

/** A name with dots ends in letters or has several parts with letters; a version has not, and what programs are called is none. */
function isHost(name: string): boolean {
  const labels = name.split('.');
  const isDomain = /^(?:\p{L}[\p{L}\p{M}]+|xn--[\p{L}\p{N}-]+)$/u.test(labels.at(-1) ?? '') || labels.filter((part) => /\p{L}/u.test(part)).length > 1;
  return isDomain && !programs.test(name) && !isPublicHost(name);
}

/** How Exchange names what it does in a reply, and .NET its types: "RESOLVER.ADR.RecipNotFound". Upper and lower case as they write it. */
const programs =
  /^(?:STOREDRV|RESOLVER|ROUTING|SMTPSEND|SMTPRECV|SMTP|TRANSPORT|QUEUE|AGENT|APPROVAL|CONTENT|ADR|SUBMISSION|DSN|System|Microsoft\.Exchange|Exchange|MapiException\w*|\w+Exception)\./;

/** Where blocklists and providers explain a refusal, and two products. Anything below them can name a customer. */
const publicHosts = new Set([
  'aka.ms',
  'go.microsoft.com',
  'learn.microsoft.com',
  'sender.office.com',
  'support.google.com',
  'www.google.com',
  'spamhaus.org',
  'www.spamhaus.org',
  'check.spamhaus.org',
  'zen.spamhaus.org',
  'spamcop.net',
  'www.spamcop.net',
  'bl.spamcop.net',
  'barracudacentral.org',
  'www.barracudacentral.org',
  'b.barracudacentral.org',
  'node.js',
  'asp.net',
]);

/** RFC 4291, 2.2, and not the time of day: eight groups, or "::" once. */
function isVersion6(text: string): boolean {
  const groups = text.split(':').filter((group) => group !== '').length;
  return text.includes('::') ? groups > 0 && text.indexOf('::') === text.lastIndexOf('::') : groups >= 7;
}
