/** Events and sessions can be folded. */

import type { FoldingRange } from 'vscode-languageserver-types';
import { mostFolds } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** A fold for each event, and each session that no other stands in the midst of, of more than one line; of too many the longest. */
export function getFoldingRanges(document: LogDocument): FoldingRange[] {
  const { blocks } = document;
  const pieces: number[] = [];
  for (let index = 0; index < blocks.length; index++) if (blocks.isInOnePiece(index)) pieces.push(index);
  const lengths = Float64Array.from(pieces, (index) => blocks.endOf(index) - blocks.startOf(index)).sort();
  const shortest = lengths.at(-mostFolds) ?? 0;
  // Of those that are as long as the shortest one, the first.
  let room = mostFolds - (lengths.length - 1 - lengths.lastIndexOf(shortest));
  const folds: FoldingRange[] = [];
  for (const index of pieces) {
    const [start, end] = [blocks.startOf(index), blocks.endOf(index)];
    if (end - start < shortest) continue;
    if (end - start === shortest && room-- <= 0) continue;
    const startLine = document.lineAt(start);
    const endLine = document.lineAt(end);
    if (endLine > startLine) folds.push({ startLine, endLine });
  }
  return folds;
}
