/** The outline: events and sessions, each once, with the failures in each. */

import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { DocumentBlock } from '../analysis/document/documentBlocks.ts';
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
  if (blocks.length + findings.length <= mostSymbols) return blockSymbols(document, blocks, () => true);
  const symbols = blockSymbols(document, blocks, (found) => found.length > 0);
  const listed = symbols.filter(({ children }) => children !== undefined).length;
  const left = `${counted(blocks.length - listed)} sessions and events without a failure are left out`;
  return [notice(document, left, 'An outline with all of them would be too long.'), ...symbols];
}

/** @param isListed Told the failures in a block, says whether it is listed. */
function blockSymbols(document: LogDocument, blocks: readonly DocumentBlock[], isListed: (found: readonly Finding[]) => boolean): DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  const { ofSessions, others } = shareFindings(document, blocks);
  let next = 0;
  const othersBefore = (end: number): Finding[] => {
    const first = next;
    while (next < others.length && (others[next] as Finding).record.mark.start < end) next++;
    return others.slice(first, next);
  };
  const alone = (end: number): void => {
    for (const finding of othersBefore(end)) symbols.push(findingSymbol(document, finding));
  };
  for (const block of blocks) {
    alone(block.first.start);
    const found = block.kind === 'session' ? (ofSessions.get(block.name) ?? []) : othersBefore(block.end);
    if (isListed(found)) symbols.push({ ...blockSymbol(document, block, found), children: found.map((finding) => findingSymbol(document, finding)) });
  }
  alone(document.length + 1);
  return symbols;
}

/** A session's failures stand between the rows of others: its id says whose they are. */
function shareFindings(document: LogDocument, blocks: readonly DocumentBlock[]): { readonly ofSessions: ReadonlyMap<string, Finding[]>; readonly others: Finding[] } {
  const findings = document.findings.all();
  const nameOf = ({ record }: Finding): string => `Session ${record.captures.sessionId}`;
  const named = new Set(findings.map(nameOf));
  const ofSessions = new Map<string, Finding[]>();
  for (const { kind, name } of blocks) if (kind === 'session' && named.has(name)) ofSessions.set(name, []);
  const others = findings.filter((finding) => {
    const found = ofSessions.get(nameOf(finding));
    found?.push(finding);
    return !found;
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
