/** Shares a text out between the formats: each stretch goes to the first that claims it. */

import type { Occurrences } from '../text/occurrences.ts';
import { stretchAt } from '../text/spans.ts';
import type { Span } from '../values.ts';
import type { LogFormat } from './logFormat.ts';

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

/** What none of the claims holds, in order. */
export function unclaimed(text: string, claims: readonly Claim[]): readonly Span[] {
  let free: Span[] = [{ start: 0, end: text.length }];
  for (const { stretches } of claims) free = subtract(free, stretches);
  return free;
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

/**
 * The same of stretches that must stay in one piece: each ends where an earlier form goes on. What stands behind that would be told by
 * nobody, and depends on a beginning that a part of the text need not have.
 */
function beginnings(stretches: readonly Span[], free: readonly Span[]): Span[] {
  const parts: Span[] = [];
  for (const stretch of stretches) {
    const gap = stretchAt(free, stretch.start);
    if (gap) parts.push(stretch.end <= gap.end ? stretch : { start: stretch.start, end: gap.end });
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
