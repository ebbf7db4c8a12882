/** What was read of a document, kept over its edits: after an edit only the part is read anew whose findings the edit can have changed. */

import type { Finding } from '../../failures.ts';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase.ts';
import { reachAbove, reachBelow } from '../../text/seam.ts';
import { countBelow } from '../../text/spans.ts';
import type { Span } from '../../values.ts';
import { createTelling, type Reporting, reportAll } from '../reporting.ts';
import { type Dated, noOrders, type Orders, ordersOf, placeRecord } from '../times/recordTimes.ts';
import type { TimeZone } from '../times/timeZone.ts';
import type { SessionNumbers } from './blockColumns.ts';
import { type DocumentBlocks, gatherBlocks } from './documentBlocks.ts';
import { DocumentFindings } from './documentFindings.ts';
import { type Cut, moveFinding, readBetweenSeams, readFindings, readWindows, type Sliceable, type Window, type WindowReader } from './window.ts';

/** A stretch of the document: a window that was read, or what is left of one. */
interface Part {
  readonly length: number;
  /** Where the stretch begins in the text that was read. */
  readonly base: number;
  /** Absent where the document was edited and not read since. */
  readonly window?: Window;
  /** What its text must begin with, to be read anew; absent where it does not begin at a seam. */
  readonly preamble?: string | undefined;
}

/** What the parts were read from. */
interface Source {
  readonly text: Sliceable;
  readonly knowledge: KnowledgeBase;
  readonly reporting: Reporting;
  /** Those of all its sessions, and of some that an edit has taken away. */
  readonly numbers: SessionNumbers;
}

/** Documents shorter than this are read as a whole: that is as quick, and simpler. */
const short = reachAbove + 4 * reachBelow;

export class DocumentReading {
  private readonly parts: readonly Part[];
  private readonly source: Source | undefined;
  /** Those that its parts were kept with. */
  private readonly numbers: SessionNumbers | undefined;
  /** The findings that were read anew last: who points at one points at its neighbours next. */
  private recent: { readonly part: Part; readonly first: number; readonly findings: readonly Finding[] } | undefined;

  private constructor(parts: readonly Part[], source?: Source, numbers = source?.numbers) {
    this.parts = parts;
    this.source = source;
    this.numbers = numbers;
  }

  /** Nothing has been read yet. */
  static unread(length: number): DocumentReading {
    return new DocumentReading([unreadPart(length)]);
  }

  /** The reading of the document with the text between two offsets replaced by another of this length. */
  edit(start: number, end: number, length: number): DocumentReading {
    return new DocumentReading([...this.between(0, start), unreadPart(length), ...this.between(end, Number.POSITIVE_INFINITY)], undefined, this.numbers);
  }

  /** The reading of the document as it stands now, with all that was edited read. What else is known was read with the same knowledge and wishes. */
  update(text: Sliceable, knowledge: KnowledgeBase, reporting = reportAll): DocumentReading {
    const edited = this.editedSpan();
    if (!edited) return this;
    const tell = createTelling(knowledge, reporting);
    const region = this.region(text, edited);
    const known = this.numbers ?? new Map();
    const parts = region && this.readRegion(text, region, { tell, numbers: known });
    if (parts) return new DocumentReading(parts, { text, knowledge, reporting, numbers: known });
    const numbers: SessionNumbers = new Map();
    const fresh = Array.from(readWindows(text, { tell, numbers }), ({ window, preamble }) => partOf(window, preamble));
    return new DocumentReading(fresh, { text, knowledge, reporting, numbers });
  }

  /**
   * The findings in text order, with their offsets in the document. Complete after `update`.
   * @param zone Where the user has said the zone of local times. What a record says does not depend on it, so nothing is read anew for it.
   */
  findings(zone?: TimeZone): DocumentFindings {
    let at = 0;
    let leftOut = 0;
    const found = this.parts.flatMap((part) => {
      const start = at;
      at += part.length;
      const { window, base, length } = part;
      if (!window) return [];
      const { columns } = window;
      const first = countBelow(columns.markStart, base);
      const end = countBelow(columns.markStart, base + length);
      leftOut += countBelow(window.leftOut, base + length) - countBelow(window.leftOut, base);
      return { columns, first, end, shift: start - base, read: (from: number, to: number) => this.readRows(part, start, from - first, to - first) };
    });
    const orders = zone ? this.orders() : noOrders;
    return new DocumentFindings(found, zone && ((record) => placeRecord(record, orders, zone)), leftOut);
  }

  /** What the dates of the document show, wherever they stand, and whether anything is known about their records or not. */
  private orders(): Orders {
    const times = new Set<Dated>();
    for (const { window, base, length } of this.parts) {
      for (const [index, at] of window?.times.at.entries() ?? []) if (at >= base && at < base + length) times.add(window?.times.time[index] as Dated);
    }
    return ordersOf([...times]);
  }

  /** Some findings of a part, from one to another, read anew. */
  private readRows(part: Part, at: number, first: number, end: number): readonly Finding[] {
    const { recent, source } = this;
    if (recent?.part === part && first >= recent.first && end <= recent.first + recent.findings.length) return recent.findings.slice(first - recent.first, end - recent.first);
    if (!source || part.preamble === undefined) return [];
    const { findings, base } = readFindings(source.text, { at, preamble: part.preamble }, at + part.length, createTelling(source.knowledge, source.reporting));
    const from = Math.max(0, first - mostRecent / 2);
    this.recent = { part, first: from, findings: findings.slice(from, from + mostRecent).map((finding) => moveFinding(finding, part.base - base)) };
    return findings.slice(first, end).map((finding) => moveFinding(finding, part.base - base));
  }

  /** The events and sessions, each once, in the order of their beginnings. Complete after `update`. */
  blocks(): DocumentBlocks {
    return gatherBlocks(this.parts, this.numbers ?? new Map());
  }

  private editedSpan(): Span | undefined {
    let at = 0;
    let start: number | undefined;
    let end = 0;
    for (const { length, window } of this.parts) {
      if (!window) {
        start ??= at;
        end = at + length;
      }
      at += length;
    }
    return start === undefined ? undefined : { start, end };
  }

  /** What must be read anew: from a seam above the edit to one below it; undefined where that is all of the document. */
  private region(text: Sliceable, edited: Span): Region | undefined {
    if (text.length < short || this.parts.some(({ window }) => window && !window.isCuttable)) return undefined;
    const beginning = { at: 0, preamble: '' };
    const above = this.seamAt(edited.start - reachBelow) ?? beginning;
    const last = edited.end + reachAbove;
    const below = this.seamBelow(last) ?? { at: text.length, preamble: '' };
    return above.at > 0 || below.at < text.length ? { above, below } : undefined;
  }

  /** The nearest known seam at or before an offset of the document, in the part that stands there; undefined where none is known. */
  seamAt(offset: number): Cut | undefined {
    let found: Cut | undefined;
    for (const seam of this.seams()) {
      if (seam.at > offset) break;
      found = seam;
    }
    return found;
  }

  private seamBelow(offset: number): Cut | undefined {
    for (const seam of this.seams()) if (seam.at >= offset) return seam;
    return undefined;
  }

  /** The seams that are known, with their offsets in the document. */
  private *seams(): Iterable<Cut> {
    let at = 0;
    for (const { length, base, window, preamble } of this.parts) {
      if (window?.isCuttable && preamble !== undefined) yield { at, preamble };
      for (const seam of window?.seams ?? []) if (seam.at > base && seam.at < base + length) yield { at: seam.at - base + at, preamble: seam.preamble };
      at += length;
    }
  }

  private readRegion(text: Sliceable, { above, below }: Region, reader: WindowReader): Part[] | undefined {
    const window = readBetweenSeams(text, above, below, reader);
    const isRead = (other: Part): boolean => other.window !== undefined;
    return window && [...this.between(0, above.at).filter(isRead), partOf(window, above.preamble), ...this.between(below.at, text.length).filter(isRead)];
  }

  private between(start: number, end: number): Part[] {
    const found: Part[] = [];
    let at = 0;
    for (const part of this.parts) {
      const from = Math.max(start, at);
      const to = Math.min(end, at + part.length);
      // What was only taken away is edited too, though nothing is left of it.
      const isTakenAway = part.length === 0 && !part.window && at >= start && at <= end;
      if (from < to || isTakenAway) {
        const base = part.base + from - at;
        const preamble = from === at ? part.preamble : part.window?.seams.find((seam) => seam.at === base)?.preamble;
        found.push(to - from === part.length ? part : { ...part, length: to - from, base, preamble });
      }
      at += part.length;
    }
    return found;
  }
}

/** So many findings are kept of those that were read anew. */
const mostRecent = 20_000;

interface Region {
  readonly above: Cut;
  readonly below: Cut;
}

function unreadPart(length: number): Part {
  return { length, base: 0 };
}

function partOf(window: Window, preamble: string): Part {
  return { length: window.length, base: window.base, window, preamble };
}
