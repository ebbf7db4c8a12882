/** Joins the records of a text with what is known about them. */

import { readRecords } from '../formats/index.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { permanenceOf } from '../smtp/response.ts';
import type { Failure, Finding, LogRecord, Permanence, Response, Severity } from '../values.ts';
import type { PlaceInTime } from './recordTimes.ts';

/**
 * The findings of a text, in the order of their marks.
 * A record about which nothing at all is known, such as an event that is no failure, gives none.
 * @param placeInTime Where the user has said the zone of local times.
 */
export function findFindings(text: string, knowledge: KnowledgeBase, placeInTime?: PlaceInTime): Finding[] {
  return explainRecords(readRecords(text), knowledge, placeInTime);
}

/** The findings of records, in their order. */
export function explainRecords(records: readonly LogRecord[], knowledge: KnowledgeBase, placeInTime?: PlaceInTime): Finding[] {
  const findings: Finding[] = [];
  for (const record of placeInTime ? placeInTime(records) : records) {
    const finding = explainRecord(record, knowledge);
    if (finding) findings.push(finding);
  }
  return findings;
}

/** What is known about one record: the failure that fits best, or else what the registries say of its codes. */
export function explainRecord(record: LogRecord, knowledge: KnowledgeBase): Finding | undefined {
  const { event, response } = record;
  const permanence = permanenceOf(response);
  const fit = knowledge.matches(event, response)[0];
  if (fit) {
    const { failure, basis } = fit;
    return { record, failure, basis, category: failure.category, title: failure.title, severity: severityOf(failure, record, permanence), ...(permanence && { permanence }) };
  }
  if (!response) {
    const meaning = event && knowledge.eventMeaning(event);
    return meaning && { record, basis: 'registry', category: meaning.category ?? 'unknown', title: meaning.summary, severity: 'warning' };
  }
  const meaning = knowledge.meaning(response);
  return {
    record,
    basis: 'registry',
    category: meaning?.category ?? 'unknown',
    title: meaning
      ? `${meaning.summary} (${meaning.code.replace('X', response.enhancedCode?.[0] ?? 'X')})`
      : hasCode(response)
        ? 'A failure whose code is in no registry'
        : 'A failure told in words alone',
    severity: permanence === 'transient' ? 'warning' : 'error',
    ...(permanence && { permanence }),
  };
}

/** A message that waits has not failed: what keeps it is worth a warning at most, unless the reply says that it is final. */
function severityOf({ severity }: Failure, { isDelay }: LogRecord, permanence: Permanence | undefined): Severity {
  return severity === 'error' && isDelay && permanence !== 'permanent' ? 'warning' : severity;
}

function hasCode({ replyCode, enhancedCode }: Response): boolean {
  return replyCode !== undefined || enhancedCode !== undefined;
}
