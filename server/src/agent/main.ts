/**
 * The edge to an agent: tools over standard input and output, as the Model Context Protocol has it, until the input ends. It is handed the tools,
 * and knows nothing of the engine: so its file holds the protocol's library alone.
 */

import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { failureTexts } from '../tools/failureTexts.ts';
import type { Tool, ToolAnswer, ToolCall } from '../tools/tool.ts';
import { createAgentServer } from './server.ts';

/** What is served. */
export interface AgentOrder {
  readonly tools: readonly Tool[];
  readonly ask: (name: string, input: unknown, call: ToolCall) => Promise<ToolAnswer>;
  readonly print: (answer: Pick<ToolAnswer, 'told'>) => string;
  /** The long texts that can be read by their addresses, and of which failures there are any. */
  readonly texts: ReturnType<typeof failureTexts>;
  readonly ids: readonly { readonly id: string; readonly title: string }[];
  /** What is said of all of it together. */
  readonly instructions: string;
}

export async function serveAgent(order: AgentOrder): Promise<void> {
  // One server for each beginning of the protocol.
  const served = serveStdio(() => createAgentServer(order));
  await once(process.stdin, 'close');
  await served.close();
}
