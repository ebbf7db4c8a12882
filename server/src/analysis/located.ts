/** Turns a finding and the text it was found in into the object that every output of the command line shows. */

import type { Finding } from '../failures.ts';
import { type CaptureName, type Captures, type Category, captureNames, type FormatId, type Permanence, type Severity } from '../values.ts';
import { type LocatedPart, TextPositions } from './textPositions.ts';

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
  /** Which part of the failure's document is about it, where the document has parts: no output shows it. */
  readonly part?: string;
}

/** Locates the findings of one text, which may come in parts. */
export class Locator {
  private readonly file: string;
  private readonly positions = new TextPositions();

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
      ...(finding.part !== undefined ? { part: finding.part } : {}),
    };
  }
}

/** The captures in the order of their names in the vocabulary, as nearly all records have them already. */
export function orderedCaptures(captures: Captures): Captures {
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
