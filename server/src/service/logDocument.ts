/** An open document with its findings. */

import { DocumentBlocks } from '../analysis/document/documentBlocks.ts';
import { type DocumentCell, findCell } from '../analysis/document/documentCell.ts';
import { DocumentFindings } from '../analysis/document/documentFindings.ts';
import { DocumentReading } from '../analysis/document/documentReading.ts';
import type { Reporting } from '../analysis/reporting.ts';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { ColumnMeaning } from '../failures.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { lazy } from '../text/lazy.ts';
import type { Span } from '../values.ts';
import type { LogText } from './documentText.ts';
import { createPositions, type Encoding, type Positions } from './positions.ts';

/** VS Code hands no larger document to an extension, and neither does this server read one at once. */
export const longestDocument = 50 * 1024 * 1024;

export interface LogDocument extends Positions {
  readonly uri: string;
  readonly length: number;
  /** The text between two offsets. */
  slice(start: number, end: number): string;
  /** The first line without its line break. */
  readonly firstLine: Span;
  readonly isTooLarge: boolean;
  /** Read at the first use and kept for this version of the document. */
  readonly findings: DocumentFindings;
  readonly blocks: DocumentBlocks;
  /** What was read, to be carried over to the next version of the document. */
  readonly reading: () => DocumentReading;
  columnMeaning(name: string): ColumnMeaning | undefined;
  /** The cell that an offset stands in, of a row whose log names its columns. */
  cellAt(offset: number): DocumentCell | undefined;
}

/**
 * Wraps one version of a text document.
 * @param timeZone The zone of its local times, where the user has said it.
 * @param before What is known of it from the version before, its edits told; read with the same knowledge and wishes.
 * @param reporting What the user wants to be told of it.
 */
export function createLogDocument(
  text: LogText,
  knowledge: KnowledgeBase,
  encoding: Encoding,
  timeZone?: TimeZone,
  before = DocumentReading.unread(text.length),
  reporting?: Reporting,
): LogDocument {
  const isTooLarge = text.length > longestDocument;
  const isUnread = isTooLarge || isFailureDocument(text);
  const reading = lazy(() => (isUnread ? before : before.update(text, knowledge, reporting)));
  const findings = lazy(() => (isUnread ? new DocumentFindings([]) : reading().findings(timeZone)));
  const blocks = lazy(() => (isUnread ? new DocumentBlocks(0, new Map()) : reading().blocks()));
  return {
    ...createPositions(text, encoding),
    uri: text.uri,
    length: text.length,
    slice: (start, end) => text.slice(start, end),
    get firstLine() {
      const line = text.slice(0, longestFirst);
      const end = line.search(/[\r\n]/);
      return { start: 0, end: end < 0 ? line.length : end };
    },
    reading,
    isTooLarge,
    columnMeaning: knowledge.columnMeaning,
    cellAt: (offset) => findCell(text, reading(), rowAt(text, offset), offset),
    get findings() {
      return findings();
    },
    get blocks() {
      return blocks();
    },
  };
}

/** Whether a text is a document of the knowledge base, wherever it stands: its samples are failures that nobody had. */
function isFailureDocument(text: LogText): boolean {
  if (text.languageId !== 'markdown') return false;
  const [frontMatter = ''] = /^---\r?\n[\s\S]*?\n---\r?\n/.exec(text.slice(0, longestFrontMatter)) ?? [];
  return /^(?:match:|kind: *guide)/m.test(frontMatter) && /^category:/m.test(frontMatter);
}

const longestFrontMatter = 64 * 1024;

/** More of a first line is not underlined. */
const longestFirst = 500;

function rowAt(text: LogText, offset: number): Span {
  const { line } = text.positionAt(offset);
  return { start: text.offsetAt({ line, character: 0 }), end: line + 1 < text.lineCount ? text.offsetAt({ line: line + 1, character: 0 }) : text.length };
}
