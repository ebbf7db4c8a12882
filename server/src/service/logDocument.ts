/** An open document with its findings. */

import type { TextDocument } from 'vscode-languageserver-textdocument';
import { findFindings } from '../analysis/findings.ts';
import { createPlaceInTime } from '../analysis/recordTimes.ts';
import type { TimeZone } from '../analysis/timeZone.ts';
import { readBlocks } from '../formats/index.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Block, ColumnMeaning, Finding, Span } from '../values.ts';
import { createPositions, type Encoding, type Positions } from './positions.ts';

/** VS Code hands no larger document to an extension, and neither does this server read one at once. */
export const longestDocument = 50 * 1024 * 1024;

export interface LogDocument extends Positions {
  readonly uri: string;
  readonly text: string;
  readonly isTooLarge: boolean;
  /** Read at the first use and kept for this version of the document. */
  readonly findings: readonly Finding[];
  readonly blocks: readonly Block[];
  columnMeaning(name: string): ColumnMeaning | undefined;
  /** The finding that a reader points at, and the stretch of the log that he points at. */
  pointedAt(offset: number): { readonly finding: Finding; readonly place: Span } | undefined;
}

/**
 * Wraps one version of a text document.
 * @param timeZone The zone of its local times, where the user has said it.
 */
export function createLogDocument(document: TextDocument, knowledge: KnowledgeBase, encoding: Encoding, timeZone?: TimeZone): LogDocument {
  const text = document.getText();
  const isTooLarge = text.length > longestDocument;
  const findings = lazy(() => (isTooLarge ? [] : findFindings(text, knowledge, timeZone && createPlaceInTime(timeZone))));
  const blocks = lazy(() => (isTooLarge ? [] : readBlocks(text)));
  const places = lazy(() =>
    findings()
      .flatMap((finding) => finding.record.places.map((place) => ({ place, finding })))
      .sort((one, other) => one.place.start - other.place.start),
  );
  return {
    ...createPositions(document, encoding),
    uri: document.uri,
    text,
    isTooLarge,
    columnMeaning: knowledge.columnMeaning,
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
  };
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
