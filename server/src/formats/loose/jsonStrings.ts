/** Finds strings of several lines in JSON: texts that a ticket's export or a container's log keeps in one line. */

import { backslash, blank, colon, doubleQuote, isLetter } from '../../text/characters.ts';
import { LineAround } from '../../text/lineAround.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import type { Span } from '../../values.ts';

/**
 * Calls `found` for the values of properties in which a line break is escaped, in order: those in lines that begin as JSON does, since what a
 * server answered may look like a property. A string ends on its line, so no line says anything of another.
 */
export function findLinesInStrings(text: string, free: readonly Span[], occurrences: Occurrences, found: FoundString): void {
  let escaped = text.indexOf(escapedNewline);
  if (escaped < 0) return;
  const line = new LineAround(text, occurrences);
  let isJson = false;
  for (const gap of free) {
    for (let from = gap.start; ; ) {
      if (escaped >= 0 && escaped < from) escaped = text.indexOf(escapedNewline, from);
      if (escaped < 0) return;
      if (escaped >= gap.end) break;
      if (escaped >= line.end) {
        line.moveTo(escaped);
        isJson = beginsAsJson(text, line.start);
      }
      const end = Math.min(line.end, gap.end);
      if (isJson) escaped = findInLine(text, Math.max(line.start, gap.start), end, escaped, found);
      from = end;
    }
  }
}

/** Whether a text can hold such a string at all. */
export function mayHoldStrings(text: string): boolean {
  return text.includes(escapedNewline);
}

/** Told of a string without its quotes. */
export type FoundString = (start: number, end: number) => void;

const escapedNewline = '\\n';

/** Whether a line begins with a bracket or a property's name. Nearly all lines tell it by their first character. */
function beginsAsJson(text: string, line: number): boolean {
  const first = text.charCodeAt(line);
  if (first === brace || first === bracket) return true;
  if (isLetter(first)) return false;
  return /^[ \t>\uFEFF]{0,80}(?:[[{]|"[^"\\]{1,80}"\s{0,8}:)/.test(text.slice(line, line + 200));
}

/**
 * Finds the strings in a line's stretch in which a line break is escaped. A look at each character, since JSON has a quote in every few,
 * up to the last string of the kind: mostly the first of a line is the only one.
 * @param first Where the first line break is escaped.
 * @returns Where the next one is that has not been passed, in the stretch or below; -1 where there is none.
 */
function findInLine(text: string, from: number, to: number, first: number, found: FoundString): number {
  let escaped = first;
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) !== doubleQuote) continue;
    const start = valueStart(text, at);
    if (start < 0) continue;
    let isLines = false;
    let end = start;
    for (; end < to; end++) {
      const code = text.charCodeAt(end);
      if (code === doubleQuote) break;
      if (code !== backslash) continue;
      // `C:\\new` has no line break among its escapes.
      end++;
      if (text.charCodeAt(end) === letterN) isLines = true;
    }
    // A quote that begins another value would have ended this one.
    if (end >= to) return escaped;
    if (isLines) found(start, end);
    if (escaped < end) escaped = text.indexOf(escapedNewline, end);
    if (escaped < 0 || escaped >= to) return escaped;
    // The quote at the end may stand before a colon.
    at = end - 1;
  }
  return escaped;
}

/** Where the text of a property's value begins whose name ends with the quote at an offset; -1 where the quote ends no name or the value is no string. */
function valueStart(text: string, quote: number): number {
  const next = text.charCodeAt(quote + 1);
  // Hardly any quote is looked at further.
  if (next === colon && text.charCodeAt(quote + 2) === doubleQuote) return quote + 3;
  if (next > blank && next < firstOtherBlank && next !== colon) return -1;
  opening.lastIndex = quote;
  return opening.test(text) ? opening.lastIndex : -1;
}

const opening = /"[^\S\n]{0,8}:[^\S\n]{0,8}"/y;
const brace = 0x7b;
const bracket = 0x5b;

const letterN = 0x6e;
/** The first one beyond ASCII. */
const firstOtherBlank = 0xa0;
