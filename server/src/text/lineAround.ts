/** The lines of a text, gone through from one offset to the next. */

import type { Occurrences } from './occurrences.ts';

/** The line around one offset after another. Where the lines of a text end has mostly been looked for, so none is searched for. */
export class LineAround {
  start = 0;
  /** Behind its line break. */
  end = 0;
  private readonly newlines: readonly number[];
  private readonly length: number;
  private index = 0;

  constructor(text: string, occurrences: Occurrences) {
    this.newlines = occurrences('\n');
    this.length = text.length;
  }

  /** @param offset Not above the one before. */
  moveTo(offset: number): void {
    const { newlines } = this;
    while (this.index < newlines.length && (newlines[this.index] as number) < offset) this.index++;
    this.start = (newlines[this.index - 1] ?? -1) + 1;
    this.end = (newlines[this.index] ?? this.length - 1) + 1;
  }
}
