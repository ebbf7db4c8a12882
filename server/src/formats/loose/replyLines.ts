/** The lines of a reply in any text: where it ends, and which lines only go on with one above them. */

import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import { lineEnd, lineStartAfter, nextLine } from '../../text/lines.ts';
import type { Span } from '../../values.ts';
import { linesBelow } from './foldedReplies.ts';
import { beforeFrame, beforeNextReply } from './nextReply.ts';
import { beforeWriter } from './writersWords.ts';

/** More of a reply than these characters nobody reads. */
export const longestResponse = 4_000;

/** No reply that somebody else has folded is longer, nor what stands between it and the words that make it sure. */
export const longestReply = 2_000;

/**
 * A response ends with its line, with the quotation mark that it stands in, or where the element that holds it is closed;
 * `550-…` goes on in the next line (RFC 5321, 4.2.1).
 */
export function responseEnd(whole: string, start: number, stretch: Span): number {
  let end = beforeObject(whole, start, beforeNextReply(whole, start, lineEnd(whole, start, Math.min(stretch.end, start + longestResponse))));
  const close = closeOf(whole, start, end);
  if (close >= 0) return beforeFrame(whole, start, start + close);
  if (whole[start + 3] !== '-') return wrappedEnd(whole, start, end, stretch) ?? ownEnd(whole, start, end, stretch);
  const quote = whole[start - 1] ?? '';
  const code = whole.slice(start, start + 3);
  const limit = offsetBelow(whole, start, longestResponse, stretch.end);
  let last = start;
  for (let line = start; whole[line + 3] === '-' && end < limit; ) {
    const next = nextLine(whole, end);
    const indent = /^[ \t>]*/.exec(whole.slice(next, next + 80))?.[0].length ?? 0;
    if (next >= limit || !whole.startsWith(code, next + indent)) break;
    line = next + indent;
    end = lineEnd(whole, line, limit);
    if (isQuote(quote) && whole.slice(line, end).includes(quote)) return line + whole.slice(line, end).indexOf(quote);
    last = line;
  }
  return ownEnd(whole, last, end, stretch);
}

/** Node shows an error with a brace behind its message, and its properties in the lines below. */
function beforeObject(whole: string, start: number, end: number): number {
  return whole[end - 1] === '{' && whole[end - 2] === ' ' && /^\r?\n[\w -]{0,40}[| ] {1,40}(?:\[?\w+\]?|"\w+"): /.test(whole.slice(end, end + 120))
    ? Math.max(start, end - 2)
    : end;
}

/** Where in a reply's line the quotation mark or the element is closed that the reply stands in; -1 where it stands in none, or it is not closed there. */
function closeOf(whole: string, start: number, end: number): number {
  const line = whole.slice(start, end);
  const opening = openingOf(whole, start);
  const quote = whole[opening - 1] ?? '';
  const close = closings[quote];
  if (close) return line.search(close);
  if (opening < start && isReported.test(whole.slice(Math.max(0, opening - longestReporter), opening))) return bracketEnd(line);
  if (!isQuote(quote)) return line.includes('</') ? line.indexOf('</') : quotationEnd(whole, start, line);
  // In a string of a string the mark is escaped, and the reply ends before the escape.
  if (wrapper.test(line) && line[line.search(wrapperEnd)] === quote) return thirdOf(quote, line);
  const signs = /\\+$/.exec(whole.slice(Math.max(0, opening - 1 - deepestEscape), opening - 1))?.[0];
  const escaped = signs === undefined ? -1 : line.indexOf(`${signs}${quote}`);
  if (escaped >= 0) return signs === '\\' ? escaped : line.slice(0, escaped).replace(/(?:\\{1,7}[rn]){1,4}$/, '').length;
  // An apostrophe stands between letters: the recipient's mailbox.
  const apostrophe = quote === "'" ? line.search(/'(?![A-Za-z])/) : -1;
  return apostrophe >= 0 ? apostrophe : line.indexOf(quote);
}

/** A string within a string within a string has seven signs in front of its marks. */
const deepestEscape = 7;

/** Exchange's words in front of what another server said, which it quotes with the mark that the whole may stand in. */
const wrapper = /^[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3} [A-Za-z][^"'\n]{8,120} (?:with|address|occurred):? ["'][45]\d\d[ -]/;
const wrapperEnd = /["']/;

/** Where the third of a mark stands, behind the two of a quotation inside; -1 where there is none. */
function thirdOf(mark: string, line: string): number {
  const inside = line.indexOf(mark, line.indexOf(mark) + 1);
  return inside < 0 ? -1 : line.indexOf(mark, inside + 1);
}

/** Where the quotation begins that a reply stands in: a type, a sign or, as in French, a blank may stand between them. */
function openingOf(whole: string, start: number): number {
  const between = /(?:#|smtp; ?|(?<=(?:^|[^\p{L}\p{N}])["'\u2018\u201A\u201C\u201E\u00AB])[ \u00A0\u202F])$/iu.exec(whole.slice(Math.max(0, start - 8), start));
  return start - (between?.[0].length ?? 0);
}

/** Where a quotation ends that a writer has wrapped: within two lines, of which each goes on with a word; undefined where it is none. */
function wrappedEnd(whole: string, start: number, end: number, stretch: Span): number | undefined {
  const opening = openingOf(whole, start) - 1;
  const quote = whole[opening] ?? '';
  // A straight mark opens only behind a blank: within a word it is an apostrophe.
  const straight = /^[\s(]?$/.test(whole[opening - 1] ?? '') ? straightClosings[quote] : undefined;
  const close = quote === '`' ? /`/ : quote === '*' ? undefined : (straight ?? closings[quote]);
  if (!close) return undefined;
  for (let last = end, lines = 0; lines < 2; lines++) {
    const next = nextLine(whole, last);
    if (next >= stretch.end) return undefined;
    last = lineEnd(whole, next, Math.min(stretch.end, next + longestWrapped));
    const line = whole.slice(next, last);
    if (!/^[ \t>]{0,40}\p{L}/u.test(line) || (straight && entryOrField.test(line))) return undefined;
    const found = line.search(close);
    if (found >= 0) return next + found;
  }
  return undefined;
}

const longestWrapped = 200;

/** What closes a mark that closes as it opens: no other sign of a word or a string stands behind it. */
const straightClosings: Readonly<Record<string, RegExp>> = { '"': /(?<![\\<=\s])"(?=[\s.,;:!?)]|$)/, "'": /(?<=[^\s=])'(?=[\s.,;:!?)]|$)/ };

/** What begins with a word and goes on with no quotation: an entry of a log, a field, a frame. */
const entryOrField = /^[ \t>]{0,40}(?:[A-Z][a-z]{2} [ \d]\d |[\w.$-]{1,40} ?[:=](?!\/\/)|at [\w.$<>]{1,120} ?\()/;

/** `<mx.fabrikam.com #5.7.1 smtp;554 5.7.1 …>`, as Exchange writes what another server said. */
const isReported = /<[^\s<>#]{0,255} ?#[45]\.\d{1,3}\.\d{1,3} ?$/;
const longestReporter = 280;

/** Where the bracket is closed that was opened above a line; -1 where it is not. */
function bracketEnd(line: string): number {
  let open = 1;
  for (const { index, 0: bracket } of line.matchAll(/[<>]/g)) {
    open += bracket === '<' ? 1 : -1;
    if (open === 0) return index;
  }
  return -1;
}

/** Where the reply's own words end, in its line or in one below in which it goes on. */
function ownEnd(whole: string, start: number, end: number, stretch: Span): number {
  const line = whole.slice(start, end);
  const own = ownLength(line, whole, start);
  if (own < line.trimEnd().length) return start + own;
  const below = linesBelow(whole, start, end, stretch);
  if (below.length === 0) return start + own;
  let joined = line.trimEnd();
  const starts = below.map(({ text }) => {
    const at = joined.length + 1;
    joined += ` ${text}`;
    return at;
  });
  const known = ownLength(joined, whole, start);
  // A paragraph that was wrapped goes on with other sentences.
  const stop = known < joined.length || below.every(({ isFolded }) => isFolded) ? -1 : joined.slice(line.trimEnd().length).search(otherSentence);
  const length = stop < 0 ? known : line.trimEnd().length + stop;
  const last = starts.findLastIndex((at) => at < length);
  if (last < 0) return start + length;
  return (below[last] as Span).start + length - (starts[last] as number);
}

/** What a server goes on with speaks to the sender: it asks, refers to a page, says what else there is of this message. */
const otherSentence = /(?<=[.!?]) (?!Please|See\b|For |To |Visit|Learn|Contact|You|Try|https?:|Details|Gmail|This (?:message|mail)|Our system|If |\[|\(|AS\(?\d|- |\S+$)/;

/** How much of a line a reply has to itself: where people go on in another script, from codes alone to another sentence, or with what no server says, its words have ended. */
function ownLength(line: string, whole: string, start: number): number {
  if (/[a-z]{2,20} [a-z]{2,20}[:,]? ["\u201C]?$/.test(whole.slice(Math.max(0, start - 46), start))) {
    const codes = /^[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}(?=\. [A-Z])/.exec(line);
    if (codes) return codes[0].length;
  }
  const list = whole.startsWith('{LED=', start - 5) ? -1 : line.search(/\};\{(?:MSG|FQDN|IP|LRT)=/);
  if (list >= 0) return list;
  const cell = /(?:^|\n)\|[^\n]*$/.test(whole.slice(Math.max(0, start - longestReporter), start)) ? line.search(/[ \t]\|(?=[ \t]|$)/) : -1;
  const own = cell >= 0 ? line.slice(0, cell) : line;
  // Python's pair has the words in a string.
  if (/^\d{3}, [bu]?['"\u2018\u2019\u201C\u201D]/.test(own)) return own.length;
  const latinWords = latin.exec(own)?.[0].length ?? own.length;
  return beforeWriter(own.slice(0, latinWords), lineAbove(whole, start));
}

function lineAbove(whole: string, start: number): string {
  const above = whole.slice(Math.max(0, start - longestReporter), start);
  return above.slice(above.lastIndexOf('\n') + 1);
}

/** Codes alone before the punctuation of Chinese and Japanese, or a reply of several Latin words before that, or before words of another script. */
const latin =
  /^(?:[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}(?=[\uFF0C\u3002\uFF1B\u3001])|[45]\d\d[ -](?:[!-~]{1,80} ){2,200}?[!-~]{0,80}(?=[\uFF0C\u3002\uFF1B\u3001\uFF08\uFF09\u300D]| ?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]| (?:[-\u2013\u2014] )?[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Thai}\p{Script=Arabic}\p{Script=Hebrew}]))/u;

/** What closes the quotation marks of word processors and of other languages. */
const closings: Readonly<Record<string, RegExp>> = {
  // Emphasis of Markdown.
  '*': /\*{1,2}(?![\p{L}\p{N}*])/u,
  '\u2018': /\u2019(?!\p{L})/u,
  '\u201A': /[\u2018\u2019](?!\p{L})/u,
  '\u201C': /\u201D/,
  '\u201D': /\u201D/,
  '\u201E': /[\u201C\u201D]/,
  '\u00AB': /[\s\u00A0\u202F]?\u00BB/,
  '\u00BB': /[\s\u00A0\u202F]?\u00AB/,
  '\u300C': /\u300D/,
  '\u300E': /\u300F/,
};

/** Where the quotation is closed that began above in the line, as in `error="… 554 Rejected"`; -1 where none was begun. */
function quotationEnd(whole: string, start: number, line: string): number {
  if (!line.includes('"')) return singleQuotationEnd(whole, start, line);
  const above = lineStartAfter(whole, start, Math.max(0, start - longestResponse));
  const open = above === undefined ? 0 : (whole.slice(above, start).match(/(?<!\\)"/g)?.length ?? 0);
  return open % 2 === 1 ? line.search(/(?<!\\)"(?=[\s,;)}\]]|$)/) : -1;
}

/** The same with a mark that is also an apostrophe: it opens behind a blank, and closes in front of one. */
function singleQuotationEnd(whole: string, start: number, line: string): number {
  const mark = /(?:^|[\s(:=])(['`])(?=\S)(?:(?!\1)[^\n]){1,200}$/.exec(whole.slice(Math.max(0, start - longestSingleQuotation), start))?.[1];
  if (mark === undefined) return -1;
  return mark === "'" ? line.search(/(?<=\S)'(?=[\s.,;:!?)]|$)/) : line.indexOf(mark);
}

const longestSingleQuotation = 200;

function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === '`';
}

/**
 * Whether a line goes on with the reply of the lines above it: one of them states an enhanced status code and is a candidate itself.
 * So of a reply without end its first lines are a finding and the others are none, wherever the text is cut.
 */
export function goesOn(whole: string, start: number, stretch: Span): boolean {
  const indent = /\n([ \t>]*)$/.exec(whole.slice(Math.max(stretch.start, start - 80), start))?.[1];
  if (indent === undefined) return isNextString(whole, start, stretch);
  const code = whole.slice(start, start + 3);
  const limit = offsetAbove(whole, start, longestResponse, stretch.start);
  for (let line = start - indent.length; line > limit; ) {
    const above = lineStartAfter(whole, line - 1, limit);
    if (above === undefined) return false;
    const said = whole
      .slice(above, line)
      .trimStart()
      .replace(/^[ \t>]+/, '');
    if (!said.startsWith(`${code}-`) || said.includes('</')) return false;
    if (/^-[45]\.\d{1,3}\.\d/.test(said.slice(3))) return true;
    line = above;
  }
  return false;
}

/** Node shows a text of several lines as strings with a plus sign between them: `'535-5.7.8 …\n' +`, and `'535 5.7.8 …'` below it. */
function isNextString(whole: string, start: number, stretch: Span): boolean {
  const joint = nextString.exec(whole.slice(Math.max(stretch.start, start - 40), start));
  if (!joint) return false;
  const end = start - joint[0].length;
  const line = whole.slice(lineStartAfter(whole, end, Math.max(stretch.start, end - longestResponse)) ?? end, end);
  return new RegExp(`(?:^|[\\s:])${joint[1]}${whole.slice(start, start + 3)}-`).test(line);
}

const nextString = /\\n(['"`]) \+\r?\n[ \t>]*\1$/;
