/** The fuzzer: random texts, and laws that hold for every text. `scripts/fuzz.mjs` runs it, and `test/laws/fuzz.slow.test.ts` a short round of it. */

export { type Case, makeCase } from './cases.ts';
export { keepFault, readText } from './keptFaults.ts';
export type { Law } from './law.ts';
export { laws } from './laws/index.ts';
export { casesOf, type Figures, runRound } from './round.ts';
