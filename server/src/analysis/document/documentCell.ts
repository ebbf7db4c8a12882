/** The cell at a place of a document whose rows have names for their columns. */

import { cellOf } from '../../formats/index.ts';
import { reachAbove } from '../../text/seam.ts';
import type { Span } from '../../values.ts';
import type { DocumentReading } from './documentReading.ts';
import type { Sliceable } from './window.ts';

/** A cell, and the name of its column. */
export interface DocumentCell {
  readonly column: string;
  readonly span: Span;
}

/** So far above a row its header is looked for, where nothing else says which one it is. */
const farthestHeader = 1024 * 1024;

/** @param line The line that the offset stands in. */
export function findCell(text: Sliceable, reading: DocumentReading, { start, end }: Span, offset: number): DocumentCell | undefined {
  const cell = cellOf(text.slice(start, end), offset - start, () => textAboveRow(text, reading, start));
  return cell && { column: cell.column, span: { start: cell.span.start + start, end: cell.span.end + start } };
}

/** What stands above a row, as far as it can say what its columns are. */
export function textAboveRow(text: Sliceable, reading: DocumentReading, row: number): string {
  const known = reading.seamAt(row);
  const seam = known && known.at > row - farthestHeader ? known : undefined;
  // What a seam says holds with what stands above it.
  return `${seam?.preamble ?? ''}${text.slice(Math.max(0, seam ? seam.at - reachAbove : row - farthestHeader), row)}`;
}
