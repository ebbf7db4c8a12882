/** What was read of a document, kept over its edits: after an edit only the part is read anew whose findings the edit can have changed. */

import { readText, type TextReading } from '../formats/index.ts';
import { reachAbove, reachBelow, type Seam } from '../formats/logFormat.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Finding, LogRecord, Span } from '../values.ts';
import { explainRecords } from './findings.ts';
import type { PlaceInTime } from './recordTimes.ts';

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
}

/** Documents shorter than this are read as a whole: that is as quick, and simpler. */
const short = reachAbove + 4 * reachBelow;

export class Reading {
  private readonly parts: readonly Part[];

  private constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  /** Nothing has been read yet. */
  static unread(length: number): Reading {
    return new Reading([{ length, base: 0, findings: [] }]);
  }

  /** The reading of the document with the text between two offsets replaced by another of this length. */
  edit(start: number, end: number, length: number): Reading {
    return new Reading([...this.between(0, start), { length, base: 0, findings: [] }, ...this.between(end, Number.POSITIVE_INFINITY)]);
  }

  /** The reading of the document as it stands now, with all that was edited read. */
  update(text: Sliceable, knowledge: KnowledgeBase, placeInTime?: PlaceInTime): Reading {
    const edited = this.editedSpan();
    if (!edited) return this;
    // Times of one form help to understand each other, wherever in the document they stand.
    const region = placeInTime ? undefined : this.region(text, edited);
    return (region && this.readRegion(text, region, knowledge)) ?? Reading.whole(text, knowledge, placeInTime);
  }

  private static whole(text: Sliceable, knowledge: KnowledgeBase, placeInTime: PlaceInTime | undefined): Reading {
    const reading = readText(text.slice(0, text.length));
    return new Reading([{ length: text.length, base: 0, reading, findings: explainRecords(reading.records, knowledge, placeInTime) }]);
  }

  /** The findings in text order, with their offsets in the document. Complete after `update`. */
  findings(): Finding[] {
    let at = 0;
    return this.parts.flatMap(({ length, base, findings }) => {
      const shift = at - base;
      at += length;
      return shift === 0 ? findings : findings.map((finding) => ({ ...finding, record: moveRecord(finding.record, shift) }));
    });
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

  private readRegion(text: Sliceable, { above, below }: Region, knowledge: KnowledgeBase): Reading | undefined {
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
    const part: Part = { length: body.length, base: head.length, reading, findings: explainRecords(records, knowledge) };
    const isRead = (other: Part): boolean => other.reading !== undefined;
    return new Reading([...this.between(0, above.at).filter(isRead), part, ...this.between(below.at, text.length).filter(isRead)]);
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
        const isWhole = to - from === part.length;
        const findings = isWhole ? part.findings : part.findings.filter(({ record }) => record.mark.start >= base && record.mark.start < base + to - from);
        found.push({ ...part, length: to - from, base, findings });
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

function moveRecord(record: LogRecord, shift: number): LogRecord {
  const move = ({ start, end }: Span): Span => ({ start: start + shift, end: end + shift });
  return { ...record, span: move(record.span), mark: move(record.mark), places: record.places.map(move) };
}
