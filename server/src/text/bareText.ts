/** A text without what stands before its lines, or without what is cut from them elsewhere, each character still knowing its place in the text as it is written. */

import type { Excerpt } from './excerpt.ts';
import { countBelow } from './spans.ts';

/** The lines of a text that something stands before; or any places where something is cut. */
export interface Beginnings {
  /** Where each begins, in order. */
  readonly lines: number[];
  /** Where each goes on behind what stands before it. */
  readonly behind: number[];
  /** Those of the lines that begin something of their own, in a block whose lines can go on with the one above. */
  readonly points?: number[];
}

/** Puts an empty line above a line, so that what stood before the lines above still tells them from it. */
export function sayBreakTwice({ lines, behind }: Beginnings, line: number): void {
  lines.push(line);
  behind.push(line - 1);
}

export class BareText implements Excerpt {
  readonly text: string;
  /** What it was made from, where something was taken away before. */
  private readonly written: BareText | undefined;
  private readonly lines: readonly number[];
  private readonly behind: readonly number[];
  /** Where each of the lines begins here. */
  private readonly starts: readonly number[];
  private readonly points: ReadonlySet<number>;

  /** @param whole The text it is made from, where characters of it are read as others: none more, and none less. */
  constructor(written: string | BareText, { lines, behind, points }: Beginnings, whole = typeof written === 'string' ? written : written.text) {
    const starts: number[] = [];
    let text = '';
    let kept = 0;
    for (let index = 0; index < lines.length; index++) {
      text += whole.slice(kept, lines[index]);
      kept = behind[index] as number;
      starts.push(text.length);
    }
    this.text = text + whole.slice(kept);
    this.written = typeof written === 'string' ? undefined : written;
    this.lines = lines;
    this.behind = behind;
    this.starts = starts;
    this.points = new Set(points);
  }

  place(index: number): number {
    const place = this.placeAbove(index);
    return this.written?.place(place) ?? place;
  }

  /** Whether something stood before the line that begins here, in the text that this was made from. */
  isBehind(start: number): boolean {
    const index = countBelow(this.starts, start);
    return this.starts[index] === start && (this.behind[index] as number) > (this.lines[index] as number);
  }

  /** Whether the line that begins here can go on with the one above: something stood before both, and nothing that begins a point of a list. */
  canGoOn(start: number): boolean {
    return this.isBehind(start) && !this.points.has(this.lines[countBelow(this.starts, start)] as number);
  }

  /** Where a line begins in the written text, with what stands before it. */
  lineStart(start: number): number {
    const index = countBelow(this.starts, start);
    const place = this.starts[index] === start ? (this.lines[index] as number) : this.placeAbove(start);
    return this.written?.lineStart(place) ?? place;
  }

  /** Where an offset of the written text stands here: what stands before a line, at the beginning of the line. */
  indexOf(place: number): number {
    return this.moved(this.written?.indexOf(place) ?? place);
  }

  /** The same of an offset of the text that this was made from. */
  moved(above: number): number {
    const index = countBelow(this.lines, above + 1) - 1;
    const start = this.starts[index];
    return start === undefined ? above : start + Math.max(0, above - (this.behind[index] as number));
  }

  private placeAbove(index: number): number {
    const line = countBelow(this.starts, index + 1) - 1;
    const start = this.starts[line];
    return start === undefined ? index : (this.behind[line] as number) + index - start;
  }
}
