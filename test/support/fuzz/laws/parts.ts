/** Texts that are read in parts, as the command line does. */

import { createPlaceInTime } from '../../../../server/src/analysis/recordTimes.ts';
import type { PartLengths } from '../../../../server/src/analysis/textReader.ts';
import { createTimeZone } from '../../../../server/src/analysis/timeZone.ts';
import { reachBelow } from '../../../../server/src/formats/logFormat.ts';
import { chanceOf } from '../cases.ts';
import { difference, locateAll } from '../compare.ts';
import type { Law, Todo } from '../law.ts';
import type { Random } from '../random.ts';

/** More than any block of the logs that cases are made of. */
const below = 12_000;

/** Short texts are cut as well. */
const shortLengths: readonly PartLengths[] = [64, 997, 5_000, 20_000].map((usual) => ({ usual, longest: 1_000_000, below }));

export const parts: Law = {
  name: 'parts',
  states: 'A text that is read in parts has the findings of the whole, wherever it is cut.',
  todo: [
    ...['hmailserver', 'iis-smtp', 'exim', 'connectivity'].map(
      (format): Todo => ({ why: `What a line of ${format} refers to is looked for in all of the text.`, covers: (wrong) => wrong.startsWith(`${format}: `) }),
    ),
    { why: 'The order of day and month is learned from all of the text.', covers: (wrong) => /^\S+: another (?:time|localTime|time, localTime)\n/.test(wrong) },
    { why: 'A reply whose lines stand far apart is joined farther up than down.', covers: (wrong) => /^smtp-\S+: another (?:\w+, )*response/.test(wrong) },
  ],
  run(tried, engine) {
    const random = chanceOf(tried, 'parts');
    const zone = random.oneIn(4) ? createTimeZone('Europe/Berlin') : undefined;
    const placed = (): ReturnType<typeof createPlaceInTime> | undefined => zone && createPlaceInTime(zone);
    const expected = locateAll(tried.text, engine.findings(tried.text, placed()));
    const lengths = lengthsFor(random, tried.isLong);
    const found = engine.inPieces(tried.text, lengths ? random.between(1, lengths.usual) + 20 : random.between(60_000, 600_000), lengths, placed());
    return difference(expected, found.findings);
  },
};

/** By turns those of files for a long text. */
function lengthsFor(random: Random, isLong: boolean): PartLengths | undefined {
  if (!isLong) return random.pick(shortLengths);
  return random.oneIn(2) ? undefined : { usual: random.between(20_000, 200_000), longest: 16 * 1024 * 1024, below: reachBelow };
}
