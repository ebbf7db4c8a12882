/** What receiving servers answer where they refuse. */
export const refusals = [
  '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied',
  '454 4.7.5 The certificate presented is not valid for this host',
  '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found',
  '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
  '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain',
  '550-5.7.26 The sender is not authenticated',
  '452 4.2.2 Mailbox full',
  '452 4.3.1 Insufficient system resources',
  '421 4.3.2 Service not available',
  '421 4.4.2 Connection dropped due to SocketError',
  '451 4.4.0 Primary target IP address responded with: "421 4.4.2 Connection dropped due to SocketError." Attempted failover to alternate host',
  '451 4.7.1 Greylisted, please come back in five minutes',
  '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM',
  '535 5.7.3 Authentication unsuccessful',
  '552 5.3.4 Message size exceeds fixed maximum message size',
  '550 5.7.1 Service unavailable, Client host [192.0.2.10] blocked using zen.spamhaus.org',
];

/** The refusal of a handshake. */
export const untrusted = refusals[0];
