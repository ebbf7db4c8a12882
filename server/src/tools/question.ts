/** What can be asked of logs: which files, which failures, when. The same for all tools that read. */

import type { TimeZone } from '../analysis/times/timeZone.ts';
import { ownCodePage } from '../files/codePage.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Filter } from '../scan/filter.ts';
import type { SourceOrder } from '../scan/sources.ts';
import { categories } from '../values.ts';
import { type Described, list, noted, oneOf, optional, shape, string } from './toolSchema.ts';

const time = string({ longest: 40, pattern: /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/ });

export const filesSchema = optional(noted(list(string({ longest: 1_000 }), 1_000), 'Names of files as summarize_failures tells them; all that may be read where left out'));
export const timeMembers = {
  since: optional(noted(time, 'ISO 8601, UTC unless it says otherwise; what has no time in UTC is kept')),
  until: optional(noted(time, 'The same; a date alone means its whole day')),
};
export const cursorSchema = optional(noted(string({ longest: 4_000 }), 'nextCursor of the page before, with the same question'));

export const questionSchema = shape({
  files: filesSchema,
  category: optional(oneOf(categories)),
  failure: optional(noted(string({ longest: 100 }), 'The id of a failure, such as tls-untrusted-root')),
  ...timeMembers,
});
export type Question = Described<typeof questionSchema>;

/** Which findings a question is about. @throws Where it asks for a failure that is none. */
export function filterOf({ category, failure, ...times }: Omit<Question, 'files'>, knowledge: KnowledgeBase): Filter {
  if (failure !== undefined) documentOf(failure, knowledge);
  return { ...(category && { categories: new Set([category]) }), ...(failure !== undefined && { failures: new Set([failure]) }), ...readTimes(times) };
}

/** Milliseconds since 1970, both inclusive. @throws Where a time is none. */
export function readTimes({ since, until }: Pick<Question, 'since' | 'until'>): Pick<Filter, 'since' | 'until'> {
  return { ...(since !== undefined && { since: timeOf(since, '00:00') }), ...(until !== undefined && { until: timeOf(until, '23:59:59.999') }) };
}

/** How every file is read. */
export function readingOptions({ timeZone }: { readonly timeZone?: TimeZone }): Pick<SourceOrder, 'encoding' | 'timeZone'> {
  return { encoding: readingEncoding, ...(timeZone && { timeZone }) };
}

/** The document of an id. @throws Where there is none. */
export function documentOf(id: string, knowledge: KnowledgeBase): NonNullable<ReturnType<KnowledgeBase['failure']>> {
  const failure = knowledge.failure(id);
  if (!failure) throw new Error('There is no failure of this id. explain_response and summarize_failures tell ids.');
  return failure;
}

const readingEncoding = {
  named: undefined,
  // Most files are UTF-8 or UTF-16: then nobody asks for the code page.
  get codePage(): string {
    return ownCodePage();
  },
};

function timeOf(written: string, clock: string): number {
  const [date = '', rest] = written.split('T');
  const at = Date.parse(rest === undefined ? `${date}T${clock}Z` : /Z|[+-]\d\d:\d\d$/.test(rest) ? written : `${written}Z`);
  if (Number.isNaN(at)) throw new Error('A time is none: write it as 2026-01-15 or 2026-01-15T09:30:00Z.');
  return at;
}
