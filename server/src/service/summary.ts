/** The counts of a document for the language status item. */

import { DocumentFindings } from '../analysis/document/documentFindings.ts';
import type { Summary } from '../protocol/editor.ts';
import type { Severity } from '../values.ts';

/** Counts findings, whole ones: what the editor shows may be fewer. */
export function getSummary(findings: DocumentFindings = new DocumentFindings([])): Summary {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };
  const ofCodes = new Map<string, { readonly first: number; count: number }>();
  let number = 0;
  for (const { severity, code } of findings.kinds()) {
    counts[severity] += 1;
    const known = ofCodes.get(code);
    if (known) known.count += 1;
    else ofCodes.set(code, { first: number, count: 1 });
    number += 1;
  }
  let most = { first: -1, count: 0 };
  for (const ofCode of ofCodes.values()) if (ofCode.count > most.count) most = ofCode;
  const first = findings.at(most.first);
  return {
    findings: findings.length,
    errors: counts.error,
    warnings: counts.warning,
    information: counts.information,
    leftOut: findings.leftOut,
    ...(first && { mostFrequent: { name: first.failure?.short ?? first.title, count: most.count } }),
  };
}
