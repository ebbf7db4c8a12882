/** Judges the events of message tracking, whether they come from the log file, from a console or from a message trace. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { isPositive, type ReadResponse, readFailure, readResponse } from '../../smtp/response.ts';
import { type Excerpt, placeSpan } from '../../text/excerpt.ts';
import { Nearby } from '../../text/recent.ts';
import { reachAbove, reachBelow } from '../../text/seam.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, FormatId, LogRecord, Span, When } from '../../values.ts';
import { commonDomain } from './recipientStatus.ts';

/** One event, with what its row or object says. */
export interface TrackingEvent {
  readonly format: FormatId;
  readonly span: Span;
  /** It is a row of the log itself, which is a step beside its failures, or of a command that shows it; a message trace of Exchange Online is neither. */
  readonly kind?: 'log' | 'output';
  /** "FAIL", in any case. */
  readonly event: string;
  readonly recipients: readonly string[];
  /** One for each recipient, one for all of them, or none. */
  readonly statuses: readonly Excerpt[];
  readonly context: Excerpt | undefined;
  readonly messageId: string;
  /** The message that a DSN is about. */
  readonly reference: string;
  readonly when: When;
  /** The client's host: of a connection that this server made, this server. */
  readonly client: string;
  /** What does not depend on the recipient. */
  readonly captures: Captures;
}

/**
 * Collects the failures of tracking events, one for each failed recipient of an event.
 * A DSN tells the sender about a failure that has its own FAIL event, so it counts only where the log has no such event for the
 * message and recipient, near enough that a log read in parts shows both. The FAIL may stand below the DSN: what a DSN says is decided at the end.
 */
export class TrackingFailures {
  private readonly failures: LogRecord[] = [];
  private readonly notifications: { readonly record: LogRecord; readonly messageId: string; readonly reference: string }[] = [];
  /** Where the failures of a message, or of one recipient of it, stand. */
  private readonly failed = new Nearby(reachAbove, reachBelow);

  add(event: TrackingEvent | undefined): void {
    if (!event || isNeverFailure(event.event)) return;
    const name = event.event.toUpperCase();
    for (const record of readEvent(event, name)) {
      if (name === 'DSN') this.notifications.push({ record, messageId: event.messageId, reference: event.reference });
      else {
        this.failures.push(record);
        this.failed.add(event.messageId, event.span.start);
        this.failed.add(`${event.messageId}\n${record.captures.recipient ?? ''}`, event.span.start);
      }
    }
  }

  /** The failures, in any order. */
  records(): LogRecord[] {
    const untold = this.notifications.filter(({ record, messageId, reference }) => {
      const recipient = record.captures.recipient ?? '';
      const at = record.span.start;
      return !this.failed.has(`${messageId}\n${recipient}`, at) && !(reference !== '' && this.failed.has(reference, at));
    });
    return [...this.failures, ...untold.map(({ record }) => record)];
  }
}

/** Whether an event is worth reading at all, told without looking at the rest of its row. */
export function isNeverFailure(event: string): boolean {
  return harmless.has(event) || harmless.has(event.toUpperCase());
}

/** Events that are no failure of a delivery, whatever stands beside them (Exchange documentation, "Message tracking"). */
const harmless = new Set([
  ...['AGENTINFO', 'CLIENTSUBMISSION', 'DELIVER', 'DUPLICATEDELIVER', 'DUPLICATEEXPAND', 'DUPLICATEREDIRECT', 'EXPAND', 'HADISCARD', 'HARECEIVE', 'HAREDIRECT', 'HAREDIRECTFAIL'],
  ...['INITMESSAGECREATED', 'LOAD', 'MODERATORAPPROVE', 'NOTIFYMAPI', 'NOTIFYSHADOW', 'PROCESS', 'PROCESSMEETINGMESSAGE', 'RECEIVE', 'REDIRECT', 'RESOLVE', 'RESUBMIT', 'SEND'],
  ...['SENDEXTERNAL', 'SUBMIT', 'THROTTLE', 'TRANSFER'],
]);

/** Events that say by themselves that something failed: there a text without codes counts too, and the context where no status says anything. */
const failing = new Set(['FAIL', 'DEFER', 'BADMAIL', 'POISONMESSAGE', 'SUBMITFAIL', 'DELIVERFAIL', 'SUBMITDEFER', 'DELIVERDEFER', 'RESUBMITFAIL', 'RESUBMITDEFER']);

function readEvent(event: TrackingEvent, name: string): LogRecord[] {
  // Beside other events only what a status begins with or wraps is a reply.
  const read = failing.has(name) ? readFailure : readResponse;
  const parallel = event.statuses.length === event.recipients.length;
  const records = event.statuses.flatMap((status, index) => {
    const found = read(status);
    return found ? [toRecord(event, status, found, parallel ? event.recipients[index] : onlyOne(event.recipients))] : [];
  });
  if (records.length > 0 || !failing.has(name) || !event.context || event.statuses.some(({ text }) => isPositive(text))) return records;
  const found = readFailure(event.context);
  return found ? [toRecord(event, event.context, found, onlyOne(event.recipients))] : [];
}

function toRecord(event: TrackingEvent, place: Excerpt, { response, mark, captures }: ReadResponse, recipient: string | undefined): LogRecord {
  const { server } = event.captures;
  const own = server && isSameHost(server, captures.remoteHost) ? withServer(event.captures, event.client) : event.captures;
  const record: LogRecord = {
    format: event.format,
    what: 'failed',
    span: event.span,
    mark,
    places: [placeSpan(place, 0, place.text.length)],
    response,
    captures: withChanges(own, recipient ? recipientCaptures(recipient) : commonDomain(event.recipients), otherSide(event.captures, captures)),
  };
  return Object.assign(record, event.kind && { isOfTracking: true as const }, event.kind === 'log' && { tracked: event.event.toUpperCase() }, event.when);
}

/** Of a message that came in through a receive connector the wrapper names this server itself: the other side is the connector's client. */
function otherSide(event: Captures, told: Captures): Captures {
  return event.receiveConnector && event.remoteAddress ? {} : told;
}

function withServer({ server: _other, ...captures }: Captures, server: string): Captures {
  return server === '' ? captures : withChanges<Captures>(captures, { server });
}

/** For one recipient it is said whom the status is about; for several it is not. */
function onlyOne(recipients: readonly string[]): string | undefined {
  return recipients.length === 1 ? recipients[0] : undefined;
}

/** Where the wrapper names the host of the server column too, that column has the other side: of a connection it names the server that is sent to. */
function isSameHost(server: string, remoteHost: string | undefined): boolean {
  return remoteHost?.toLowerCase().split('.')[0] === server.toLowerCase().split('.')[0];
}

/**
 * What the connector says: a receive connector's identity has a backslash after its server, `EX01\Default EX01`, and then the client is
 * the other side; any other name is a send connector's. Where an agent refuses during SMTP, Exchange writes its own name as the client's.
 */
export function connectorCaptures(connector: string, source: string, clientHost: string, clientAddress: string): Captures {
  if (connector === '') return {};
  const backslash = connector.indexOf('\\');
  if (backslash < 0) return { sendConnector: connector };
  if (source.toUpperCase() !== 'SMTP') return { receiveConnector: connector };
  const client = isSameHost(connector.slice(0, backslash), clientHost) ? { server: clientHost } : { remoteHost: clientHost };
  return withChanges<Captures>({ receiveConnector: connector }, stated({ ...client, remoteAddress: clientAddress }));
}
