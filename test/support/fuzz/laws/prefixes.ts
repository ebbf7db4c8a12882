/** Texts that end anywhere, as logs do that are still written. */

import { readText } from '../../../../server/src/formats/index.ts';
import { reachBelow } from '../../../../server/src/text/seam.ts';
import { chanceOf } from '../cases.ts';
import { difference, locateAll } from '../compare.ts';
import type { Law } from '../law.ts';

/** So many beginnings are read. */
const prefixesRead = 3;

export const prefixes: Law = {
  name: 'prefixes',
  states: 'Any beginning of a text can be read; where it can be cut between lines, what stands far enough above the end is found as in all of it.',
  run(tried, engine) {
    const { text } = tried;
    const random = chanceOf(tried, 'prefixes');
    const isLong = text.length > reachBelow;
    const whole = isLong && readText(text).isCuttable ? locateAll(text, engine.findings(text)) : undefined;
    for (let count = 0; count < prefixesRead; count += 1) {
      const end = random.below(text.length + 1);
      const prefix = text.slice(0, end);
      const found = engine.findings(prefix);
      if (!whole || end <= reachBelow || !readText(prefix).isCuttable) continue;
      const kept = found.filter(({ record }) => record.span.end < end - reachBelow);
      const wrong = difference(whole.slice(0, kept.length), locateAll(prefix, kept));
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  },
};
