/**
 * The thread that answers tools for agents while the server goes on answering the editor. It lives as long as the server does: what was read last,
 * and what an address is called, stay as they are from one question to the next.
 */

import { type MessagePort, parentPort } from 'node:worker_threads';
import { createTimeZone } from '../analysis/times/timeZone.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { pageScheme } from '../protocol/editor.ts';
import { askTool } from '../tools/index.ts';
import { LastReadings } from '../tools/lastReadings.ts';
import { LogWords } from '../tools/logWords.ts';
import { type OpenText, ReadableFiles } from '../tools/readableFiles.ts';
import { printAnswer, type ToolAnswer, type ToolContext } from '../tools/tool.ts';
import { ThreadKnowledge } from './threadKnowledge.ts';

/** What the thread is sent. */
export type ToolOrder = AskedTool | { readonly kind: 'cancel'; readonly id: number };

export interface AskedTool {
  readonly kind: 'ask';
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  readonly budget: number | undefined;
  /** Files and folders of the workspace. */
  readonly paths: readonly string[];
  /** All that the editor has open. A text comes with the first question that it is there for, and stays as it was then. */
  readonly documents: readonly (Omit<OpenText, 'text'> & { readonly text?: string })[];
  readonly failures: string | undefined;
  readonly timeZone: string;
  readonly isRevealed: boolean;
}

/** What it sends back for each question. */
export interface AnsweredTool {
  readonly id: number;
  readonly text?: string;
  /** Why there is none. */
  readonly error?: string;
}

class ToolThread {
  private readonly port: MessagePort;
  private readonly running = new Map<number, AbortController>();
  private readonly words = { real: new LogWords(true), standIns: new LogWords(false) };
  private readonly knowledge = new ThreadKnowledge();
  private texts = new Map<number, string>();
  private memory = new LastReadings();
  /** What the memory was read with. */
  private readWith: readonly [KnowledgeBase | undefined, string] = [undefined, ''];

  constructor(port: MessagePort) {
    this.port = port;
    port.on('message', (order: ToolOrder) => {
      if (order.kind === 'cancel') this.running.get(order.id)?.abort();
      else void this.answer(order);
    });
  }

  private async answer(asked: AskedTool): Promise<void> {
    const { id, name, input, budget } = asked;
    const control = new AbortController();
    this.running.set(id, control);
    try {
      const context = await this.contextOf(asked);
      const answer = await askTool(name, input, context, { signal: control.signal, ...(budget !== undefined && { budget }) });
      this.send({ id, text: printWhole(answer) });
    } catch (error) {
      this.send({ id, error: error instanceof Error ? error.message : 'It is not known why.' });
    } finally {
      this.running.delete(id);
    }
  }

  private async contextOf({ paths, documents, failures, timeZone, isRevealed }: AskedTool): Promise<ToolContext> {
    this.texts = new Map(documents.map(({ version, text }) => [version, text ?? this.texts.get(version) ?? '']));
    const open = documents.map(({ path, name, version }) => ({ path, name, version, text: this.texts.get(version) ?? '' }));
    const knowledge = await this.knowledge.of(failures);
    if (this.readWith[0] !== knowledge || this.readWith[1] !== timeZone) this.memory = new LastReadings();
    this.readWith = [knowledge, timeZone];
    const words = isRevealed ? this.words.real : this.words.standIns;
    const zone = timeZone === '' ? undefined : createTimeZone(timeZone);
    return {
      knowledge,
      words,
      files: new ReadableFiles(paths, words, open),
      memory: this.memory,
      pageUri: (failure) => `${pageScheme}:/${failure}.md`,
      ...(zone && { timeZone: zone }),
    };
  }

  private send(answer: AnsweredTool): void {
    this.port.postMessage(answer);
  }
}

/** An answer as one text: a language model tool of an editor has nothing else. */
function printWhole(answer: ToolAnswer): string {
  return [printAnswer(answer), ...answer.texts.flatMap(({ note, text }) => (note === undefined ? [text] : [note, text]))].join('\n\n');
}

if (parentPort) new ToolThread(parentPort);
