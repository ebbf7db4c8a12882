/**
 * Writes samples/incident/: the logs of one invented morning on which two things fail for good. The certificate of the hybrid connector was
 * renewed and the connector still names the old one; and a relay signs in for the printers, which Exchange Online no longer accepts. The same
 * run gives the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './source.mjs';

const folder = join(root, 'samples', 'incident');
const begin = Date.UTC(2026, 2, 2, 7);
const minute = 60_000;
/** Minutes after the beginning. */
const certificateGone = 38;
const signInOff = 52;
const end = 110;

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'SEND2026030207-1.LOG'), sendLog());
writeFileSync(join(folder, 'printer-relay.log'), relayLog());
writeFileSync(join(folder, 'Transport-events.txt'), events());

/** Mail to the cloud, and between it mail to the internet, which goes on. */
function sendLog() {
  const rows = [
    '#Software: Microsoft Exchange Server',
    '#Version: 15.02.1748.010',
    '#Log-type: SMTP Send Protocol Log',
    `#Date: ${new Date(begin).toISOString()}`,
    '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
  ];
  for (let at = 0; at < end; at += 5) {
    const toCloud = at % 2 === 0;
    const session = `08DE780C${(0x5a1c2b40 + at * 3).toString(16).toUpperCase()}`;
    const [connector, host, remote] = toCloud
      ? ['Outbound to Office 365', 'contoso-com.mail.contoso.com', '203.0.113.20:25']
      : ['Internet mail', 'mx1.fabrikam.com', '198.51.100.25:25'];
    let number = 0;
    const row = (event, data) => {
      const time = new Date(begin + at * minute + number * 37).toISOString();
      rows.push(
        [time, connector, session, number, number === 0 ? '' : `192.0.2.10:${51200 + at}`, remote, event, /[",]/.test(data) ? `"${data.replaceAll('"', '""')}"` : data, ''].join(
          ',',
        ),
      );
      number += 1;
    };
    const talk = (asked, answered) => {
      row('>', asked);
      row('<', answered);
    };
    row('*', 'attempting to connect');
    row('+', '');
    row('<', `220 ${host} Microsoft ESMTP MAIL Service ready`);
    talk('EHLO mail.contoso.com', `250  ${host} Hello [192.0.2.10] SIZE 157286400 PIPELINING DSN ENHANCEDSTATUSCODES STARTTLS 8BITMIME CHUNKING`);
    if (toCloud) {
      talk('STARTTLS', '220 2.0.0 SMTP server ready');
      row('*', at < certificateGone ? 'CN=mail.contoso.com, O=Contoso, C=US' : 'CN=EX01');
      talk('EHLO mail.contoso.com', `250  ${host} Hello [192.0.2.10] SIZE 157286400 PIPELINING DSN ENHANCEDSTATUSCODES 8BITMIME CHUNKING`);
    }
    const recipient = toCloud ? `user${at}@contoso.com` : `orders${at}@fabrikam.com`;
    const refused = toCloud && at >= certificateGone;
    talk(
      `MAIL FROM:<invoices@contoso.com> SIZE=${4_000 + at * 13}`,
      refused ? '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied' : '250 2.1.0 Sender OK',
    );
    if (!refused) {
      talk(`RCPT TO:<${recipient}>`, '250 2.1.5 Recipient OK');
      talk('BDAT 4013 LAST', `250 2.6.0 <${session.toLowerCase()}@ex01.contoso.com> [InternalId=${91_000 + at}, Hostname=${host}] Queued mail for delivery`);
    }
    talk('QUIT', '221 2.0.0 Service closing transmission channel');
    row('-', 'Local');
  }
  return `${rows.join('\r\n')}\r\n`;
}

/** The relay of the printers: Postfix, which signs in at Exchange Online. */
function relayLog() {
  const lines = [];
  for (let at = 1; at < end; at += 3) {
    const printer = 1 + (at % 4);
    const queue = (0x4b1c2d3e + at * 4_001).toString(16).toUpperCase();
    const line = (second, program, text) => {
      const time = new Date(begin + at * minute + second * 1_000);
      lines.push(`Mar  2 ${time.toISOString().slice(11, 19)} relay01 postfix/${program}: ${text}`);
    };
    line(1, 'smtpd[2114]', `${queue}: client=printer0${printer}.contoso.com[192.0.2.${50 + printer}]`);
    line(2, 'qmgr[1870]', `${queue}: from=<scan@contoso.com>, size=${180_000 + at * 977}, nrcpt=1 (queue active)`);
    const to = `${queue}: to=<office${printer}@contoso.com>, relay=smtp.office365.com[203.0.113.61]:587`;
    if (at < signInOff) {
      line(4, 'smtp[2120]', `${to}, delay=3.1, delays=0.2/0/1.4/1.5, dsn=2.6.0, status=sent (250 2.6.0 <scan${at}@printer0${printer}.contoso.com> Queued mail for delivery)`);
      line(4, 'qmgr[1870]', `${queue}: removed`);
    } else {
      line(
        3,
        'smtp[2120]',
        `${to}, delay=2.2, delays=0.2/0/2/0, dsn=4.7.139, status=deferred (SASL authentication failed; server smtp.office365.com[203.0.113.61] said: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.)`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** What Exchange says of the connector, as Event Viewer copies it. */
function events() {
  return [certificateGone, 53, 68, 83, 98]
    .map((at) =>
      [
        'Log Name:      Application',
        'Source:        MSExchangeTransport',
        `Date:          2026-03-02T${new Date(begin + at * minute).toISOString().slice(11, 19)}.0000000Z`,
        'Event ID:      12014',
        'Task Category: TransportService',
        'Level:         Error',
        'Keywords:      Classic',
        'User:          N/A',
        'Computer:      ex01.contoso.com',
        'Description:',
        "Microsoft Exchange could not find a certificate that contains the domain name mail.contoso.com in the personal store on the local computer. Therefore, it is unable to support the STARTTLS SMTP verb for the connector Outbound to Office 365 with a FQDN parameter of mail.contoso.com. If the connector's FQDN is not specified, the computer's FQDN is used. Verify the connector configuration and the installed certificates to make sure that there is a certificate with a domain name for that FQDN.",
        '',
      ].join('\n'),
    )
    .join('\n');
}
