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
    return { line: at.line, character: Buffer.byteLength(document.getText({ start: document.positionAt(start), end: at }), 'utf8') };
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
    bytes += Buffer.byteLength(character, 'utf8');
    if (bytes > position.character) break;
    units += character.length;
  }
  return units;
}
