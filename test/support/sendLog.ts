/** Protocol logs of Exchange with one recipient in each session, written from what the server answers to RCPT. */

export interface ProtocolSession {
  readonly id?: string;
  /** When it began. */
  readonly at?: string;
  readonly says: string;
}

export function protocolRows(direction: 'send' | 'receive', sessions: readonly ProtocolSession[]): string {
  const [connector, asked, answered] = direction === 'send' ? ['Internet', '>', '<'] : ['EX01\\Default Frontend EX01', '<', '>'];
  const rows = sessions.flatMap(({ id = '08DE540000000001', at = '2026-01-15T08:00:00.000Z', says }) => {
    const lines = [
      ['+', ''],
      [answered, '220 mx.fabrikam.com ESMTP'],
      [asked, 'EHLO mail.contoso.com'],
      [answered, '250 mx.fabrikam.com'],
      [asked, 'MAIL FROM:<anna@contoso.com>'],
      [answered, '250 2.1.0 Sender OK'],
      [asked, 'RCPT TO:<bob@fabrikam.com>'],
      [answered, says],
      [asked, 'QUIT'],
      [answered, '221 2.0.0 Bye'],
      ['-', ''],
    ];
    return lines.map(([event, data], index) => `${at},${connector},${id},${index},192.0.2.10:40001,198.51.100.25:25,${event},${data},`);
  });
  const head = [
    '#Software: Microsoft Exchange Server',
    '#Version: 15.0.0.0',
    `#Log-type: SMTP ${direction === 'send' ? 'Send' : 'Receive'} Protocol Log`,
    '#Date: 2026-01-15T08:00:00.000Z',
  ];
  return [...head, '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context', ...rows, ''].join('\r\n');
}
