/** What findings are put together by. */

import type { Captures, Severity } from '../../values.ts';

/** What many findings have in common. */
export interface FindingKind {
  readonly code: string;
  readonly destination: string;
  readonly severity: Severity;
  readonly isEvent: boolean;
}

/** The other side: a domain, a host, an address; empty where the log names none. */
export function destinationOf({ record: { captures } }: { readonly record: { readonly captures: Captures } }): string {
  return captures.recipientDomain ?? captures.remoteHost ?? captures.remoteAddress ?? captures.sendConnector ?? captures.receiveConnector ?? '';
}
