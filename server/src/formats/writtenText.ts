/** A text as it was written, read in its clean form: all that is asked and told of it are places in what was written. */

import { type CleanText, cleaned } from '../text/cleanText.ts';
import { placeSpan, placeStep } from '../text/excerpt.ts';
import { withLinesOfReturns } from '../text/lineEnds.ts';
import { lineStart } from '../text/lines.ts';
import type { Occurrences } from '../text/occurrences.ts';
import type { Seam } from '../text/seam.ts';
import type { Block, Step } from '../values.ts';
import { findSeam, forcedSeam, type Limits, seamAt } from './cutting.ts';
import type { LogFormat, Wanted } from './logFormat.ts';
import { blocksOf, type SharedText, shareAmong, stepsOf } from './sharedText.ts';
import type { Claim } from './sharing.ts';

export class WrittenText {
  /** Whether its lines end with CR alone: it is not cut then, since one line feed below would make it another text. */
  readonly isOfReturns: boolean;
  /** The offsets of all line feeds. */
  readonly newlines: readonly number[];
  private readonly written: string;
  private readonly formats: readonly LogFormat[];
  private readonly clean: CleanText | undefined;
  private readonly shared: SharedText;

  constructor(written: string, formats: readonly LogFormat[], findOccurrences: (text: string) => Occurrences) {
    const text = withLinesOfReturns(written);
    const occurrences = findOccurrences(text);
    const lineFeeds = occurrences('\n');
    this.isOfReturns = text !== written;
    this.newlines = this.isOfReturns ? [] : lineFeeds;
    this.written = text;
    this.formats = formats;
    this.clean = cleaned(text, lineFeeds);
    this.shared = this.clean ? shareAmong(this.clean.text, formats, findOccurrences(this.clean.text)) : shareAmong(text, formats, occurrences);
  }

  /** The stretches of the formats, in the clean text. */
  get claims(): readonly Claim[] {
    return this.shared.claims;
  }

  /** The steps with a mark that begins below an offset, and up to another one. */
  steps({ what, from }: Wanted, end = Number.POSITIVE_INFINITY): Step[] {
    const { clean, shared } = this;
    if (!clean) return stepsOf(shared, { what, from }, end);
    return stepsOf(shared, { what, from: clean.index(from) }, clean.index(end)).map((step) => placeStep(clean, step));
  }

  blocks(): Block[] {
    const { clean, shared } = this;
    const blocks = blocksOf(shared);
    return clean ? blocks.map((block) => ({ ...block, span: placeSpan(clean, block.span.start, block.span.end) })) : blocks;
  }

  /** As `findSeam` gives it. */
  findSeam(limits: Limits): Seam | undefined {
    const { text, claims, occurrences } = this.shared;
    const seam = findSeam(text, claims, this.formats, this.limitsInText(limits), occurrences);
    return seam && this.placeSeam(seam);
  }

  forcedSeam(limits: Limits): Seam {
    return this.placeSeam(forcedSeam(this.shared.text, this.limitsInText(limits)));
  }

  seamAt(at: number): Seam | undefined {
    const { text, claims, occurrences } = this.shared;
    const seam = seamAt(text, claims, this.formats, this.clean?.index(at) ?? at, occurrences);
    return seam && this.placeSeam(seam);
  }

  private limitsInText({ from, below }: Limits): Limits {
    const { clean, written, shared } = this;
    return clean ? { from: clean.index(from), below: shared.text.length - clean.index(Math.max(0, written.length - below)) } : { from, below };
  }

  private placeSeam({ at, preamble, context }: Seam): Seam {
    return { at: this.placeLine(at), preamble: this.isOfReturns ? preamble.replaceAll('\n', '\r') : preamble, context: this.placeLine(context) };
  }

  /** A seam stands where a line begins, and so does what is to be seen above it; what is cut from the line's beginning belongs to it. */
  private placeLine(at: number): number {
    const { clean, written } = this;
    if (!clean) return at;
    return at >= clean.text.length ? written.length : lineStart(written, clean.place(at));
  }
}
