/** What stands before and around a text that somebody has quoted: blanks, quote marks and fences. */

import { carriageReturn, greaterThan, isBlank, lineFeed } from './characters.ts';

/** Whether a line holds nothing but blanks and quote marks (`> `); one of hundreds of them is not looked at to its end and is none. */
export function isBlankLine(text: string, start: number): boolean {
  const end = indentEnd(text, start, longestBlankLine);
  const last = text.charCodeAt(end) === carriageReturn ? end + 1 : end;
  return end - start < longestBlankLine && (last === text.length || text.charCodeAt(last) === lineFeed);
}

const longestBlankLine = 400;

/**
 * Where the text of a line begins, behind blanks and quote marks (`> `); no more than `most` of them are passed over.
 * A loop, since every line of an event or an object is asked for it, and a regular expression takes ten times as long.
 */
export function indentEnd(text: string, line: number, most: number): number {
  let end = line;
  while (end - line < most && isIndent(text.charCodeAt(end))) end++;
  return end;
}

function isIndent(code: number): boolean {
  return isBlank(code) || code === greaterThan;
}

/** The line that ends a quoted block in Markdown, in a wiki, or on a web page. */
export function isFence(text: string, line: number): boolean {
  const start = indentEnd(text, line, 40);
  // Hardly any other line begins with one of these characters.
  return '`~{[<'.includes(text.charAt(start)) && /^(?:```|~~~|\{(?:code|noformat)\}|\[\/code\]|<\/(?:pre|code)>)/i.test(text.slice(start, start + 20));
}
