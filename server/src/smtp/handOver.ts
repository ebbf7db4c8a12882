/** The answer with which a server takes a message over: what it calls the message from now on. */

import type { HandOver } from '../values.ts';

export interface ReadHandOver {
  /** The message's own id, where the answer repeats it. */
  readonly message?: string;
  readonly handOver: HandOver;
}

/**
 * Reads an answer such as `250 2.6.0 <id> [InternalId=4711, Hostname=ex01.contoso.com] Queued mail for delivery` (Exchange),
 * `250 2.0.0 Ok: queued as 4K5YctG8xKkrNK` (Postfix), `250 OK id=1tXyZa-000000001ab-0Cd2` (Exim). Any other names nothing.
 */
export function readHandOver(answer: string): ReadHandOver {
  const exchange =
    /\b25\d[ -](?:2\.\d{1,3}\.\d{1,3} )?(?:OK )?(<[^<>\s]{1,998}>) (?:\[(?:InternalId=(\d{1,20}))?(?:, )?(?:Hostname=([A-Za-z0-9.-]{1,253}))?\]|Queued mail for delivery)/.exec(
      answer,
    );
  if (exchange?.[1]) {
    const [, message, internal, host] = exchange;
    return { message, handOver: { ...(host && { host }), ...(internal && { internal }) } };
  }
  const queue = /\b(?:queued as |OK id=)([0-9A-Za-z]{6,20}(?:-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})?)(?![\w-])/i.exec(answer)?.[1];
  return { handOver: queue ? { queue } : {} };
}
