/** Bounces of which somebody has copied the sentences, and of the report below them the first recipients alone. */

import type { Line } from './lines.ts';

/**
 * The recipients of whom only a sentence tells. A report has them in the order of the sentences: where those that it names are the first of
 * these, it goes on where the copy ends.
 * @param known The recipients that the report names.
 */
export function recipientsBeyond(lines: readonly Line[], known: readonly string[]): ReadonlySet<string> {
  if (known.length === 0) return new Set();
  const named = [...new Set(lines.flatMap(({ about }) => about?.toLowerCase() ?? []))];
  return known.every((address, index) => named[index] === address.toLowerCase()) ? new Set(named.slice(known.length)) : new Set();
}
