/** Where offsets become positions, in the encoding that was agreed with the client. */

import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver-types';
import type { Span } from '../values.ts';

/** How a client counts the characters of a line (LSP 3.17, positionEncoding). */
export type Encoding = 'utf-16' | 'utf-8';

export interface Positions {
  range(span: Span): Range;
  offsetAt(position: Position): number;
  /** The zero-based line of an offset. */
  lineAt(offset: number): number;
}

/** What must be known of a text to count in it. */
export type CountedText = Pick<TextDocument, 'getText' | 'offsetAt' | 'positionAt'>;

export function createPositions(document: CountedText, encoding: Encoding): Positions {
  const position = (offset: number): Position => {
    const at = document.positionAt(offset);
    if (encoding === 'utf-16') return at;
    const start = document.offsetAt({ line: at.line, character: 0 });
    return { line: at.line, character: utf8Length(document.getText({ start: document.positionAt(start), end: at })) };
  };
  return {
    range: (span) => ({ start: position(span.start), end: position(span.end) }),
    offsetAt: (at) => document.offsetAt(encoding === 'utf-16' ? at : { line: at.line, character: fromUtf8(document, at) }),
    lineAt: (offset) => document.positionAt(offset).line,
  };
}

/** A character counted in UTF-8 bytes, as one counted in UTF-16 units. A count inside a character goes back to its start. */
export function fromUtf8(document: CountedText, position: Position): number {
  const line = { start: { line: position.line, character: 0 }, end: { line: position.line + 1, character: 0 } };
  let bytes = 0;
  let units = 0;
  for (const character of document.getText(line)) {
    bytes += utf8Length(character);
    if (bytes > position.character) break;
    units += character.length;
  }
  return units;
}

/** How many bytes a text takes in UTF-8. Half of a pair of surrogates counts as the U+FFFD that is written for it: three. */
function utf8Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) as number;
    if (code > 0xffff) at++;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code > 0xffff ? 4 : 3;
  }
  return length;
}
