/** What the names mean that a failure document chooses from, as an editor tells it. */

import type { Category, CommandName, Severity } from '../values.ts';

export const categoryMeanings: Readonly<Record<Category, string>> = {
  'recipient-unknown': 'There is no such recipient.',
  'recipient-unavailable': 'The recipient exists but takes no mail: disabled, suspended, moved or filtered.',
  'mailbox-full': "The recipient's mailbox has no room.",
  'domain-unknown': 'The domain has no such host or no mail exchanger, or DNS fails.',
  network: 'A connection is refused, times out or is dropped.',
  tls: 'The servers do not agree on an encrypted connection, or do not trust a certificate.',
  'relay-denied': 'The server does not pass mail on for this sender or client.',
  authentication: 'The client must sign in to the server (SMTP AUTH), or cannot.',
  'sender-authentication': "The sender's domain does not vouch for the message: SPF, DKIM, DMARC or the PTR record.",
  'sender-rejected': "The sender's address itself is not accepted.",
  reputation: 'An address or a domain is on a block list or has a bad reputation.',
  'content-rejected': 'The content is taken for spam or malicious, or is malformed.',
  policy: 'A rule of the organisation forbids it: mail flow rules, delivery restrictions, permissions.',
  'message-size': 'The message is too large.',
  'rate-limited': 'Too much at once: throttling, greylisting, too many recipients or connections.',
  loop: 'The message goes round in circles.',
  expired: 'The message was tried for too long and given up.',
  server: 'A server lacks resources, has inactive components or fails internally.',
  protocol: 'A command or its parameters are wrong, or come in a wrong order.',
  unknown: 'The log does not tell what kind of failure it is.',
};

export const severityMeanings: Readonly<Record<Severity, string>> = {
  error: 'Mail is not delivered until somebody acts.',
  warning: 'Some mail is refused or late; check whether somebody must act.',
  information: 'Mostly it passes by itself.',
};

export const commandMeanings: Readonly<Record<CommandName, string>> = {
  connection: 'The connection itself: the server refused the client in its greeting, or instead of one.',
  EHLO: 'EHLO or HELO: the name by which the client introduced itself.',
  STARTTLS: 'STARTTLS: the request to encrypt the connection.',
  AUTH: 'AUTH: the sign-in.',
  'X-EXPS': 'X-EXPS: the authentication of Exchange servers to each other.',
  MAIL: 'MAIL FROM: the sender.',
  RCPT: 'RCPT TO: a recipient.',
  DATA: 'DATA: the request to take the message.',
  message: 'The message itself, after its last line.',
};
