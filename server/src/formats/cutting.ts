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
  const whole = claims.filter(({ format }) => !format.seam);
  const cutStretch = (at: number): Span | undefined => whole.map(({ stretches }) => stretchAt(stretches, at)).find((stretch) => stretch && stretch.start < at);
  let at = text.length - below;
  for (let cut = cutStretch(at); cut; cut = cutStretch(at)) at = cut.start;
  while (at > from) {
    const seam = seamAt(text, claims, formats, at, occurrences);
    if (!seam || seam.at <= from) return undefined;
    // A stretch that must stay in one piece moves the seam to its start.
    const cut = cutStretch(seam.at);
    if (!cut) return seam;
    at = cut.start;
  }
  return undefined;
}

/** The seam that the first form with something to say of a place finds there. */
export function seamAt(text: string, claims: readonly Claim[], formats: readonly LogFormat[], at: number, occurrences?: Occurrences): Seam | undefined {
  for (const format of formats) {
    const seam = format.seam?.(text, at, claims.find((claim) => claim.format === format)?.stretches ?? [], occurrences);
    if (seam) return withoutBeginning(seam);
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
