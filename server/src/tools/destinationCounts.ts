/** Counts the destinations of each kind of failure, so many of them that a log of strangers' names does not fill the memory. */

import { detached } from '../analysis/copied.ts';
import { findingKey } from '../analysis/findingKey.ts';
import type { Located } from '../analysis/located.ts';

interface DestinationCount {
  readonly destination: string;
  readonly count: number;
}

export class DestinationCounts {
  private readonly known = new Map<string, Map<string, number>>();
  private readonly uncounted = new Map<string, number>();

  add(located: Located): void {
    const { id } = findingKey(located);
    const { recipientDomain, remoteHost, remoteAddress, sendConnector, receiveConnector } = located.captures;
    const destination = recipientDomain ?? remoteHost ?? remoteAddress ?? sendConnector ?? receiveConnector;
    const counts = this.known.get(id) ?? new Map<string, number>();
    this.known.set(id, counts);
    if (destination === undefined || (counts.size >= mostKept && !counts.has(destination))) this.uncounted.set(id, (this.uncounted.get(id) ?? 0) + 1);
    else counts.set(counts.has(destination) ? destination : detached(destination), (counts.get(destination) ?? 0) + 1);
  }

  /** The most frequent, and how many findings have another one or none. */
  of(id: string): { readonly listed: readonly DestinationCount[]; readonly others: number } {
    const counts = [...(this.known.get(id) ?? [])].map(([destination, count]) => ({ destination, count }));
    counts.sort((one, other) => other.count - one.count || (one.destination < other.destination ? -1 : 1));
    const rest = counts.slice(mostListed).reduce((sum, { count }) => sum + count, 0);
    return { listed: counts.slice(0, mostListed), others: rest + (this.uncounted.get(id) ?? 0) };
  }
}

const mostKept = 10_000;
const mostListed = 5;
