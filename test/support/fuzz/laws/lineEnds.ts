/** LF and CRLF. */

import { reachBelow } from '../../../../server/src/text/seam.ts';
import { difference, locateAll } from '../compare.ts';
import type { Law } from '../law.ts';

export const lineEnds: Law = {
  name: 'lineEnds',
  states: 'A text with CRLF has the findings of the same text with LF, in the same lines and columns.',
  todo: [
    {
      why: 'The windows of bounces are counted in characters, line ends included.',
      covers: (wrong, text) => wrong.includes('"format":"ndr"') || (wrong.startsWith('text: ') && /MAILER-DAEMON|Final-Recipient/i.test(text)),
    },
    { why: 'A capture or a time can hold the line end of a cell or an attribute.', covers: (wrong) => /^event-\S+: another (?:captures|localTime)\n/.test(wrong) },
    { why: 'The reaches are counted in characters, line ends included.', covers: (_, text) => text.length > reachBelow - 10_000 },
  ],
  run({ text }, engine) {
    const unix = text.replace(/\r+\n|\r/g, '\n');
    const windows = unix.replaceAll('\n', '\r\n');
    return difference(locateAll(unix, engine.findings(unix)), locateAll(windows, engine.findings(windows)));
  },
};
