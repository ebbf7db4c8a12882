/** The tools for agents without a protocol: each answer is held against what the tool says of its output, and log text against its place. */

import assert from 'node:assert/strict';
import { failurePageUri } from '../../server/src/tools/failureTexts.ts';
import { askTool, tools } from '../../server/src/tools/index.ts';
import { LastReadings } from '../../server/src/tools/lastReadings.ts';
import { LogWords } from '../../server/src/tools/logWords.ts';
import { type OpenText, ReadableFiles } from '../../server/src/tools/readableFiles.ts';
import type { ToolAnswer, ToolCall, ToolContext } from '../../server/src/tools/tool.ts';
import { projectKnowledgeBase } from './project.ts';

export class AgentTools {
  readonly context: ToolContext;

  constructor(paths: readonly string[], isRevealed = false, open: readonly OpenText[] = []) {
    const words = new LogWords(isRevealed);
    this.context = { knowledge: projectKnowledgeBase(), words, files: new ReadableFiles(paths, words, open), memory: new LastReadings(), pageUri: failurePageUri };
  }

  async answer(name: string, input: object = {}, call: Partial<ToolCall> = {}): Promise<ToolAnswer> {
    const answer = await askTool(name, input, this.context, { signal: new AbortController().signal, ...call });
    const tool = tools.find((one) => one.name === name);
    assert.deepEqual(tool?.output.read(answer.told, name), JSON.parse(JSON.stringify(answer.told)));
    return answer;
  }

  /** What a tool tells, as far as a test says what it is. */
  async ask<Told>(name: string, input: object = {}, call: Partial<ToolCall> = {}): Promise<Told> {
    return (await this.answer(name, input, call)).told as Told;
  }
}
