/** The SMTP service of IIS in W3C form: the replies of other servers, and the status that this server gave. */

import { commandCaptures, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { commanded, commandOf } from '../../smtp/command.ts';
import { type ReadResponse, readResponse } from '../../smtp/response.ts';
import { type Answered, Session } from '../../smtp/session.ts';
import { type Excerpt, sliceExcerpt } from '../../text/excerpt.ts';
import { nextLine } from '../../text/lines.ts';
import { standsAt } from '../../text/occurrences.ts';
import { Recent } from '../../text/recent.ts';
import { reachAbove } from '../../text/seam.ts';
import { inOrder, stretchAt } from '../../text/spans.ts';
import { utcTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import { type Captures, type CommandName, isRecord, type LogRecord, type Span, type Step } from '../../values.ts';
import type { LogFormat, Wanted } from '../logFormat.ts';
import { type CellNumbers, columnsOfHeader, columnsOfRow, verbs } from './iisColumns.ts';
import { findLines, readLines, sessionSeam, withBlanks } from './lineLog.ts';

const literals = ['SMTPSVC', 'OutboundConnectionResponse', 'OutboundConnectionCommand'];

export const iisSmtp: LogFormat = {
  id: 'iis-smtp',
  title: 'IIS SMTP log',
  literals,
  // A web log of IIS has the same header lines, so the rows decide.
  find: (text, _free, occurrences) => {
    const offsets = occurrences(literals).filter((offset) => standsAt(text, anchor, offset));
    const isOne = offsets.some((offset) => !text.startsWith('OutboundConnectionCommand', offset));
    return isOne ? findLines(text, occurrences, inOrder([occurrences('#Fields: '), offsets]), () => true, isOwnLine) : [];
  },
  steps: readLog,
  seam: (text, at, stretches) => {
    const seam = sessionSeam(text, at, stretches);
    return seam && { ...seam, preamble: columnsAbove(text, seam.context, stretches) };
  },
};

/** The line of the log that names the columns in force at an offset; the empty text where none does. */
function columnsAbove(text: string, offset: number, stretches: readonly Span[]): string {
  const isOwn = (at: number): boolean => (at === 0 || text[at - 1] === '\n') && stretchAt(stretches, at) !== undefined;
  let at = offset;
  do at = at > 0 ? text.lastIndexOf('#Fields: ', at - 1) : -1;
  while (at >= 0 && !isOwn(at));
  return at < 0 ? '' : text.slice(at, nextLine(text, at));
}

/** In a path it is the folder of the log. */
const anchor = /#Fields: |(?<![\w\\/])SMTPSVC\d{1,4}(?![\w\\/])|\bOutboundConnection(?:Response|Command)\b/y;

/** A row begins with its date, its time or an address. */
const isOwnLine = (line: string): boolean => (line.startsWith('#Fields: ') ? /\bcs-method\b/.test(line) && !line.includes(',') : /^\s{0,8}[\da-f]{0,4}[\d.:-]/i.test(line));

/** Connections in each direction. IIS names them by the other side's address alone, so those of one host are told as one. */
type Connections = Recent<Session>;

/** Rows without a `#Fields:` line above them have the columns that they show. Those of the NCSA and native forms say nothing: there a number such as 541 is a Windows error. */
function readLog(text: string, stretches: readonly Span[], { what }: Wanted): Step[] {
  let columns: CellNumbers | undefined;
  const connections: Connections = new Recent(reachAbove);
  return readLines(text, stretches, (line, span) => {
    if (line.text.startsWith('#Fields: ')) {
      columns = columnsOfHeader(line.text);
      return undefined;
    }
    const step = line.text.startsWith('#') ? undefined : readRow(new Row(line, columns), span, connections);
    return step && (what === 'all' || isRecord(step)) ? step : undefined;
  });
}

/** The cells of a row, by the names of their columns. */
class Row {
  readonly line: Excerpt;
  private readonly cells: readonly Span[];
  private readonly columns: CellNumbers | undefined;

  constructor(line: Excerpt, columns: CellNumbers | undefined) {
    this.line = line;
    this.cells = splitCells(line.text);
    this.columns = columns ?? columnsOfRow(this.cells.slice(0, 64).map(({ start, end }) => line.text.slice(start, end)));
  }

  /** Empty where the row has no such column. */
  cell(column: string): Span {
    return this.cells[this.columns?.get(column) ?? -1] ?? { start: 0, end: 0 };
  }

  value(column: string): string {
    const { start, end } = this.cell(column);
    return this.line.text.slice(start, end);
  }
}

function readRow(row: Row, span: Span, connections: Connections): Step | undefined {
  const outbound = [row.value('cs-username'), row.value('cs-method')].find((name) => name.startsWith('OutboundConnection'));
  const remoteAddress = row.value('c-ip');
  const at = span.start;
  const key = `${outbound ? 'to' : 'from'} ${remoteAddress}`;
  const session = connections.recall(key, at) ?? new Session(reachAbove);
  connections.remember(key, at, session);
  const told = outbound === 'OutboundConnectionResponse' ? readReply(row, at, session) : readCommand(row, at, session, outbound !== undefined);
  if (!told) return undefined;
  // What it answered to a client is a status beside the command, and nothing is written when the client connects.
  const side = outbound ? ({ direction: 'send', dialogue: 'greeted' } as const) : ({ direction: 'receive', dialogue: 'ungreeted' } as const);
  const seat = { ids: { session: key }, ...side };
  const server = row.value('s-computername');
  const own = stated({ remoteAddress: /[.:]/.test(remoteAddress) ? remoteAddress : '', server: server === '-' ? '' : server });
  // The W3C form is in UTC (W3C Extended Log File Format, "date" and "time").
  const when = utcTime(`${row.value('date')}T${row.value('time')}Z`);
  if (!('read' in told)) {
    const { what, said, command, about } = told;
    return { format: 'iis-smtp', what, span, mark: span, ...seat, said, ...when, ...commanded(command), captures: withChanges(own, about) };
  }
  const { read, answered } = told;
  const record: LogRecord = {
    format: 'iis-smtp',
    what: 'failed',
    span,
    mark: read.mark,
    places: [span],
    ...seat,
    ...when,
    response: answered.command ? withChanges(read.response, { command: answered.command }) : read.response,
    captures: withChanges(recipientCaptures(answered.recipient), stated({ sender: session.sender(at) }), own),
  };
  return record;
}

/** A reply that refuses. */
interface Refusal {
  readonly read: ReadResponse;
  readonly answered: Answered;
}

/** A row that is no failure. */
interface Told {
  readonly what: 'asked' | 'accepted';
  readonly said: string;
  readonly command: CommandName | undefined;
  /** Whom the row names. */
  readonly about: Captures;
}

/** A row about what this server was asked has the status that it gave beside the command: such a command waits for nothing. */
function readCommand(row: Row, at: number, session: Session, isSent: boolean): Refusal | Told | undefined {
  const method = row.value('cs-method').toUpperCase();
  if (!verbs.has(method)) return undefined;
  const line = `${method} ${row.value('cs-uri-query').replaceAll('+', ' ').trim()}`;
  session.command(at, line);
  const told = { said: line, command: commandOf(line), about: commandCaptures(line) };
  if (isSent) return { what: 'asked', ...told };
  const { start, end } = row.cell('sc-status');
  const status = sliceExcerpt(row.line, start, end);
  const read = /^[45]\d\d$/.test(status.text) ? readResponse(status) : undefined;
  if (read) return { read, answered: session.refuse(at, '') };
  session.accept(at, '250', false);
  return { what: 'accepted', ...told };
}

function readReply(row: Row, at: number, session: Session): Refusal | Told | undefined {
  const reply = withBlanks(row.line, row.cell('cs-uri-query'), '+');
  const read = readResponse(reply);
  if (read) return { read, answered: session.refuse(at, read.response.text) };
  if (!/^[23]\d\d/.test(reply.text)) return undefined;
  const { command, recipient } = session.answered(at);
  session.accept(at, reply.text.slice(0, 3), reply.text[3] === '-');
  return { what: 'accepted', said: reply.text, command, about: command === 'RCPT' ? recipientCaptures(recipient) : {} };
}

function splitCells(line: string): Span[] {
  const cells: Span[] = [];
  for (let start = 0; start < line.length; ) {
    const blank = line.indexOf(' ', start);
    const end = blank < 0 ? line.length : blank;
    if (end > start) cells.push({ start, end });
    start = end + 1;
  }
  return cells;
}
