/** What a session came to, judged when all of it has been seen. */

import type { Conversation } from './conversations.ts';
import { type Transaction, transactionsOf } from './transactions.ts';

/** The names are part of the command line's contract. */
export const verdicts = ['delivered', 'partial', 'refused', 'deferred', 'tls-failed', 'auth-failed', 'connect-failed', 'dropped', 'proxied', 'unused', 'cut'] as const;
export type Verdict = (typeof verdicts)[number];

/** Those after which nobody need look. */
export const goodVerdicts: ReadonlySet<Verdict> = new Set(['delivered', 'proxied', 'unused', 'cut']);

export type TlsState = 'none' | 'offered' | 'started' | 'failed';

/** A conversation as it is judged. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly transactions: readonly Transaction[];
  readonly tls: TlsState;
}

export function judge(conversation: Conversation): Judgement {
  const transactions = transactionsOf([...conversation.turns, ...conversation.lastTurns]);
  return { verdict: verdictOf(conversation, transactions), transactions, tls: tlsOf(conversation) };
}

/** @param transactions Those of the conversation, where they are known already. */
export function verdictOf(conversation: Conversation, transactions: readonly Transaction[] = transactionsOf([...conversation.turns, ...conversation.lastTurns])): Verdict {
  if (!conversation.isBegun || !conversation.isEnded) return 'cut';
  const counted = transactions.filter(({ isAbandoned }) => !isAbandoned);
  if (counted.length === 0) return withoutMessage(conversation);
  if (counted.at(-1)?.outcome === 'incomplete') return 'dropped';
  const outcomes = counted.map(({ outcome }) => outcome);
  if (outcomes.every((outcome) => outcome === 'accepted')) return 'delivered';
  if (outcomes.some((outcome) => outcome === 'accepted' || outcome === 'partial')) return 'partial';
  const { signs, authentication } = conversation;
  if (signs.has('tlsRefused') || (signs.has('tlsFailed') && !signs.has('tlsStarted'))) return 'tls-failed';
  if (authentication === 'failed') return 'auth-failed';
  return outcomes.every((outcome) => outcome === 'refused') ? 'refused' : 'deferred';
}

/** Of a session in which no message was begun, or each was given up. */
function withoutMessage({ signs, authentication, greeting }: Conversation): Verdict {
  if (signs.has('unconnected') && !signs.has('connected')) return 'connect-failed';
  if (signs.has('proxied')) return 'proxied';
  if (signs.has('tlsFailed') || signs.has('tlsRefused')) return 'tls-failed';
  if (authentication === 'failed') return 'auth-failed';
  if (greeting && greeting.digit === 4) return 'deferred';
  if (greeting && greeting.digit === 5) return 'refused';
  return 'unused';
}

function tlsOf({ signs }: Conversation): TlsState {
  if (signs.has('tlsFailed')) return 'failed';
  if (signs.has('tlsStarted')) return 'started';
  return signs.has('tlsOffered') ? 'offered' : 'none';
}
