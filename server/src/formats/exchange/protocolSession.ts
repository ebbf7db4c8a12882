/** One session of a protocol log of Exchange, row by row: what its columns say of the connection and of both sides. */

import { endpointAddress, greetingHost, recipientCaptures } from '../../smtp/address.ts';
import { commanded, commandOf, isSignIn } from '../../smtp/command.ts';
import { readResponse } from '../../smtp/response.ts';
import { Session } from '../../smtp/session.ts';
import { asterisk, digit2, digit4, digit5, hyphen, lessThan, plus } from '../../text/characters.ts';
import { type Excerpt, joinRuns, type Run, withSingleBlanks } from '../../text/excerpt.ts';
import { RecentValue } from '../../text/recent.ts';
import { reachAbove, reachBelow } from '../../text/seam.ts';
import { utcTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { CaptureName, Captures, CommandName, LogRecord, Span } from '../../values.ts';
import { cellExcerpt } from '../shapes/csvRow.ts';
import { attempted, beginsAttempt, failedAttempt, isAnswered } from './attempts.ts';
import { ProtocolContext } from './protocolContext.ts';
import type { Direction } from './protocolDirection.ts';
import type { ProtocolRow } from './protocolRow.ts';

/** A reply whose last line has not come yet. */
interface OpenReply {
  readonly code: string;
  readonly time: string;
  readonly span: Span;
  readonly runs: (Run | Excerpt)[];
  readonly places: Span[];
  readonly seat: Seat;
}

/** What a record of a row has of its session. */
type Seat = Pick<LogRecord, 'connection' | 'ids' | 'direction' | 'dialogue' | 'isFirst'>;

/** So much of a line tells which command it is: STARTTLS, and what follows it. */
const longestCommand = 9;
const lowerCase = 0x20;
const capitalX = 0x58;
const letterA = 0x61;
const letterE = 0x65;
const letterH = 0x68;
const letterM = 0x6d;
const letterR = 0x72;
const letterX = 0x78;

/** What one session has said so far, as far as it stands within reach. */
export class ProtocolSession {
  private readonly text: string;
  private readonly direction: Direction;
  private readonly said = new Session(reachAbove);
  private connector: Captures = {};
  private sessionId: string | undefined;
  private readonly remoteHost = new RecentValue<string>(reachAbove);
  private readonly remoteAddress = new RecentValue<string>(reachAbove);
  private readonly context: ProtocolContext;
  /** How this server signs in: by the command that was asked last, or else by what the other side offers. */
  private readonly signIn = new RecentValue<CommandName>(reachAbove);
  private isBegun = false;
  private reply: OpenReply | undefined;
  /** A failed attempt that the reply below it tells, where one stands there. */
  private unanswered: LogRecord | undefined;

  constructor(text: string, direction: Direction) {
    this.text = text;
    this.context = new ProtocolContext(text);
    this.direction = direction;
  }

  /** Takes the session's next row, and adds the failures that it ends. True where the session is over. */
  read(row: ProtocolRow, records: LogRecord[]): boolean {
    if (!this.isBegun) this.begin(row);
    const event = row.event;
    if (event === lessThan && this.said.isIdle(row.from)) this.rememberHost(row);
    if (event === this.direction.reply.charCodeAt(0)) this.addReply(row, records);
    else if (event === asterisk) {
      this.finishReply(records);
      this.addInformation(row, records);
    } else {
      this.finish(records);
      if (event === this.direction.command.charCodeAt(0)) this.addCommand(row);
      else if (event === plus) this.said.begin(row.from);
    }
    return event === hyphen;
  }

  /** Whether a reply of several lines has not ended yet, or the reply to a failed attempt may still come. */
  get isOpen(): boolean {
    return (this.reply ?? this.unanswered) !== undefined;
  }

  /** Where the first line of that reply stands, or the attempt. */
  get openFrom(): number {
    return (this.reply ?? this.unanswered)?.span.start ?? -1;
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
    this.said.command(row.from, isLong ? row.data : this.text.slice(start, start + longestCommand));
    if (first !== letterA && first !== letterX) return;
    const command = commandOf(this.text.slice(start, start + longestCommand));
    if (isSignIn(command)) this.signIn.remember(row.from, command);
  }

  /** Collects the lines of a reply: `550-…` goes on, `550 …` ends it (RFC 5321, 4.2.1). */
  private addReply(row: ProtocolRow, records: LogRecord[]): void {
    const { text } = this;
    const start = row.dataStart;
    const digit = text.charCodeAt(start);
    const isFailure = digit === digit4 || digit === digit5;
    const code = text.slice(start, start + 3);
    const goesOn = text.charCodeAt(start + 3) === hyphen;
    // As far as a reply is followed downwards, so far its lines are joined upwards.
    if (this.reply && (this.reply.code !== code || row.from - this.reply.span.start > reachBelow)) this.finishReply(records);
    if (!isFailure) {
      this.finish(records);
      // Only Exchange offers it, and where a smart host is an Exchange server too, AUTH is asked before the sign-in fails.
      if (text.charCodeAt(start + 4) === capitalX && /^250[ -]X-(?:EXPS|ANONYMOUSTLS)\b/.test(row.data) && !this.signIn.recall(row.from)) this.signIn.remember(row.from, 'X-EXPS');
      this.said.accept(row.from, code, goesOn);
      return;
    }
    this.unanswered = undefined;
    const data = row.dataCell;
    const line = cellExcerpt(text, data);
    if (this.reply) {
      this.reply.runs.push({ text: ' ', start: data.start, end: data.start, literal: false }, line);
      this.reply.places.push(data);
    } else this.reply = { code, time: row.time, span: row.span, runs: [line], places: [data], seat: this.seatOf(row) };
    this.rememberEndpoint(row);
    if (!goesOn) this.finishReply(records);
  }

  /** Adds what has not ended, where no further row follows. */
  finish(records: LogRecord[]): void {
    this.finishReply(records);
    if (this.unanswered) records.push(this.unanswered);
    this.unanswered = undefined;
  }

  private finishReply(records: LogRecord[]): void {
    if (!this.reply) return;
    const { runs, time, span, places, seat } = this.reply;
    this.reply = undefined;
    const read = readResponse(joinRuns(runs));
    const { command, recipient } = this.said.refuse(span.start, read?.response.text ?? '');
    if (!read) return;
    const record: LogRecord = {
      format: this.direction.format,
      what: 'failed',
      span,
      mark: read.mark,
      places,
      response: command ? withChanges(read.response, { command }) : read.response,
      captures: this.captured(span.start, read.captures, recipientCaptures(recipient)),
    };
    records.push(Object.assign(record, utcTime(time), seat));
  }

  private seatOf(row: ProtocolRow): Seat {
    const connection = { local: row.localEndpoint, remote: row.remoteEndpoint };
    const ids = this.sessionId === undefined ? {} : { session: this.sessionId };
    const seat = { ids, connection, direction: this.direction.side, dialogue: 'numbered' } as const;
    return row.isFirst ? Object.assign(seat, { isFirst: true } as const) : seat;
  }

  /**
   * Written out in the order of the vocabulary, so that no name is looked up, and nobody has to put them in order.
   * @param at Where the row stands that they are for.
   * @param told What the reply itself says of the other side.
   * @param about The recipient that it is about.
   */
  private captured(at: number, told: Captures, about: Captures): Captures {
    const { recipient, recipientDomain } = about;
    const { messageId, certificateThumbprint, certificateSubject } = this.context.recall(at);
    const sender = this.said.sender(at);
    const remoteHost = told.remoteHost ?? this.remoteHost.recall(at);
    const remoteAddress = told.remoteAddress ?? this.remoteAddress.recall(at);
    const captures: Partial<Record<CaptureName, string>> = withChanges(this.connector);
    if (messageId !== undefined) captures.messageId = messageId;
    if (recipient !== undefined) captures.recipient = recipient;
    if (recipientDomain !== undefined) captures.recipientDomain = recipientDomain;
    if (sender) captures.sender = sender;
    if (remoteHost !== undefined) captures.remoteHost = remoteHost;
    if (remoteAddress !== undefined) captures.remoteAddress = remoteAddress;
    if (this.sessionId !== undefined) captures.sessionId = this.sessionId;
    if (certificateThumbprint !== undefined) captures.certificateThumbprint = certificateThumbprint;
    if (certificateSubject !== undefined) captures.certificateSubject = certificateSubject;
    return captures;
  }

  /** Rows with `*` tell about certificates, the message, and what failed without a reply. */
  private addInformation(row: ProtocolRow, records: LogRecord[]): void {
    this.context.read(row);
    if (beginsAttempt(this.text, row.contextStart)) this.addAttempt(row, row.context, row.contextCell, records);
    else if (beginsAttempt(this.text, row.dataStart)) this.addAttempt(row, row.data, row.dataCell, records);
  }

  private addAttempt(row: ProtocolRow, value: string, cell: Span, records: LogRecord[]): void {
    this.rememberEndpoint(row);
    const about = recipientCaptures(this.said.recipient(row.from));
    const asked = commanded(this.attempted(row, value));
    const domain = /Destination domain: ([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)/.exec(value)?.[1];
    const record: LogRecord = {
      format: this.direction.format,
      what: 'failed',
      span: row.span,
      mark: { start: cell.start, end: cell.start + failedAttempt(value).length },
      places: [cell],
      response: { text: withSingleBlanks(value.trim()), ...asked },
      captures: this.captured(row.from, {}, domain ? withChanges(about, { recipientDomain: domain }) : about),
    };
    Object.assign(record, utcTime(row.time), this.seatOf(row), asked);
    if (isAnswered(value)) this.unanswered = record;
    else records.push(record);
  }

  private attempted(row: ProtocolRow, value: string): CommandName | undefined {
    const command = attempted(value);
    return command === 'AUTH' ? (this.signIn.recall(row.from) ?? command) : command;
  }

  /** The other side names itself in its EHLO, or at the beginning of its banner, whose further lines say anything. */
  private rememberHost(row: ProtocolRow): void {
    const first = this.text.charCodeAt(row.dataStart) | lowerCase;
    if (first !== digit2 && first !== letterE && first !== letterH) return;
    const said = row.data;
    const host = this.remoteHost.recall(row.from) && said.startsWith('220') ? undefined : greetingHost(said);
    if (host) this.remoteHost.remember(row.from, host);
  }

  private rememberEndpoint(row: ProtocolRow): void {
    const remoteAddress = endpointAddress(row.remoteEndpoint);
    if (remoteAddress) this.remoteAddress.remember(row.from, remoteAddress);
  }
}
