/** Whatever can be asked of a log. */

import { detectFormats } from '../../../../server/src/formats/index.ts';
import {
  getCodeActions,
  getCodeLenses,
  getDiagnostics,
  getDocumentLinks,
  getDocumentSymbols,
  getFoldingRanges,
  getHover,
  getSummary,
} from '../../../../server/src/service/index.ts';
import { modernClient, openLog, plainClient } from '../../openLog.ts';
import { chanceOf } from '../cases.ts';
import type { Law } from '../law.ts';

/** So many places of a text are asked for. */
const placesAsked = 12;

export const exceptions: Law = {
  name: 'exceptions',
  states: 'Nothing that can be asked of a text throws.',
  run(tried) {
    const random = chanceOf(tried, 'exceptions');
    const client = random.oneIn(2) ? modernClient : plainClient;
    const document = openLog(tried.text, { encoding: random.oneIn(2) ? 'utf-16' : 'utf-8', timeZone: random.pick(['', 'UTC', 'Europe/Berlin']) });
    detectFormats(tried.text);
    getSummary(document.findings);
    getDiagnostics(document, client);
    getDocumentSymbols(document);
    getFoldingRanges(document);
    getDocumentLinks(document);
    getCodeLenses(document, client);
    const places = document.findings
      .all()
      .slice(0, placesAsked)
      .map(({ record }) => document.range(record.mark));
    const elsewhere = Array.from({ length: placesAsked }, () => random.below(tried.text.length + 1)).map((at) => document.range({ start: at, end: at }));
    for (const range of [...places, ...elsewhere]) {
      getHover(document, range.start, client);
      getCodeActions(document, range, undefined, client, undefined);
    }
    return undefined;
  },
};
