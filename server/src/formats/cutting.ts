/** Where a text that is shared out between formats can be cut. */

import type { Occurrences } from '../text/occurrences.ts';
import type { Seam } from '../text/seam.ts';
import { stretchAt } from '../text/spans.ts';
import type { Span } from '../values.ts';
import type { LogFormat } from './logFormat.ts';
import type { Claim } from './sharing.ts';

/** Between which offsets a text can be cut: behind `from`, and `below` above its end. */
export interface Limits {
  readonly from: number;
  readonly below: number;
}

/**
 * The last place where a text can be cut so that both parts give what the whole gives: far enough from its end that what follows cannot
 * change what was read, and between two records.
 * @returns undefined where there is no such place behind `from`.
 */
export function findSeam(text: string, claims: readonly Claim[], formats: readonly LogFormat[], { from, below }: Limits, occurrences?: Occurrences): Seam | undefined {
  if (claims.some(({ format }) => format.isWhole)) return undefined;
  const seam = seamAt(text, claims, formats, text.length - below, occurrences);
  return seam && seam.at > from ? seam : undefined;
}

/** The last seam at or before a place, which cuts no stretch that must stay in one piece; undefined where only the text's beginning is left. */
export function seamAt(text: string, claims: readonly Claim[], formats: readonly LogFormat[], at: number, occurrences?: Occurrences): Seam | undefined {
  for (let place = at; place > 0; ) {
    const seam = firstSeam(text, claims, formats, place, occurrences);
    if (!seam) return undefined;
    const cut = wholeStretch(text, claims, seam.at, occurrences);
    if (!cut) return withoutBeginning(seam);
    place = cut.start;
  }
  return undefined;
}

/** The seam that the first form with something to say of a place finds there. */
function firstSeam(text: string, claims: readonly Claim[], formats: readonly LogFormat[], at: number, occurrences?: Occurrences): Seam | undefined {
  for (const format of formats) {
    const seam = format.seam?.(text, at, claims.find((claim) => claim.format === format)?.stretches ?? [], occurrences);
    if (seam) return seam;
  }
  return undefined;
}

/** The stretch that would be cut at a place, although its form knows no seam there. */
function wholeStretch(text: string, claims: readonly Claim[], at: number, occurrences?: Occurrences): Span | undefined {
  for (const { format, stretches } of claims) {
    const stretch = stretchAt(stretches, at);
    if (stretch && stretch.start < at && !format.seam?.(text, at, stretches, occurrences)) return stretch;
  }
  return undefined;
}

/** A line, where nothing better can be found. */
export function forcedSeam(text: string, { from, below }: Limits): Seam {
  const at = text.lastIndexOf('\n', text.length - below) + 1;
  const seam = at > from ? at : text.length;
  return withoutBeginning({ at: seam, preamble: '', context: seam });
}

/** A part below a seam must not look as if a text began there: only there a mail is one by its first line. */
function withoutBeginning(seam: Seam): Seam {
  return seam.preamble === '' ? { ...seam, preamble: '\n' } : seam;
}
