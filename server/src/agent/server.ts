/** The server of one connection: its tools and texts. All of them only read. */

import { McpServer } from '@modelcontextprotocol/server';
import type { AddTool, AgentContext } from './context.ts';
import { addExplainResponse } from './explainResponse.ts';
import { addGetRunbook } from './getRunbook.ts';
import { addListFindings } from './listFindings.ts';
import { logTextNotice } from './logWords.ts';
import { addResources } from './resources.ts';
import { addShowSession } from './showSession.ts';
import { addSummarizeFailures } from './summarizeFailures.ts';

/** Put in place by the build. */
declare const VERSION: string;

const tools: readonly AddTool[] = [addSummarizeFailures, addListFindings, addExplainResponse, addShowSession, addGetRunbook];

export function createAgentServer(context: AgentContext): McpServer {
  const server = new McpServer({ name: 'mailflow-lens', title: 'Mailflow Lens', version: VERSION }, { instructions: instructionsOf(context) });
  for (const add of tools) add(server, context);
  addResources(server, context);
  return server;
}

function instructionsOf({ words }: AgentContext): string {
  const names = words.isRevealed
    ? 'The user has asked for addresses and hosts as they are.'
    : 'Addresses, hosts and subjects are replaced by stand-ins such as user-1@domain-1.invalid; the same one has the same stand-in in all answers.';
  return `Reads the mail logs that the user has named, says what failed and why, and has a runbook for each failure. Ask summarize_failures first. It only reads: nothing is run, sent or changed. ${logTextNotice} ${names}`;
}
