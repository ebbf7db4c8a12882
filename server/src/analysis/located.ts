/** Turns a finding and the text it was found in into the object that every output of the command line shows. */

import type { Finding } from '../failures.ts';
import { type CaptureName, type Captures, type Category, captureNames, type FormatId, type Permanence, type Severity } from '../values.ts';

/** One finding as other programs see it. The names and their order are part of the command line's contract. */
export interface Located {
  readonly file: string;
  /** Lines and columns count from 1; columns in UTF-16 code units; the end is exclusive. */
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly format: FormatId;
  /** The id in the knowledge base; null where only the registry knows the code. */
  readonly failure: string | null;
  readonly category: Category;
  readonly title: string;
  readonly severity: Severity;
  readonly permanence: Permanence | null;
  readonly replyCode: number | null;
  readonly enhancedCode: string | null;
  readonly response: string | null;
  readonly event: { readonly source: string; readonly id: number } | null;
  /** ISO 8601 in UTC, or null where neither the log nor the user has said the zone. */
  readonly time: string | null;
  /** The time as it is written, only where `time` is null. */
  readonly localTime?: string;
  readonly captures: Captures;
}

/** What must be known of a part of a text to tell the lines of its findings. */
export interface LocatedPart {
  readonly text: string;
  /** Where the part begins; above stands what its rows refer to. */
  readonly from: number;
  /** The offsets of all line feeds of the text. */
  readonly newlines: readonly number[];
}

/** Locates the findings of one text, which may come in parts. */
export class Locator {
  private readonly file: string;
  private readonly positions = new Positions();

  /** @param file The name to show. The text is without byte order mark. */
  constructor(file: string) {
    this.file = file;
  }

  /** Goes on with the next part. */
  begin(part: LocatedPart): void {
    this.positions.begin(part);
  }

  /** Ends a part: the next one begins here. Gives the line that it begins in. */
  end(at: number): number {
    return this.positions.at(at).line;
  }

  /** The work is linear in the text when the findings come in text order. */
  locate(finding: Finding): Located {
    const { record } = finding;
    const start = this.positions.at(record.mark.start);
    const end = this.positions.at(record.mark.end);
    return {
      file: this.file,
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
      format: record.format,
      failure: finding.failure?.id ?? null,
      category: finding.category,
      title: finding.title,
      severity: finding.severity,
      permanence: finding.permanence ?? null,
      replyCode: record.response?.replyCode ?? null,
      enhancedCode: record.response?.enhancedCode ?? null,
      response: record.response?.text ?? null,
      event: record.event ? { source: record.event.source, id: record.event.id } : null,
      time: record.time ?? null,
      ...(record.time === undefined && record.localTime !== undefined ? { localTime: record.localTime } : {}),
      captures: orderedCaptures(record.captures),
    };
  }
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Counts lines as editors do: LF, CRLF and a lone CR each end one (Language Server Protocol 3.17, "Text Documents").
 * The count goes on from the offset that was asked last, in either direction.
 */
class Positions {
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

const lineFeed = 0x0a;

/** Whether a line ends after the character at this offset: the CR of a CRLF ends none. */
function isLineEnd(text: string, offset: number): boolean {
  return text[offset] === '\n' || (text[offset] === '\r' && text[offset + 1] !== '\n');
}

/** The captures in the order of their names in the vocabulary, as nearly all records have them already. */
function orderedCaptures(captures: Captures): Captures {
  let last = -1;
  for (const name in captures) {
    const rank = ranks[name as CaptureName];
    if (rank < last || captures[name as CaptureName] === undefined) return putInOrder(captures);
    last = rank;
  }
  return captures;
}

const ranks = Object.fromEntries(captureNames.map((name, rank) => [name, rank])) as Readonly<Record<CaptureName, number>>;

function putInOrder(captures: Captures): Captures {
  const ordered: Partial<Record<CaptureName, string>> = {};
  for (const name of captureNames) {
    const value = captures[name];
    if (value !== undefined) ordered[name] = value;
  }
  return ordered;
}
