/** How often a property is tried, and with which chance: the one place that says so. */

import type { Parameters } from 'fast-check';

/**
 * The settings of a property that is tried so often in `npm test`. The chance is the same on every run and machine. `npm run quick` sets
 * `MAILFLOW_LENS_TRIALS`, more than which no property is tried.
 */
export function trials(count = 100): Pick<Parameters, 'seed' | 'numRuns'> {
  return { seed: 2004, numRuns: Math.min(count, mostTrials) };
}

const mostTrials = Number(process.env['MAILFLOW_LENS_TRIALS'] ?? Number.POSITIVE_INFINITY);
