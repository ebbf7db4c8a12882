/** The tool `explain_response`: what a response, a line of a log, a code or an event means, who must act, and which documents are near. */

import { findFindings } from '../analysis/findings.ts';
import { describeBasis } from '../explain/describe.ts';
import { nearestFailures } from '../explain/nearestFailures.ts';
import { getPage } from '../explain/page.ts';
import type { Finding } from '../failures.ts';
import { failureOfPart } from '../knowledge/parts.ts';
import { explanationUri } from './failureTexts.ts';
import { defineTool, type ToolContext } from './tool.ts';
import { count, type Described, list, noted, nullable, shape, string } from './toolSchema.ts';

const recognised = shape({
  failure: nullable(string()),
  category: string(),
  title: string(),
  severity: string(),
  permanence: nullable(string()),
  replyCode: nullable(count()),
  enhancedCode: nullable(string()),
  basis: string(),
  meaning: nullable(string()),
  cause: nullable(string()),
  whoActs: nullable(string()),
  page: noted(nullable(string()), 'The page with all that is known of it; asked for its id, this tool gives it'),
});

const mostRecognised = 5;

export const explainResponse = defineTool({
  name: 'explain_response',
  title: 'Explain a mail failure',
  purpose: 'Explains an SMTP response, a bounce, a code or an event.',
  description:
    'Says what an SMTP response, a line of a mail log, a bounce, a code such as 5.7.1 or an event such as "event 2004" means, and who must act. Of a code, an event or the id of a failure it gives the page too.',
  input: shape({ text: string({ shortest: 1, longest: 20_000 }) }),
  output: shape({
    recognised: list(recognised),
    nearest: noted(list(shape({ failure: string(), title: string() })), 'Documents that are near where nothing was recognised'),
    fromLog: shape({ asked: string() }),
  }),
  answer: async ({ text: asked }, context, { budget = Number.POSITIVE_INFINITY }) => {
    const { knowledge, words, pageUri } = context;
    const known = new Map<string, Described<typeof recognised>>();
    for (const finding of findFindings(asked, knowledge)) {
      const told = tellRecognised(finding, context);
      const key = JSON.stringify([told.failure, told.title, told.enhancedCode]);
      if (known.size < mostRecognised && !known.has(key)) known.set(key, told);
    }
    const nearest = known.size > 0 ? [] : nearestFailures(asked, knowledge).map(({ id, title }) => ({ failure: id, title }));
    const told = { recognised: [...known.values()], nearest, fromLog: { asked: words.text(asked) } };
    // A code, an event or an id has a page of its own. What is longer could say anything, and a page repeats what was asked.
    const name = asked.trim();
    const page = isName.test(name) ? getPage(name, knowledge, pageUri) : undefined;
    if (page === undefined) return { told };
    if (page.length > budget)
      return { told, texts: [{ uri: explanationUri(name), mimeType: 'text/markdown', text: `The page has ${page.length} characters, more than fit here.` }] };
    return { told, texts: [{ uri: explanationUri(name), mimeType: 'text/markdown', text: page }] };
  },
});

const isName = /^[\w.:#-]{1,60}$|^(?:[a-z]{1,32} )?(?:event )?(?:id:? )?\d{3,5}(?: [245]\.\d{1,3}\.\d{1,3})?$/i;

function tellRecognised({ failure, part, category, title, severity, permanence, basis, record: { response } }: Finding, { pageUri }: ToolContext): Described<typeof recognised> {
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
