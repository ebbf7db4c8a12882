/** Finds what a command wrote in a text, in any of the forms it can have, and reads its objects. */

import { textBelow } from '../../text/lineEnds.ts';
import { lineStart, lineStartAfter, nextLine } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import type { Seam } from '../../text/seam.ts';
import { stretchAt } from '../../text/spans.ts';
import type { Span } from '../../values.ts';
import { readTable, readTableRows, tableEnd, tableSeam } from './columnTable.ts';
import { csvEnd, csvSeam, readCsv, readCsvRows } from './csvTable.ts';
import { jsonObject, scanJson } from './jsonObjects.ts';
import type { OutputObject } from './object.ts';
import { isProperty, listObject, readList, readListAround } from './propertyList.ts';

/** The objects that a format is about. */
export interface OutputKind {
  /** Names as they are written, or with the character before them: an object of this kind has one of them at least. */
  readonly anchors: readonly string[];
  /** Whether an object with these properties is one; names as `plainName` gives them. */
  isKind(has: (name: string) => boolean): boolean;
}

/** A name that is too short to be looked for with all others (`text/literals.ts`), behind each character that commands write before a name. */
export function behindAnything(name: string): string[] {
  return [...' \t\n",|*\'>;'].map((before) => `${before}${name}`);
}

/**
 * The stretches with objects of a kind: each object of a list, each table, each CSV, each JSON value.
 * @param free Where they are looked for: what begins in a gap ends with it, since behind a log that stands between nobody knows the names any more.
 */
export function findOutput(text: string, free: readonly Span[], kind: OutputKind, occurrences: Occurrences): Span[] {
  const stretches: Span[] = [];
  let from = 0;
  for (const anchor of anchorsIn(text, kind, occurrences)) {
    const gap = anchor.start < from ? undefined : stretchAt(free, anchor.start);
    if (!gap) continue;
    const { stretch, end } = readAround(text, anchor, { start: Math.max(from, gap.start), end: gap.end }, kind);
    if (stretch && stretch.end > stretch.start) stretches.push(stretch);
    from = Math.max(end, anchor.end);
  }
  return stretches;
}

function anchorsIn(text: string, { anchors }: OutputKind, occurrences: Occurrences): Span[] {
  const spans = occurrences(anchors).map((at) => {
    const anchor = anchors.find((name) => text.startsWith(name, at)) as string;
    return { start: at + Number(!isNameStart(anchor)), end: at + anchor.length };
  });
  // Before the name that a text begins with stands nothing.
  const first = anchors.find((anchor) => anchor.startsWith('\n') && text.startsWith(anchor.slice(1)));
  return first ? [{ start: 0, end: first.length - 1 }, ...spans] : spans;
}

const isNameStart = (name: string): boolean => /^\w/.test(name);

/** Calls `read` for each object of the kind in stretches that `findOutput` gave. */
export function readOutput(text: string, stretches: readonly Span[], kind: OutputKind, read: (object: OutputObject) => void): void {
  for (const { start, end } of stretches) {
    if (isJson(text, start)) {
      scanJson(text, start + text.slice(start, end).search(/\S/), end, (object) => {
        if (isKind(kind, object)) read(jsonObject(text, object));
      });
      continue;
    }
    if (isProperty(text, start)) {
      const list = readList(text, start, end);
      if (isKind(kind, list)) read(listObject(text, list));
      continue;
    }
    const table = readTable(text, start, end);
    const csv = table ? undefined : readCsv(text, start, end);
    if (table && kind.isKind((name) => table.names.includes(name))) readTableRows(text, table, read);
    else if (csv && kind.isKind((name) => csv.names.includes(name))) readCsvRows(text, csv, read);
  }
}

/** The rows of a table or a CSV can be parted; an object of a list and a JSON value are read as one. */
export function outputSeam(text: string, at: number, stretches: readonly Span[]): Seam | undefined {
  const stretch = stretchAt(stretches, at);
  if (!stretch || isJson(text, stretch.start) || isProperty(text, stretch.start)) return undefined;
  const table = readTable(text, stretch.start, stretch.end);
  if (table) return tableSeam(text, table, at);
  const csv = readCsv(text, stretch.start, stretch.end);
  return csv && csvSeam(text, csv, at);
}

/** Whether a stretch begins as a JSON value does. */
function isJson(text: string, start: number): boolean {
  return /^\s*[[{]/.test(textBelow(text, start, 40));
}

function isKind(kind: OutputKind, { properties }: { readonly properties: ReadonlyMap<string, unknown> }): boolean {
  return kind.isKind((name) => properties.has(name));
}

/** What stands around a name: the stretch if it is of the kind, and where the search goes on. */
function readAround(text: string, anchor: Span, within: Span, kind: OutputKind): { readonly stretch?: Span; readonly end: number } {
  const whole = /[\w-]/.test(text[anchor.start - 1] ?? '') || /[\w-]/.test(text[anchor.end] ?? '') ? undefined : anchor;
  if (!whole) return { end: anchor.end };
  if (text[anchor.start - 1] === '"' && /^"\s{0,8}:/.test(textBelow(text, anchor.end, 12))) return readJson(text, anchor, within, kind);
  const line = lineStartAfter(text, anchor.start, Math.min(within.start, anchor.start));
  if (line === undefined) return { end: anchor.end };
  const table = readTable(text, line, within.end);
  if (table) {
    if (!kind.isKind((name) => table.names.includes(name))) return { end: table.firstRow };
    const end = tableEnd(text, table);
    return { stretch: { start: line, end }, end };
  }
  if (isProperty(text, line)) {
    const list = readListAround(text, line, within);
    return isKind(kind, list) ? { stretch: list.span, end: list.span.end } : { end: Math.max(anchor.end, list.span.end) };
  }
  const csv = readCsv(text, line, within.end);
  const end = csv && kind.isKind((name) => csv.names.includes(name)) ? csvEnd(text, csv) : 0;
  return csv && end > csv.firstRow ? { stretch: { start: line, end }, end } : { end: nextLine(text, anchor.end) };
}

/** The JSON value around a name: it begins with a line that begins with a bracket. */
function readJson(text: string, anchor: Span, { start: from, end: limit }: Span, kind: OutputKind): { readonly stretch?: Span; readonly end: number } {
  let line = from === 0 ? 0 : lineStart(text, from) === from ? from : nextLine(text, from);
  while (line <= anchor.start) {
    const indent = /^[ \t\uFEFF]{0,80}(?=[[{])/.exec(text.slice(line, line + 81))?.[0].length;
    if (indent === undefined) {
      line = nextLine(text, line);
      continue;
    }
    let isFound = false;
    const start = line + indent;
    const end = scanJson(text, start, limit, (object) => {
      isFound ||= isKind(kind, object);
    });
    if (isFound) return { stretch: { start, end }, end };
    line = nextLine(text, Math.max(end, start + 1) - 1);
  }
  return { end: Math.max(anchor.end, line) };
}
