/** Rows of Exchange's logs that were copied without the header that names their columns: recognised by their shape, and said to be guessed. */

import { isDigit } from '../../text/characters.ts';
import { lineEnd, lineStartAfter, nextLine } from '../../text/lines.ts';
import { reachAbove, seamBetweenLines } from '../../text/seam.ts';
import { stretchAt } from '../../text/spans.ts';
import { withChanges } from '../../text/withChanges.ts';
import { type Block, type FormatId, isRecord, type LogRecord, type Span } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import { splitCell } from '../shapes/csvRow.ts';
import { readAgentLog } from './agentLog.ts';
import { readConnectivityLog } from './connectivity.ts';
import { type Columns, type GuessColumns, isRow } from './fieldsRow.ts';
import { readTrackingLog } from './messageTracking.ts';
import { findFailures, readProtocolLog, readSessions } from './protocolLog.ts';
import { receiving } from './smtpReceive.ts';
import { sending } from './smtpSend.ts';

/** One format for each kind of row; they look only at what the formats before them have left. */
export const copiedRows: readonly LogFormat[] = [
  rowsOf(
    'smtp-send',
    'Rows of an SMTP send protocol log',
    (text, stretches, wanted, occurrences) => readProtocolLog(text, stretches, wanted, occurrences, sending, protocolColumns),
    { blocks: (text, stretches) => readSessions(text, stretches, protocolColumns), suspects: (text) => findFailures(text, sending, 0) },
  ),
  rowsOf(
    'smtp-receive',
    'Rows of an SMTP receive protocol log',
    (text, stretches, wanted, occurrences) => readProtocolLog(text, stretches, wanted, occurrences, receiving, protocolColumns),
    { blocks: (text, stretches) => readSessions(text, stretches, protocolColumns), suspects: (text) => findFailures(text, receiving, 0) },
  ),
  rowsOf('message-tracking', 'Rows of a message tracking log', (text, stretches, wanted) => readTrackingLog(text, stretches, wanted, guessTrackingColumns)),
  rowsOf('connectivity', 'Rows of a transport connectivity log', (text, stretches, wanted) => readConnectivityLog(text, stretches, wanted, connectivityColumns)),
  rowsOf('agent-log', 'Rows of an agent log', (text, stretches, wanted) => readAgentLog(text, stretches, wanted, agentColumns)),
];

function rowsOf(
  id: FormatId,
  title: string,
  read: LogFormat['steps'],
  { blocks, suspects }: { readonly blocks?: (text: string, stretches: readonly Span[]) => Block[]; readonly suspects?: (text: string) => readonly number[] } = {},
): LogFormat {
  return {
    id,
    title,
    find: (text, free, occurrences) => findRows(text, free, occurrences(afterTime), id),
    steps: (text, stretches, wanted, occurrences) =>
      read(text, stretches, wanted, occurrences).map((step) => (isRecord(step) ? withChanges<LogRecord>(step, { isGuessed: true }) : step)),
    signs: (_text, occurrences) => occurrences(afterTime),
    seam: (text, at, stretches) => (stretchAt(stretches, at) ? seamBetweenLines(text, at, reachAbove) : undefined),
    ...(blocks && { blocks }),
    ...(suspects && { suspects }),
  };
}

/**
 * The rows of a kind in what is free, joined where nothing stands between them. A row may be indented or quoted with `>`.
 * @param times Where a row's time may end, in order: all kinds of rows ask for that.
 */
function findRows(text: string, free: readonly Span[], times: readonly number[], id: FormatId): Span[] {
  const stretches: Span[] = [];
  const bounds: number[] = [];
  let open: { start: number; end: number } | undefined;
  let index = 0;
  for (const { start, end } of free) {
    for (let from = start; index < times.length && (times[index] as number) < end; index++) {
      const at = times[index] as number;
      const row = at < from ? undefined : rowStart(text, at, start);
      if (row === undefined) continue;
      from = Math.min(lineEnd(text, at), end);
      if (kindOf(text, row, from, bounds) !== id) continue;
      const next = Math.min(nextLine(text, at), end);
      if (open?.end === row) open.end = next;
      else {
        open = { start: row, end: next };
        stretches.push(open);
      }
    }
  }
  return stretches;
}

/** The end of a row's time with the comma behind it: no row can be without. */
const afterTime = 'Z,';

function rowStart(text: string, at: number, limit: number): number | undefined {
  const before = text.charCodeAt(at - 1);
  if (!isDigit(before)) return undefined;
  const line = lineStartAfter(text, at, Math.max(limit, at - 80));
  if (line === undefined) return undefined;
  const row = line + (/^[ \t>]*/.exec(text.slice(line, at))?.[0].length ?? 0);
  return isRow(text, row) && at - row < 32 ? row : undefined;
}

/** Tells a row's kind from the number of its columns and from those columns that can hold only certain values. */
function kindOf(text: string, start: number, end: number, bounds: number[]): FormatId | undefined {
  bounds.length = 0;
  let at = start;
  // A row with more cells than any row has need not be split to its end.
  do at = splitCell(text, at, end, bounds) + 1;
  while (at <= end && bounds.length <= 2 * mostColumns);
  const value = (column: number): string => text.slice(bounds[2 * column], bounds[2 * column + 1]);
  const count = bounds.length / 2;
  if ((count === 8 || count === 9) && /^[-+<>*]$/.test(value(6)) && /^\d{1,9}$/.test(value(3)) && isSession(value(2))) return directionOf(value);
  if (count >= 16 && count <= 20 && /^On[A-Z][A-Za-z]{2,40}$/.test(value(11)) && /^[A-Z][A-Za-z]{3,40}$/.test(value(12)) && isSession(value(1))) return 'agent-log';
  if (count >= 20 && count <= mostColumns && /^[A-Z]{2,40}$/.test(value(7)) && /^[A-Z]{3,40}$/.test(value(8))) return 'message-tracking';
  if (count === 6 && /^[-+>*]$/.test(value(4)) && /^[A-Za-z]{2,40}$/.test(value(2)) && (value(1) === '' || isSession(value(1)))) return 'connectivity';
  return undefined;
}

/** A message tracking log has the most. */
const mostColumns = 31;

function isSession(value: string): boolean {
  return /^[0-9A-Fa-f]{16}$/.test(value) || /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/.test(value);
}

/**
 * Whether a protocol row is of a send or of a receive log, told from the first of these that says it: a receive connector's identity has a
 * backslash after its server, and any other connector is a send connector; the side with a port that servers listen on is the server;
 * whoever gives a reply is the server.
 */
function directionOf(value: (column: number) => string): FormatId {
  const connector = value(1);
  if (connector !== '') return connector.includes('\\') ? 'smtp-receive' : 'smtp-send';
  const [isLocalServer, isRemoteServer] = [isServerPort(value(4)), isServerPort(value(5))];
  if (isLocalServer !== isRemoteServer) return isLocalServer ? 'smtp-receive' : 'smtp-send';
  const isReply = /^[2-5]\d\d(?:[ -]|$)/.test(value(7));
  return isReply === (value(6) === '>') ? 'smtp-receive' : 'smtp-send';
}

/** SMTP's ports (RFC 5321, RFC 6409, RFC 8314) and those of Exchange's own services. */
function isServerPort(endpoint: string): boolean {
  return /:(?:25|465|475|587|717|2525)$/.test(endpoint);
}

const columnsOf = (...names: readonly string[]): Columns => new Map(names.map((name, index) => [name, index]));

const protocolColumns = columnsOf('date-time', 'connector-id', 'session-id', 'sequence-number', 'local-endpoint', 'remote-endpoint', 'event', 'data', 'context');
const connectivityColumns = columnsOf('date-time', 'session', 'source', 'destination', 'direction', 'description');

/** Exchange 2007 has them up to ReasonData, and later versions added to their end. */
const agentColumns = columnsOf(
  ...['timestamp', 'sessionid', 'localendpoint', 'remoteendpoint', 'enteredorgfromip', 'messageid', 'p1fromaddress', 'p2fromaddresses', 'recipient', 'numrecipients'],
  ...['agent', 'event', 'action', 'smtpresponse', 'reason', 'reasondata', 'diagnostics', 'networkmsgid', 'tenantid', 'directionality'],
);

const beforeNetworkId = [
  'date-time',
  'client-ip',
  'client-hostname',
  'server-ip',
  'server-hostname',
  'source-context',
  'connector-id',
  'source',
  'event-id',
  'internal-message-id',
  'message-id',
];
const afterNetworkId = [
  ...['recipient-address', 'recipient-status', 'total-bytes', 'recipient-count', 'related-recipient-address', 'reference', 'message-subject', 'sender-address', 'return-path'],
  ...['message-info', 'directionality', 'tenant-id', 'original-client-ip', 'original-server-ip', 'custom-data', 'transport-traffic-type', 'log-id', 'schema-version'],
];
const trackingColumns = columnsOf(...beforeNetworkId, 'network-message-id', ...afterNetworkId);
const olderTrackingColumns = columnsOf(...beforeNetworkId, ...afterNetworkId);

/** Exchange 2013 put network-message-id between message-id and recipient-address; it is a GUID. Exchange 2010 has 26 columns, Exchange 2007 fewer. */
const guessTrackingColumns: GuessColumns = (text, bounds) => {
  const value = text.slice(bounds[22], bounds[23]);
  if (/^[0-9A-Fa-f-]{36}$/.test(value)) return trackingColumns;
  return bounds.length / 2 > 26 && !value.includes('@') ? trackingColumns : olderTrackingColumns;
};
