/** Documents that are edited, as the language server has them. */

import { DocumentReading } from '../../../../server/src/analysis/document/documentReading.ts';
import { createTimeZone } from '../../../../server/src/analysis/times/timeZone.ts';
import { createLogDocument, getDiagnostics, getDocumentSymbols, getFoldingRanges, LogText } from '../../../../server/src/service/index.ts';
import { modernClient } from '../../openLog.ts';
import { projectKnowledgeBase } from '../../project.ts';
import { chanceOf } from '../cases.ts';
import { difference, locateAll } from '../compare.ts';
import type { Law } from '../law.ts';
import type { Random } from '../random.ts';
import { tokens } from '../tokens.ts';

const address = 'file:///logs/a.log';

export const edits: Law = {
  name: 'edits',
  states: 'After any edits an open document says what it says when it is opened anew.',
  run(tried) {
    const random = chanceOf(tried, 'edits');
    const knowledge = projectKnowledgeBase();
    const zone = random.oneIn(5) ? createTimeZone('UTC') : undefined;
    let text = LogText.create(address, 'log', 1, tried.text);
    const update = (reading: DocumentReading): DocumentReading => reading.update(text, knowledge);
    let reading = update(DocumentReading.unread(text.length));
    for (let count = random.between(1, 4); count > 0; count -= 1) {
      const { start, end, inserted } = anyEdit(random, text.getText());
      text = text.replace(start, end, inserted);
      reading = reading.edit(start, end, inserted.length);
      // Now and then several edits come before anybody asks.
      if (random.oneIn(2)) reading = update(reading);
    }
    const kept = createLogDocument(text, knowledge, 'utf-16', zone, reading);
    const fresh = createLogDocument(LogText.create(address, 'log', 1, text.getText()), knowledge, 'utf-16', zone);
    const wrong = difference(locateAll(text.getText(), fresh.findings.all()), locateAll(text.getText(), kept.findings.all()));
    if (wrong !== undefined) return wrong;
    if (JSON.stringify(getDiagnostics(fresh, modernClient)) !== JSON.stringify(getDiagnostics(kept, modernClient))) return 'other diagnostics';
    if (JSON.stringify(getDocumentSymbols(fresh)) !== JSON.stringify(getDocumentSymbols(kept))) return 'other symbols';
    return JSON.stringify(getFoldingRanges(fresh)) === JSON.stringify(getFoldingRanges(kept)) ? undefined : 'other folds';
  },
};

/** Something typed, pasted or taken away, at any place. */
function anyEdit(random: Random, text: string): { readonly start: number; readonly end: number; readonly inserted: string } {
  const start = random.below(text.length + 1);
  const length = random.pick([0, 0, 1, random.below(400), random.oneIn(4) ? random.below(text.length + 1) : 2]);
  const from = random.below(text.length + 1);
  const inserted = random.pick(['', random.pick(tokens), random.pick(tokens), text.slice(from, from + random.below(3_000))]);
  return { start, end: Math.min(text.length, start + length), inserted };
}
