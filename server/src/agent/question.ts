/** What can be asked of logs: which files, which failures, when. The same for all tools that read. */

import { z } from 'zod';
import { ownCodePage } from '../files/codePage.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { ScanOrder } from '../scan/index.ts';
import { categories } from '../values.ts';
import type { AgentContext } from './context.ts';

const time = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/);

export const filesSchema = z.array(z.string().max(1_000)).max(1_000).optional().describe('Names of files as summarize_failures tells them; all that may be read where left out');

export const questionSchema = z.object({
  files: filesSchema,
  category: z.enum(categories).optional(),
  failure: z.string().max(100).optional().describe('The id of a failure, such as tls-untrusted-root'),
  since: time.optional().describe('ISO 8601, UTC unless it says otherwise; what has no time in UTC is kept'),
  until: time.optional(),
});
export type Question = z.infer<typeof questionSchema>;

/** What to read for a question, but for the files. Throws where it asks for a failure that is none. */
export function orderOf({ category, failure, since, until }: Omit<Question, 'files'>, { knowledge, timeZone }: AgentContext): Omit<ScanOrder, 'paths'> {
  if (failure !== undefined) documentOf(failure, knowledge);
  return {
    encoding: readingEncoding,
    ...(timeZone && { timeZone }),
    filter: {
      ...(category && { categories: new Set([category]) }),
      ...(failure !== undefined && { failures: new Set([failure]) }),
      ...(since !== undefined && { since: timeOf(since, '00:00') }),
      ...(until !== undefined && { until: timeOf(until, '23:59:59.999') }),
    },
  };
}

/** The document of an id. Throws where there is none. */
export function documentOf(id: string, knowledge: KnowledgeBase): NonNullable<ReturnType<KnowledgeBase['failure']>> {
  const failure = knowledge.failure(id);
  if (!failure) throw new Error('There is no failure of this id. explain_response and summarize_failures tell ids.');
  return failure;
}

export const readingEncoding = {
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
