/** Events and sessions can be folded. */

import type { FoldingRange } from 'vscode-languageserver-types';
import { mostFolds } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** A fold for each event, and each session that no other stands in the midst of, of more than one line; of too many the longest. */
export function getFoldingRanges(document: LogDocument): FoldingRange[] {
  const pieces = document.blocks.filter(({ isInOnePiece }) => isInOnePiece).map(({ first }) => first);
  const lengths = Float64Array.from(pieces, ({ start, end }) => end - start).sort();
  const shortest = lengths.at(-mostFolds) ?? 0;
  // Of those that are as long as the shortest one, the first.
  let room = mostFolds - (lengths.length - 1 - lengths.lastIndexOf(shortest));
  const folds: FoldingRange[] = [];
  for (const { start, end } of pieces) {
    if (end - start < shortest) continue;
    if (end - start === shortest && room-- <= 0) continue;
    const startLine = document.lineAt(start);
    const endLine = document.lineAt(end);
    if (endLine > startLine) folds.push({ startLine, endLine });
  }
  return folds;
}
