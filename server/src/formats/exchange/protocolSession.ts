/** One session of an SMTP protocol log, row by row: what it says of both sides, and which command a reply answers. */

import { commandAddress, endpointAddress, greetingHost, recipientCaptures } from '../../smtp/address.ts';
import { commandOf } from '../../smtp/command.ts';
import { readResponse } from '../../smtp/response.ts';
import { asterisk, digit2, digit4, digit5, hyphen, lessThan } from '../../text/characters.ts';
import { type Excerpt, joinRuns, type Run } from '../../text/excerpt.ts';
import { utcTime } from '../../text/times.ts';
import { type CaptureName, type Captures, type FormatId, type LogRecord, type Span, withChanges } from '../../values.ts';
import { cellExcerpt } from '../shapes/csvRow.ts';
import { beginsAttempt, failedAttempt } from './attempts.ts';
import type { ProtocolRow } from './protocolRow.ts';

/** The two directions of a protocol log: who sends commands, who answers them, and what the connector is called. */
export interface Direction {
  readonly format: FormatId;
  /** The event column of a command: `>` where this server sends, `<` where it receives. */
  readonly command: '>' | '<';
  /** The event column of a reply: only a reply can be a failure. */
  readonly reply: '<' | '>';
  connectorCaptures(connector: string): Captures;
}

/** A reply whose last line has not come yet. */
interface OpenReply {
  readonly code: string;
  readonly time: string;
  readonly span: Span;
  readonly runs: (Run | Excerpt)[];
  readonly places: Span[];
}

const longestQueue = 1_000;
/** So much of a line tells which command it is: STARTTLS, and what follows it. */
const longestCommand = 9;
const lowerCase = 0x20;
const letterC = 0x63;
const letterE = 0x65;
const letterH = 0x68;
const letterM = 0x6d;
const letterR = 0x72;
const letterS = 0x73;

/** What one session has said so far. */
export class Session {
  private readonly text: string;
  private readonly direction: Direction;
  /** What was said of the connection and of the message. */
  private connector: Captures = {};
  private sessionId: string | undefined;
  private remoteHost: string | undefined;
  private remoteAddress: string | undefined;
  private certificateThumbprint: string | undefined;
  private certificateSubject: string | undefined;
  private messageId: string | undefined;
  /** Each MAIL command begins them anew. */
  private sender: string | undefined;
  private recipient: string | undefined;
  private isBegun = false;
  /** Commands that wait for their reply, oldest first: with PIPELINING (RFC 2920) several do. */
  private readonly waiting: string[] = [];
  /** Whose certificate the next certificate rows describe. */
  private certificate: 'own' | 'other' = 'other';
  private reply: OpenReply | undefined;

  constructor(text: string, direction: Direction) {
    this.text = text;
    this.direction = direction;
  }

  /** Takes the session's next row, and adds the failures that it ends. True where the session is over. */
  read(row: ProtocolRow, records: LogRecord[]): boolean {
    if (!this.isBegun) this.begin(row);
    const event = row.event;
    if (event === lessThan && this.waiting.length === 0) this.rememberHost(row);
    if (event === this.direction.reply.charCodeAt(0)) this.addReply(row, records);
    else {
      this.finish(records);
      if (event === this.direction.command.charCodeAt(0)) this.addCommand(row);
      else if (event === asterisk) this.addInformation(row, records);
    }
    return event === hyphen;
  }

  /** Whether a reply of several lines has not ended yet. */
  get isOpen(): boolean {
    return this.reply !== undefined;
  }

  private begin(row: ProtocolRow): void {
    const { connector, sessionId } = row;
    if (connector !== '') this.connector = this.direction.connectorCaptures(connector);
    if (sessionId !== '') this.sessionId = sessionId;
    this.isBegun = true;
  }

  private addCommand(row: ProtocolRow): void {
    const start = row.dataStart;
    const first = this.text.charCodeAt(start) | lowerCase;
    // Only the commands that name an address say more than their name: those begin with M and R.
    const isLong = first === letterM || first === letterR;
    const data = isLong ? row.data : this.text.slice(start, start + longestCommand);
    if (this.waiting.length < longestQueue) this.waiting.push(data);
    const command = isLong ? commandAddress(data) : undefined;
    if (command?.verb === 'MAIL') {
      this.sender = command.address;
      this.recipient = undefined;
    } else if (command) this.recipient = command.address;
  }

  /** Collects the lines of a reply: `550-…` goes on, `550 …` ends it (RFC 5321, 4.2.1). */
  private addReply(row: ProtocolRow, records: LogRecord[]): void {
    const { text } = this;
    const start = row.dataStart;
    const digit = text.charCodeAt(start);
    const isFailure = digit === digit4 || digit === digit5;
    const code = isFailure ? text.slice(start, start + 3) : undefined;
    if (this.reply && this.reply.code !== code) this.finish(records);
    if (code === undefined) {
      // A positive reply is over at once: Exchange writes each as one row. The banner finds no command waiting.
      this.waiting.shift();
      return;
    }
    const data = row.dataCell;
    const goesOn = text[data.start + 3] === '-';
    const line = cellExcerpt(text, data);
    if (this.reply) {
      this.reply.runs.push({ text: ' ', start: data.start, end: data.start, literal: false }, line);
      this.reply.places.push(data);
    } else this.reply = { code, time: row.time, span: row.span, runs: [line], places: [data] };
    this.rememberEndpoint(row);
    if (!goesOn) this.finish(records);
  }

  /** Adds the reply that has not ended, where no further row follows. */
  finish(records: LogRecord[]): void {
    if (!this.reply) return;
    const { runs, time, span, places } = this.reply;
    this.reply = undefined;
    const read = readResponse(joinRuns(runs));
    const line = this.waiting.shift() ?? '';
    const answered = commandAddress(line);
    const command = commandOf(line);
    if (!read) return;
    const record: LogRecord = {
      format: this.direction.format,
      span,
      mark: read.mark,
      places,
      response: command ? withChanges(read.response, { command }) : read.response,
      captures: this.captured(read.captures, answered?.verb === 'RCPT' ? recipientCaptures(answered.address) : undefined),
    };
    records.push(Object.assign(record, utcTime(time)));
  }

  /**
   * Written out in the order of the vocabulary: then V8 need not look up each name, and nobody has to put them in order.
   * @param told What the reply itself says of the other side.
   * @param about The recipient that it is about.
   */
  private captured(told: Captures, about = recipientCaptures(this.recipient)): Captures {
    const { recipient, recipientDomain } = about;
    const remoteHost = told.remoteHost ?? this.remoteHost;
    const remoteAddress = told.remoteAddress ?? this.remoteAddress;
    const captures: Partial<Record<CaptureName, string>> = withChanges(this.connector);
    if (this.messageId !== undefined) captures.messageId = this.messageId;
    if (recipient !== undefined) captures.recipient = recipient;
    if (recipientDomain !== undefined) captures.recipientDomain = recipientDomain;
    if (this.sender !== undefined) captures.sender = this.sender;
    if (remoteHost !== undefined) captures.remoteHost = remoteHost;
    if (remoteAddress !== undefined) captures.remoteAddress = remoteAddress;
    if (this.sessionId !== undefined) captures.sessionId = this.sessionId;
    if (this.certificateThumbprint !== undefined) captures.certificateThumbprint = this.certificateThumbprint;
    if (this.certificateSubject !== undefined) captures.certificateSubject = this.certificateSubject;
    return captures;
  }

  /** Rows with `*` tell about certificates, the message, and what failed without a reply. */
  private addInformation(row: ProtocolRow, records: LogRecord[]): void {
    this.readContext(row);
    if (beginsAttempt(this.text, row.contextStart)) this.addAttempt(row, row.context, row.contextCell, records);
    else if (beginsAttempt(this.text, row.dataStart)) this.addAttempt(row, row.data, row.dataCell, records);
  }

  private addAttempt(row: ProtocolRow, value: string, cell: Span, records: LogRecord[]): void {
    this.rememberEndpoint(row);
    const domain = /Destination domain: ([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)/.exec(value)?.[1];
    const record: LogRecord = {
      format: this.direction.format,
      span: row.span,
      mark: { start: cell.start, end: cell.start + failedAttempt(value).length },
      places: [cell],
      response: { text: value.trim() },
      captures: this.captured({}, domain ? withChanges(recipientCaptures(this.recipient), { recipientDomain: domain }) : undefined),
    };
    records.push(Object.assign(record, utcTime(row.time)));
  }

  private readContext(row: ProtocolRow): void {
    const context = row.context;
    const messageId = context.includes('InternetMessageId <') ? /InternetMessageId (<[^<>\s]{1,998}>)/.exec(context)?.[1] : undefined;
    if (messageId) this.messageId = messageId;
    switch (this.text.charCodeAt(row.contextStart) | lowerCase) {
      case letterS:
        if (/^Sending certificate/i.test(context)) this.certificate = 'own';
        return;
      case letterR:
        if (/^(?:Received|Remote) certificate/i.test(context)) this.certificate = 'other';
        return;
      case letterC:
        if (this.certificate !== 'own') return;
        if (/^Certificate subject/i.test(context)) this.certificateSubject = row.data;
        else if (/^Certificate thumbprint/i.test(context)) this.certificateThumbprint = row.data;
    }
  }

  /** The other side names itself in its EHLO, or at the beginning of its banner, whose further lines say anything. */
  private rememberHost(row: ProtocolRow): void {
    const first = this.text.charCodeAt(row.dataStart) | lowerCase;
    if (first !== digit2 && first !== letterE && first !== letterH) return;
    const said = row.data;
    const host = this.remoteHost && said.startsWith('220') ? undefined : greetingHost(said);
    if (host) this.remoteHost = host;
  }

  private rememberEndpoint(row: ProtocolRow): void {
    const remoteAddress = endpointAddress(row.remoteEndpoint);
    if (remoteAddress) this.remoteAddress = remoteAddress;
  }
}
