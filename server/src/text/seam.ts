/** Where a text that is read in parts may be cut, and how far above and below itself a record may look. */

import { lineStart } from './lines.ts';

/** A place where a text is cut, so that both parts give what the whole gives. */
export interface Seam {
  readonly at: number;
  /** What the part below must begin with: the lines that name its columns. */
  readonly preamble: string;
  /** From where on the part below must see the text above it, to know what its rows refer to; the seam itself where it refers to nothing. */
  readonly context: number;
}

/** How far below itself a record can depend on the text, in UTF-16 code units: so much must be known below a seam. */
export const reachBelow = 64 * 1024;

/** How far above itself a record can depend on the text: more than a thousand rows. */
export const reachAbove = 256 * 1024;

/** A seam between two lines of a form whose lines stand for themselves, perhaps beside lines near them. */
export function seamBetweenLines(text: string, at: number, reach = 0): Seam {
  const start = lineStart(text, at);
  return { at: start, preamble: '', context: reach === 0 ? start : lineStart(text, Math.max(0, start - reach)) };
}
