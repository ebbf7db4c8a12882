/** The long texts: the page and the runbook of each failure, read when an agent asks for one. Nothing in them comes from a log. */

import { type McpServer, type ReadResourceResult, ResourceTemplate } from '@modelcontextprotocol/server';
import { getPage } from '../explain/page.ts';
import { runbookScript } from '../explain/powershell.ts';
import type { AgentContext } from './context.ts';
import { documentOf } from './question.ts';

const scheme = 'mailflow-lens:';

export const pageUri = (id: string): string => `${scheme}//failures/${id}`;
export const runbookUri = (id: string): string => `${scheme}//runbooks/${id}`;
export const explanationUri = (query: string): string => `${scheme}//explanations/${encodeURIComponent(query)}`;

export function addResources(server: McpServer, { knowledge }: AgentContext): void {
  const add = (name: string, title: string, mimeType: string, uriOf: (id: string) => string, textOf: (id: string) => string): void => {
    const list = (): { resources: { uri: string; name: string; title: string; mimeType: string }[] } => ({
      resources: knowledge.failures.map((failure) => ({ uri: uriOf(failure.id), name: failure.id, title: failure.title, mimeType })),
    });
    server.registerResource(name, new ResourceTemplate(uriOf('{id}'), { list }), { title, mimeType }, (uri, { id }): ReadResourceResult => {
      return { contents: [{ uri: uri.href, mimeType, text: textOf(documentOf(String(id), knowledge).id) }] };
    });
  };
  add('failure', 'What is known of a failure', 'text/markdown', pageUri, (id) => getPage(id, knowledge, pageUri) ?? '');
  add('runbook', 'The PowerShell runbook of a failure, its values left empty', 'text/x-powershell', runbookUri, (id) => runbookScript(documentOf(id, knowledge), {}, 'full'));
}
