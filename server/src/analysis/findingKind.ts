/** What findings are put together by. */

import type { Finding, Severity } from '../values.ts';

/** What many findings have in common. */
export interface FindingKind {
  readonly code: string;
  readonly destination: string;
  readonly severity: Severity;
  readonly isEvent: boolean;
}

/** The failure's id, or the code that was seen where no failure is known. */
export function findingCode(finding: Finding): string {
  const { event, response } = finding.record;
  return finding.failure?.id ?? response?.enhancedCode ?? (response?.replyCode ? String(response.replyCode) : event ? `event ${event.id}` : 'unknown');
}

/** The other side: a domain, a host, an address; empty where the log names none. */
export function destinationOf({ record: { captures } }: Finding): string {
  return captures.recipientDomain ?? captures.remoteHost ?? captures.remoteAddress ?? captures.sendConnector ?? captures.receiveConnector ?? '';
}
