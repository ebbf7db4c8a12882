/** Message tracking logs of Exchange, written from what happened. */

const columns = [
  ...['date-time', 'client-ip', 'client-hostname', 'server-ip', 'server-hostname', 'source-context', 'connector-id', 'source', 'event-id', 'internal-message-id'],
  ...['message-id', 'network-message-id', 'recipient-address', 'recipient-status', 'total-bytes', 'recipient-count', 'related-recipient-address', 'reference'],
  ...['message-subject', 'sender-address', 'return-path', 'message-info', 'directionality'],
] as const;

export const trackingHeader = [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.02.1748.010',
  '#Log-type: Message Tracking Log',
  '#Date: 2026-01-15T08:00:00.000Z',
  `#Fields: ${columns.join(',')}`,
  '',
].join('\r\n');

/** A row: what its columns have, and what happened as `SMTP RECEIVE`, so many seconds after the log's first minute. */
export type TrackingRow = Partial<Record<(typeof columns)[number], string>> & { readonly at?: number; readonly event: string };

export function trackingRow({ at = 0, event, ...cells }: TrackingRow): string {
  const [source = '', name = ''] = event.split(' ');
  const row: Partial<Record<string, string>> = {
    'date-time': new Date(Date.parse('2026-01-15T08:00:00.000Z') + at * 1_000).toISOString(),
    source,
    'event-id': name,
    'server-hostname': 'EX01',
    'message-id': '<one@contoso.com>',
    'sender-address': 'anna@contoso.com',
    'recipient-address': 'bob@fabrikam.com',
    'message-subject': 'Secret plan',
    ...cells,
  };
  return `${columns.map((column) => quoted(row[column] ?? '')).join(',')}\r\n`;
}

const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const trackingLog = (...rows: readonly TrackingRow[]): string => trackingHeader + rows.map(trackingRow).join('');
