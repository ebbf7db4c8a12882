/** What a finding is counted by: the failure, else its most telling code, else its event, else its kind. */

import type { Finding } from '../failures.ts';
import type { Category, LogEvent } from '../values.ts';

/** What the key is made from: a finding says it in its record, an output says it in fields of its own. */
interface Said {
  readonly failure: string | null | undefined;
  readonly enhancedCode: string | null | undefined;
  readonly replyCode: number | null | undefined;
  readonly event: LogEvent | null | undefined;
  readonly category: Category;
}

export interface FindingKey {
  /** For programs: "tls-untrusted-root", "4.7.0", "454", "event-2004", "network". */
  readonly id: string;
  /** For people: the same, but "event 2004". */
  readonly shown: string;
}

export function findingKey({ failure, enhancedCode, replyCode, event, category }: Said): FindingKey {
  const id = failure ?? enhancedCode ?? replyCode?.toString();
  if (id !== undefined) return { id, shown: id };
  return event ? { id: `event-${event.id}`, shown: `event ${event.id}` } : { id: category, shown: category };
}

export function keyOfFinding({ failure, record: { response, event }, category }: Finding): FindingKey {
  return findingKey({ failure: failure?.id, enhancedCode: response?.enhancedCode, replyCode: response?.replyCode, event, category });
}
