/** Events and sessions can be folded. */

import type { FoldingRange } from 'vscode-languageserver-types';
import { mostFolds } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** A fold for each event, and each session that no other stands in the midst of, of more than one line; of too many the longest. */
export function getFoldingRanges(document: LogDocument): FoldingRange[] {
  const pieces = document.blocks.filter(({ isInOnePiece }) => isInOnePiece).map(({ first }) => first);
  const shortest =
    pieces.length > mostFolds
      ? (Float64Array.from(pieces, ({ start, end }) => end - start)
          .sort()
          .at(-mostFolds) as number)
      : 0;
  const folds: FoldingRange[] = [];
  for (const { start, end } of pieces) {
    if (end - start < shortest || folds.length === mostFolds) continue;
    const startLine = document.lineAt(start);
    const endLine = document.lineAt(end);
    if (endLine > startLine) folds.push({ startLine, endLine });
  }
  return folds;
}
