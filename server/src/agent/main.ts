/** The edge to an agent: the tools over standard input and output, as the Model Context Protocol has it, until the input ends. */

import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { LogWords } from './logWords.ts';
import { ReadableFiles } from './readableFiles.ts';
import { createAgentServer } from './server.ts';

/** What the user has said on the command line. No request changes it. */
export interface AgentOrder {
  /** The files and folders that may be read. */
  readonly paths: readonly string[];
  /** Whether addresses, hosts and subjects are told as they are. */
  readonly isRevealed: boolean;
  readonly timeZone?: TimeZone;
}

export async function serveAgent({ paths, isRevealed, timeZone }: AgentOrder, knowledge: KnowledgeBase): Promise<void> {
  const words = new LogWords(isRevealed);
  const files = new ReadableFiles(paths, words);
  // One server for each beginning of the protocol, the same words for all: what an address is called stays as it is.
  const served = serveStdio(() => createAgentServer({ knowledge, words, files, ...(timeZone && { timeZone }) }));
  await once(process.stdin, 'close');
  await served.close();
}
