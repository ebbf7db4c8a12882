/** A text that has been shared out between the formats, and what each of them reads in its own stretches. */

import { addWhole } from '../smtp/captures.ts';
import type { Occurrences } from '../text/occurrences.ts';
import { spansBetween } from '../text/spans.ts';
import { type Block, isRecord, type LogRecord, type Step } from '../values.ts';
import type { LogFormat, Wanted } from './logFormat.ts';
import { type Claim, claimStretches, unclaimed } from './sharing.ts';

/** A text shared out, and where its literals stand: that is needed for the records, and not kept any longer. */
export interface SharedText {
  /** As the formats read it. */
  readonly text: string;
  readonly claims: readonly Claim[];
  readonly occurrences: Occurrences;
  /** The formats that it was shared out between. */
  readonly given: readonly LogFormat[];
}

/** Shares out a text in which no other format than the given ones can stand. */
export function shareAmong(text: string, given: readonly LogFormat[], occurrences: Occurrences): SharedText {
  return { text, claims: claimStretches(text, given, occurrences), occurrences, given };
}

export function readClaims(shared: SharedText, from: number, end = Number.POSITIVE_INFINITY): LogRecord[] {
  return stepsOf(shared, { what: 'failures', from }, end).filter(isRecord);
}

/** The steps of a text in the order of their marks. */
export function stepsOf({ text, claims, occurrences, given }: SharedText, wanted: Wanted, end = Number.POSITIVE_INFINITY): Step[] {
  const steps: Step[] = [];
  for (const { format, stretches } of claims) {
    const own = format.isApart ? spansBetween(stretches, wanted.from, end) : stretches;
    addWhole(format.steps(text, own, wanted, occurrences), steps);
  }
  if (wanted.what === 'all') addWhole(ordinarySteps(text, claims, given, wanted.from), steps);
  return steps.sort(byPlace);
}

/** What stands between the claims of all forms that say something of themselves, in whole lines. */
function ordinarySteps(text: string, claims: readonly Claim[], given: readonly LogFormat[], from: number): Step[] {
  const readers = given.filter(({ ordinary }) => ordinary);
  if (readers.length === 0) return [];
  const free = unclaimed(
    text,
    claims.filter(({ format }) => format.id !== 'text'),
  );
  return readers.flatMap(({ ordinary }) => ordinary?.(text, free, from) ?? []);
}

/** Of the module, as all that runs for each part of a log. */
function byPlace(one: Step, other: Step): number {
  return one.mark.start - other.mark.start;
}

export function stepsBetween<Found extends Step>(steps: readonly Found[], from: number, end: number): Found[] {
  const between: Found[] = [];
  for (const step of steps) if (step.mark.start >= from && step.mark.start < end) between.push(step);
  return between;
}

export function blocksOf({ text, claims, occurrences }: Pick<SharedText, 'text' | 'claims' | 'occurrences'>): Block[] {
  const blocks = claims.flatMap(({ format, stretches }) => format.blocks?.(text, stretches, occurrences) ?? []);
  return blocks.sort((one, other) => one.span.start - other.span.start || other.span.end - one.span.end);
}
