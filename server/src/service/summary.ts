/** The counts of a document for the language status item. */

import { groupFindings } from '../analysis/groups.ts';
import type { Summary } from '../protocol.ts';
import type { Finding } from '../values.ts';

/** Counts findings, whole ones: what the editor shows may be fewer. */
export function getSummary(findings: readonly Finding[]): Summary {
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  const groups = groupFindings(findings);
  const largest = groups.reduce<(typeof groups)[number] | undefined>((most, group) => (most && most.findings.length >= group.findings.length ? most : group), undefined);
  return {
    findings: findings.length,
    errors: count('error'),
    warnings: count('warning'),
    information: count('information'),
    ...(largest && { mostFrequent: largest.findings[0].title }),
  };
}
