/** The tool `explain_response`: what a response, a line of a log, a code or an event means, who must act, and which documents are near. */

import { z } from 'zod';
import { findFindings } from '../analysis/findings.ts';
import { describeBasis } from '../explain/describe.ts';
import { nearestFailures } from '../explain/nearestFailures.ts';
import { getPage } from '../explain/page.ts';
import type { Finding } from '../failures.ts';
import { failureOfPart } from '../knowledge/parts.ts';
import { printableJson } from '../text/visible.ts';
import type { AddTool } from './context.ts';
import { logTextNotice, toldResult } from './logWords.ts';
import { explanationUri, pageUri } from './resources.ts';

const recognised = z.object({
  failure: z.string().nullable(),
  category: z.string(),
  title: z.string(),
  severity: z.string(),
  permanence: z.string().nullable(),
  replyCode: z.number().nullable(),
  enhancedCode: z.string().nullable(),
  basis: z.string(),
  meaning: z.string().nullable(),
  cause: z.string().nullable(),
  whoActs: z.string().nullable(),
  page: z.string().nullable().describe('The resource with all that is known of it'),
});

const explanation = z.object({
  recognised: z.array(recognised),
  nearest: z.array(z.object({ failure: z.string(), title: z.string() })).describe('Documents that are near where nothing was recognised'),
  fromLog: z.object({ asked: z.string() }),
});

const mostRecognised = 5;

export const addExplainResponse: AddTool = (server, context) => {
  const { knowledge, words } = context;
  server.registerTool(
    'explain_response',
    {
      title: 'Explain a mail failure',
      description: `Says what an SMTP response, a line of a mail log, a bounce, a code such as 5.7.1 or an event such as "event 2004" means. ${logTextNotice}`,
      inputSchema: z.object({ text: z.string().min(1).max(20_000) }),
      outputSchema: explanation,
      annotations: { readOnlyHint: true, openWorldHint: false, idempotentHint: true },
    },
    ({ text }) => {
      const known = new Map<string, z.infer<typeof recognised>>();
      for (const finding of findFindings(text, knowledge)) {
        const told = tellRecognised(finding);
        const key = JSON.stringify([told.failure, told.title, told.enhancedCode]);
        if (known.size < mostRecognised && !known.has(key)) known.set(key, told);
      }
      const nearest = known.size > 0 ? [] : nearestFailures(text, knowledge).map(({ id, title }) => ({ failure: id, title }));
      const told = { recognised: [...known.values()], nearest, fromLog: { asked: words.text(text) } };
      // A code, an event or an id has a page of its own. What is longer could say anything, and a page repeats what was asked.
      const page = isName.test(text.trim()) ? getPage(text, knowledge, pageUri) : undefined;
      const result = toldResult(told, printableJson(told));
      if (page === undefined) return result;
      return { ...result, content: [...result.content, { type: 'resource' as const, resource: { uri: explanationUri(text.trim()), mimeType: 'text/markdown', text: page } }] };
    },
  );
};

const isName = /^[\w.:#-]{1,60}$|^(?:[a-z]{1,32} )?(?:event )?(?:id:? )?\d{3,5}(?: [245]\.\d{1,3}\.\d{1,3})?$/i;

function tellRecognised({ failure, part, category, title, severity, permanence, basis, record: { response } }: Finding): z.infer<typeof recognised> {
  const told = failure && failureOfPart(failure, part);
  return {
    failure: failure?.id ?? null,
    category,
    title,
    severity,
    permanence: permanence ?? null,
    replyCode: response?.replyCode ?? null,
    enhancedCode: response?.enhancedCode ?? null,
    basis: describeBasis(basis),
    meaning: told?.meaning ?? null,
    cause: told?.cause ?? null,
    whoActs: told?.whoActs ?? null,
    page: failure ? pageUri(failure.id) : null,
  };
}
