/** The rows of a protocol log that are no failures: what was asked and accepted, and what else a session says of itself. */

import { commandCaptures, endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { commanded, commandOf } from '../../smtp/command.ts';
import { type Answered, Session } from '../../smtp/session.ts';
import { asterisk, digit4, digit5, hyphen, plus } from '../../text/characters.ts';
import { nextLine } from '../../text/lines.ts';
import { Recent } from '../../text/recent.ts';
import { reachAbove } from '../../text/seam.ts';
import { utcTime } from '../../text/times.ts';
import { type Captures, type Connection, type Ids, type Span, type Step, withChanges } from '../../values.ts';
import { beginsAttempt } from './attempts.ts';
import { readSections } from './fieldsLog.ts';
import { type Columns, isRow } from './fieldsRow.ts';
import { ProtocolRow } from './protocolRow.ts';
import type { Direction } from './protocolSession.ts';

/**
 * One step for each row that is no failure, in order.
 * @param from Rows above it are read only for what the rows below answer.
 * @param guessed The columns of rows that were copied without their header.
 */
export function readProtocolSteps(text: string, stretches: readonly Span[], from: number, direction: Direction, guessed?: Columns): Step[] {
  const steps: Step[] = [];
  const sessions = new Recent<SessionSteps>(reachAbove);
  const row = new ProtocolRow(text);
  for (const { start, end, columns } of readSections(text, stretches, guessed)) {
    for (let at = start; at < end; at = nextLine(text, at)) {
      if (!isRow(text, at)) continue;
      row.moveTo(at, columns);
      const id = row.sessionId;
      // An id comes again where a log is a copy of several, and rows without one have no session in common.
      const known = row.isFirst || id === '' ? undefined : sessions.recall(id, at);
      const session = known ?? new SessionSteps(text, direction, row);
      sessions.remember(id, at, session);
      const step = session.read(row);
      if (step && at >= from) steps.push(step);
    }
  }
  return steps;
}

/** What is told of a row beside where and when it stands. */
type Told = Pick<Step, 'what' | 'said'> & Partial<Pick<Step, 'command' | 'captures' | 'isFurtherLine'>>;

/** A line of a protocol log can quote a whole message header; so much of it is kept. */
const longestSaid = 2_000;

/** A session while its rows are told one by one. */
class SessionSteps {
  private readonly text: string;
  private readonly direction: Direction;
  private readonly session = new Session(reachAbove);
  /** What all rows of the session have in common. */
  private readonly ids: Ids;
  private readonly captures: Captures;
  private readonly connection: Connection;
  /** A reply whose last line has not come yet. */
  private open: { readonly code: string; readonly answered: Answered; readonly at: number; text: string } | undefined;

  constructor(text: string, direction: Direction, first: ProtocolRow) {
    this.text = text;
    this.direction = direction;
    this.ids = first.sessionId === '' ? {} : { session: first.sessionId };
    this.connection = { local: first.value('local-endpoint'), remote: first.remoteEndpoint };
    const connector = first.connector === '' ? {} : direction.connectorCaptures(first.connector);
    this.captures = withChanges<Captures>(connector, stated({ remoteAddress: endpointAddress(first.remoteEndpoint), sessionId: first.sessionId }));
  }

  /** The step of the session's next row; undefined for one that states a failure, or belongs to one. */
  read(row: ProtocolRow): Step | undefined {
    const { event } = row;
    const told = event === this.direction.reply.charCodeAt(0) ? this.readReply(row) : this.readOther(row, event);
    if (!told) return undefined;
    const { span, dataCell, contextCell } = row;
    const mark = dataCell.end > dataCell.start ? dataCell : contextCell.end > contextCell.start ? contextCell : span;
    const step: Step = {
      format: this.direction.format,
      what: told.what,
      span,
      mark,
      ids: this.ids,
      connection: this.connection,
      captures: told.captures ? withChanges<Captures>(this.captures, told.captures) : this.captures,
    };
    return Object.assign(
      step,
      utcTime(row.time),
      told.command && { command: told.command },
      told.said && { said: told.said },
      told.isFurtherLine && { isFurtherLine: told.isFurtherLine },
    );
  }

  private readOther(row: ProtocolRow, event: number): Told | undefined {
    const { session, text } = this;
    const at = row.from;
    this.close();
    if (event === plus) {
      session.begin(at);
      return { what: 'began', said: '' };
    }
    if (event === this.direction.command.charCodeAt(0)) return this.readCommand(at, row.data);
    if (event === asterisk && (beginsAttempt(text, row.contextStart) || beginsAttempt(text, row.dataStart))) return undefined;
    return { what: event === hyphen ? 'ended' : 'noted', said: joined(row.data, row.context) };
  }

  private readCommand(at: number, line: string): Told {
    this.session.command(at, line);
    return { what: 'asked', said: shortened(line), captures: commandCaptures(line), ...commanded(commandOf(line)) };
  }

  private readReply(row: ProtocolRow): Told | undefined {
    const line = row.data;
    const at = row.from;
    const code = line.slice(0, 3);
    const goesOn = line.charCodeAt(3) === hyphen;
    const isFailure = line.charCodeAt(0) === digit4 || line.charCodeAt(0) === digit5;
    const isFurtherLine = this.open?.code === code;
    if (!isFurtherLine) {
      this.close();
      this.open = { code, answered: this.session.answered(at), at, text: '' };
      if (!isFailure) this.session.accept(at, code, false);
    }
    const { open } = this;
    if (open) open.text = shortened(`${open.text} ${line}`);
    const { command, recipient } = open?.answered ?? { command: undefined, recipient: undefined };
    if (!goesOn) this.close();
    if (isFailure) return undefined;
    return {
      what: 'accepted',
      said: shortened(line),
      captures: command === 'RCPT' ? recipientCaptures(recipient) : {},
      ...commanded(command),
      ...(isFurtherLine && { isFurtherLine }),
    };
  }

  /** A refusal takes its command away when all of it has been read. */
  private close(): void {
    const { open } = this;
    this.open = undefined;
    if (open && /^[45]/.test(open.code)) this.session.refuse(open.at, open.text);
  }
}

const shortened = (said: string): string => (said.length > longestSaid ? said.slice(0, longestSaid) : said);

const joined = (data: string, context: string): string => shortened(data !== '' && context !== '' ? `${context} ${data}` : `${context}${data}`);
