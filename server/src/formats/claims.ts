/** Shares a text out between the formats: each stretch goes to the first that claims it. */

import type { Span } from '../values.ts';
import { type LogFormat, type Occurrences, type Seam, stretchAt } from './logFormat.ts';

/** The stretches of a text that belong to a format: in order, apart from each other. */
export interface Claim {
  readonly format: LogFormat;
  readonly stretches: readonly Span[];
}

/** The claims of the formats in their order. */
export function claimStretches(text: string, formats: readonly LogFormat[], occurrences: Occurrences): Claim[] {
  const claims: Claim[] = [];
  let free: Span[] = [{ start: 0, end: text.length }];
  for (const format of formats) {
    // Most logs are one form from end to end: then no other form is looked for.
    if (free.length === 0) break;
    const stretches = intersect(format.find(text, free, occurrences), free);
    if (stretches.length === 0) continue;
    claims.push({ format, stretches });
    free = subtract(free, stretches);
  }
  return claims;
}

/** The parts of `stretches` that lie in `free`; both are in order and apart from each other. */
function intersect(stretches: readonly Span[], free: readonly Span[]): Span[] {
  const parts: Span[] = [];
  let index = 0;
  for (const stretch of stretches) {
    while (index < free.length && (free[index] as Span).end <= stretch.start) index++;
    for (let at = index; at < free.length && (free[at] as Span).start < stretch.end; at++) {
      const gap = free[at] as Span;
      // A stretch that is free as a whole stays what it is: its form may know more of it.
      const isWhole = gap.start <= stretch.start && stretch.end <= gap.end;
      parts.push(isWhole ? stretch : { start: Math.max(stretch.start, gap.start), end: Math.min(stretch.end, gap.end) });
    }
  }
  return parts;
}

function subtract(free: readonly Span[], taken: readonly Span[]): Span[] {
  const rest: Span[] = [];
  let index = 0;
  for (const gap of free) {
    let start = gap.start;
    while (index < taken.length && (taken[index] as Span).end <= gap.start) index++;
    for (let at = index; at < taken.length && (taken[at] as Span).start < gap.end; at++) {
      const cut = taken[at] as Span;
      if (cut.start > start) rest.push({ start, end: cut.start });
      start = cut.end;
    }
    if (start < gap.end) rest.push({ start, end: gap.end });
  }
  return rest;
}

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
