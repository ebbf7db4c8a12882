/** The SMTP service of IIS in W3C form: the replies of other servers, and the status that this server gave. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { readResponse } from '../../smtp/response.ts';
import { type Excerpt, joinRuns, sliceExcerpt } from '../../text/excerpt.ts';
import { nextLine } from '../../text/lines.ts';
import { inOrder } from '../../text/spans.ts';
import { utcTime } from '../../text/times.ts';
import { type Captures, type LogRecord, type Span, withChanges } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { findLines, lineLogSeam, readLines, standsAt } from './lineLog.ts';

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
  parse: readLog,
  seam: (text, at, stretches) => {
    const seam = lineLogSeam(text, at, stretches);
    if (!seam) return undefined;
    const fields = text.lastIndexOf('#Fields: ', at);
    return { ...seam, preamble: fields < 0 ? '' : text.slice(fields, nextLine(text, fields)) };
  },
};

const anchor = /#Fields: |\bSMTPSVC\d|\bOutboundConnection(?:Response|Command)\b/y;

const isOwnLine = (line: string): boolean => !line.startsWith('#Fields: ') || (/\bcs-method\b/.test(line) && !line.includes(','));

/** The last sender and recipient of a connection, which IIS names by the other side's address alone. */
type Connections = Map<string, Captures>;

const mostConnections = 10_000;

/** Rows before the first `#Fields:` line, and those of the NCSA and native forms, say nothing: there a number such as 541 is a Windows error. */
function readLog(text: string, stretches: readonly Span[]): LogRecord[] {
  let columns = new Map<string, number>();
  const connections: Connections = new Map();
  return readLines(text, stretches, (line, span) => {
    if (line.text.startsWith('#Fields: ')) {
      columns = new Map(
        line.text
          .slice('#Fields: '.length)
          .trim()
          .split(' ')
          .slice(0, 64)
          .map((name, index) => [name.toLowerCase(), index]),
      );
      return undefined;
    }
    return columns.size === 0 || line.text.startsWith('#') ? undefined : readRow(line, span, columns, connections);
  });
}

const verbs = new Set(['HELO', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'BDAT', 'AUTH', 'STARTTLS', 'RSET', 'VRFY', 'EXPN', 'ETRN', 'TURN', 'QUIT', 'XEXCH50']);

function readRow(line: Excerpt, span: Span, columns: ReadonlyMap<string, number>, connections: Connections): LogRecord | undefined {
  const cells = splitCells(line.text);
  const cell = (column: string): Span => cells[columns.get(column) ?? -1] ?? { start: 0, end: 0 };
  const value = (column: string): string => line.text.slice(cell(column).start, cell(column).end);
  const kind = [value('cs-username'), value('cs-method')].find((name) => name.startsWith('OutboundConnection'));
  const remoteAddress = value('c-ip');
  const method = value('cs-method').toUpperCase();
  if (kind !== 'OutboundConnectionResponse') remember(connections, remoteAddress, method, value('cs-uri-query').replaceAll('+', ' ').trim());
  const status = value('sc-status');
  const isRefusal = kind === undefined && verbs.has(method) && /^[45]\d\d$/.test(status);
  const read =
    kind === 'OutboundConnectionResponse'
      ? readResponse(withBlanks(line, cell('cs-uri-query')))
      : isRefusal
        ? readResponse(sliceExcerpt(line, cell('sc-status').start, cell('sc-status').end))
        : undefined;
  if (!read) return undefined;
  const server = value('s-computername');
  return {
    format: 'iis-smtp',
    span,
    mark: read.mark,
    places: [span],
    // The W3C form is in UTC (W3C Extended Log File Format, "date" and "time").
    ...utcTime(`${value('date')}T${value('time')}Z`),
    response: read.response,
    captures: withChanges(connections.get(remoteAddress) ?? {}, stated({ remoteAddress: /[.:]/.test(remoteAddress) ? remoteAddress : '', server: server === '-' ? '' : server })),
  };
}

function remember(connections: Connections, remoteAddress: string, method: string, query: string): void {
  const address = /^(?:FROM|TO):\s?<([^<>\s]{0,320})>/i.exec(query)?.[1];
  if (address === undefined) return;
  if (connections.size >= mostConnections) connections.clear();
  const { sender } = connections.get(remoteAddress) ?? {};
  connections.set(remoteAddress, method === 'MAIL' ? stated({ sender: address }) : withChanges(recipientCaptures(address), stated({ sender })));
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

/** IIS writes a blank as +; each stands where the blank would. */
function withBlanks(line: Excerpt, cell: Span): Excerpt {
  const start = line.place(cell.start);
  const text = line.text.slice(cell.start, cell.end).replaceAll('+', ' ');
  return joinRuns([{ text, start, end: start + text.length, literal: true }]);
}
