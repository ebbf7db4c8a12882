/** Puts what was read in a text that was made from another one at its places in that. */

import { isRecord, type Span, type Step } from '../values.ts';
import { type Excerpt, placeSpan } from './excerpt.ts';

export function placeStep(step: Step, excerpt: Excerpt): Step {
  const places = isRecord(step) ? { places: step.places.map((place) => placeIn(excerpt, place)) } : undefined;
  return { ...step, span: placeIn(excerpt, step.span), mark: placeIn(excerpt, step.mark), ...places };
}

export function placeIn(excerpt: Excerpt, { start, end }: Span): Span {
  return placeSpan(excerpt, start, end);
}
