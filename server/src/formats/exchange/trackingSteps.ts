/** What the rows of a message tracking log say happened to their messages, whoever it failed for. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated, statedIds } from '../../smtp/captures.ts';
import { readHandOver } from '../../smtp/handOver.ts';
import { utcTime } from '../../text/times.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, Step, What } from '../../values.ts';
import type { Row } from './fieldsRow.ts';
import { splitRecipients } from './recipientStatus.ts';

/** The step of a row. @param captures What does not depend on the event. */
export function trackingStep(row: Row, captures: Captures): Step {
  const event = row.value('event-id').toUpperCase();
  const source = row.value('source').toUpperCase();
  const context = row.value('source-context');
  const recipients = splitRecipients(row.value('recipient-address'), ';');
  const [only] = recipients.length === 1 ? recipients : [];
  const ids = {
    message: row.value('message-id'),
    network: row.value('network-message-id'),
    internal: row.value('internal-message-id'),
    session: /^[0-9A-F]{16}(?=;)/.exec(context)?.[0],
  };
  const related = row.value('related-recipient-address');
  const handOver = sendingEvents.has(event) ? readHandOver(context).handOver : undefined;
  const step: Step = {
    format: 'message-tracking',
    tracked: event,
    what: outcomes[event] ?? 'noted',
    span: row.span,
    mark: row.span,
    ids: statedIds(ids),
    said: `${source} ${event}`,
    recipients,
    ...(related !== '' && { relatedRecipient: related }),
    ...(event === 'DSN' && row.value('reference') !== '' && { reportedMessage: row.value('reference') }),
    ...(handOver && { handOver }),
    captures: withChanges(captures, sidesOf(row, event, source), recipientCaptures(only)),
  };
  return Object.assign(step, utcTime(row.value('date-time')));
}

/** What became of the message, by the event (Exchange documentation, "Message tracking", event types). */
const outcomes: Readonly<Record<string, What>> = {
  ...{ RECEIVE: 'accepted', SUBMIT: 'accepted', TRANSFER: 'accepted', HARECEIVE: 'accepted', RESUBMIT: 'accepted', DSN: 'accepted' },
  ...{ DELIVER: 'delivered', DUPLICATEDELIVER: 'delivered', SEND: 'delivered', SENDEXTERNAL: 'delivered' },
  ...{ EXPAND: 'expanded', REDIRECT: 'expanded', RESOLVE: 'expanded' },
  ...{ DEFER: 'waits', SUBMITDEFER: 'waits', DELIVERDEFER: 'waits', RESUBMITDEFER: 'waits' },
  ...{ FAIL: 'failed', BADMAIL: 'failed', POISONMESSAGE: 'failed', SUBMITFAIL: 'failed', DELIVERFAIL: 'failed', RESUBMITFAIL: 'failed' },
};

/** The events of a connection that this server made. HAREDIRECT has handed a copy over before the message itself is received. */
const sendingEvents: ReadonlySet<string> = new Set(['SEND', 'SENDEXTERNAL', 'HAREDIRECT']);

/**
 * The server that wrote the row, and the other side: where it is the client of a connection, the server's column names the other side
 * (Exchange documentation, "Message tracking", fields client-hostname and server-hostname).
 */
function sidesOf(row: Row, event: string, source: string): Captures {
  const client = row.value('client-hostname');
  const server = row.value('server-hostname');
  const isClient = client !== '' && (sendingEvents.has(event) || event === 'SUBMIT' || (source === 'SMTP' && (event === 'DEFER' || event === 'FAIL')));
  return isClient ? stated({ server: client, remoteHost: server, remoteAddress: row.value('server-ip') }) : stated({ server, remoteHost: client });
}
