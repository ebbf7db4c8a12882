/** hMailServer's log: the replies it was given as a client, and those it gave as a server. */

import { commandAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { readResponse } from '../../smtp/response.ts';
import { composeExcerpts, type Excerpt, joinRuns, type Run, sliceExcerpt } from '../../text/excerpt.ts';
import { type Captures, type LogRecord, type Span, withChanges } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineLogSeam, lineTime, readLines } from './lineLog.ts';

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
  seam: lineLogSeam,
  parse: (text, stretches) => {
    const sessions = new Map<string, Captures>();
    return readLines(text, stretches, (line, span) => readLine(line, span, sessions));
  },
};

/** `"SMTPC"	thread	session	"time"	"address"	"RECEIVED: …"`. */
const row = /^"SMTP([CD])"\t\d{1,10}\t(\d{1,10})\t"([^"]{1,40})"\t"([^"]{0,64})"\t"(SENT|RECEIVED): /;

const mostSessions = 10_000;

function readLine(line: Excerpt, span: Span, sessions: Map<string, Captures>): LogRecord | undefined {
  const found = row.exec(line.text);
  if (!found) return undefined;
  const [start, side, session, time, address, direction] = [found[0].length, found[1], found[2] ?? '', found[3] ?? '', found[4], found[5]];
  const key = `${side}${session}`;
  const isReply = (side === 'C') === (direction === 'RECEIVED');
  if (!isReply) remember(sessions, key, commandAddress(line.text.slice(start)));
  const close = line.text.endsWith('"') ? line.text.length - 1 : line.text.length;
  const read = isReply ? readResponse(withBreaks(sliceExcerpt(line, start, close))) : undefined;
  if (!read) return undefined;
  return {
    format: 'hmailserver',
    span,
    mark: read.mark,
    places: [span],
    ...lineTime(time),
    response: read.response,
    captures: { sessionId: session, ...(address && { remoteAddress: address }), ...sessions.get(key), ...read.captures },
  };
}

/** hMailServer writes the line breaks of a reply as [nl]. */
function withBreaks(reply: Excerpt): Excerpt {
  const runs: Run[] = [];
  let start = 0;
  for (const piece of reply.text.split('[nl]')) {
    if (start > 0) runs.push({ text: ' ', start: start - '[nl]'.length, end: start, literal: false });
    runs.push({ text: piece, start, end: start + piece.length, literal: true });
    start += piece.length + '[nl]'.length;
  }
  return composeExcerpts(reply, joinRuns(runs));
}

/** The sender and the recipient of the command that the next reply answers. */
function remember(sessions: Map<string, Captures>, key: string, command: ReturnType<typeof commandAddress>): void {
  if (!command) return;
  if (sessions.size >= mostSessions) sessions.clear();
  const { sender } = sessions.get(key) ?? {};
  sessions.set(key, command.verb === 'MAIL' ? stated({ sender: command.address }) : withChanges(recipientCaptures(command.address), stated({ sender })));
}
