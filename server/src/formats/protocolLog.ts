/** Reads SMTP protocol logs of Exchange: follows each session row by row, and tells what was answered to which command. */

import { commandAddress, endpointAddress, greetingHost, recipientCaptures } from '../smtp/address.ts';
import { joinRuns, type Run } from '../smtp/excerpt.ts';
import { readResponse } from '../smtp/response.ts';
import type { Block, Captures, FormatId, LogRecord, Span } from '../values.ts';
import { cellRuns } from './csvRow.ts';
import { type Columns, type Row, readRows } from './fieldsLog.ts';
import { utcTime } from './utcTime.ts';

/** The two directions of a protocol log: who sends commands, who answers them, and what the connector is called. */
export interface Direction {
  readonly format: FormatId;
  /** The event column of a command: `>` where this server sends, `<` where it receives. */
  readonly command: '>' | '<';
  /** The event column of a reply: only a reply can be a failure. */
  readonly reply: '<' | '>';
  connectorCaptures(connector: string): Captures;
}

/**
 * The failures of a protocol log: replies of 4yz and 5yz, one record for a reply of several lines, and connections that never came about.
 * Sessions interleave, so each is followed by its session id.
 * @param columns The columns of rows that were copied without their header.
 */
export function readProtocolLog(text: string, stretches: readonly Span[], direction: Direction, columns?: Columns): LogRecord[] {
  const records: LogRecord[] = [];
  const sessions = new Map<string, Session>();
  readRows(
    text,
    stretches,
    (row) => {
      const id = row.value('session-id');
      let session = sessions.get(id);
      if (!session) {
        session = startSession(id, row, direction);
        sessions.set(id, session);
      }
      const event = row.value('event');
      if (event === '<') rememberHost(row.value('data'), session);
      if (event === direction.reply) addReply(text, row, session, direction, records);
      else {
        finishReply(session, direction, records);
        if (event === direction.command) addCommand(row.value('data'), session);
        else if (event === '*') addInformation(row, session, direction, records);
        else if (event === '-') sessions.delete(id);
      }
    },
    columns && (() => columns),
  );
  for (const session of sessions.values()) finishReply(session, direction, records);
  return records;
}

/** The sessions of a protocol log. Only rows in one piece make a block: an editor cannot fold what interleaves. */
export function readSessions(text: string, stretches: readonly Span[], columns?: Columns): Block[] {
  const blocks: { kind: 'session'; name: string; detail: string; span: { start: number; end: number } }[] = [];
  let id = '';
  readRows(
    text,
    stretches,
    (row) => {
      const last = blocks.at(-1);
      const rowId = row.value('session-id');
      if (last && rowId === id) {
        last.span.end = row.span.end;
        return;
      }
      id = rowId;
      blocks.push({
        kind: 'session',
        name: `Session ${rowId}`,
        detail: [row.value('connector-id'), row.value('remote-endpoint')].filter(Boolean).join(', '),
        span: { ...row.span },
      });
    },
    columns && (() => columns),
  );
  return blocks;
}

/** What the earlier rows of a session have said. */
interface Session {
  captures: Captures;
  /** Commands that wait for their reply, oldest first: with PIPELINING (RFC 2920) several do. */
  readonly waiting: string[];
  /** Whose certificate the next certificate rows describe. */
  certificate: 'own' | 'other';
  reply: OpenReply | undefined;
}

/** A reply whose last line has not come yet. */
interface OpenReply {
  readonly code: string;
  readonly time: string;
  readonly span: Span;
  readonly runs: Run[];
  readonly places: Span[];
}

function startSession(id: string, row: Row, direction: Direction): Session {
  const connector = row.value('connector-id');
  return {
    captures: { ...(connector && direction.connectorCaptures(connector)), ...(id && { sessionId: id }) },
    waiting: [],
    certificate: 'other',
    reply: undefined,
  };
}

const longestQueue = 1_000;

function addCommand(data: string, session: Session): void {
  const command = commandAddress(data);
  if (command?.verb === 'MAIL') {
    const { recipient: _recipient, recipientDomain: _domain, ...rest } = session.captures;
    session.captures = { ...rest, sender: command.address };
  }
  if (command?.verb === 'RCPT') session.captures = { ...session.captures, ...recipientCaptures(command.address) };
  if (session.waiting.length < longestQueue) session.waiting.push(data);
}

/** Collects the lines of a reply: `550-…` goes on, `550 …` ends it (RFC 5321, 4.2.1). */
function addReply(text: string, row: Row, session: Session, direction: Direction, records: LogRecord[]): void {
  const data = row.cell('data');
  const code = text.slice(data.start, data.start + 3);
  if (session.reply && session.reply.code !== code) finishReply(session, direction, records);
  const failed = code[0] === '4' || code[0] === '5';
  const goesOn = text[data.start + 3] === '-';
  if (!failed) {
    // A positive reply is over at once: Exchange writes each as one row. The banner finds no command waiting.
    session.waiting.shift();
    return;
  }
  const run = cellRuns(text, data);
  if (session.reply) session.reply.runs.push({ text: ' ', start: data.start, end: data.start, literal: false }, ...run);
  else session.reply = { code, time: row.value('date-time'), span: row.span, runs: [...run], places: [] };
  session.reply.places.push(data);
  rememberEndpoint(row, session);
  if (!goesOn) finishReply(session, direction, records);
}

function finishReply(session: Session, direction: Direction, records: LogRecord[]): void {
  const { reply } = session;
  if (!reply) return;
  session.reply = undefined;
  const read = readResponse(joinRuns(reply.runs));
  const answered = commandAddress(session.waiting.shift() ?? '');
  if (!read) return;
  const time = utcTime(reply.time);
  records.push({
    format: direction.format,
    span: reply.span,
    mark: read.mark,
    places: reply.places,
    ...time,
    response: read.response,
    captures: { ...session.captures, ...(answered?.verb === 'RCPT' && recipientCaptures(answered.address)), ...read.captures },
  });
}

/** Rows with `*` tell about certificates, the message, and connections that failed. */
function addInformation(row: Row, session: Session, direction: Direction, records: LogRecord[]): void {
  const context = row.value('context');
  if (/^Sending certificate/i.test(context)) session.certificate = 'own';
  else if (/^Received certificate|^Remote certificate/i.test(context)) session.certificate = 'other';
  else if (session.certificate === 'own' && /^Certificate subject/i.test(context)) session.captures = { ...session.captures, certificateSubject: row.value('data') };
  else if (session.certificate === 'own' && /^Certificate thumbprint/i.test(context)) session.captures = { ...session.captures, certificateThumbprint: row.value('data') };
  const messageId = /InternetMessageId (<[^<>\s]{1,998}>)/.exec(context)?.[1];
  if (messageId) session.captures = { ...session.captures, messageId };
  const failed = /^Failed to connect\. Winsock error code: \d{1,5}/;
  for (const column of ['context', 'data']) {
    const value = row.value(column);
    const found = failed.exec(value);
    if (!found) continue;
    const cell = row.cell(column);
    rememberEndpoint(row, session);
    const domain = /Destination domain: ([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)/.exec(value)?.[1];
    records.push({
      format: direction.format,
      span: row.span,
      mark: { start: cell.start, end: cell.start + found[0].length },
      places: [cell],
      ...utcTime(row.value('date-time')),
      response: { text: value.trim() },
      captures: { ...session.captures, ...(domain && { recipientDomain: domain }) },
    });
    return;
  }
}

/** The other side names itself in its banner, or in its EHLO. */
function rememberHost(said: string, session: Session): void {
  const host = session.waiting.length === 0 ? greetingHost(said) : undefined;
  if (host) session.captures = { ...session.captures, remoteHost: host };
}

function rememberEndpoint(row: Row, session: Session): void {
  const remoteAddress = endpointAddress(row.value('remote-endpoint'));
  if (remoteAddress) session.captures = { ...session.captures, remoteAddress };
}
