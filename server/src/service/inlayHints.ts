/** How long after the row before it in its session a row was written, in front of the row. */

import type { InlayHint, Range } from 'vscode-languageserver-types';
import { readRowSteps } from '../analysis/document/rowSteps.ts';
import { clockOf } from '../analysis/times/clock.ts';
import { delayText } from '../explain/delayText.ts';
import { mostHints } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** So far above the range the row before is looked for, in UTF-16 code units: the rows of sessions interleave. */
const farthest = 64 * 1024;
/** Of a longer range, only so much is read. */
const longest = 1024 * 1024;
/** Wide enough for most, so that the rows begin in one column. */
const width = 9;

/** Of the rows of SMTP sessions with their times; other rows have none. */
export function getInlayHints(document: LogDocument, range: Range): InlayHint[] {
  if (document.isTooLarge) return [];
  const from = document.offsetAt({ line: range.start.line, character: 0 });
  const end = Math.min(document.offsetAt({ line: range.end.line + 1, character: 0 }), from + longest);
  const above = document.lineAt(Math.max(0, from - farthest));
  const rows = readRowSteps(document, document.reading(), { start: document.offsetAt({ line: from > farthest ? above + 1 : above, character: 0 }), end });
  const before = new Map<string, number>();
  let last = -1;
  const hints: InlayHint[] = [];
  for (const { step, start } of rows) {
    const session = step.dialogue && step.ids?.session;
    const at = clockOf(step.time ?? step.localTime);
    // One row can say several things.
    if (start === last || session === undefined || Number.isNaN(at)) continue;
    last = start;
    const known = before.get(session);
    before.set(session, at);
    if (start < from || known === undefined || hints.length >= mostHints) continue;
    const label = delayText(Math.max(0, at - known)).padStart(width, noBreakSpace);
    hints.push({ position: { line: document.lineAt(start), character: 0 }, label, paddingRight: true });
  }
  return hints;
}

const noBreakSpace = '\u00A0';
