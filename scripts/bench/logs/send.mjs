/** A send log: in about a hundred rows one failure, of the handshake or of a message. */

import { cell, header } from './exchange.mjs';
import { refusals, untrusted } from './replies.mjs';

export const sendHeader = header('SMTP Send Protocol Log', 'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context');

/** A connection with its handshake and one to three messages. */
export function sendSession(chance) {
  const session = `08DE54${chance.hexadecimal(10)}`;
  const connector = chance.of(['Outbound to Internet', 'To partners', 'Internet']);
  const endpoints = `192.0.2.10:${20_000 + chance.below(40_000)},${chance.remote()}:25`;
  const mailServer = `mx${chance.below(9)}.fabrikam.com`;
  const rows = [];
  const write = (sign, data, context = '') =>
    rows.push(`${chance.later(40).toISOString()},${connector},${session},${rows.length},${endpoints},${sign},${cell(data)},${context}\r\n`);

  write('*', 'SendRoutingHeaders', 'Set Session Permissions');
  write('*', '', 'attempting to connect');
  write('+', '');
  write('<', `220 ${mailServer} ESMTP ready, at your service`);
  write('>', 'EHLO mail.contoso.com');
  write('<', `250  ${mailServer} Hello [192.0.2.10] SIZE 37748736 PIPELINING DSN ENHANCEDSTATUSCODES STARTTLS 8BITMIME CHUNKING`);
  write('>', 'STARTTLS');
  write('<', '220 2.0.0 Ready to start TLS');
  write('*', '', 'Sending certificate');
  write('*', 'CN=mail.contoso.com', 'Certificate subject');
  write('*', chance.hexadecimal(40), 'Certificate thumbprint');
  if (chance.oneIn(11)) write('<', untrusted);
  else {
    write('*', 'TLS protocol SP_PROT_TLS1_2_CLIENT negotiation succeeded using bulk encryption algorithm CALG_AES_256 with strength 256 bits');
    write('>', 'EHLO mail.contoso.com');
    write('<', `250  ${mailServer} Hello [192.0.2.10] SIZE 37748736 PIPELINING DSN ENHANCEDSTATUSCODES 8BITMIME CHUNKING`);
    for (let messages = 1 + chance.below(3); messages > 0; messages--) sendMessage(chance, write, mailServer);
  }
  write('>', 'QUIT');
  write('<', '221 2.0.0 Service closing transmission channel');
  write('-', '', 'Local');
  return rows.join('');
}

function sendMessage(chance, write, mailServer) {
  write('*', '', `sending message with RecordId ${50_000_000_000_000 + chance.below(999_999_999)}`);
  write('>', `MAIL FROM:<${chance.address('contoso.com')}> SIZE=${chance.below(90_000)}`);
  write('>', `RCPT TO:<${chance.address('fabrikam.com')}>`);
  write('<', '250 2.1.0 Sender OK');
  if (chance.oneIn(10)) {
    write('<', chance.of(refusals));
    write('>', 'RSET');
    write('<', '250 2.0.0 Resetting');
  } else {
    write('<', '250 2.1.5 Recipient OK');
    write('>', `BDAT ${chance.below(90_000)} LAST`);
    write('<', `250 2.6.0 <${chance.hexadecimal(32)}@ex01.contoso.com> [InternalId=${chance.below(999_999_999)}, Hostname=${mailServer}] Queued mail for delivery`);
  }
}
