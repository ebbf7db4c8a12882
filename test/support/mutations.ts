/** Logs as accidents, editors and strangers change them. Pure, without a test framework: a test and a long run with other seeds share it. */

/** A number from 0 up to, but not including, a limit; the limit is 1 or more. */
export type Random = (limit: number) => number;

/** The same numbers for the same seed, on every machine (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/**
 * A text changed in one to `most` ways.
 * @param others Texts that pieces are taken from.
 */
export function mutate(text: string, others: readonly string[], random: Random, most = 4): string {
  let changed = text;
  for (let left = 1 + random(most); left > 0; left--) changed = pick(mutations, random)(changed, others, random);
  return changed;
}

/** A part of a text, mostly from the beginning of a line, no longer than a length. */
export function excerptOf(text: string, longest: number, random: Random): string {
  const start = random(2) === 0 ? random(text.length + 1) : lineStartNear(text, random);
  return text.slice(start, start + 1 + random(longest));
}

/** How the lines of a text end: all alike, or each by turns as it comes. */
export const lineEnds = ['\n', '\r\n', '\r', 'mixed'] as const;
export type LineEnds = (typeof lineEnds)[number];

/** A text with other line ends. Those of the text may have any form; `mixed` is LF and CRLF. */
export function withLineEnds(text: string, ends: LineEnds, random: Random = createRandom(1)): string {
  return text.replace(/\r\n|\r|\n/g, () => (ends === 'mixed' ? pick(['\n', '\r\n'], random) : ends));
}

type Mutation = (text: string, others: readonly string[], random: Random) => string;

const mutations: readonly Mutation[] = [flip, flip, cut, cut, splice, splice, duplicate, move, insertToken, insertToken, breakLine, joinLines, quote];

/** Another character in the place of one. */
function flip(text: string, _others: readonly string[], random: Random): string {
  const at = random(text.length + 1);
  return `${text.slice(0, at)}${pick(characters, random)}${text.slice(at + 1)}`;
}

/** A piece is left out: anywhere, or everything above or below a place. */
function cut(text: string, _others: readonly string[], random: Random): string {
  const at = random(text.length + 1);
  const kind = random(4);
  if (kind === 0) return text.slice(at);
  if (kind === 1) return text.slice(0, at);
  return text.slice(0, at) + text.slice(at + 1 + random(kind === 2 ? 40 : 2_000));
}

/** A piece of another text is put in. */
function splice(text: string, others: readonly string[], random: Random): string {
  const at = random(2) === 0 ? random(text.length + 1) : lineStartNear(text, random);
  return text.slice(0, at) + excerptOf(others.length > 0 ? pick(others, random) : text, 1_500, random) + text.slice(at);
}

/** Some lines stand twice. */
function duplicate(text: string, _others: readonly string[], random: Random): string {
  const [start, end] = linesNear(text, random);
  return text.slice(0, end) + text.slice(start, end).repeat(1 + random(3)) + text.slice(end);
}

/** Some lines stand elsewhere. */
function move(text: string, _others: readonly string[], random: Random): string {
  const [start, end] = linesNear(text, random);
  const rest = text.slice(0, start) + text.slice(end);
  const at = lineStartNear(rest, random);
  return rest.slice(0, at) + text.slice(start, end) + rest.slice(at);
}

function insertToken(text: string, _others: readonly string[], random: Random): string {
  const at = random(3) === 0 ? lineStartNear(text, random) : random(text.length + 1);
  return text.slice(0, at) + pick(tokens, random) + text.slice(at);
}

/** A line is broken where it has a blank, as mail programs do it, perhaps with a mark of quotation. */
function breakLine(text: string, _others: readonly string[], random: Random): string {
  const at = text.indexOf(' ', random(text.length + 1));
  return at < 0 ? text : text.slice(0, at) + pick(['\n', '\n', '\n  ', '\n> ', '\n\n', ' \n'], random) + text.slice(at + 1);
}

function joinLines(text: string, _others: readonly string[], random: Random): string {
  const at = text.indexOf('\n', random(text.length + 1));
  return at < 0 ? text : text.slice(0, at).trimEnd() + pick(['', ' '], random) + text.slice(at + 1);
}

/** Some lines are quoted or indented. */
function quote(text: string, _others: readonly string[], random: Random): string {
  const [start, end] = linesNear(text, random);
  return text.slice(0, start) + text.slice(start, end).replace(/^/gm, pick(['> ', '> > ', '  ', '\t', '| '], random)) + text.slice(end);
}

/** Where a line begins, behind any offset. */
function lineStartNear(text: string, random: Random): number {
  const newline = text.indexOf('\n', random(text.length + 1));
  return newline < 0 ? text.length : newline + 1;
}

/** From the beginning of a line to the end of another, one to eight lines below. */
function linesNear(text: string, random: Random): [start: number, end: number] {
  const start = lineStartNear(text, random);
  let end = start;
  for (let left = 1 + random(8); left > 0; left--) {
    const newline = text.indexOf('\n', end);
    end = newline < 0 ? text.length : newline + 1;
  }
  return [start, end];
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random(items.length)] as Item;
}

/** Characters that mean something to some form, and those that mean something to programs. */
const characters = [
  ...'"\'`<>,;:|()[]{}#=*-_@&%\\/.5 \t\n0aZ',
  '',
  '\0',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u00e4',
  '\u2028',
  '\u2029',
  '\u202e',
  '\ufeff',
  '\ufffd',
  '\uff1a',
  '\ud800',
  '\udc00',
];

/** What forms begin with, and what stands in a log where a response, an event or a bounce does. */
const tokens = [
  '550 5.1.1 User unknown',
  '550-5.7.1 first line\n550 5.7.1 second line',
  '550-',
  '454 4.7.0 ',
  '421',
  '5.7.1',
  '#550 5.1.1 x ##',
  '(#5.1.1)',
  "returned '550 5.1.1 ",
  'host mx.fabrikam.com[203.0.113.25] said: 550 5.1.1 ',
  '{LED=',
  '};{FQDN=mx.fabrikam.com};{IP=203.0.113.25}',
  'responded with: "',
  'SMTP error from remote mail server after RCPT TO:<b@fabrikam.com>: ',
  'Final-Recipient: rfc822; b@fabrikam.com\n',
  'Diagnostic-Code: smtp; 550 5.1.1 x\n',
  'Action: failed\n',
  'Status: 5.1.1\n',
  '<b@fabrikam.com>: ',
  'From: MAILER-DAEMON@contoso.com\n',
  'From b@fabrikam.com Thu Jan 15 08:00:00 2026\n',
  'Subject: Undelivered Mail Returned to Sender\n',
  'Received: from mx.fabrikam.com\n',
  'Message-ID: <a1@contoso.com>\n',
  'Content-Transfer-Encoding: base64\n',
  '=\n',
  '\n\n',
  '\n\n\n',
  '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n',
  '#Software: Microsoft Exchange Server\n',
  'Event ID:      2004\n',
  'Source:        MSExchangeTransport\n',
  'Log Name:      Application\n',
  'MSExchangeTransport',
  'Description:\n',
  '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">',
  '</Event>',
  '<Data>',
  '&#10;',
  '\\r\\n',
  '"body": "',
  '"},\n{"',
  'Identity      : EX01\\42\n',
  'LastError     : ',
  'status=bounced (',
  '\n'.repeat(200),
  'ab\n'.repeat(400),
  ' '.repeat(300),
  'x'.repeat(700),
  'x'.repeat(5_000),
  'A line of a ticket.\n'.repeat(20),
  '\u2028',
];
