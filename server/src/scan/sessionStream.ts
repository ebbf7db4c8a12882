/** The sessions of files as a stream, each with its verdict. */

import type { JudgedSession } from '../analysis/sessions/toldSession.ts';
import type { Verdict } from '../analysis/sessions/verdicts.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { ReadSessions, SessionNews } from './news.ts';
import { type BookOptions, SessionBook } from './sessionBook.ts';
import type { SourceOrder } from './sources.ts';
import { readStepStream } from './stepStream.ts';

export interface SessionOrder extends SourceOrder, BookOptions {
  readonly verdicts?: ReadonlySet<Verdict>;
  /** Milliseconds since 1970 in UTC, both inclusive: sessions that were open then. One whose time in UTC is not known is kept. */
  readonly since?: number;
  readonly until?: number;
}

export async function* readSessionStream(order: SessionOrder, knowledge: KnowledgeBase): AsyncGenerator<SessionNews> {
  const book = new SessionBook(order);
  const told = (bytes: number): ReadSessions => ({ kind: 'sessions', sessions: book.release().filter((judged) => isWanted(judged, order)), bytes });
  for await (const news of readStepStream(order, knowledge)) {
    if (news.kind === 'steps') {
      book.take(news.steps);
      yield told(news.bytes);
      continue;
    }
    if (news.kind === 'begun') book.beginFile(news.file);
    else if (news.kind === 'ended') book.end();
    if (news.kind === 'begun' || news.kind === 'ended') yield told(0);
    yield news;
  }
}

function isWanted({ session, rows }: JudgedSession, { verdicts, since, until, transcriptOf }: SessionOrder): boolean {
  if (transcriptOf !== undefined && !rows) return false;
  if (verdicts && !verdicts.has(session.verdict)) return false;
  const start = session.start === null ? Number.NaN : Date.parse(session.start);
  const end = session.end === null ? Number.NaN : Date.parse(session.end);
  return !(end < (since ?? Number.NEGATIVE_INFINITY) || start > (until ?? Number.POSITIVE_INFINITY));
}
