/** What is worth a look in a session though no response states a failure. */

import type { Conversation } from './conversations.ts';
import type { Judgement } from './verdicts.ts';

export type NoticeKind = 'silence' | 'masked' | 'tls-unused' | 'unused' | 'cut';

/** Words for people, and the row that they are about. Log text in them is as it was written: whoever shows it makes it harmless. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly at: number;
  readonly text: string;
  /** Sessions with the same source are told once, with their number. */
  readonly source?: string;
}

/** All notices of a session, in the order of their rows. */
export function noticesOf(conversation: Conversation, judgement: Judgement): Notice[] {
  return [...silences(conversation), ...masked(conversation), ...unusedTls(conversation, judgement), ...unused(conversation, judgement), ...cut(conversation, judgement)].sort(
    (one, other) => one.at - other.at,
  );
}

/** A silence with what was said around it. */
export function silences({ silences: found }: Conversation): Notice[] {
  return found.map(({ at, seconds, before, after }) => ({
    kind: 'silence',
    at,
    text: `nothing for ${lengthOf(seconds)}, between ${quoted(before)} and ${quoted(after)}`,
  }));
}

/** A banner of asterisks, or commands of X. */
export function masked({ signs, first, facts }: Conversation): Notice[] {
  if (!signs.has('masked')) return [];
  return [
    {
      kind: 'masked',
      at: first,
      text: 'a firewall rewrites SMTP between this server and the other side (a banner of asterisks, commands of X): STARTTLS cannot be used until its SMTP inspection is turned off',
      source: hostOf(facts.remote),
    },
  ];
}

/** A message went in clear text though the other side offered TLS. Whoever receives cannot change what a client does not use. */
export function unusedTls({ direction, first, facts }: Conversation, { tls, transactions }: Judgement): Notice[] {
  if (direction !== 'send' || tls !== 'offered' || transactions.length === 0) return [];
  const connector = facts.connector === undefined ? 'this server' : `the connector ${quoted(facts.connector)}`;
  return [{ kind: 'tls-unused', at: first, text: `STARTTLS was offered, and ${connector} did not use it: the message was sent without encryption`, source: facts.connector ?? '' }];
}

/** A connection that nobody used: a monitor, a load balancer, a port scan. */
export function unused({ facts, first, direction }: Conversation, { verdict }: Judgement): Notice[] {
  if (verdict !== 'unused') return [];
  const source = hostOf(facts.remote);
  const other = source === '' ? 'another host' : source;
  return [{ kind: 'unused', at: first, text: direction === 'send' ? `this server connected to ${other} and sent no message` : `${other} connected and sent no message`, source }];
}

/** The log has only a part of the session. */
export function cut({ isBegun, isEnded, first, last }: Conversation, { verdict }: Judgement): Notice[] {
  if (verdict !== 'cut') return [];
  if (!isBegun) return [{ kind: 'cut', at: first, text: `the log begins in the middle of this session${isEnded ? '' : ', and does not show its end either'}` }];
  return [{ kind: 'cut', at: last, text: 'the log ends before this session does; the next file may show its end' }];
}

/** An endpoint without its port. */
function hostOf(endpoint = ''): string {
  return /^(?:[^:]+|\[[^\]]*\])(?=:\d{1,5}$)/.exec(endpoint)?.[0] ?? endpoint;
}

const quoted = (said: string): string => (said === '' ? 'the connection' : `"${said}"`);

function lengthOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds * 10) / 10} seconds`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 360) / 10} hours`;
}
