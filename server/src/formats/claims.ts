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
    const found = format.find(text, free, occurrences);
    const stretches = format.seam || format.isWhole ? intersect(found, free) : beginnings(found, free);
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
      parts.push({ start: Math.max(stretch.start, gap.start), end: Math.min(stretch.end, gap.end) });
    }
  }
  return parts;
}

/**
 * The same of stretches that must stay in one piece: each ends where an earlier form goes on. What stands behind that would be told by
 * nobody, and depends on a beginning that a part of the text need not have.
 */
function beginnings(stretches: readonly Span[], free: readonly Span[]): Span[] {
  const parts: Span[] = [];
  for (const { start, end } of stretches) {
    const gap = stretchAt(free, start);
    if (gap) parts.push({ start, end: Math.min(end, gap.end) });
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
