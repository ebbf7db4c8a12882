/** How often a property is tried, and with which chance, and on how many logs a law: the one place that says so. */

import type { Parameters } from 'fast-check';

/**
 * The settings of a property that is tried so often in `npm test`. The chance is the same on every run and machine. `npm run quick` sets
 * `MAILFLOW_LENS_TRIALS`, more than which no property is tried.
 */
export function trials(count = 100): Pick<Parameters, 'seed' | 'numRuns'> {
  return { seed: 2004, numRuns: Math.min(count, mostTrials) };
}

/** The logs, or whatever a law is tried on, one by one: all of them in `npm test`, every fifth in `npm run quick`. */
export function tried<Value>(all: readonly Value[]): readonly Value[] {
  return Number.isFinite(mostTrials) ? all.filter((_, index) => index % 5 === 0) : all;
}

const mostTrials = Number(process.env['MAILFLOW_LENS_TRIALS'] ?? Number.POSITIVE_INFINITY);
