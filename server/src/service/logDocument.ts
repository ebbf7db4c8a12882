/** An open document with its findings, and the only place where offsets become positions. */

import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver-types';
import { findFindings } from '../analysis/findings.ts';
import { readBlocks } from '../formats/index.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Block, Finding, Span } from '../values.ts';

/** How a client counts the characters of a line (LSP 3.17, positionEncoding). */
export type Encoding = 'utf-16' | 'utf-8';

/** VS Code hands no larger document to an extension, and neither does this server read one at once. */
export const longestDocument = 50 * 1024 * 1024;

export interface LogDocument {
  readonly uri: string;
  readonly text: string;
  readonly isTooLarge: boolean;
  /** Read at the first use and kept for this version of the document. */
  readonly findings: readonly Finding[];
  readonly blocks: readonly Block[];
  /** The finding that a reader points at, and the stretch of the log that he points at. */
  pointedAt(offset: number): { readonly finding: Finding; readonly place: Span } | undefined;
  range(span: Span): Range;
  offsetAt(position: Position): number;
  lineAt(offset: number): number;
}

/** Wraps one version of a text document. */
export function createLogDocument(document: TextDocument, knowledge: KnowledgeBase, encoding: Encoding): LogDocument {
  const text = document.getText();
  const isTooLarge = text.length > longestDocument;
  const findings = lazy(() => (isTooLarge ? [] : findFindings(text, knowledge)));
  const blocks = lazy(() => (isTooLarge ? [] : readBlocks(text)));
  const places = lazy(() =>
    findings()
      .flatMap((finding) => finding.record.places.map((place) => ({ place, finding })))
      .sort((one, other) => one.place.start - other.place.start),
  );
  const position = (offset: number): Position => {
    const at = document.positionAt(offset);
    return encoding === 'utf-16' ? at : { line: at.line, character: Buffer.byteLength(text.slice(offset - at.character, offset), 'utf8') };
  };
  return {
    uri: document.uri,
    text,
    isTooLarge,
    get findings() {
      return findings();
    },
    get blocks() {
      return blocks();
    },
    pointedAt(offset) {
      const list = places();
      let low = 0;
      let high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((list[middle]?.place.start ?? 0) <= offset) low = middle + 1;
        else high = middle;
      }
      const candidate = list[low - 1];
      return candidate && offset <= candidate.place.end ? candidate : undefined;
    },
    range: (span) => ({ start: position(span.start), end: position(span.end) }),
    offsetAt: (at) => document.offsetAt(encoding === 'utf-16' ? at : { line: at.line, character: fromUtf8(document, at) }),
    lineAt: (offset) => document.positionAt(offset).line,
  };
}

/** A character counted in UTF-8 bytes, as one counted in UTF-16 units. A count inside a character goes back to its start. */
export function fromUtf8(document: TextDocument, position: Position): number {
  const start = document.offsetAt({ line: position.line, character: 0 });
  const end = document.offsetAt({ line: position.line + 1, character: 0 });
  const line = document.getText().slice(start, end);
  let bytes = 0;
  let units = 0;
  for (const character of line) {
    bytes += Buffer.byteLength(character, 'utf8');
    if (bytes > position.character) break;
    units += character.length;
  }
  return units;
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
