/** Where a session ends and another one with the same id begins, beyond what a row says by itself. */

import type { Step } from '../../values.ts';
import { type Conversation, millisecondsOf } from './conversations.ts';
import { beginsSession } from './sessionSigns.ts';

/** After so long without a row a session is over, in milliseconds: no side waits longer for the other (RFC 5321, 4.5.3.2). */
const longestSilence = 30 * 60_000;
/** So long after an attempt to connect has failed the next one can follow in the same session. */
const nextAttempt = 60_000;

/** Where several connections have failed, each attempt can be told in the same session. */
export function isWaitingForNextAttempt({ isEnded, signs }: Conversation): boolean {
  return isEnded && signs.has('unconnected') && !signs.has('connected');
}

/** Whether a step with the id of a session that is open belongs to another one: ids come again. */
export function isAnother(step: Step, known: Conversation): boolean {
  if (isWaitingForNextAttempt(known) && millisecondsOf(step) - known.lastMilliseconds > nextAttempt) return true;
  if (isLate(step, known)) return true;
  if (!beginsSession(step)) return false;
  // A client can say EHLO again as long as it has not handed over a message.
  return step.dialogue !== 'ungreeted' || known.turns.some(({ command }) => command === 'MAIL');
}

/** Where the id alone says little, a session does not go on after a silence longer than any side waits. */
export function isLate(step: Step, known: Conversation): boolean {
  return step.dialogue !== 'numbered' && millisecondsOf(step) - known.lastMilliseconds > longestSilence;
}

/** Whether an attempt to connect that has failed is the last one, when the log has come so far. */
export function isGivenUp(conversation: Conversation, now: number): boolean {
  return now - conversation.lastMilliseconds > nextAttempt;
}

/** Whether a session has been silent for so long that it is over, whether the log says so or not. */
export function isOver(conversation: Conversation, now: number): boolean {
  return isWaitingForNextAttempt(conversation) || now - conversation.lastMilliseconds > longestSilence;
}
