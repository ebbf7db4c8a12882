/** The text that a JSON string holds, as it is read: its escapes undone, and without the marks before the lines that somebody quotes in it. */

import { composeExcerpts, type Excerpt } from '../../text/excerpt.ts';
import type { TextWriter } from '../../text/notation.ts';
import { withoutQuotation } from '../../text/quotedLines.ts';
import type { Span } from '../../values.ts';
import { unescaped, writeUnescaped } from '../shapes/jsonObjects.ts';

/** @param string Without its quotes. */
export function stringText(text: string, string: Span): Excerpt {
  const excerpt = unescaped(text, string);
  const unquoted = withoutQuotation(excerpt.text);
  return unquoted ? composeExcerpts(excerpt, unquoted) : excerpt;
}

/** Writes the same, for whoever needs no places. */
export function writeString(writer: TextWriter, text: string, start: number, end: number): void {
  if (!mayBeQuoted(text.slice(start, end))) {
    writeUnescaped(writer, text, start, end);
    return;
  }
  const { text: plain } = stringText(text, { start, end });
  for (let at = 0; at < plain.length; at++) writer.add(plain.charCodeAt(at));
}

/** Some programs escape the mark too. */
function mayBeQuoted(string: string): boolean {
  return string.startsWith('>') || string.startsWith('\\u003') || string.includes('\\n>') || string.includes('\\n\\u003');
}
