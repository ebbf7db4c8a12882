/** Events and sessions can be folded. */

import type { FoldingRange } from 'vscode-languageserver-types';
import type { LogDocument } from './logDocument.ts';

/** A fold for each event and session of more than one line. */
export function getFoldingRanges(document: LogDocument): FoldingRange[] {
  return document.blocks.flatMap(({ span }) => {
    const startLine = document.lineAt(span.start);
    const endLine = document.lineAt(span.end);
    return endLine > startLine ? [{ startLine, endLine }] : [];
  });
}
