/** hMailServer's log: the replies it was given as a client, and those it gave as a server. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { readResponse } from '../../smtp/response.ts';
import { Session } from '../../smtp/session.ts';
import { composeExcerpts, type Excerpt, joinRuns, type Run, sliceExcerpt } from '../../text/excerpt.ts';
import { Recent } from '../../text/recent.ts';
import { reachAbove } from '../../text/seam.ts';
import { type LogRecord, type Span, withChanges } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineTime, readLines, sessionSeam } from './lineLog.ts';

const literals = ['"SMTPC"\t', '"SMTPD"\t'];

export const hmailserver: LogFormat = {
  id: 'hmailserver',
  title: 'hMailServer log',
  literals,
  find: (text, _free, occurrences) =>
    findLines(
      text,
      occurrences,
      occurrences(literals),
      () => true,
      (line) => row.test(line),
    ),
  seam: sessionSeam,
  steps: (text, stretches) => {
    const sessions = new Recent<Session>(reachAbove);
    return readLines(text, stretches, (line, span) => readLine(line, span, sessions));
  },
};

/** `"SMTPC"	thread	session	"time"	"address"	"RECEIVED: …"`. */
const row = /^"SMTP([CD])"\t\d{1,10}\t(\d{1,10})\t"([^"]{1,40})"\t"([^"]{0,64})"\t"(SENT|RECEIVED): /;

function readLine(line: Excerpt, span: Span, sessions: Recent<Session>): LogRecord | undefined {
  const found = row.exec(line.text);
  if (!found) return undefined;
  const [start, side, number, time, address, direction] = [found[0].length, found[1], found[2] ?? '', found[3] ?? '', found[4], found[5]];
  const at = span.start;
  const key = `${side}${number}`;
  const session = sessions.recall(key, at) ?? new Session(reachAbove);
  sessions.remember(key, at, session);
  const said = sliceExcerpt(line, start, line.text.endsWith('"') ? line.text.length - 1 : line.text.length);
  const isReply = (side === 'C') === (direction === 'RECEIVED');
  if (!isReply) {
    session.command(at, said.text);
    return undefined;
  }
  const read = readResponse(withBreaks(said));
  if (!read) {
    const last = said.text.split(lineBreak).at(-1) ?? '';
    if (/^[23]\d\d/.test(said.text)) session.accept(at, said.text.slice(0, 3), last[3] === '-');
    return undefined;
  }
  const { command, recipient } = session.refuse(at, read.response.text);
  return {
    format: 'hmailserver',
    what: 'failed',
    span,
    mark: read.mark,
    places: [span],
    ...lineTime(time),
    response: command ? withChanges(read.response, { command }) : read.response,
    captures: withChanges(stated({ sessionId: number, remoteAddress: address }), recipientCaptures(recipient), stated({ sender: session.sender(at) }), read.captures),
  };
}

/** hMailServer writes the line breaks of a reply as this. */
const lineBreak = '[nl]';

function withBreaks(reply: Excerpt): Excerpt {
  const runs: Run[] = [];
  let start = 0;
  for (const piece of reply.text.split(lineBreak)) {
    if (start > 0) runs.push({ text: ' ', start: start - lineBreak.length, end: start, literal: false });
    runs.push({ text: piece, start, end: start + piece.length, literal: true });
    start += piece.length + lineBreak.length;
  }
  return composeExcerpts(reply, joinRuns(runs));
}
