/** Texts that are read in parts, as the command line does. */

import type { PartLengths } from '../../../../server/src/analysis/textReader.ts';
import { createTimeZone } from '../../../../server/src/analysis/times/timeZone.ts';
import { reachBelow } from '../../../../server/src/text/seam.ts';
import { type Case, chanceOf } from '../cases.ts';
import { difference, locateAll } from '../compare.ts';
import type { Law } from '../law.ts';
import type { Random } from '../random.ts';

/** So much stands below a short text that it can be cut anywhere. */
const ordinary = 'A line of a ticket.\n'.repeat(Math.ceil((reachBelow + 1_000) / 20));

export const parts: Law = {
  name: 'parts',
  states: 'A text that is read in parts has the findings of the whole, wherever it is cut.',
  run(tried, engine) {
    const random = chanceOf(tried, 'parts');
    const zone = random.oneIn(4) ? createTimeZone('Europe/Berlin') : undefined;
    const text = tried.isLong ? tried.text : `${tried.text}\n${ordinary}`;
    const expected = locateAll(text, engine.findings(text, zone));
    const lengths = lengthsFor(random, tried);
    const found = engine.inPieces(text, random.between(lengths ? 64 : 60_000, lengths?.usual ?? 600_000), lengths, zone);
    return difference(expected, found.findings);
  },
};

/** By turns those of files for a long text. */
function lengthsFor(random: Random, { text, isLong }: Case): PartLengths | undefined {
  if (isLong && random.oneIn(2)) return undefined;
  const usual = isLong ? random.between(20_000, 200_000) : Math.max(64, Math.ceil(text.length / random.between(1, 6)));
  return { usual, longest: 16 * 1024 * 1024, below: reachBelow };
}
