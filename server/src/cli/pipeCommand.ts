/** The command `pipe`: one line in, exactly one line of JSON out, until the input ends. */

import { createExplainer, type Explainer } from '../analysis/findings.ts';
import { lineAnswers, type PipeProtocol } from '../analysis/lineAnswers.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { write } from './terminal.ts';

/** Lines of this length and more are read in their beginning alone: no mail system writes such a line, and one of them must not stop the others. */
const longestLine = 1024 * 1024;

export async function runPipe({ protocol }: { readonly protocol: PipeProtocol }, knowledge: KnowledgeBase): Promise<void> {
  const lines = new Lines();
  const explain = createExplainer(knowledge);
  // A service that is ended has its lines answered that have come; its parent closes the input then, or never does.
  let isEnding = false;
  const end = (): void => {
    isEnding = true;
    process.stdin.destroy();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  try {
    for await (const chunk of process.stdin) {
      if (!(await answer(lines.add(chunk as Uint8Array), protocol, explain))) return;
    }
  } catch (error) {
    if (!isEnding) throw error;
  }
  await answer(lines.rest(), protocol, explain);
  process.removeListener('SIGTERM', end);
  process.removeListener('SIGINT', end);
}

/** False where nobody reads on. */
function answer(lines: string, protocol: PipeProtocol, explain: Explainer): Promise<boolean> {
  return write(lines === '' ? '' : lineAnswers(lines, protocol, explain));
}

/** Puts chunks of bytes together to whole lines of text. */
class Lines {
  private readonly decoder = new TextDecoder('utf-8');
  /** What has come of a line that has not ended. */
  private begun: string[] = [];
  private begunLength = 0;

  /** The lines that have ended by now, each with its LF. */
  add(chunk: Uint8Array): string {
    return this.take(this.decoder.decode(chunk, { stream: true }));
  }

  /** What is left when the input has ended: a last line without LF gets one. */
  rest(): string {
    const lines = this.take(this.decoder.decode());
    const last = this.begun.join('');
    return last === '' ? lines : `${lines}${last}\n`;
  }

  private take(text: string): string {
    const end = text.lastIndexOf('\n') + 1;
    if (end === 0) {
      this.begin(text);
      return '';
    }
    const whole = this.begun.join('') + text.slice(0, end);
    this.begun = [];
    this.begunLength = 0;
    this.begin(text.slice(end));
    return whole;
  }

  private begin(text: string): void {
    if (text === '' || this.begunLength >= longestLine) return;
    this.begun.push(text.slice(0, longestLine - this.begunLength));
    this.begunLength += text.length;
  }
}
