/** The forms that the line ends of a text can have. */

import { Random } from './fuzz/random.ts';

/** All alike, or each by turns as it comes. */
export const lineEnds = ['\n', '\r\n', '\r', 'mixed'] as const;
export type LineEnds = (typeof lineEnds)[number];

/** A text with other line ends. Those of the text may have any form; `mixed` is LF and CRLF. */
export function withLineEnds(text: string, ends: LineEnds, random = new Random(1)): string {
  return text.replace(/\r\n|\r|\n/g, () => (ends === 'mixed' ? random.pick(['\n', '\r\n']) : ends));
}
