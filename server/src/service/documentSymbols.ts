/** The outline: events and sessions, each once, with the failures in each. */

import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { DocumentBlock, DocumentBlocks } from '../analysis/document/documentBlocks.ts';
import type { Group } from '../analysis/document/groups.ts';
import { shownCodes } from '../explain/describe.ts';
import type { Finding } from '../failures.ts';
import { shortened } from '../text/visible.ts';
import type { Span } from '../values.ts';
import { mostDiagnostics, mostSymbols } from './limits.ts';
import type { LogDocument } from './logDocument.ts';
import { detailOfSession, nameOfSession } from './sessionNames.ts';
import { counted } from './shownGroups.ts';

/**
 * The events and sessions of a document in order, each with its failures; failures outside of any block stand by themselves.
 * Of too many blocks those with failures are listed, and too many failures are grouped as the diagnostics are; the first entry says so.
 */
export function getDocumentSymbols(document: LogDocument): DocumentSymbol[] {
  const { findings } = document;
  if (findings.length > mostDiagnostics) return groupedSymbols(document);
  const { blocks } = document;
  if (blocks.length + findings.length <= mostSymbols) return blockSymbols(document, blocks, true);
  const symbols = blockSymbols(document, blocks, false);
  const listed = symbols.filter(({ children }) => children !== undefined).length;
  const left = `${counted(blocks.length - listed)} sessions and events without a failure are left out`;
  return [notice(document, left, 'An outline with all of them would be too long.'), ...symbols];
}

/** @param isAll Whether blocks without a failure are listed too. */
function blockSymbols(document: LogDocument, blocks: DocumentBlocks, isAll: boolean): DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  const { ofSessions, others } = shareFindings(document, blocks);
  let next = 0;
  const othersBefore = (end: number): readonly Finding[] => {
    if (next === others.length) return none;
    const first = next;
    while (next < others.length && (others[next] as Finding).record.mark.start < end) next++;
    return others.slice(first, next);
  };
  const alone = (end: number): void => {
    for (const finding of othersBefore(end)) symbols.push(findingSymbol(document, finding));
  };
  const isTold = new Uint8Array(blocks.length);
  for (const index of ofSessions.keys()) isTold[index] = 1;
  for (let index = 0; index < blocks.length; index++) {
    // Nearly all blocks of a long log are sessions without a failure.
    if (!isAll && isTold[index] === 0 && blocks.isSession(index)) continue;
    alone(blocks.startOf(index));
    const found = blocks.isSession(index) ? (ofSessions.get(index) ?? none) : othersBefore(blocks.endOf(index));
    if (isAll || found.length > 0) symbols.push({ ...blockSymbol(document, blocks.at(index), found), children: found.map((finding) => findingSymbol(document, finding)) });
  }
  alone(document.length + 1);
  return symbols;
}

const none: readonly Finding[] = [];

/** A session's failures stand between the rows of others: its id says whose they are. */
function shareFindings(document: LogDocument, blocks: DocumentBlocks): { readonly ofSessions: ReadonlyMap<number, Finding[]>; readonly others: Finding[] } {
  const ofSessions = new Map<number, Finding[]>();
  const others = document.findings.all().filter((finding) => {
    const index = blocks.indexOfSession(`Session ${finding.record.captures.sessionId}`);
    if (index === undefined) return true;
    const found = ofSessions.get(index);
    if (found) found.push(finding);
    else ofSessions.set(index, [finding]);
    return false;
  });
  return { ofSessions, others };
}

function blockSymbol(document: LogDocument, block: DocumentBlock, found: readonly Finding[]): DocumentSymbol {
  const { kind, name, detail, first } = block;
  // Of a session that others interleave with, all but its first rows stand in the midst of theirs.
  if (kind === 'event') return symbol(document, shortened(name, 100) || kind, detail, SymbolKind.Event, first);
  return symbol(document, nameOfSession(document, block, found), detailOfSession(document, block), SymbolKind.Event, first);
}

/** The first finding of each failure and destination, with their count. */
function groupedSymbols(document: LogDocument): DocumentSymbol[] {
  const { findings } = document;
  const { groups } = findings;
  const shown = groups.mostFrequent(mostSymbols - 1, 1);
  const read = findings.pick(shown.flatMap(({ first }) => first));
  return [
    notice(document, `${counted(findings.length)} failures, grouped`, describeOutline(findings.length, groups.length, shown.length)),
    ...shown.flatMap((group) => {
      const first = read.get(group.first[0] as number);
      return first ? [groupSymbol(document, group, first)] : [];
    }),
  ];
}

function describeOutline(findings: number, groups: number, shown: number): string {
  const left = groups - shown;
  const rest = left > 0 ? ` The ${counted(left)} rarest groups are left out; the command line lists them all.` : '';
  return `${counted(findings)} failures were found, more than an editor shows. They are grouped by failure and destination: ${counted(shown)} groups.${rest}`;
}

function groupSymbol(document: LogDocument, { size, destination }: Group, first: Finding): DocumentSymbol {
  const times = size > 1 ? `, ${counted(size)} times` : '';
  const to = destination ? `, to ${shortened(destination, 100)}` : '';
  return { ...findingSymbol(document, first), detail: `${first.title}${times}${to}` };
}

function findingSymbol(document: LogDocument, finding: Finding): DocumentSymbol {
  const range = document.range(finding.record.mark);
  return { name: shownCodes(finding) || (finding.failure?.short ?? finding.title), detail: finding.title, kind: SymbolKind.Key, range, selectionRange: range };
}

function notice(document: LogDocument, name: string, detail: string): DocumentSymbol {
  return symbol(document, name, detail, SymbolKind.Null, { start: 0, end: 0 });
}

function symbol(document: LogDocument, name: string, detail: string, kind: SymbolKind, span: Span): DocumentSymbol {
  const range = document.range(span);
  return { name, detail: shortened(detail, 300), kind, range, selectionRange: { start: range.start, end: range.start } };
}
