/** The outline: events and sessions, with the failures in each. */

import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import { codesOf } from '../explain/describe.ts';
import { shortened } from '../text/visible.ts';
import type { Finding } from '../values.ts';
import type { LogDocument } from './logDocument.ts';

/** More blocks than this are of no use in an outline: then only those with failures are listed. */
const mostBlocks = 2_000;

/** The events and sessions of a document in order, each with its failures; failures outside of any block stand by themselves. */
export function getDocumentSymbols(document: LogDocument): DocumentSymbol[] {
  const { blocks, findings } = document;
  const symbols: DocumentSymbol[] = [];
  let next = 0;
  const outside = (end: number): void => {
    for (; next < findings.length && (findings[next] as Finding).record.mark.start < end; next++) symbols.push(findingSymbol(document, findings[next] as Finding));
  };
  for (const block of blocks) {
    outside(block.span.start);
    const children: DocumentSymbol[] = [];
    for (; next < findings.length && (findings[next] as Finding).record.mark.start < block.span.end; next++) children.push(findingSymbol(document, findings[next] as Finding));
    if (children.length === 0 && blocks.length > mostBlocks) continue;
    const range = document.range(block.span);
    symbols.push({
      name: shortened(block.name, 100) || block.kind,
      detail: shortened(block.detail, 100),
      kind: block.kind === 'event' ? SymbolKind.Event : SymbolKind.Namespace,
      range,
      selectionRange: { start: range.start, end: range.start },
      children,
    });
  }
  outside(document.length + 1);
  return symbols;
}

function findingSymbol(document: LogDocument, finding: Finding): DocumentSymbol {
  const range = document.range(finding.record.mark);
  return { name: codesOf(finding) || finding.title, detail: finding.title, kind: SymbolKind.String, range, selectionRange: range };
}
