/** Which findings are shown of a log that has more than an editor shows: they are grouped, and the rarest groups are left out. */

import type { Group } from '../analysis/groups.ts';

/** The groups with the most findings, in text order. */
export function mostFrequent(groups: readonly Group[], most: number): readonly Group[] {
  if (groups.length <= most) return groups;
  const kept = new Set([...groups].sort((one, other) => other.findings.length - one.findings.length).slice(0, most));
  return groups.filter((group) => kept.has(group));
}

/** "1,201 failures were found, more than an editor shows. They are grouped …": what is shown instead, and what is left out. */
export function describeGroups(findings: number, groups: number, shown: number): string {
  const left = groups - shown;
  const rest = left > 0 ? ` The ${counted(left)} rarest groups are left out; the command line lists them all.` : '';
  return `${counted(findings)} failures were found, more than an editor shows. They are grouped by failure and destination: ${counted(shown)} groups.${rest}`;
}

export function counted(number: number): string {
  return number.toLocaleString('en-US');
}
