/** A window of a document: what is kept of one reading of it, so that neither its text nor its findings need be. */

import type { Finding } from '../../failures.ts';
import { readText, type TextReading } from '../../formats/index.ts';
import { reachAbove, reachBelow, type Seam } from '../../text/seam.ts';
import type { LogRecord, Span } from '../../values.ts';
import { detached } from '../copied.ts';
import type { Telling } from '../reporting.ts';
import { type BlockColumns, keepBlocks, type SessionNumbers } from './blockColumns.ts';
import { type FindingColumns, keepFindings } from './findingColumns.ts';
import { keepLocalTimes, type LocalTimes } from './localTimes.ts';

/** The text of a document, of which only parts are looked at. */
export interface Sliceable {
  readonly length: number;
  slice(start: number, end: number): string;
}

/** Where a window begins or ends. */
export type Cut = Pick<Seam, 'at' | 'preamble'>;

/** All offsets are those of the text that was read: the window's own with the lines above and below that it depends on. */
export interface Window {
  /** Where the window itself begins. */
  readonly base: number;
  readonly length: number;
  readonly columns: FindingColumns;
  /** Where the marks of those begin that are left out, in order. */
  readonly leftOut: Int32Array;
  readonly times: LocalTimes;
  readonly blocks: BlockColumns;
  /** Some of the places where it can be cut, in order; none where it is not cuttable. */
  readonly seams: readonly Cut[];
  readonly isCuttable: boolean;
}

/** In UTF-16 code units: a window is so long that what it depends on above and below is a small share of it. */
const usualLength = 1024 * 1024;

/** With what a document is read: what is told of its findings, and the numbers of its sessions. */
export interface WindowReader {
  readonly tell: Telling;
  readonly numbers: SessionNumbers;
}

/** Reads a document window by window. */
export function* readWindows(text: Sliceable, reader: WindowReader): Generator<{ readonly window: Window; readonly preamble: string }> {
  for (let above: Cut | undefined = { at: 0, preamble: '' }; above; ) {
    const { window, below } = readWindowBelow(text, above, reader);
    yield { window, preamble: above.preamble };
    above = below;
  }
}

/** Reads what stands below a seam, as far as it is usual, or to the next seam that can be found. */
function readWindowBelow(text: Sliceable, above: Cut, reader: WindowReader): { readonly window: Window; readonly below?: Cut } {
  const head = textAbove(text, above);
  for (let length = usualLength; ; length *= 2) {
    if (above.at + length + 2 * reachBelow >= text.length) break;
    const reading = readText(`${head}${text.slice(above.at, above.at + length + reachBelow)}`, head.length);
    // What depends on all that follows is not tried in steps.
    if (reading.isWhole) break;
    const seam = reading.lastSeam(head.length);
    if (seam) {
      const window = keep(reading, { start: head.length, end: seam.at }, reader, length === usualLength);
      return { window, below: { at: above.at + seam.at - head.length, preamble: detached(seam.preamble) } };
    }
  }
  const reading = readText(`${head}${text.slice(above.at, text.length)}`, head.length);
  const end = head.length + text.length - above.at;
  return { window: keep(reading, { start: head.length, end }, reader, end - head.length < 4 * usualLength) };
}

/** Reads a stretch between two seams; undefined where it cannot be cut there any more, because of what stands in it now. */
export function readBetweenSeams(text: Sliceable, above: Cut, below: Cut, reader: WindowReader): Window | undefined {
  const { reading, own } = readStretch(text, above, below.at);
  if (!reading.isCuttable) return undefined;
  if (below.at < text.length) {
    // What stands below was read under its own header: if that is another one now, all below must be read anew.
    const seam = reading.seamAt(own.end);
    if (seam?.at !== own.end || seam.preamble !== below.preamble) return undefined;
  }
  return keep(reading, own, reader, true);
}

/** The findings of a stretch that was read before, and where it begins in the text that their offsets are of. */
export function readFindings(text: Sliceable, above: Cut, end: number, tell: Telling): { readonly findings: Finding[]; readonly base: number } {
  const { reading, own } = readStretch(text, above, end);
  return { findings: [...tell(reading.recordsBetween(own.start, own.end), () => undefined)], base: own.start };
}

function readStretch(text: Sliceable, above: Cut, end: number): { readonly reading: TextReading; readonly own: Span } {
  const head = textAbove(text, above);
  const reading = readText(`${head}${text.slice(above.at, Math.min(text.length, end + reachBelow))}`, head.length);
  return { reading, own: { start: head.length, end: head.length + end - above.at } };
}

/** What a stretch must see above itself. A context that begins in the middle of a line begins with the next one: there the seam's header is in force. */
function textAbove(text: Sliceable, { at, preamble }: Cut): string {
  const context = text.slice(Math.max(0, at - reachAbove - 1), at);
  return preamble + (at > reachAbove ? context.slice(context.indexOf('\n') + 1) : context);
}

function keep(reading: TextReading, own: Span, { tell, numbers }: WindowReader, isCut: boolean): Window {
  const records = reading.recordsBetween(own.start, own.end);
  const leftOut: number[] = [];
  return {
    base: own.start,
    length: own.end - own.start,
    columns: keepFindings(
      tell(records, ({ record }) => leftOut.push(record.mark.start)),
      isCut,
    ),
    leftOut: Int32Array.from(leftOut),
    times: keepLocalTimes(records),
    blocks: keepBlocks(reading.blocks(), numbers),
    seams: reading.isCuttable ? findSeams(reading, own) : [],
    isCuttable: reading.isCuttable,
  };
}

/** So far from each other seams are remembered: an edit lets no more be read anew than it must. */
const betweenSeams = 64 * 1024;

function findSeams(reading: TextReading, own: Span): Cut[] {
  const seams: Cut[] = [];
  for (let at = own.start + betweenSeams; at < own.end; at += betweenSeams) {
    const seam = reading.seamAt(at);
    const last = seams.at(-1);
    if (!seam || seam.at <= (last?.at ?? own.start)) continue;
    seams.push({ at: seam.at, preamble: last?.preamble === seam.preamble ? last.preamble : detached(seam.preamble) });
  }
  return seams;
}

export function moveFinding(finding: Finding, shift: number): Finding {
  return shift === 0 ? finding : { ...finding, record: moveRecord(finding.record, shift) };
}

function moveRecord(record: LogRecord, shift: number): LogRecord {
  const move = ({ start, end }: Span): Span => ({ start: start + shift, end: end + shift });
  return { ...record, span: move(record.span), mark: move(record.mark), places: record.places.map(move) };
}
