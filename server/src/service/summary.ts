/** The counts of a document for the language status item. */

import { DocumentFindings } from '../analysis/documentFindings.ts';
import type { Summary } from '../protocol.ts';
import type { Severity } from '../values.ts';

/** Counts findings, whole ones: what the editor shows may be fewer. */
export function getSummary(findings: DocumentFindings = new DocumentFindings([])): Summary {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };
  for (const { severity } of findings.kinds()) counts[severity] += 1;
  const largest = findings.groups.mostFrequent(1, 1)[0];
  const first = largest && findings.at(largest.first[0] as number);
  return {
    findings: findings.length,
    errors: counts.error,
    warnings: counts.warning,
    information: counts.information,
    ...(first && { mostFrequent: first.title }),
  };
}
