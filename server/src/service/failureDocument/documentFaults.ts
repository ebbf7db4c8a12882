/** The faults of failure documents as diagnostics. */

import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Problem } from '../../knowledge/parseFailure.ts';
import type { Positions } from '../positions.ts';

/** @param positions Those of the text that the faults were found in. */
export function getDocumentFaults(positions: Positions, problems: readonly Problem[]): Diagnostic[] {
  return problems.map(({ span, message }) => ({ range: positions.range(span), severity: DiagnosticSeverity.Error, source: 'mailflow-lens', message }));
}
