/** Where findings stand. */

import { readBlocks } from '../../../../server/src/formats/index.ts';
import type { LogRecord, Span } from '../../../../server/src/values.ts';
import { clipped } from '../compare.ts';
import type { Law } from '../law.ts';

export const places: Law = {
  name: 'places',
  states: 'Findings come in order; marks, places and blocks lie in the text, and a mark is never empty.',
  run({ text }, engine) {
    const isInside = ({ start, end }: Span): boolean => Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length;
    let last = -1;
    for (const { record } of engine.findings(text)) {
      const fault = faultOf(record, isInside) ?? (record.mark.start < last ? 'findings are out of order' : undefined);
      if (fault !== undefined) return `${record.format}: ${fault}\n${clipped(JSON.stringify(record))}`;
      last = record.mark.start;
    }
    const block = readBlocks(text).find(({ span }) => !isInside(span));
    return block && `a block lies outside of the text\n${clipped(JSON.stringify(block))}`;
  },
};

function faultOf({ mark, span, places: stretches, time }: LogRecord, isInside: (span: Span) => boolean): string | undefined {
  if (![mark, span, ...stretches].every(isInside)) return 'a place lies outside of the text';
  if (mark.start === mark.end) return 'a mark is empty';
  if (!stretches.some(({ start, end }) => start <= mark.start && mark.end <= end)) return 'no place holds the mark';
  return time !== undefined && Number.isNaN(Date.parse(time)) ? 'a time is none' : undefined;
}
