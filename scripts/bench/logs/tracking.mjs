/** A log of message tracking: of a hundred messages four are refused and two deferred. Its subjects and versions hold numbers that are no codes. */

import { cell, header } from './exchange.mjs';
import { refusals } from './replies.mjs';

const columns = [
  ...['date-time', 'client-ip', 'client-hostname', 'server-ip', 'server-hostname', 'source-context', 'connector-id', 'source', 'event-id'],
  ...['internal-message-id', 'message-id', 'network-message-id', 'recipient-address', 'recipient-status', 'total-bytes', 'recipient-count'],
  ...['related-recipient-address', 'reference', 'message-subject', 'sender-address', 'return-path', 'message-info', 'directionality', 'tenant-id'],
  ...['original-client-ip', 'original-server-ip', 'custom-data', 'transport-traffic-type', 'log-id', 'schema-version'],
];

export const trackingHeader = header('Message Tracking Log', columns.join(','));

/** What happened to a message to one recipient. */
export function trackedMessage(chance) {
  const server = chance.of(['EX01', 'EX02', 'EDGE1']);
  const [recipient, sender, client] = [chance.address('fabrikam.com'), chance.address('contoso.com'), chance.remote()];
  const message = {
    'client-ip': client,
    'client-hostname': server,
    'server-ip': '192.0.2.10',
    'server-hostname': `${server}.contoso.com`,
    'connector-id': `${server}\\Default ${server}`,
    'internal-message-id': chance.below(999_999_999),
    'message-id': `<${chance.hexadecimal(32)}@${server}.contoso.com>`,
    'network-message-id': `${chance.hexadecimal(8)}-cb95-4328-928e-${chance.hexadecimal(12)}`,
    'recipient-address': recipient,
    'total-bytes': chance.below(90_000),
    'recipient-count': 1,
    'message-subject': chance.of(['Minutes of Monday', 'Bill 4521185', 'Release 5.7.1 is out', 'Größe und Farbe', 'Ihre Bestellung', 'Lunch?', 'Plan B', 'AW: Reise']),
    'sender-address': sender,
    'return-path': sender,
    directionality: 'Originating',
    'original-client-ip': client,
    'original-server-ip': '192.0.2.10',
    'transport-traffic-type': 'Email',
    'schema-version': '15.02.1748.010',
  };
  const row = (source, event, status = '') => {
    const values = {
      ...message,
      'date-time': chance.later(40).toISOString(),
      'source-context': `08DE54${chance.hexadecimal(10)};2026-01-15T08:00:00.000Z;0`,
      source,
      'event-id': event,
      'recipient-status': cell(status),
      'custom-data': `S:DeliveryPriority=Normal;S:AccountForest=contoso.com;S:E2ELatency=0.${chance.below(999)}`,
      'log-id': `${chance.hexadecimal(8)}-e9f9-410c-4111-${chance.hexadecimal(12)}`,
    };
    return `${columns.map((column) => values[column] ?? '').join(',')}\r\n`;
  };
  const lastError = () => `[{LED=${chance.of(refusals)}};{MSG=};{FQDN=mx.fabrikam.com};{IP=${chance.remote()}};{LRT=2026-01-15T08:00:00.000Z}]`;

  const received = row('SMTP', 'RECEIVE') + row('STOREDRIVER', 'SUBMIT');
  if (chance.oneIn(25)) return received + row('ROUTING', 'FAIL', lastError()) + row('DSN', 'DSN', chance.of(refusals));
  if (chance.oneIn(50)) return received + row('SMTP', 'DEFER', lastError());
  return received + row('SMTP', 'SEND', '250 2.1.5 Recipient OK') + row('STOREDRIVER', 'DELIVER');
}
