/** Reads a text that comes in pieces, so that a log of any size needs the memory of a part of it. */

import type { Finding } from '../failures.ts';
import { readLastPart, readPart } from '../formats/index.ts';
import type { Wanted } from '../formats/logFormat.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { reachBelow } from '../text/seam.ts';
import type { TextBuffer } from '../text/textBuffer.ts';
import { isRecord, type LogRecord, type Step } from '../values.ts';
import { createTelling, reportAll, type Wishes } from './reporting.ts';

/** A part of a text with its findings. Offsets are those of the part's own text. */
export interface Part {
  readonly text: string;
  /** Where the part begins: above stands what its rows refer to, which was read with the part before. */
  readonly from: number;
  /** Where the part ends, and the next one begins. */
  readonly end: number;
  /** All that was wanted of the part. Local times are as written. */
  readonly steps: readonly Step[];
  /** Those that may be failures, whether anything is known about them or not. */
  readonly records: readonly LogRecord[];
  /** To be gone through once; nothing is looked up before. */
  readonly findings: Iterable<Finding>;
  /** The offsets of all line feeds of the text. */
  readonly newlines: readonly number[];
  /** Whether it can be cut anywhere between its lines: nothing stands in it that must stay in one piece. */
  readonly isCuttable: boolean;
}

export interface TextReader<Piece> {
  /** Takes a piece, before all others, that is only context: what stands in it is not wanted. */
  addAbove(piece: Piece): void;
  /** Takes the next piece. Gives a part where enough of the text has come. */
  add(piece: Piece): Part | undefined;
  /** The last part. */
  end(): Part;
}

/** In UTF-16 code units. */
export interface PartLengths {
  /** A part has this length about. */
  readonly usual: number;
  /** Where no place is found to cut it, a part grows up to this length: a single mail or document that is longer is read in parts that know nothing of each other. */
  readonly longest: number;
  /** So much of the text is known below a part before it is read. */
  readonly below: number;
}

/**
 * A part is so long that the context above it, which is read once more with each part, is a small share of it, and so short that the collector
 * of garbage keeps up. From a megabyte on Node keeps a string where freed memory is used again; a little less than one is new in a part, since
 * a megabyte of a file has fewer characters.
 */
const defaultLengths: PartLengths = { usual: 960 * 1024, longest: 16 * 1024 * 1024, below: reachBelow };

export interface ReadingOptions {
  readonly lengths?: PartLengths;
  /** `all`: what happened, failures or not. */
  readonly what?: Wanted['what'];
  /** Without it, all findings are told. */
  readonly wishes?: Wishes;
}

/**
 * Starts with one text, whose pieces wait in the buffer. The findings of its parts are those of the whole, wherever it is cut, as long as no record depends on more than
 * `reachAbove` and `reachBelow` say (see logFormat.ts).
 */
export function createTextReader<Piece>(
  knowledge: KnowledgeBase,
  buffer: TextBuffer<Piece>,
  { lengths = defaultLengths, what = 'failures', wishes = tellAll }: ReadingOptions = {},
): TextReader<Piece> {
  const { longest, below } = lengths;
  // It begins with a shorter one, since nothing is known yet of how much will be found.
  let usual = lengths.usual / 4;
  const tell = createTelling(knowledge, wishes.reporting);
  let from = 0;
  let wanted = usual + below;
  return {
    addAbove(piece) {
      buffer.add(piece);
      from = buffer.length();
    },
    add(piece) {
      buffer.add(piece);
      const length = buffer.length() - from;
      if (length < wanted) return undefined;
      // A row that is not there to its end could be anything: every form would be looked for because of it.
      const text = buffer.wholeLines(from);
      const part = readPart(text, from, length >= longest, below, what);
      if (!part) {
        // Not tried again before there is twice as much, so that the work stays in proportion to the text.
        wanted = Math.min(longest, 2 * length);
        return undefined;
      }
      const records = recordsOf(part.steps, what);
      usual = nextLength(usual, records.length, lengths.usual);
      const { at, preamble, context } = part.seam;
      const begin = from;
      buffer.keep(context, preamble);
      from = preamble.length + at - context;
      wanted = usual + below;
      return { text, from: begin, end: at, isCuttable: part.isCuttable, newlines: part.newlines, steps: part.steps, records, findings: tell(records, wishes.leaveOut) };
    },
    end() {
      const text = buffer.all();
      buffer.release();
      const { steps, isCuttable, newlines } = readLastPart(text, from, what);
      const records = recordsOf(steps, what);
      return { text, from, end: text.length, isCuttable, newlines, steps, records, findings: tell(records, wishes.leaveOut) };
    },
  };
}

const tellAll: Wishes = { reporting: reportAll, leaveOut: () => undefined };

/** Where only failures are wanted, every step is a record. */
function recordsOf(steps: readonly Step[], what: Wanted['what']): readonly LogRecord[] {
  return what === 'failures' ? (steps as readonly LogRecord[]) : steps.filter(isRecord);
}

/** A part with more findings needs more memory than its text. */
const manyFindings = 8_000;
const shortest = 64 * 1024;

/** The parts of a text in which nearly every line is a failure get shorter, so that the memory does not depend on what the lines say. */
function nextLength(length: number, findings: number, usual: number): number {
  if (findings > manyFindings) return Math.min(usual, Math.max(shortest, length / 2));
  return findings < manyFindings / 4 ? Math.min(usual, 2 * length) : length;
}
