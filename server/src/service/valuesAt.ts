/** The values that a place of a log names for a runbook: those of the failure on its line, or else those of its row, whether it failed or not. */

import type { Position } from 'vscode-languageserver-types';
import type { Captures } from '../values.ts';
import { getFailureAt } from './failureAt.ts';
import type { LogDocument } from './logDocument.ts';
import { readStepsAt } from './nameAt.ts';

/** Empty where the place names none. */
export function getValuesAt(document: LogDocument, position: Position): Captures {
  const failure = getFailureAt(document, position);
  if (failure?.runbook && failure.start.line === position.line) return failure.runbook.captures;
  const steps = readStepsAt(document, document.offsetAt(position));
  const values: Record<string, string> = {};
  for (const { captures, ids } of steps) Object.assign(values, ids?.message !== undefined && { messageId: ids.message }, captures);
  return values;
}
