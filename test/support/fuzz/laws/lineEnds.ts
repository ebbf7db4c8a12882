/** LF, CRLF, both of them, and CR. */

import { reachBelow } from '../../../../server/src/text/seam.ts';
import { withLineEnds } from '../../lineEnds.ts';
import { chanceOf } from '../cases.ts';
import { difference, locateAll } from '../compare.ts';
import type { Law } from '../law.ts';

export const lineEnds: Law = {
  name: 'lineEnds',
  states: 'Whatever its line ends, a text has the findings of the same text with LF, in the same lines and columns.',
  todo: [
    {
      why: 'How far below its beginning an element of XML must be closed is counted in characters, line ends included.',
      covers: (_, text) => text.length > reachBelow - 10_000 && text.includes('<Event'),
    },
  ],
  run(tried, engine) {
    const random = chanceOf(tried, 'lineEnds');
    const text = withLineEnds(tried.text, '\n');
    const other = withLineEnds(text, random.pick(['\r\n', '\r\n', '\r', 'mixed']), random);
    return difference(locateAll(text, engine.findings(text)), locateAll(other, engine.findings(other)));
  },
};
