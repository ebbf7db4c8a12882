/** The names that one message has in the logs of several servers, in the form in which they are compared. */

import type { HandOver, Ids } from '../../values.ts';

/** A host as it is told: the name of a server without its domain, in lower case; an address as it is. */
export function shortHost(host: string | undefined): string | undefined {
  if (host === undefined || host === '') return undefined;
  return /^[\d.]+$|:/.test(host) ? host : host.toLowerCase().split('.')[0];
}

/** A message id without brackets, in lower case: programs write it with and without them. */
export function plainMessageId(id: string): string {
  return id.trim().replace(/^<|>$/g, '').toLowerCase();
}

/** Ids that mean the same message on every server. */
export function commonKeys({ message, network }: Ids): string[] {
  const keys: string[] = [];
  const plain = message === undefined ? '' : plainMessageId(message);
  if (plain !== '') keys.push(`m ${plain}`);
  if (network !== undefined) keys.push(`n ${network.toLowerCase()}`);
  return keys;
}

/** Ids that one server has given the message: each counts for that server alone, and can come again. */
export function localKeys({ queue, internal }: Ids, server: string | undefined): string[] {
  const keys: string[] = [];
  if (queue !== undefined) keys.push(queueKey(queue, server));
  const own = internal === undefined ? undefined : internalKey(internal, server);
  if (own !== undefined) keys.push(own);
  return keys;
}

/** The key by which the next server knows the message; undefined where its answer does not say it. */
export function nextKey({ host, internal, queue }: HandOver): string | undefined {
  if (queue !== undefined) return queueKey(queue, shortHost(host));
  return internal === undefined ? undefined : internalKey(internal, shortHost(host));
}

/** Long ids have the time in them; short ones are used again for the next message (Postfix, enable_long_queue_ids). */
function queueKey(queue: string, server: string | undefined): string {
  return queue.length >= 12 ? `q ${queue}` : `q ${server ?? ''} ${queue}`;
}

/** The mailbox services count from 1 at each start; only the number that the transport's database has given stays one message's. */
function internalKey(internal: string, server: string | undefined): string | undefined {
  return internal.length >= 9 ? `i ${server ?? ''} ${internal}` : undefined;
}
