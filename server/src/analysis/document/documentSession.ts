/** One session of a document: its rows are looked for by its id, and read by themselves. */

import { readSteps } from '../../formats/index.ts';
import type { Span, Step } from '../../values.ts';
import type { DocumentReading } from './documentReading.ts';
import { headerAbove, readRow } from './rowSteps.ts';
import type { Sliceable } from './window.ts';

/** A step of a session, and where its row begins in the document. */
export interface SessionStep {
  readonly step: Step;
  readonly at: number;
}

/** A session has as many rows as it likes; so many are read. */
const mostRows = 5_000;

/** The id of the session that a row belongs to; undefined for a row of another log. */
export function sessionIdAt(text: Sliceable, reading: DocumentReading, row: Span): string | undefined {
  return readRow(text, reading, row).find(({ ids }) => ids?.session !== undefined)?.ids?.session;
}

/**
 * The steps of a session, in the order of its rows.
 * @param within Where its rows are looked for.
 */
export function readSession(text: Sliceable, reading: DocumentReading, id: string, within: Span): SessionStep[] {
  const rows = findRows(text, id, within);
  const [first] = rows;
  if (!first) return [];
  let excerpt = headerAbove(text, reading, first.start);
  const starts: number[] = [];
  for (const { start, end } of rows) {
    starts.push(excerpt.length);
    excerpt += `${text.slice(start, end).replace(/[\r\n]+$/, '')}\n`;
  }
  let next = 0;
  return readSteps(excerpt)
    .filter(({ ids, captures }) => (ids?.session ?? captures.sessionId) === id)
    .sort((one, other) => one.span.start - other.span.start)
    .map((step) => {
      while ((starts[next + 1] ?? Number.POSITIVE_INFINITY) <= step.span.start) next += 1;
      return { step, at: (rows[next] as Span).start };
    });
}

/** So much of the text is looked through at a time. */
const stretch = 1024 * 1024;
/** No row of a protocol log is longer. */
const longestRow = 64 * 1024;

function findRows(text: Sliceable, id: string, { start, end }: Span): Span[] {
  const rows: Span[] = [];
  let read = start;
  for (let from = start; from < end && rows.length < mostRows; from += stretch) {
    const base = Math.max(0, from - longestRow);
    const part = text.slice(base, Math.min(text.length, from + stretch + longestRow));
    for (let hit = part.indexOf(id, Math.max(from, read) - base); hit >= 0 && hit < from - base + stretch && rows.length < mostRows; hit = part.indexOf(id, read - base)) {
      const lineStart = part.lastIndexOf('\n', hit) + 1;
      const lineEnd = part.indexOf('\n', hit);
      read = base + (lineEnd < 0 ? part.length : lineEnd + 1);
      rows.push({ start: base + lineStart, end: read });
    }
  }
  return rows;
}
