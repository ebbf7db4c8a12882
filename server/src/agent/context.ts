/** What every tool has: what is known, what may be read, and how log text is told. */

import type { McpServer } from '@modelcontextprotocol/server';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { LogWords } from './logWords.ts';
import type { ReadableFiles } from './readableFiles.ts';

export interface AgentContext {
  readonly knowledge: KnowledgeBase;
  readonly files: ReadableFiles;
  readonly words: LogWords;
  /** The zone of local times. */
  readonly timeZone?: TimeZone;
}

/** Adds one tool to a server. */
export type AddTool = (server: McpServer, context: AgentContext) => void;
