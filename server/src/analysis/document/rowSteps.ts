/** What a single row of a document says happened, read by itself with the lines that name its columns. */

import { readSteps } from '../../formats/index.ts';
import type { Span, Step } from '../../values.ts';
import { textAboveRow } from './documentCell.ts';
import type { DocumentReading } from './documentReading.ts';
import type { Sliceable } from './window.ts';

/** The steps of a row. Their offsets are not those of the document. */
export function readRow(text: Sliceable, reading: DocumentReading, row: Span): Step[] {
  return readSteps(`${headerAbove(text, reading, row.start)}${text.slice(row.start, row.end)}`);
}

/** The steps of several rows, and where each row begins in the document. */
export function readRowSteps(text: Sliceable, reading: DocumentReading, rows: Span): { readonly step: Step; readonly start: number }[] {
  const header = headerAbove(text, reading, rows.start);
  return readSteps(header + text.slice(rows.start, rows.end)).map((step) => ({ step, start: step.span.start - header.length + rows.start }));
}

/** The lines above a row that name its columns: what a log says of itself begins with a number sign. */
export function headerAbove(text: Sliceable, reading: DocumentReading, row: number): string {
  const headers = textAboveRow(text, reading, row).match(/^\uFEFF?#.*$/gm) ?? [];
  return headers.length === 0 ? '' : `${headers.slice(-mostHeaderLines).join('\n')}\n`;
}

const mostHeaderLines = 10;

/** No event, no list of one message and no bounce's fields are longer. */
const farthest = 8 * 1024;

/** The steps of a text of several lines that a row is part of, such as an event or the output of a command. Their offsets are not those of the document. */
export function readStepsAround(text: Sliceable, row: Span): Step[] {
  const from = Math.max(0, row.start - farthest);
  const above = from === 0 ? 0 : text.slice(from, row.start).indexOf('\n') + 1;
  const start = from + above;
  const [first, last] = [row.start - start, row.end - start];
  return readSteps(text.slice(start, Math.min(text.length, row.end + farthest))).filter(({ span }) => span.start < last && span.end > first);
}
