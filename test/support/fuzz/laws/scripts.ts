/** Runbooks with values from logs, below scripts as users leave them. */

import fc from 'fast-check';
import { hostileInsertion, judgeInsertion, judgeSlip } from '../../insertionLaws.ts';
import { anyScript, openings } from '../../openScripts.ts';
import { projectKnowledgeBase } from '../../project.ts';
import { chanceOf } from '../cases.ts';
import type { Law } from '../law.ts';

const failures = projectKnowledgeBase().failures.filter(({ kind }) => kind !== 'guide');
const insertedBelow = (script: fc.Arbitrary<string>) => fc.tuple(script, fc.constantFrom(...failures), hostileInsertion);
const belowAnyScript = insertedBelow(anyScript);
const belowAnOpening = insertedBelow(fc.constantFrom(...openings).map((opening) => `${opening}\n`));

export const scripts: Law = {
  name: 'scripts',
  states: 'What a log says never becomes code: neither below a script, however that one stands, nor where something is opened above it later.',
  makesItsTexts: true,
  run(tried) {
    const seed = chanceOf(tried, 'scripts').below(0x7fff_ffff);
    return firstFault(seed, belowAnyScript, judgeInsertion) ?? firstFault(seed, belowAnOpening, judgeSlip);
  },
};

/** Of one script and one insertion; where they break a law, of the smallest that do. */
function firstFault(seed: number, any: typeof belowAnyScript, judge: typeof judgeInsertion): string | undefined {
  const { counterexample } = fc.check(
    fc.property(any, (tried) => judge(...tried).length === 0),
    { seed, numRuns: 1 },
  );
  if (!counterexample) return undefined;
  const [[script, failure, insertion]] = counterexample;
  return `${judge(script, failure, insertion)[0]}\n${JSON.stringify({ script, failure: failure.id, insertion })}`;
}
