/** What was read of a document, kept over its edits: after an edit only the part is read anew whose findings the edit can have changed. */

import { readText, type TextReading } from '../formats/index.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { lazy } from '../text/lazy.ts';
import { reachAbove, reachBelow, type Seam } from '../text/seam.ts';
import type { Block, Finding, LogRecord, Span } from '../values.ts';
import { explainRecords, placeFinding } from './findings.ts';
import { joinOrders, noOrders, type Orders, ordersOf } from './recordTimes.ts';
import type { TimeZone } from './timeZone.ts';

/** The text of a document, of which only parts are looked at. */
export interface Sliceable {
  readonly length: number;
  slice(start: number, end: number): string;
}

/** A stretch of the document. What was read stands in a text of its own, with the lines above and below that it depends on. */
interface Part {
  readonly length: number;
  /** Where the stretch begins in the text that was read. */
  readonly base: number;
  /** Absent where the document was edited and not read since. */
  readonly reading?: TextReading;
  /** Their offsets are those of the text that was read. */
  readonly findings: readonly Finding[];
  /** What the dates of its records show. */
  readonly orders: () => Orders;
}

/** Documents shorter than this are read as a whole: that is as quick, and simpler. */
const short = reachAbove + 4 * reachBelow;

export class DocumentReading {
  private readonly parts: readonly Part[];

  private constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  /** Nothing has been read yet. */
  static unread(length: number): DocumentReading {
    return new DocumentReading([unreadPart(length)]);
  }

  /** The reading of the document with the text between two offsets replaced by another of this length. */
  edit(start: number, end: number, length: number): DocumentReading {
    return new DocumentReading([...this.between(0, start), unreadPart(length), ...this.between(end, Number.POSITIVE_INFINITY)]);
  }

  /** The reading of the document as it stands now, with all that was edited read. */
  update(text: Sliceable, knowledge: KnowledgeBase): DocumentReading {
    const edited = this.editedSpan();
    if (!edited) return this;
    const region = this.region(text, edited);
    return (region && this.readRegion(text, region, knowledge)) ?? DocumentReading.whole(text, knowledge);
  }

  private static whole(text: Sliceable, knowledge: KnowledgeBase): DocumentReading {
    const reading = readText(text.slice(0, text.length));
    return new DocumentReading([{ length: text.length, base: 0, reading, findings: explainRecords(reading.records, knowledge), orders: lazy(() => ordersOf(reading.records)) }]);
  }

  /**
   * The findings in text order, with their offsets in the document. Complete after `update`.
   * @param zone Where the user has said the zone of local times. What a record says does not depend on it, so nothing is read anew for it.
   */
  findings(zone?: TimeZone): Finding[] {
    const orders = zone ? this.parts.reduce((all, part) => joinOrders(all, part.orders()), noOrders) : noOrders;
    let at = 0;
    return this.parts.flatMap(({ length, base, findings }) => {
      const shift = at - base;
      at += length;
      const placed = zone ? findings.map((finding) => placeFinding(finding, orders, zone)) : findings;
      return shift === 0 ? placed : placed.map((finding) => ({ ...finding, record: moveRecord(finding.record, shift) }));
    });
  }

  /** The events and sessions in text order, with their offsets in the document. Complete after `update`. */
  blocks(): Block[] {
    const blocks: Block[] = [];
    let at = 0;
    for (const { length, base, reading } of this.parts) {
      if (reading) addBlocks(blocks, reading.blocks(), { start: base, end: base + length }, at - base);
      at += length;
    }
    return blocks;
  }

  private editedSpan(): Span | undefined {
    let at = 0;
    let start: number | undefined;
    let end = 0;
    for (const { length, reading } of this.parts) {
      if (!reading) {
        start ??= at;
        end = at + length;
      }
      at += length;
    }
    return start === undefined ? undefined : { start, end };
  }

  /** What must be read anew: from a seam above the edit to one below it; undefined where that is all of the document. */
  private region(text: Sliceable, edited: Span): Region | undefined {
    if (text.length < short) return undefined;
    const first = edited.start - reachBelow;
    const above = first > 0 ? this.seamAt(first) : { at: 0, preamble: '' };
    const last = edited.end + reachAbove;
    // A seam stands at or before the place that is asked for: so the place is asked for further down.
    const below = last + reachBelow < text.length ? this.seamAt(last + reachBelow) : { at: text.length, preamble: '' };
    return above && below && below.at >= Math.min(last, text.length) && (above.at > 0 || below.at < text.length) ? { above, below } : undefined;
  }

  /** The last seam at or before an offset of the document, in the part that stands there; undefined where nothing says that there is one. */
  seamAt(offset: number): Pick<Seam, 'at' | 'preamble'> | undefined {
    let at = 0;
    for (const { length, base, reading } of this.parts) {
      if (offset < at + length) {
        const seam = reading?.isCuttable ? reading.seamAt(base + offset - at) : undefined;
        return seam && seam.at >= base ? { at: seam.at - base + at, preamble: seam.preamble } : undefined;
      }
      at += length;
    }
    return undefined;
  }

  private readRegion(text: Sliceable, { above, below }: Region, knowledge: KnowledgeBase): DocumentReading | undefined {
    const context = text.slice(Math.max(0, above.at - reachAbove - 1), above.at);
    // A context that begins in the middle of a line begins with the next one: there the seam's header is in force.
    const head = above.preamble + (above.at > reachAbove ? context.slice(context.indexOf('\n') + 1) : context);
    const body = text.slice(above.at, below.at);
    const reading = readText(`${head}${body}${text.slice(below.at, below.at + reachBelow)}`, head.length);
    if (!reading.isCuttable) return undefined;
    const end = head.length + body.length;
    if (below.at < text.length) {
      // What stands below was read under its own header: if that is another one now, all below must be read anew.
      const seam = reading.seamAt(end);
      if (seam?.at !== end || seam.preamble !== below.preamble) return undefined;
    }
    const records = reading.records.filter(({ mark }) => mark.start >= head.length && mark.start < end);
    const part: Part = { length: body.length, base: head.length, reading, findings: explainRecords(records, knowledge), orders: lazy(() => ordersOf(records)) };
    const isRead = (other: Part): boolean => other.reading !== undefined;
    return new DocumentReading([...this.between(0, above.at).filter(isRead), part, ...this.between(below.at, text.length).filter(isRead)]);
  }

  private between(start: number, end: number): Part[] {
    const found: Part[] = [];
    let at = 0;
    for (const part of this.parts) {
      const from = Math.max(start, at);
      const to = Math.min(end, at + part.length);
      // What was only taken away is edited too, though nothing is left of it.
      const isTakenAway = part.length === 0 && !part.reading && at >= start && at <= end;
      if (from < to || isTakenAway) {
        const base = part.base + from - at;
        found.push(to - from === part.length ? part : cutPart(part, base, to - from));
      }
      at += part.length;
    }
    return found;
  }
}

interface Region {
  readonly above: Pick<Seam, 'at' | 'preamble'>;
  readonly below: Pick<Seam, 'at' | 'preamble'>;
}

function unreadPart(length: number): Part {
  return { length, base: 0, findings: [], orders: () => noOrders };
}

function cutPart({ reading, findings }: Part, base: number, length: number): Part {
  const isLeft = ({ mark }: LogRecord): boolean => mark.start >= base && mark.start < base + length;
  return {
    ...unreadPart(length),
    base,
    ...(reading && { reading, findings: findings.filter(({ record }) => isLeft(record)), orders: lazy(() => ordersOf(reading.records.filter(isLeft))) }),
  };
}

/** Adds the blocks of a part. A session whose rows stand on both sides of a seam was seen on both, and is one block. */
function addBlocks(blocks: Block[], read: readonly Block[], part: Span, shift: number): void {
  const above = blocks.findLastIndex(({ kind }) => kind === 'session');
  for (const block of read) {
    const { start, end } = block.span;
    if (end <= part.start || start >= part.end) continue;
    const span = { start: Math.max(start, part.start) + shift, end: Math.min(end, part.end) + shift };
    const begun = start < part.start ? blocks[above] : undefined;
    if (begun?.name === block.name) blocks[above] = { ...begun, span: { start: begun.span.start, end: span.end } };
    else blocks.push({ ...block, span });
  }
}

function moveRecord(record: LogRecord, shift: number): LogRecord {
  const move = ({ start, end }: Span): Span => ({ start: start + shift, end: end + shift });
  return { ...record, span: move(record.span), mark: move(record.mark), places: record.places.map(move) };
}
