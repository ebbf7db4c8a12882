/** The command `mcp`: what the user names is all that an agent can have read. The protocol's library is loaded for this command alone. */

import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import { reasonOf } from '../files/faults.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { failurePageUri, failureTexts } from '../tools/failureTexts.ts';
import { askTool, instructionsOf, tools } from '../tools/index.ts';
import { LastReadings } from '../tools/lastReadings.ts';
import { LogWords } from '../tools/logWords.ts';
import { ReadableFiles } from '../tools/readableFiles.ts';
import { printAnswer, type ToolContext } from '../tools/tool.ts';

export interface McpOptions {
  readonly reveal?: boolean;
  readonly timeZone?: TimeZone;
}

export async function runMcp(paths: readonly string[], { reveal = false, timeZone }: McpOptions, command: Command, knowledge: KnowledgeBase): Promise<void> {
  for (const path of paths) await stat(path).catch((error: unknown) => command.error(`${path}: ${reasonOf(error)}`));
  // The same words for all connections: what an address is called stays as it is.
  const words = new LogWords(reveal);
  const files = new ReadableFiles(paths, words);
  const context: ToolContext = { knowledge, words, files, memory: new LastReadings(), pageUri: failurePageUri, ...(timeZone && { timeZone }) };
  const { serveAgent } = await import('../agent/main.ts');
  await serveAgent({
    tools,
    ask: (name, input, call) => askTool(name, input, context, call),
    print: printAnswer,
    texts: failureTexts(knowledge),
    ids: knowledge.failures,
    instructions: instructionsOf(context),
  });
}
