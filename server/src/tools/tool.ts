/** A tool for an agent, whoever asks for it and however it is reached: what it takes, what it gives, and how it is answered. */

import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { printableJson } from '../text/visible.ts';
import type { LastReadings } from './lastReadings.ts';
import { type LogWords, logTextNotice } from './logWords.ts';
import type { ReadableFiles } from './readableFiles.ts';
import type { ToolSchema } from './toolSchema.ts';

/** What every tool has: what is known, what may be read, and how log text is told. */
export interface ToolContext {
  readonly knowledge: KnowledgeBase;
  readonly files: ReadableFiles;
  readonly words: LogWords;
  /** What was read last, so that a second question is quick. */
  readonly memory: LastReadings;
  /** Where the page of a failure is read. */
  readonly pageUri: (failure: string) => string;
  /** The zone of local times. */
  readonly timeZone?: TimeZone;
}

/** One question to a tool. */
export interface ToolCall {
  /** Comes where nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** So many characters the answer may have, where whoever asks has said it. A list ends before it with a cursor. */
  readonly budget?: number;
  /** Hears how much has been read, in bytes. */
  readonly progress?: (done: number, all: number) => void;
}

export interface ToolAnswer {
  /** As the tool's output describes it. Log text stands under `fromLog` alone. */
  readonly told: object;
  /** Long texts beside it. */
  readonly texts: readonly ToolText[];
}

export interface ToolText {
  readonly uri: string;
  readonly mimeType: string;
  readonly text: string;
  /** What must be known of it before it is read. */
  readonly note?: string;
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  /** For a model; with what log text is. */
  readonly description: string;
  /** For a person who chooses it. */
  readonly purpose: string;
  readonly input: ToolSchema<unknown>;
  readonly output: ToolSchema<unknown>;
  /** @throws A sentence for whoever asks, which holds no log text. */
  readonly answer: (input: unknown, context: ToolContext, call: ToolCall) => Promise<ToolAnswer>;
}

interface ToolDefinition<Input, Told extends object> extends Pick<Tool, 'name' | 'title' | 'description' | 'purpose'> {
  readonly input: ToolSchema<Input>;
  readonly output: ToolSchema<Told>;
  readonly answer: (input: Input, context: ToolContext, call: ToolCall) => Promise<{ readonly told: Told; readonly texts?: readonly ToolText[] }>;
}

export function defineTool<Input, Told extends object>(definition: ToolDefinition<Input, Told>): Tool {
  return {
    ...definition,
    description: `${definition.description} ${logTextNotice}`,
    answer: async (input, context, call) => {
      const { told, texts = [] } = await definition.answer(definition.input.read(input ?? {}, 'The input'), context, call);
      return { told, texts };
    },
  };
}

/** An answer as a text, which begins with what log text is. */
export function printAnswer({ told }: Pick<ToolAnswer, 'told'>): string {
  return `${logTextNotice}\n${printableJson(told)}`;
}

/** How much an answer may still say of a list. */
export class Room {
  private left: number;
  private isEmpty = true;

  constructor({ budget = Number.POSITIVE_INFINITY }: ToolCall) {
    // The summary and the word on log text stand beside the list.
    this.left = budget - besideList;
  }

  /** Whether one more entry finds room. The first one always does: a page without any would never end. */
  takes(entry: object): boolean {
    this.left -= printableJson(entry).length + 1;
    const does = this.isEmpty || this.left >= 0;
    this.isEmpty = false;
    return does;
  }

  /** The first ones that find room. */
  fitting<Entry extends object>(entries: readonly Entry[]): readonly Entry[] {
    const end = entries.findIndex((entry) => !this.takes(entry));
    return end < 0 ? entries : entries.slice(0, end);
  }
}

const besideList = 1_500;
