/** A text as it was written, read in its clean form, and without what stands before its lines: all that is asked and told of it are places in what was written. */

import { type BareLines, bareLines } from '../text/bareLines.ts';
import type { BareText } from '../text/bareText.ts';
import { cleaned } from '../text/cleanText.ts';
import { placeSpan, placeStep } from '../text/excerpt.ts';
import { withLinesOfReturns } from '../text/lineEnds.ts';
import { surveyLines } from '../text/lineSurvey.ts';
import { lineStart } from '../text/lines.ts';
import type { Occurrences } from '../text/occurrences.ts';
import type { Seam } from '../text/seam.ts';
import { hasTypographicMarks } from '../text/typographicMarks.ts';
import type { Block, Step } from '../values.ts';
import { findSeam, forcedSeam, type Limits, seamAt } from './cutting.ts';
import type { LogFormat, Wanted } from './logFormat.ts';
import { blocksOf, type SharedText, shareAmong, stepsOf } from './sharedText.ts';
import type { Claim } from './sharing.ts';
import { sayAsWritten } from './writtenMarks.ts';

export class WrittenText {
  /** Whether its lines end with CR alone: it is not cut then, since one line feed below would make it another text. */
  readonly isOfReturns: boolean;
  /** The offsets of all line feeds. */
  readonly newlines: readonly number[];
  private readonly written: string;
  private readonly formats: readonly LogFormat[];
  private readonly clean: BareText | undefined;
  /** Whether marks of quotation may be read as others. */
  private readonly hasOtherMarks: boolean;
  private readonly lines: BareLines;
  private readonly shared: SharedText;

  constructor(written: string, formats: readonly LogFormat[], findOccurrences: (text: string) => Occurrences) {
    const text = withLinesOfReturns(written);
    const occurrences = findOccurrences(text);
    const lineFeeds = occurrences('\n');
    this.isOfReturns = text !== written;
    this.newlines = this.isOfReturns ? [] : lineFeeds;
    this.written = text;
    this.formats = formats;
    const survey = surveyLines(text, lineFeeds);
    this.clean = cleaned(text, lineFeeds, survey);
    this.hasOtherMarks = this.clean !== undefined && hasTypographicMarks(text);
    this.lines = this.clean ? bareLines(this.clean.text, findOccurrences) : bareLines(text, (read) => (read === text ? occurrences : findOccurrences(read)), false, survey);
    this.shared = shareAmong(this.lines.text, formats, this.lines.occurrences);
  }

  /** The stretches of the formats, in the text as they read it. */
  get claims(): readonly Claim[] {
    return this.shared.claims;
  }

  /** The steps with a mark that begins below an offset, and up to another one. */
  steps({ what, from }: Wanted, end = Number.POSITIVE_INFINITY): Step[] {
    const steps = stepsOf(this.shared, { what, from: this.index(from) }, this.index(end));
    return this.isAsRead
      ? steps
      : steps.map((step) => placeStep(this, this.hasOtherMarks ? sayAsWritten(step, this.lines.text, (index) => this.written.charAt(this.place(index))) : step));
  }

  blocks(): Block[] {
    const blocks = blocksOf(this.shared);
    return this.isAsRead ? blocks : blocks.map((block) => ({ ...block, span: placeSpan(this, block.span.start, block.span.end) }));
  }

  /** As `findSeam` gives it. */
  findSeam(limits: Limits): Seam | undefined {
    const { text, claims, occurrences } = this.shared;
    const { from, below } = this.limitsInText(limits);
    return this.placed((last) => findSeam(text, claims, this.formats, { from, below: Math.max(below, text.length - last) }, occurrences));
  }

  forcedSeam(limits: Limits): Seam {
    const seam = forcedSeam(this.shared.text, this.limitsInText(limits));
    if (this.lineOf(seam) === undefined) return this.placeSeam(seam);
    const { at } = forcedSeam(this.written, limits);
    return { ...this.placeSeam({ ...seam, at: this.index(at), context: this.index(at) }), at, context: at };
  }

  seamAt(at: number): Seam | undefined {
    const { text, claims, occurrences } = this.shared;
    return this.placed((last) => seamAt(text, claims, this.formats, Math.min(this.index(at), last), occurrences));
  }

  /** The last seam that stands where a line begins as it is written. */
  private placed(find: (last: number) => Seam | undefined): Seam | undefined {
    let last: number | undefined = this.shared.text.length;
    let seam: Seam | undefined;
    while (last !== undefined) {
      seam = find(last);
      last = seam && this.lineOf(seam);
    }
    return seam && this.placeSeam(seam);
  }

  /** Where the written line begins in which a seam stands, if it does not begin there itself: tags can make several lines of one. */
  private lineOf({ at }: Seam): number | undefined {
    if (this.isAsRead || at >= this.lines.text.length) return undefined;
    const start = this.index(lineStart(this.written, this.place(at)));
    return start < at ? start : undefined;
  }

  /** Where a character of the text that is read stands in what was written. */
  place(index: number): number {
    const clean = this.lines.bare?.place(index) ?? index;
    return this.clean?.place(clean) ?? clean;
  }

  private index(place: number): number {
    const clean = this.clean?.indexOf(place) ?? place;
    return this.lines.bare?.indexOf(clean) ?? clean;
  }

  private get isAsRead(): boolean {
    return !this.clean && !this.lines.bare;
  }

  private limitsInText({ from, below }: Limits): Limits {
    if (this.isAsRead) return { from, below };
    return { from: this.index(from), below: this.shared.text.length - this.index(Math.max(0, this.written.length - below)) };
  }

  private placeSeam(seam: Seam): Seam {
    const { bare, text } = this.lines;
    const at = bare?.lineStart(seam.at) ?? seam.at;
    // Whether a line is quoted can depend on the line above it.
    const context = bare?.lineStart(lineStart(text, Math.max(0, seam.context - 1))) ?? seam.context;
    const preamble = `${seam.preamble}${this.lines.tell(at, context)}`;
    return { at: this.placeLine(at), preamble: this.isOfReturns ? preamble.replaceAll('\n', '\r') : preamble, context: this.placeLine(context) };
  }

  /** A seam stands where a line of the clean text begins, and so does what is to be seen above it; what is cut from the line's beginning belongs to it. */
  private placeLine(at: number): number {
    const { clean, written } = this;
    if (!clean) return at;
    return at >= clean.text.length ? written.length : lineStart(written, clean.place(at));
  }
}
