/** Text whose lines end with LF, whatever ends them in the log: patterns and lengths then need not know CRLF, and each character still knows its place. */

import { composeExcerpts, type Excerpt } from './excerpt.ts';

/** An excerpt with LF for CRLF. */
export function withLineFeeds(excerpt: Excerpt): Excerpt {
  return excerpt.text.includes('\r\n') ? composeExcerpts(excerpt, new LineFeedText(excerpt.text)) : excerpt;
}

/** A text with LF for CRLF; a text without CRLF is itself. */
export class LineFeedText implements Excerpt {
  readonly text: string;
  private readonly written: string;
  /** Where the carriage returns stand that are left out: looked for when a place is asked for, which of most texts is never. */
  private returns: readonly number[] | undefined;

  constructor(written: string) {
    this.text = written.replaceAll('\r\n', '\n');
    this.written = written;
  }

  /** Where the character at an index stands in the written text; of a line end, where it begins. */
  place(index: number): number {
    return index + this.count((at, left) => at - left < index);
  }

  /** The index of the character that stands in the written text at an offset. */
  index(offset: number): number {
    return offset - this.count((at) => at < offset);
  }

  /** How many of the carriage returns, which are in order, something holds for; `left` counts those above. */
  private count(holds: (at: number, left: number) => boolean): number {
    this.returns ??= returnsOf(this.written);
    let low = 0;
    let high = this.returns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.returns[middle] as number, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The carriage returns that belong to a line feed. */
function returnsOf(text: string): number[] {
  const returns: number[] = [];
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) returns.push(at);
  return returns;
}
