/** Where in a text that comes in parts an offset stands: its line and its column. */

/** What must be known of a part of a text to tell the lines of its findings. */
export interface LocatedPart {
  readonly text: string;
  /** Where the part begins; above stands what its rows refer to. */
  readonly from: number;
  /** The offsets of all line feeds of the text. */
  readonly newlines: readonly number[];
}

/**
 * Counts lines as editors do: LF, CRLF and a lone CR each end one (Language Server Protocol 3.17, "Text Documents").
 * The count goes on from the offset that was asked last, in either direction.
 */
export class TextPositions {
  private text = '';
  private done = 0;
  private line = 1;
  private lineStart = 0;
  private newlines: readonly number[] = [];
  /** How many of them stand above the offset that was asked last. */
  private passed = 0;
  /** Where the next CR stands; -1 where there is none. */
  private carriageReturn = -1;

  begin({ text, from, newlines }: LocatedPart): void {
    // The line may have begun in the part before: then it begins above this one.
    this.lineStart = from - (this.done - this.lineStart);
    this.text = text;
    this.newlines = newlines;
    this.passed = 0;
    this.done = from;
    this.search(from);
  }

  at(offset: number): Position {
    if (offset < this.lineStart) this.stepBack(offset);
    this.passReturns(offset);
    this.passNewlines(offset);
    this.done = offset;
    return { line: this.line, column: offset - this.lineStart + 1 };
  }

  private search(from: number): void {
    this.passed = this.countNewlines(from);
    this.carriageReturn = this.text.indexOf('\r', from);
  }

  /** A step back inside the line costs nothing, so a log on one endless line stays cheap. */
  private stepBack(offset: number): void {
    for (let at = this.lineStart; at > offset; at -= 1) if (isLineEnd(this.text, at - 1)) this.line -= 1;
    let start = offset;
    while (start > 0 && !isLineEnd(this.text, start - 1)) start -= 1;
    this.lineStart = start;
    this.search(offset);
  }

  private passReturns(offset: number): void {
    const { text } = this;
    let at = this.carriageReturn;
    for (; at >= 0 && at < offset; at = text.indexOf('\r', at + 1)) {
      if (text.charCodeAt(at + 1) === lineFeed) continue;
      this.line += 1;
      this.lineStart = at + 1;
    }
    this.carriageReturn = at;
  }

  private passNewlines(offset: number): void {
    const count = this.countNewlines(offset);
    if (count === this.passed) return;
    this.line += count - this.passed;
    this.lineStart = Math.max(this.lineStart, (this.newlines[count - 1] as number) + 1);
    this.passed = count;
  }

  /** How many stand above an offset, counted from those that are passed: the offsets that are asked for lie close together. */
  private countNewlines(offset: number): number {
    const { newlines } = this;
    let count = this.passed;
    while (count < newlines.length && (newlines[count] as number) < offset) count += 1;
    while (count > 0 && (newlines[count - 1] as number) >= offset) count -= 1;
    return count;
  }
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const lineFeed = 0x0a;

/** Whether a line ends after the character at this offset: the CR of a CRLF ends none. */
function isLineEnd(text: string, offset: number): boolean {
  return text[offset] === '\n' || (text[offset] === '\r' && text[offset + 1] !== '\n');
}
