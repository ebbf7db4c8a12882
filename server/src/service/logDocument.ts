/** An open document with its findings. */

import { DocumentFindings } from '../analysis/documentFindings.ts';
import { DocumentReading } from '../analysis/documentReading.ts';
import type { TimeZone } from '../analysis/timeZone.ts';
import type { ColumnMeaning } from '../failures.ts';
import { cellAt } from '../formats/exchange/fieldsLog.ts';
import { isRow } from '../formats/exchange/fieldsRow.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { lazy } from '../text/lazy.ts';
import { reachAbove } from '../text/seam.ts';
import type { Block, Span } from '../values.ts';
import type { LogText } from './documentText.ts';
import { createPositions, type Encoding, type Positions } from './positions.ts';

/** VS Code hands no larger document to an extension, and neither does this server read one at once. */
export const longestDocument = 50 * 1024 * 1024;

/** A cell of a row, and the name of its column. */
interface Cell {
  readonly column: string;
  readonly span: Span;
}

export interface LogDocument extends Positions {
  readonly uri: string;
  readonly length: number;
  /** The text between two offsets. */
  slice(start: number, end: number): string;
  readonly isTooLarge: boolean;
  /** Read at the first use and kept for this version of the document. */
  readonly findings: DocumentFindings;
  readonly blocks: readonly Block[];
  /** What was read, to be carried over to the next version of the document. */
  readonly reading: () => DocumentReading;
  columnMeaning(name: string): ColumnMeaning | undefined;
  /** The cell that an offset stands in, of a row whose log names its columns. */
  cellAt(offset: number): Cell | undefined;
}

/**
 * Wraps one version of a text document.
 * @param timeZone The zone of its local times, where the user has said it.
 * @param before What is known of it from the version before, its edits told; read with the same knowledge.
 */
export function createLogDocument(text: LogText, knowledge: KnowledgeBase, encoding: Encoding, timeZone?: TimeZone, before = DocumentReading.unread(text.length)): LogDocument {
  const isTooLarge = text.length > longestDocument;
  const reading = lazy(() => (isTooLarge ? before : before.update(text, knowledge)));
  const findings = lazy(() => (isTooLarge ? new DocumentFindings([]) : reading().findings(timeZone)));
  const blocks = lazy(() => (isTooLarge ? [] : reading().blocks()));
  return {
    ...createPositions(text, encoding),
    uri: text.uri,
    length: text.length,
    slice: (start, end) => text.slice(start, end),
    reading,
    isTooLarge,
    columnMeaning: knowledge.columnMeaning,
    cellAt: (offset) => findCell(text, reading(), offset),
    get findings() {
      return findings();
    },
    get blocks() {
      return blocks();
    },
  };
}

/** So far above a row its header is looked for, where nothing else says which one it is. */
const farthestHeader = 1024 * 1024;

function findCell(text: LogText, reading: DocumentReading, offset: number): Cell | undefined {
  const { line } = text.positionAt(offset);
  const start = text.offsetAt({ line, character: 0 });
  const row = text.slice(start, line + 1 < text.lineCount ? text.offsetAt({ line: line + 1, character: 0 }) : text.length);
  if (!isRow(row, 0)) return undefined;
  const known = reading.seamAt(start);
  const seam = known && known.at > start - farthestHeader ? known : undefined;
  // What a seam says holds with what stands above it.
  const header = `${seam?.preamble ?? ''}${text.slice(Math.max(0, seam ? seam.at - reachAbove : start - farthestHeader), start)}`;
  const cell = cellAt(`${header}${row}`, header.length + offset - start);
  const shift = start - header.length;
  return cell && { column: cell.column, span: { start: cell.span.start + shift, end: cell.span.end + shift } };
}
