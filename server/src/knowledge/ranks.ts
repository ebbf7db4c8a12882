/** How much the conditions of a failure say: the most specific one decides. */

import type { Match } from '../failures.ts';

/** What a phrase weighs, and what an event does. */
export const textRank = 20;
export const eventRank = 100;

/** As much as general words: a code that is used for much, or a bare reply code, says less than the reply around it. */
export const innerRank = 8;

/** As much as a code and a phrase. */
export const wrapperRank = textRank + 10;

/**
 * Event and id say most, a bare reply code least; a text says more than any code, since servers choose codes loosely.
 * Words to a command say more than the same words with a code, since the command tells whom they are about.
 * Two words near each other (14) say less than a phrase and more than a code.
 * An enhanced status code whose last number has three digits is in no registry: whoever uses it has made it for one thing, so by itself it says
 * more than two words near each other.
 * What is general weighs so much less that general words (8) come below an enhanced status code (10), and a general code (4) below all but nothing.
 */
export function rankOf(match: Match): number {
  const rank = (match.event ? eventRank : 0) + (match.text ? textRank : 0) + (match.near ? 14 : 0) + (match.command ? 12 : 0) + codeRankOf(match) + (match.reply ? 5 : 0);
  return match.general ? rank * 0.4 : rank;
}

function codeRankOf({ enhanced, near, text }: Match): number {
  if (!enhanced) return 0;
  return !near && !text && /\.\d{3}(?:-|$)/.test(enhanced) ? 16 : 10;
}
