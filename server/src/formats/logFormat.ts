/** What a format is: how to find the stretches of a text that are written in it, and how to read them. */

import type { Occurrences } from '../text/occurrences.ts';
import type { Seam } from '../text/seam.ts';
import { countBelow } from '../text/spans.ts';
import type { Block, FormatId, Span, Step } from '../values.ts';

export interface LogFormat {
  readonly id: FormatId;
  readonly title: string;
  /** Literals of ASCII that `find` and `parse` start from; those of all forms are looked for in one pass over the text. */
  readonly literals?: readonly string[];
  /**
   * The stretches of the text that are written in this form: in order, apart from each other. It starts from a literal
   * that the form cannot be without, so that a text of another form costs next to nothing. Never throws.
   * @param free What the earlier formats have left, in order: a form that says little of itself looks only there.
   * @param occurrences Where a literal stands in the text: what several forms begin with is looked for once.
   */
  find(text: string, free: readonly Span[], occurrences: Occurrences): Span[];
  /**
   * Where something stands that no stretch of this form is without, in order; the places of its literals, unless this says it.
   * So a text without any is known to have no stretch, and many short ones are searched for it as one.
   * @param beginnings Where the short texts begin that the text is put together from, a line break between them.
   */
  signs?(text: string, occurrences: Occurrences, beginnings: readonly number[]): readonly number[];
  /**
   * Where something stands that no record of this form is without, in a text of lines that are read one by one; the signs, unless this says it.
   * So the rows of a log that say no failure need not be read at all.
   */
  suspects?(text: string): readonly number[];
  /**
   * The steps in the given stretches, all of them found by `find`, in any order. Never throws.
   * @param occurrences As `find` had it: where the lines end has mostly been looked for.
   */
  steps(text: string, stretches: readonly Span[], wanted: Wanted, occurrences: Occurrences): Step[];
  /**
   * Where all is wanted, the steps that stand where no form has claimed anything: lines that state no failure and quote none, so that nobody
   * need look for them in a scan.
   * @param free What all forms have left, in order, as whole lines.
   * @param from Steps above it are not wanted.
   */
  ordinary?(text: string, free: readonly Span[], from: number): Step[];
  /** The events or sessions in the given stretches, for outline and folding. */
  blocks?(text: string, stretches: readonly Span[], occurrences: Occurrences): Block[];
  /**
   * Where a text that is read piece by piece may be cut: the last such place at or before `at`; undefined where this form has nothing to say
   * of the place. A stretch of a form without this is never cut.
   * @param stretches Those of this form.
   * @param occurrences As `find` had it, while it is kept.
   */
  seam?(text: string, at: number, stretches: readonly Span[], occurrences?: Occurrences): Seam | undefined;
  /**
   * The cell that an offset of a row stands in, in a form whose rows have names for their columns; undefined where the text above says none.
   * @param above What stands above the row in its text.
   */
  cell?(row: string, offset: number, above: () => string): Cell | undefined;
  /** Whether a stretch says the same without the others: those that are not wanted are not parsed. */
  readonly isApart?: true;
  /** Where this form stands anywhere, the text is not cut at all: what it says depends on all of the text. */
  readonly isWhole?: true;
}

/** A cell of a row, and the name of its column. */
export interface Cell {
  readonly column: string;
  readonly span: Span;
}

/** Which steps of a text are wanted: a licence to skip, never another meaning. Those of a part are the same whoever asks for more. */
export interface Wanted {
  /** `failures`: whatever cannot be a record may be left out. */
  readonly what: 'failures' | 'all';
  /** Steps above it are not wanted, and may be left out. */
  readonly from: number;
}

/** Where a form can stand in texts that are searched as one. */
export function signsOf({ signs, literals = [] }: LogFormat, text: string, occurrences: Occurrences, beginnings: readonly number[]): readonly number[] {
  return signs ? signs(text, occurrences, beginnings) : occurrences(literals);
}

/**
 * Notes of short texts that are searched as one in which of them a form may stand.
 * @param starts Where each begins, in order.
 * @param speaking The formats that may stand in a text, by its number.
 */
export function noteSpeaking(format: LogFormat, signs: readonly number[], starts: readonly number[], speaking: Map<number, LogFormat[]>): void {
  let next = 0;
  for (const sign of signs) {
    if (sign < next) continue;
    const index = countBelow(starts, sign + 1) - 1;
    next = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    const formats = speaking.get(index);
    if (formats) formats.push(format);
    else speaking.set(index, [format]);
  }
}
