/** Puts findings of the same failure and the same destination together, with their count and their first and last time. */

import type { Finding } from '../values.ts';
import { keyOfFinding } from './findingKey.ts';

export interface Group {
  /** In text order, at least one. */
  readonly findings: readonly [Finding, ...Finding[]];
  /** The other side: a domain, a host, an address; empty where the log names none. */
  readonly destination: string;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

/** Groups findings, in the order of each group's first finding. */
export function groupFindings(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${keyOfFinding(finding).id}\n${destinationOf(finding)}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((members) => {
    const times = members.flatMap(({ record }) => record.time ?? []).sort();
    const [firstSeen, lastSeen] = [times[0], times.at(-1)];
    return { findings: members, destination: destinationOf(members[0]), ...(firstSeen && { firstSeen }), ...(lastSeen && { lastSeen }) };
  });
}

function destinationOf({ record: { captures } }: Finding): string {
  return captures.recipientDomain ?? captures.remoteHost ?? captures.remoteAddress ?? captures.sendConnector ?? captures.receiveConnector ?? '';
}
