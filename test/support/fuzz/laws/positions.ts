/** Lines and columns. */

import type { Located } from '../../../../server/src/analysis/located.ts';
import { LogText } from '../../../../server/src/service/index.ts';
import { createPositions } from '../../../../server/src/service/positions.ts';
import { positionOf } from '../../edits.ts';
import { clipped, locateAll } from '../compare.ts';
import type { Law } from '../law.ts';

/** So many places are also counted by the words of the specification, which takes long. */
const placesCounted = 8;

export const positions: Law = {
  name: 'positions',
  states: 'An editor and the command line name the same lines and columns for a finding, those of the specification.',
  run({ text }, engine) {
    const findings = engine.findings(text);
    const editor = createPositions(LogText.create('file:///a.log', 'log', 1, text), 'utf-16');
    const located = locateAll(text, findings);
    for (const [index, { record }] of findings.entries()) {
      const told = located[index] as Located;
      const { start, end } = editor.range(record.mark);
      const isSame = start.line + 1 === told.startLine && start.character + 1 === told.startColumn && end.line + 1 === told.endLine && end.character + 1 === told.endColumn;
      if (!isSame) return `${record.format}: the editor names another place\n${JSON.stringify({ start, end })}\n${clipped(JSON.stringify(told))}`;
      if (index >= placesCounted) continue;
      const counted = positionOf(text, record.mark.start);
      if (counted.line !== start.line || counted.character !== start.character)
        return `${record.format}: the place is not that of the specification\n${JSON.stringify({ start, counted })}`;
    }
    return undefined;
  },
};
