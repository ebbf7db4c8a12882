/** Events as the tests write them. */

/** An event with a response, as Event Viewer copies it. */
export function eventWith(response: string, connector = 'Outbound to Office 365'): string {
  return [
    'Log Name:      Application',
    'Source:        MSExchangeTransport',
    'Date:          1/15/2026 9:15:42 AM',
    'Event ID:      2004',
    'Computer:      ex01.contoso.com',
    'Description:',
    `Send connector ${connector}: Message delivery was not successful. The message with message ID <a1@ex01.contoso.com> was acknowledged with SMTP response ${response}.`,
    '',
  ].join('\n');
}

export const untrusted = '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied';
