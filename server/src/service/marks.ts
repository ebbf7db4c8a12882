/** Findings as an editor marks and lists them beside the diagnostics, which are bounded: no failing line looks clean. */

import type { Position } from 'vscode-languageserver-types';
import type { Mark } from '../analysis/document/documentFindings.ts';
import { shortLabel } from '../explain/describe.ts';
import { type Marked, mostMarked } from '../protocol/editor.ts';
import { shortened } from '../text/visible.ts';
import { isDiagnosed } from './diagnostics.ts';
import type { LogDocument } from './logDocument.ts';

/** All findings of the failure and destination of the one at a position, up to a bound; none where no failure is. */
export function getOccurrences(document: LogDocument, position: Position): Marked[] {
  const { findings } = document;
  const pointed = findings.pointedAt(document.offsetAt(position));
  const group = pointed && findings.groups.numberOf(pointed.number);
  if (group === undefined) return [];
  const numbers: number[] = [];
  findings.groups.each((number, of) => {
    if (of === group && numbers.length < mostMarked) numbers.push(number);
  });
  return readMarks(document, numbers);
}

/**
 * Of some lines each finding with its label, and whether a diagnostic stands for it. Of all lines a sample of those without a diagnostic, spread
 * over the log, with the code and the other side for a label, since nothing is read anew for it.
 * @param lines Zero-based; the end is exclusive.
 */
export function getMarks(document: LogDocument, lines?: { readonly start: number; readonly end: number }): Marked[] {
  if (document.isTooLarge) return [];
  const span = lines && { start: document.offsetAt({ line: lines.start, character: 0 }), end: document.offsetAt({ line: lines.end, character: 0 }) };
  const wanted: Mark[] = [];
  for (const mark of document.findings.marks()) {
    const isWanted = span ? mark.start >= span.start && mark.start < span.end : !isDiagnosed(document, mark.number);
    if (isWanted) wanted.push(mark);
  }
  if (!span) return spread(wanted).map((mark) => toMarked(document, mark, `${mark.kind.code}${mark.kind.destination ? `: ${mark.kind.destination}` : ''}`));
  return readMarks(
    document,
    wanted.slice(0, mostMarked).map(({ number }) => number),
  );
}

/** Every so-manieth. */
function spread(marks: readonly Mark[]): Mark[] {
  const step = Math.max(1, marks.length / mostMarked);
  return Array.from({ length: Math.min(marks.length, mostMarked) }, (_, index) => marks[Math.floor(index * step)] as Mark);
}

function readMarks(document: LogDocument, numbers: readonly number[]): Marked[] {
  return [...document.findings.pick(numbers)].map(([number, finding]) => ({
    ...toMarked(document, { ...finding.record.mark, kind: finding }, shortLabel(finding)),
    ...(isDiagnosed(document, number) && { isDiagnosed: true as const }),
  }));
}

function toMarked(document: LogDocument, { start, end, kind }: Pick<Mark, 'start' | 'end'> & { readonly kind: Pick<Mark['kind'], 'severity'> }, label: string): Marked {
  return { ...document.range({ start, end }), severity: kind.severity, label: shortened(label, 120) };
}
