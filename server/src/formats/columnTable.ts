/** Reads tables as Format-Table writes them: names, a line of dashes below them, and values in columns, perhaps cut or wrapped. */

import { joinRuns, type Run } from '../smtp/excerpt.ts';
import type { Span } from '../values.ts';
import { lineEnd, nextLine } from './logFormat.ts';
import { createObject, type OutputObject, plainName } from './outputObject.ts';

export interface ColumnTable {
  readonly span: Span;
  /** The names of the columns in their order. */
  readonly names: readonly string[];
  /** Where each column begins, counted from the line's start. */
  readonly starts: readonly number[];
  readonly firstRow: number;
}

/** Reads the frame of the table whose names stand in the given line; undefined where there is no line of dashes below. */
export function readTable(text: string, header: number, limit: number): ColumnTable | undefined {
  const dashes = nextLine(text, header);
  if (dashes >= limit) return undefined;
  const line = text.slice(dashes, Math.min(lineEnd(text, dashes), limit, dashes + widestHeader));
  if (!/^[ \t>]*-+(?:[ \t]+-+)*[ \t]*$/.test(line)) return undefined;
  const starts = [...line.matchAll(/-+/g)].map(({ index }) => index);
  const written = text.slice(header, Math.min(lineEnd(text, header), header + widestHeader));
  const names = starts.map((start, index) => plainName(written.slice(start, starts[index + 1])));
  let end = nextLine(text, dashes);
  const firstRow = Math.min(end, limit);
  while (end < limit && !/^[ \t>]{0,200}\r?\n/.test(text.slice(end, end + 202))) end = nextLine(text, end);
  return { span: { start: header, end: Math.min(end, limit) }, names, starts, firstRow };
}

/** Calls `read` for each row. A line with nothing in its first column goes on with the row above. */
export function readTableRows(text: string, table: ColumnTable, read: (object: OutputObject) => void): void {
  let lines: Span[] = [];
  const finish = (): void => {
    if (lines.length > 0) read(tableObject(text, table, lines));
    lines = [];
  };
  const { end } = table.span;
  for (let line = table.firstRow; line < end; line = nextLine(text, line)) {
    const span = { start: line, end: Math.min(lineEnd(text, line), end) };
    const first = text.slice(span.start, Math.min(span.end, span.start + (table.starts[1] ?? 0)));
    if (lines.length === 0 || /[^ \t>]/.test(first) || lines.length >= mostLines) finish();
    lines.push(span);
  }
  finish();
}

const widestHeader = 4_000;
const mostLines = 200;

function tableObject(text: string, { names, starts }: ColumnTable, lines: readonly Span[]): OutputObject {
  const span = { start: (lines[0] as Span).start, end: (lines.at(-1) as Span).end };
  return createObject(span, (name) => {
    const column = names.indexOf(name);
    if (column < 0) return undefined;
    const runs: Run[] = [];
    for (const line of lines) {
      const start = Math.min(line.start + (starts[column] ?? 0), line.end);
      const next = starts[column + 1];
      const end = next === undefined ? line.end : Math.min(line.start + next, line.end);
      const cell = text.slice(start, end).trimEnd();
      if (cell === '') continue;
      if (runs.length > 0) runs.push({ text: ' ', start, end: start, literal: false });
      runs.push({ text: cell, start, end: start + cell.length, literal: true });
    }
    return runs.length > 0 ? joinRuns(runs) : undefined;
  });
}
