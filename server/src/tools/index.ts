/** The tools for agents: all of them, in the order in which they are offered. All of them only read. */

import { explainResponse } from './explainResponse.ts';
import { getRunbook } from './getRunbook.ts';
import { listFindings } from './listFindings.ts';
import { logTextNotice } from './logWords.ts';
import { showOverview } from './showOverview.ts';
import { showSession } from './showSession.ts';
import { summarizeFailures } from './summarizeFailures.ts';
import type { Tool, ToolAnswer, ToolCall, ToolContext } from './tool.ts';
import { traceMessage } from './traceMessage.ts';

export const tools: readonly Tool[] = [summarizeFailures, showOverview, listFindings, explainResponse, traceMessage, showSession, getRunbook];

/** @throws A sentence for whoever asks. */
export async function askTool(name: string, input: unknown, context: ToolContext, call: ToolCall): Promise<ToolAnswer> {
  const tool = tools.find((one) => one.name === name);
  if (!tool) throw new Error('There is no tool of this name.');
  return tool.answer(input, context, call);
}

/** What is said of all tools together. */
export function instructionsOf({ words }: Pick<ToolContext, 'words'>): string {
  const names = words.isRevealed
    ? 'The user has asked for addresses and hosts as they are.'
    : 'Addresses, hosts and subjects are replaced by stand-ins such as user-1@domain-1.invalid; the same one has the same stand-in in all answers, and a question can name either.';
  return `Reads the mail logs that the user has named, says what failed and why, and has a runbook for each failure. Ask summarize_failures first. It only reads: nothing is run, sent or changed. ${logTextNotice} ${names}`;
}
