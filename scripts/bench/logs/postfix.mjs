/** A Postfix log: of eight messages one bounces. */

import { refusals } from './replies.mjs';

/** A message's way from the connection to its removal from the queue. */
export function postfixMessage(chance) {
  const time = `Jan 15 ${chance.later(900).toISOString().slice(11, 19)}`;
  const queueId = chance.hexadecimal(10);
  const processId = 1_000 + chance.below(30_000);
  const client = `mail.fabrikam.com[${chance.remote()}]`;
  const isSent = !chance.oneIn(8);
  const reply = isSent ? `250 2.0.0 Ok: queued as ${chance.hexadecimal(10)}` : chance.of(refusals);
  const status = isSent ? `sent (${reply})` : `bounced (host mx.contoso.com[198.51.100.25] said: ${reply} (in reply to RCPT TO command))`;
  const delays = `delay=0.${chance.below(99)}, delays=0.01/0/0.05/0.0${chance.below(9)}, dsn=${reply.slice(4).split(' ')[0]}`;
  return [
    `smtpd[${processId}]: connect from ${client}`,
    `smtpd[${processId}]: ${queueId}: client=${client}`,
    `cleanup[${processId + 1}]: ${queueId}: message-id=<${chance.hexadecimal(32)}@fabrikam.com>`,
    `qmgr[812]: ${queueId}: from=<${chance.address('fabrikam.com')}>, size=${chance.below(90_000)}, nrcpt=1 (queue active)`,
    `smtp[${processId + 2}]: ${queueId}: to=<${chance.address('contoso.com')}>, relay=mx.contoso.com[198.51.100.25]:25, ${delays}, status=${status}`,
    `qmgr[812]: ${queueId}: removed`,
  ]
    .map((text) => `${time} mail postfix/${text}\n`)
    .join('');
}
