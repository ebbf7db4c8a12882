/** hMailServer's log: the replies it was given as a client, and those it gave as a server. */

import { commandCaptures, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { commanded, commandOf } from '../../smtp/command.ts';
import { readResponse } from '../../smtp/response.ts';
import { Session } from '../../smtp/session.ts';
import { composeExcerpts, type Excerpt, joinRuns, placeSpan, type Run, sliceExcerpt } from '../../text/excerpt.ts';
import { Recent } from '../../text/recent.ts';
import { reachAbove } from '../../text/seam.ts';
import { withChanges } from '../../text/withChanges.ts';
import { isRecord, type LogRecord, type Span, type Step } from '../../values.ts';
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
  steps: (text, stretches, { what }) => {
    const sessions = new Recent<Session>(reachAbove);
    return readLines(text, stretches, (line, span) => {
      const step = readLine(line, span, sessions);
      return step && (what === 'all' || isRecord(step)) ? step : undefined;
    });
  },
};

/** `"SMTPC"	thread	session	"time"	"address"	"RECEIVED: …"`. */
const row = /^"SMTP([CD])"\t\d{1,10}\t(\d{1,10})\t"([^"]{1,40})"\t"([^"]{0,64})"\t"(SENT|RECEIVED): /;

function readLine(line: Excerpt, span: Span, sessions: Recent<Session>): Step | undefined {
  const found = row.exec(line.text);
  if (!found) return undefined;
  const [start, side, number, time, address, direction] = [found[0].length, found[1], found[2] ?? '', found[3] ?? '', found[4], found[5]];
  const at = span.start;
  const key = `${side}${number}`;
  const session = sessions.recall(key, at) ?? new Session(reachAbove);
  sessions.remember(key, at, session);
  const said = sliceExcerpt(line, start, line.text.endsWith('"') ? line.text.length - 1 : line.text.length);
  const isReply = (side === 'C') === (direction === 'RECEIVED');
  const own = stated({ sessionId: number, remoteAddress: address });
  const seat = { ids: { session: number }, direction: side === 'C' ? 'send' : 'receive', dialogue: 'greeted' } as const;
  const step = { format: 'hmailserver', span, mark: placeSpan(said, 0, said.text.length), ...seat, said: said.text, ...lineTime(time) } as const;
  if (!isReply) {
    session.command(at, said.text);
    return { ...step, what: 'asked', captures: withChanges(own, commandCaptures(said.text)), ...commanded(commandOf(said.text)) };
  }
  const read = readResponse(withBreaks(said));
  if (!read) {
    if (!/^[23]\d\d/.test(said.text)) return { ...step, what: 'noted', captures: own };
    const { command, recipient } = session.answered(at);
    const last = said.text.split(lineBreak).at(-1) ?? '';
    session.accept(at, said.text.slice(0, 3), last[3] === '-');
    return { ...step, what: 'accepted', captures: command === 'RCPT' ? withChanges(own, recipientCaptures(recipient)) : own, ...commanded(command) };
  }
  const { command, recipient } = session.refuse(at, read.response.text);
  const record: LogRecord = {
    format: 'hmailserver',
    what: 'failed',
    span,
    mark: read.mark,
    places: [span],
    ...seat,
    ...lineTime(time),
    response: command ? withChanges(read.response, { command }) : read.response,
    captures: withChanges(own, recipientCaptures(recipient), stated({ sender: session.sender(at) }), read.captures),
  };
  return record;
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
