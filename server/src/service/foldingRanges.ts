/** Events and sessions can be folded. */

import type { FoldingRange } from 'vscode-languageserver-types';
import { mostFolds } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** A fold for each event and session of more than one line; of too many the longest. */
export function getFoldingRanges(document: LogDocument): FoldingRange[] {
  const folds: FoldingRange[] = [];
  for (const { span } of document.blocks) {
    const startLine = document.lineAt(span.start);
    const endLine = document.lineAt(span.end);
    if (endLine > startLine) folds.push({ startLine, endLine });
  }
  return folds.length > mostFolds ? longest(folds) : folds;
}

function longest(folds: readonly FoldingRange[]): FoldingRange[] {
  const kept = new Set([...folds].sort((one, other) => other.endLine - other.startLine - (one.endLine - one.startLine)).slice(0, mostFolds));
  return folds.filter((fold) => kept.has(fold));
}
