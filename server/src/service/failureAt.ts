/** The failure that a command at the cursor is about: the one on its line, or else the nearest below. */

import type { Position } from 'vscode-languageserver-types';
import { pageName } from '../explain/page.ts';
import { runbookArguments } from '../explain/runbook.ts';
import type { Finding } from '../failures.ts';
import type { FailureAt } from '../protocol/editor.ts';
import type { LogDocument } from './logDocument.ts';

/** undefined where nothing has failed on the line or below. */
export function getFailureAt(document: LogDocument, position: Position): FailureAt | undefined {
  const finding = nearest(document, position);
  if (!finding) return undefined;
  const { failure } = finding;
  const page = pageName(finding);
  const { part: _, ...runbook } = failure ? runbookArguments(document, finding, failure, 'evidence') : { part: undefined };
  return { ...document.range(finding.record.mark), ...(page !== undefined && { page }), ...('failure' in runbook && { runbook }) };
}

function nearest(document: LogDocument, position: Position): Finding | undefined {
  const { findings } = document;
  const offset = document.offsetAt(position);
  const pointed = findings.pointedAt(offset);
  if (pointed) return pointed.finding;
  const line = { start: document.offsetAt({ line: position.line, character: 0 }), end: document.offsetAt({ line: position.line + 1, character: 0 }) };
  const [onLine] = findings.touching(line, 1);
  return onLine ?? findings.firstMarkedIn({ start: line.end, end: document.length });
}
