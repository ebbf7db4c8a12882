/** The command `mcp`: what the user names is all that an agent can have read. What serves it is loaded for this command alone. */

import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import { reasonOf } from '../files/faults.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

export interface McpOptions {
  readonly reveal?: boolean;
  readonly timeZone?: TimeZone;
}

export async function runMcp(paths: readonly string[], { reveal = false, timeZone }: McpOptions, command: Command, knowledge: KnowledgeBase): Promise<void> {
  for (const path of paths) await stat(path).catch((error: unknown) => command.error(`${path}: ${reasonOf(error)}`));
  const { serveAgent } = await import('../agent/main.ts');
  await serveAgent({ paths, isRevealed: reveal, ...(timeZone && { timeZone }) }, knowledge);
}
