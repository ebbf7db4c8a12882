/** The server of one connection: the tools and texts that it is handed, as the protocol has them. */

import { fromJsonSchema, McpServer, type ReadResourceResult, ResourceTemplate, type ServerContext, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type { Tool, ToolAnswer } from '../tools/tool.ts';
import type { ToolSchema } from '../tools/toolSchema.ts';
import type { AgentOrder } from './main.ts';

/** Put in place by the build. */
declare const VERSION: string;

export function createAgentServer({ tools, texts, ids, instructions, print, ask }: AgentOrder): McpServer {
  const server = new McpServer({ name: 'mailflow-lens', title: 'Mailflow Lens', version: VERSION }, { instructions });
  for (const tool of tools) addTool(server, tool, print, ask);
  for (const { name, title, mimeType, uriOf, textOf } of texts) {
    const list = (): { resources: { uri: string; name: string; title: string; mimeType: string }[] } => ({
      resources: ids.map((failure) => ({ uri: uriOf(failure.id), name: failure.id, title: failure.title, mimeType })),
    });
    server.registerResource(name, new ResourceTemplate(uriOf('{id}'), { list }), { title, mimeType }, (uri, { id }): ReadResourceResult => {
      return { contents: [{ uri: uri.href, mimeType, text: textOf(String(id)) }] };
    });
  }
  return server;
}

function addTool(server: McpServer, { name, title, description, input, output }: Tool, print: AgentOrder['print'], ask: AgentOrder['ask']): void {
  const annotations = { readOnlyHint: true, destructiveHint: false, openWorldHint: false, idempotentHint: true };
  server.registerTool(name, { title, description, inputSchema: asStandard(input), outputSchema: asStandard(output), annotations }, async (question, { mcpReq }) => {
    const answer = await ask(name, question, { signal: mcpReq.signal, ...progressOf(mcpReq) });
    return { structuredContent: answer.told as Record<string, unknown>, content: contentOf(answer, print) };
  });
}

/** Our own schema in the form that the library takes. */
function asStandard({ json, read }: ToolSchema<unknown>): StandardSchemaWithJSON {
  const check = (value: unknown): { valid: true; data: unknown; errorMessage: undefined } | { valid: false; data: undefined; errorMessage: string } => {
    try {
      return { valid: true, data: read(value, 'The input'), errorMessage: undefined };
    } catch (error) {
      return { valid: false, data: undefined, errorMessage: error instanceof Error ? error.message : '' };
    }
  };
  return fromJsonSchema(json, { getValidator: () => check as never });
}

/** Tells a client that has asked for it how far the reading is, a hundred times at most. */
function progressOf({ _meta, notify }: ServerContext['mcpReq']): { readonly progress?: (done: number, all: number) => void } {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return {};
  let last = -1;
  return {
    progress: (done, all) => {
      const percent = all === 0 ? 100 : Math.floor((100 * done) / all);
      if (percent <= last) return;
      last = percent;
      // Whoever has gone does not hear it.
      notify({ method: 'notifications/progress', params: { progressToken, progress: percent, total: 100, message: 'reading logs' } }).catch(() => undefined);
    },
  };
}

type Content = { type: 'text'; text: string } | { type: 'resource'; resource: { uri: string; mimeType: string; text: string } };

function contentOf(answer: ToolAnswer, print: AgentOrder['print']): Content[] {
  const texts = answer.texts.flatMap(({ uri, mimeType, text, note }): Content[] => [
    ...(note === undefined ? [] : [{ type: 'text' as const, text: note }]),
    { type: 'resource', resource: { uri, mimeType, text } },
  ]);
  return [{ type: 'text', text: print(answer) }, ...texts];
}
