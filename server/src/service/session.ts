/** One session of a log alone, and what came of it. */

import { readSession, sessionIdAt } from '../analysis/document/documentSession.ts';
import type { Verdict } from '../analysis/sessions/verdicts.ts';
import { type SessionView, sessionText, verdictOfSession } from '../explain/sessionText.ts';
import type { SessionArguments, SessionText } from '../protocol/editor.ts';
import type { Span } from '../values.ts';
import type { LogDocument } from './logDocument.ts';

/** The session with an id, or the one that a line belongs to; undefined where there is none. */
export function getSession(document: LogDocument, { sessionId, line = -1 }: Omit<SessionArguments, 'uri'>): SessionText | undefined {
  if (document.isTooLarge) return undefined;
  const id = sessionId ?? (line < 0 ? undefined : sessionIdAt(document, document.reading(), lineSpan(document, line)));
  const view = id === undefined || id === '' ? undefined : viewOf(document, id, { start: 0, end: document.length });
  if (!view || view.steps.length === 0) return undefined;
  return { sessionId: view.id, ...sessionText(view) };
}

/** So far above and below a row the rest of its session is looked for while somebody waits for a hover. */
const near = 2 * 1024 * 1024;

/** What came of the session of a row; undefined where too little of it stands near enough. */
export function verdictNear(document: LogDocument, id: string, offset: number): Verdict | undefined {
  const verdict = verdictOfSession(viewOf(document, id, { start: Math.max(0, offset - near), end: Math.min(document.length, offset + near) }));
  return verdict === 'cut' && document.length > near ? undefined : verdict;
}

function viewOf(document: LogDocument, id: string, within: Span): SessionView {
  const { findings } = document;
  const rows = new Map(findings.ofSession(id).map((finding) => [lineStart(document, finding.record.mark.start), finding]));
  return { id, steps: readSession(document, document.reading(), id, rowsWithin(document, id, within)), findings: rows, lineAt: document.lineAt };
}

/** Where the document knows the session, its rows are looked for nowhere else. */
function rowsWithin({ blocks }: LogDocument, id: string, within: Span): Span {
  const index = blocks.indexOfSession(`Session ${id}`);
  return index === undefined ? within : { start: Math.max(within.start, blocks.startOf(index)), end: Math.min(within.end, blocks.endOf(index)) };
}

function lineStart(document: LogDocument, offset: number): number {
  return document.offsetAt({ line: document.lineAt(offset), character: 0 });
}

function lineSpan(document: LogDocument, line: number): Span {
  return { start: document.offsetAt({ line, character: 0 }), end: document.offsetAt({ line: line + 1, character: 0 }) };
}
