/** The rows of a protocol log that are no failures: what was asked and accepted, and what else a session says of itself. */

import { commandCaptures, endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated, statedIds } from '../../smtp/captures.ts';
import { commandOf } from '../../smtp/command.ts';
import { readHandOver } from '../../smtp/handOver.ts';
import { type Answered, Session } from '../../smtp/session.ts';
import { asterisk, digit4, digit5, hyphen, plus } from '../../text/characters.ts';
import { nextLine } from '../../text/lines.ts';
import { Recent } from '../../text/recent.ts';
import { reachAbove } from '../../text/seam.ts';
import { utcTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, Connection, Ids, Span, Step } from '../../values.ts';
import { beginsAttempt } from './attempts.ts';
import { readSections } from './fieldsLog.ts';
import { type Columns, isRow } from './fieldsRow.ts';
import type { Direction } from './protocolDirection.ts';
import { ProtocolRow } from './protocolRow.ts';

/**
 * One step for each row that is no failure, in order.
 * @param from Rows above it are read only for what the rows below answer.
 * @param guessed The columns of rows that were copied without their header.
 */
export function readProtocolSteps(text: string, stretches: readonly Span[], from: number, direction: Direction, guessed?: Columns): Step[] {
  const steps: Step[] = [];
  const sessions = new Recent<SessionSteps>(reachAbove);
  const row = new ProtocolRow(text);
  // The rows of a session mostly stand together, so it is remembered when another one's row comes.
  let last: { readonly id: string; readonly session: SessionSteps; at: number } | undefined;
  for (const { start, end, columns } of readSections(text, stretches, guessed)) {
    for (let at = start; at < end; at = nextLine(text, at)) {
      if (!isRow(text, at)) continue;
      row.moveTo(at, columns);
      const id = row.sessionId;
      // An id comes again where a log is a copy of several, and rows without one have no session in common.
      const isNew = row.isFirst || id === '';
      if (last && !isNew && last.id === id && at - last.at <= reachAbove) last.at = at;
      else {
        if (last) sessions.remember(last.id, last.at, last.session);
        last = { id, session: (isNew ? undefined : sessions.recall(id, at)) ?? new SessionSteps(text, direction, row), at };
      }
      const step = last.session.read(row);
      if (step && at >= from) steps.push(step);
    }
  }
  return steps;
}

/** A line of a protocol log can quote a whole message header; so much of it is kept. */
const longestSaid = 2_000;

/** A step while it is told. There is one for each row of a log, so each is made once, with nothing that its row does not say. */
type Telling = { -readonly [Name in keyof Step]: Step[Name] };

/** A session while its rows are told one by one. */
class SessionSteps {
  private readonly text: string;
  private readonly direction: Direction;
  private readonly command: number;
  private readonly reply: number;
  private readonly session = new Session(reachAbove);
  /** What all rows of the session have in common. */
  private readonly ids: Ids;
  private readonly captures: Captures;
  private connection: Connection;
  /** A reply whose last line has not come yet. */
  private open: { readonly code: string; readonly answered: Answered; readonly at: number; text: string } | undefined;

  constructor(text: string, direction: Direction, first: ProtocolRow) {
    this.text = text;
    this.direction = direction;
    this.command = direction.command.charCodeAt(0);
    this.reply = direction.reply.charCodeAt(0);
    this.ids = first.sessionId === '' ? {} : { session: first.sessionId };
    this.connection = { local: first.localEndpoint, remote: first.remoteEndpoint };
    const connector = first.connector === '' ? {} : direction.connectorCaptures(first.connector);
    this.captures = withChanges<Captures>(connector, stated({ remoteAddress: endpointAddress(first.remoteEndpoint), sessionId: first.sessionId }));
  }

  /** The step of the session's next row; undefined for one that states a failure, or belongs to one. */
  read(row: ProtocolRow): Step | undefined {
    const { event } = row;
    if (event === this.reply) return this.readReply(row);
    this.close();
    if (event === this.command) return this.readCommand(row);
    if (event === plus) return this.readOpening(row);
    if (event !== asterisk) return this.tell(row, event === hyphen ? 'ended' : 'noted', joined(row.data, row.context));
    if (beginsAttempt(this.text, row.contextStart) || beginsAttempt(this.text, row.dataStart)) return undefined;
    return this.readNote(row);
  }

  private tell(row: ProtocolRow, what: Step['what'], said: string): Telling {
    const data = row.dataCell;
    const { span } = row;
    const step: Telling = {
      format: this.direction.format,
      what,
      span,
      mark: data.end > data.start ? data : contextOf(row, span),
      ids: this.ids,
      connection: this.connection,
      direction: this.direction.side,
      dialogue: 'numbered',
      captures: this.captures,
    };
    const { time } = utcTime(row.time);
    if (time !== undefined) step.time = time;
    if (said !== '') step.said = said;
    if (row.isFirst) step.isFirst = true;
    return step;
  }

  /** The rows above it cannot say at which end of this server it began. */
  private readOpening(row: ProtocolRow): Step {
    this.session.begin(row.from);
    if (this.connection.local === '') this.connection = { local: row.localEndpoint, remote: row.remoteEndpoint };
    return this.tell(row, 'began', '');
  }

  /** A send log says which message it hands over before it does. */
  private readNote(row: ProtocolRow): Step {
    const { data, context } = row;
    const step = this.tell(row, 'noted', joined(data, context));
    const found = context.includes('InternetMessageId <') ? /(?:RecordId (\d{1,20}) and )?InternetMessageId (<[^<>\s]{1,998}>)/.exec(context) : undefined;
    if (found) step.ids = withChanges<Ids>(this.ids, statedIds({ internal: found[1], message: found[2] }));
    return step;
  }

  private readCommand(row: ProtocolRow): Step {
    const line = row.data;
    this.session.command(row.from, line);
    const step = this.tell(row, 'asked', shortened(line));
    const command = commandOf(line);
    if (command) step.command = command;
    if (command === 'MAIL' || command === 'RCPT') step.captures = withChanges<Captures>(this.captures, commandCaptures(line));
    return step;
  }

  private readReply(row: ProtocolRow): Step | undefined {
    const line = row.data;
    const at = row.from;
    const code = line.slice(0, 3);
    const goesOn = line.charCodeAt(3) === hyphen;
    const isFailure = line.charCodeAt(0) === digit4 || line.charCodeAt(0) === digit5;
    const isFurtherLine = this.open?.code === code;
    if (!isFurtherLine) this.begin(at, code, isFailure);
    const open = this.open as NonNullable<typeof this.open>;
    if (isFailure) open.text = shortened(`${open.text} ${line}`);
    if (!goesOn) this.close();
    if (isFailure) return undefined;
    const step = this.tell(row, 'accepted', shortened(line));
    const { command, recipient } = open.answered;
    if (command) step.command = command;
    if (isFurtherLine) step.isFurtherLine = true;
    else if (command === 'message' || line.includes('> [')) this.addHandOver(step, line);
    if (command === 'RCPT' && recipient) step.captures = withChanges<Captures>(this.captures, recipientCaptures(recipient));
    return step;
  }

  /** The answer to a message says what it is called there. */
  private addHandOver(step: Telling, line: string): void {
    const { message, handOver } = readHandOver(line);
    step.handOver = handOver;
    if (message !== undefined) step.ids = withChanges<Ids>(this.ids, { message });
  }

  private begin(at: number, code: string, isFailure: boolean): void {
    this.close();
    this.open = { code, answered: this.session.answered(at), at, text: '' };
    if (!isFailure) this.session.accept(at, code, false);
  }

  /** A refusal takes its command away when all of it has been read. */
  private close(): void {
    const { open } = this;
    if (!open) return;
    this.open = undefined;
    const first = open.code.charCodeAt(0);
    if (first === digit4 || first === digit5) this.session.refuse(open.at, open.text);
  }
}

function contextOf(row: ProtocolRow, span: Span): Span {
  const context = row.contextCell;
  return context.end > context.start ? context : span;
}

const shortened = (said: string): string => (said.length > longestSaid ? said.slice(0, longestSaid) : said);

const joined = (data: string, context: string): string => shortened(data !== '' && context !== '' ? `${context} ${data}` : `${context}${data}`);
