/** One session of an SMTP protocol log, row by row: what it says of both sides, and which command a reply answers. */

import { commandAddress, endpointAddress, greetingHost, recipientCaptures } from '../smtp/address.ts';
import { commandOf } from '../smtp/command.ts';
import { joinRuns, type Run } from '../smtp/excerpt.ts';
import { readResponse } from '../smtp/response.ts';
import { type CaptureName, type Captures, type FormatId, type LogRecord, type Span, withChanges } from '../values.ts';
import { cellRuns } from './csvRow.ts';
import { beginsAttempt, failedAttempt } from './failedAttempt.ts';
import type { ProtocolRow } from './protocolRow.ts';
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

export interface Session {
  /** Takes the session's next row, and adds the failures that it ends. True where the session is over. */
  read(text: string, row: ProtocolRow, records: LogRecord[]): boolean;
  /** Whether a reply of several lines has not ended yet. */
  isOpen(): boolean;
  /** Adds the reply that has not ended, where no further row follows. */
  finish(records: LogRecord[]): void;
}

/** A reply whose last line has not come yet. */
interface OpenReply {
  readonly code: string;
  readonly time: string;
  readonly span: Span;
  readonly runs: Run[];
  readonly places: Span[];
}

const longestQueue = 1_000;
/** So much of a line tells which command it is: STARTTLS, and what follows it. */
const longestCommand = 9;
const lowerCase = 0x20;
const letterC = 0x63;
const letterM = 0x6d;
const letterR = 0x72;
const letterS = 0x73;
const digit4 = 0x34;
const digit5 = 0x35;
const lessThan = 0x3c;
const asterisk = 0x2a;
const hyphen = 0x2d;

export function createSession(direction: Direction): Session {
  /** What was said of the connection and of the message so far; but for sender and recipient, which each MAIL command begins anew. */
  const captures: Partial<Record<CaptureName, string>> = {};
  let isBegun = false;
  let sender: string | undefined;
  let recipient: string | undefined;
  /** Commands that wait for their reply, oldest first: with PIPELINING (RFC 2920) several do. */
  const waiting: string[] = [];
  /** Whose certificate the next certificate rows describe. */
  let certificate: 'own' | 'other' = 'other';
  let reply: OpenReply | undefined;
  const commandCode = direction.command.charCodeAt(0);
  const replyCode = direction.reply.charCodeAt(0);

  return {
    read(text, row, records) {
      if (!isBegun) begin(row);
      const event = row.event;
      if (event === lessThan && waiting.length === 0) rememberHost(row.data);
      if (event === replyCode) addReply(text, row, records);
      else {
        finish(records);
        if (event === commandCode) addCommand(text, row);
        else if (event === asterisk) addInformation(text, row, records);
      }
      return event === hyphen;
    },
    isOpen: () => reply !== undefined,
    finish,
  };

  function begin(row: ProtocolRow): void {
    const { connector, sessionId } = row;
    if (connector !== '') Object.assign(captures, direction.connectorCaptures(connector));
    if (sessionId !== '') captures.sessionId = sessionId;
    isBegun = true;
  }

  function addCommand(text: string, row: ProtocolRow): void {
    const start = row.dataStart;
    const first = text.charCodeAt(start) | lowerCase;
    // Only the commands that name an address say more than their name: those begin with M and R.
    const isLong = first === letterM || first === letterR;
    const data = isLong ? row.data : text.slice(start, start + longestCommand);
    if (waiting.length < longestQueue) waiting.push(data);
    const command = isLong ? commandAddress(data) : undefined;
    if (command?.verb === 'MAIL') {
      sender = command.address;
      recipient = undefined;
    } else if (command) recipient = command.address;
  }

  /** Collects the lines of a reply: `550-…` goes on, `550 …` ends it (RFC 5321, 4.2.1). */
  function addReply(text: string, row: ProtocolRow, records: LogRecord[]): void {
    const start = row.dataStart;
    const digit = text.charCodeAt(start);
    const isFailure = digit === digit4 || digit === digit5;
    const code = isFailure ? text.slice(start, start + 3) : undefined;
    if (reply && reply.code !== code) finish(records);
    if (code === undefined) {
      // A positive reply is over at once: Exchange writes each as one row. The banner finds no command waiting.
      waiting.shift();
      return;
    }
    const data = row.dataCell;
    const goesOn = text[data.start + 3] === '-';
    const runs = cellRuns(text, data);
    if (reply) reply.runs.push({ text: ' ', start: data.start, end: data.start, literal: false }, ...runs);
    else reply = { code, time: row.time, span: row.span, runs: [...runs], places: [] };
    reply.places.push(data);
    rememberEndpoint(row);
    if (!goesOn) finish(records);
  }

  function finish(records: LogRecord[]): void {
    if (!reply) return;
    const { runs, time, span, places } = reply;
    reply = undefined;
    const read = readResponse(joinRuns(runs));
    const line = waiting.shift() ?? '';
    const answered = commandAddress(line);
    const command = commandOf(line);
    if (!read) return;
    const record: LogRecord = {
      format: direction.format,
      span,
      mark: read.mark,
      places,
      response: withChanges(read.response, command ? { command } : undefined),
      captures: captured(answered?.verb === 'RCPT' ? recipientCaptures(answered.address) : undefined, read.captures),
    };
    records.push(withChanges(record, utcTime(time)));
  }

  function captured(...more: readonly (Captures | undefined)[]): Captures {
    return withChanges<Captures>(captures, sender === undefined ? undefined : { sender }, recipientCaptures(recipient), ...more);
  }

  /** Rows with `*` tell about certificates, the message, and what failed without a reply. */
  function addInformation(text: string, row: ProtocolRow, records: LogRecord[]): void {
    readContext(text, row);
    if (beginsAttempt(text, row.contextStart)) addAttempt(row, row.context, row.contextCell, records);
    else if (beginsAttempt(text, row.dataStart)) addAttempt(row, row.data, row.dataCell, records);
  }

  function addAttempt(row: ProtocolRow, value: string, cell: Span, records: LogRecord[]): void {
    rememberEndpoint(row);
    const domain = /Destination domain: ([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)/.exec(value)?.[1];
    const record: LogRecord = {
      format: direction.format,
      span: row.span,
      mark: { start: cell.start, end: cell.start + failedAttempt(value).length },
      places: [cell],
      response: { text: value.trim() },
      captures: captured(domain ? { recipientDomain: domain } : undefined),
    };
    records.push(withChanges(record, utcTime(row.time)));
  }

  function readContext(text: string, row: ProtocolRow): void {
    const context = row.context;
    const messageId = context.includes('InternetMessageId <') ? /InternetMessageId (<[^<>\s]{1,998}>)/.exec(context)?.[1] : undefined;
    if (messageId) captures.messageId = messageId;
    switch (text.charCodeAt(row.contextStart) | lowerCase) {
      case letterS:
        if (/^Sending certificate/i.test(context)) certificate = 'own';
        return;
      case letterR:
        if (/^(?:Received|Remote) certificate/i.test(context)) certificate = 'other';
        return;
      case letterC:
        if (certificate !== 'own') return;
        if (/^Certificate subject/i.test(context)) captures.certificateSubject = row.data;
        else if (/^Certificate thumbprint/i.test(context)) captures.certificateThumbprint = row.data;
    }
  }

  /** The other side names itself in its EHLO, or at the beginning of its banner, whose further lines say anything. */
  function rememberHost(said: string): void {
    const host = captures.remoteHost && said.startsWith('220') ? undefined : greetingHost(said);
    if (host) captures.remoteHost = host;
  }

  function rememberEndpoint(row: ProtocolRow): void {
    const remoteAddress = endpointAddress(row.remoteEndpoint);
    if (remoteAddress) captures.remoteAddress = remoteAddress;
  }
}
