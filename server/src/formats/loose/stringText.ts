/** Writes the text that a JSON string holds for who searches it: its escapes undone, and without the marks before the lines that it quotes. */

import { BareText } from '../../text/bareText.ts';
import type { TextWriter } from '../../text/notation.ts';
import { findQuoted } from '../../text/quotedLines.ts';
import { unescaped, writeUnescaped } from '../shapes/jsonObjects.ts';

/** The string is given without its quotes. */
export function writeString(writer: TextWriter, text: string, start: number, end: number): void {
  if (!mayBeQuoted(text.slice(start, end))) {
    writeUnescaped(writer, text, start, end);
    return;
  }
  const { text: plain } = unescaped(text, { start, end });
  const { text: bare } = new BareText(plain, findQuoted(plain, false));
  for (let at = 0; at < bare.length; at++) writer.add(bare.charCodeAt(at));
}

/** Some programs escape the mark too. */
function mayBeQuoted(string: string): boolean {
  return string.startsWith('>') || string.startsWith('\\u003') || string.includes('\\n>') || string.includes('\\n\\u003');
}
