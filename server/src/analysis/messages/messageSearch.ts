/** Which messages somebody asks for: by an id, by whom they are from and to, by what became of them, and when. */

import { hashOf } from '../../text/hashes.ts';
import type { Journeys } from './journeys.ts';
import type { RecipientStatus } from './messageFate.ts';
import { commonKeys, localKeys, plainMessageId } from './messageKeys.ts';
import type { ToldMessage } from './toldMessage.ts';

/** All that is given must hold. */
export interface AskedMessages {
  /** A message id or a network message id. */
  readonly message?: string;
  /** Addresses or domains. */
  readonly recipient?: string;
  readonly sender?: string;
  readonly status?: ReadonlySet<RecipientStatus>;
  /** Milliseconds since 1970, both inclusive: messages that were on their way then. One whose time in UTC is not known is kept. */
  readonly since?: number;
  readonly until?: number;
}

export function isAskedMessage({ messageId, networkMessageId, sender, recipients, status, first, last }: ToldMessage, asked: AskedMessages): boolean {
  const { message, recipient, since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = asked;
  if (message !== undefined && ![messageId, networkMessageId].some((id) => id !== null && plainMessageId(id) === plainMessageId(message))) return false;
  if (asked.sender !== undefined && !isAddress(sender, asked.sender)) return false;
  if (recipient !== undefined && !recipients.some(({ address }) => isAddress(address, recipient))) return false;
  if (asked.status && !asked.status.has(status)) return false;
  const [start, end] = [first, last].map((time) => (time === null ? Number.NaN : Date.parse(time))) as [number, number];
  return !(end < since || start > until);
}

/** An address, or what stands behind its at sign where only a domain was named. */
export function isAddress(address: string | null, wanted: string): boolean {
  const [known = '', asked] = [address?.toLowerCase(), wanted.toLowerCase()];
  return known === asked || (!asked.includes('@') && known.endsWith(`@${asked}`));
}

/** The messages that have an id: a message id, a network message id, or the queue id of a server of Postfix or Exim. */
export function messagesOf({ table, queueServers }: Journeys, id: string): ReadonlySet<number> {
  const common = commonKeys({ message: id, network: id }).map((key) => table.commonAt(hashOf(key)));
  const local = [undefined, ...queueServers].flatMap((server) => localKeys({ queue: id }, server)).map((key) => table.localAt(hashOf(key)));
  return new Set([...common, ...local].filter((message) => message >= 0));
}
