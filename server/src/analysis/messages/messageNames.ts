/** What a reader points at or types to find messages: an id, an address, a connector, a host; and the messages and steps that it names. */

import type { Ids } from '../../values.ts';
import type { Journeys } from './journeys.ts';
import { commonKeys, localKeys, plainMessageId } from './messageKeys.ts';

/** What a name is of. */
export const nameKinds = ['message', 'network', 'internal', 'queue', 'session', 'address', 'connector', 'host'] as const;
export type NameKind = (typeof nameKinds)[number];

export interface MessageName {
  readonly kind: NameKind;
  /** As it is written. */
  readonly value: string;
  /** The server that gave an internal message id or a queue id; undefined where that is not known. */
  readonly server?: string;
  /** The ids that the same row gives the message, which say more than a server's own. */
  readonly ids?: Pick<Ids, 'message' | 'network'>;
}

/** What names one message: all its steps are about it. All else names steps of many messages. */
export function isMessageId({ kind }: MessageName): boolean {
  return kind === 'message' || kind === 'network' || kind === 'internal' || kind === 'queue';
}

/** The messages that a name is about, by their numbers. */
export function findMessages({ table }: Pick<Journeys, 'table'>, name: MessageName): number[] {
  const { kind, value, server, ids } = name;
  if (isMessageId(name)) {
    const common = commonKeys(ids ?? (kind === 'message' ? { message: value } : kind === 'network' ? { network: value } : {}));
    const local = kind === 'internal' || kind === 'queue' ? localKeys({ [kind]: value }, server) : [];
    const found = table.known(common, local);
    return found < 0 ? [] : [found];
  }
  if (kind !== 'address') return messagesOf(table, findSteps({ table }, name));
  // Senders are kept as they are written.
  const [address, senders] = [table.names.find(value.toLowerCase()), table.names.alike(value)];
  const found = new Set<number>();
  for (let message = 0; message < table.messages.length; message += 1) {
    const tracked = table.get(message);
    if ((tracked.sender !== 0 && senders.has(tracked.sender)) || tracked.fates.some((fate) => fate.isNamed && fate.address === address)) found.add(table.root(message));
  }
  return [...found];
}

/** The steps that a name is about, by their numbers. Of an address: all steps of its messages. */
export function findSteps({ table }: Pick<Journeys, 'table'>, name: MessageName): number[] {
  const value = name.value.toLowerCase();
  if (name.kind === 'session') return table.stepsOfSession(name.value.toUpperCase());
  if (name.kind === 'connector') return table.stepsLike(({ connector }) => connector?.toLowerCase() === value);
  if (name.kind === 'host') return table.stepsLike(({ remoteHost, remoteAddress }) => remoteHost?.toLowerCase() === value || remoteAddress?.toLowerCase() === value);
  const wanted = new Set(findMessages({ table }, name));
  const found: number[] = [];
  if (wanted.size > 0) for (let index = 0; index < table.length; index += 1) if (wanted.has(table.messageAt(index))) found.push(index);
  return found;
}

/** What somebody types can be: the likeliest first. */
export function namesOf(text: string, servers: Iterable<string | undefined>): MessageName[] {
  const value = text.trim();
  if (value === '') return [];
  const of = (kind: NameKind): MessageName => ({ kind, value });
  const names: MessageName[] = [];
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) names.push(of('network'));
  names.push({ kind: 'message', value: plainMessageId(value) });
  if (/^[0-9A-F]{16}$/i.test(value)) names.push(of('session'));
  if (/^\d{9,20}$/.test(value)) for (const server of servers) names.push({ ...of('internal'), ...(server !== undefined && { server }) });
  if (/^[0-9A-Za-z-]{6,24}$/.test(value)) for (const server of servers) names.push({ ...of('queue'), ...(server !== undefined && { server }) });
  if (value.includes('@')) names.push({ kind: 'address', value: value.replace(/^<|>$/g, '') });
  return names;
}

function messagesOf(table: Journeys['table'], steps: readonly number[]): number[] {
  return [...new Set(steps.map((step) => table.messageAt(step)))];
}
