/** Findings made by hand, for tests of what is made of them. */

import { type Located, Locator } from '../../server/src/analysis/located.ts';
import type { Failure, Finding } from '../../server/src/failures.ts';
import { createOccurrences } from '../../server/src/text/occurrences.ts';
import type { LogRecord } from '../../server/src/values.ts';

export const failure: Failure = {
  kind: 'failure',
  id: 'tls-untrusted-root',
  category: 'tls',
  title: 'The certificate is not trusted',
  severity: 'error',
  match: [],
  products: [],
  references: [{ url: 'https://contoso.com/page', title: 'A page', checked: '2026-11' }],
  meaning: 'What it means.',
  cause: 'Why it happens.',
  whoActs: 'The administrator.',
  runbook: { evidence: stage('Evidence (read-only)'), change: stage('Change (reversible)'), verify: stage('Verify'), rollBack: stage('Roll back') },
  page: 'knowledge/failures/tls/tls-untrusted-root.md',
  markdown: '# Page\n\n```powershell\nGet-Queue | Where-Object { $_.MessageCount }\n```\n',
};

function stage(heading: string): { heading: string; script: string } {
  return { heading, script: '' };
}

/** A finding at a stretch of a text; without known failure where it is null. */
export function finding(text: string, marked: string, record: Partial<LogRecord> = {}, known: Failure | null = failure): Finding {
  const start = text.indexOf(marked);
  const mark = { start, end: start + marked.length };
  const whole: LogRecord = { format: 'smtp-send', what: 'failed', span: mark, mark, places: [mark], captures: {}, ...record };
  const rest = { record: whole, category: 'tls', title: failure.title, severity: 'error', permanence: 'transient' } as const;
  return known ? { ...rest, failure: known, basis: 'text' } : { ...rest, basis: 'registry' };
}

export const response = { replyCode: 454, enhancedCode: '4.7.0', text: '454 4.7.0 Failed' };

/** The same, located in a text of one character; without known failure where it is null. */
export function located(record: Partial<LogRecord> = {}, known: Failure | null = failure, file = 'logs/SEND.LOG'): Located {
  return locatorOf(file, 'x').locate(finding('x', 'x', { response, ...record }, known));
}

/** A locator of a text in one part. */
export function locatorOf(file: string, text: string): Locator {
  const locator = new Locator(file);
  locator.begin({ text, from: 0, newlines: createOccurrences(text)('\n') });
  return locator;
}
