/** Turns a finding and the text it was found in into the object that every output of the command line shows. */

import { type CaptureName, type Captures, type Category, captureNames, type Finding, type FormatId, type Permanence, type Severity } from '../values.ts';

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
  /** The time as it is written, where the log does not state the zone; beside `time` only where the user has said it. */
  readonly localTime?: string;
  readonly captures: Captures;
}

/**
 * Prepares to locate the findings of one text. The work is linear in the text when the findings come in text order.
 * @param file The name to show.
 * @param text The whole text, without byte order mark.
 */
export function createLocator(file: string, text: string): (finding: Finding) => Located {
  const positionAt = createPositions(text);
  return (finding) => {
    const { record } = finding;
    const start = positionAt(record.mark.start);
    const end = positionAt(record.mark.end);
    return {
      file,
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
      ...(record.localTime === undefined ? {} : { localTime: record.localTime }),
      captures: orderedCaptures(record.captures),
    };
  };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Counts lines as editors do: LF, CRLF and a lone CR each end one (Language Server Protocol 3.17, "Text Documents").
 * The count goes on from the offset that was asked last, in either direction.
 */
function createPositions(text: string): (offset: number) => Position {
  let at = 0;
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    const target = Math.max(0, Math.min(offset, text.length));
    for (; at < target; at += 1) {
      if (!isLineEnd(text, at)) continue;
      line += 1;
      lineStart = at + 1;
    }
    // A step back inside the line costs nothing, so a log on one endless line stays cheap.
    if (target < lineStart) {
      for (; at > target; at -= 1) if (isLineEnd(text, at - 1)) line -= 1;
      lineStart = target;
      while (lineStart > 0 && !isLineEnd(text, lineStart - 1)) lineStart -= 1;
    }
    at = target;
    return { line, column: target - lineStart + 1 };
  };
}

/** Whether a line ends after the character at this offset: the CR of a CRLF ends none. */
function isLineEnd(text: string, offset: number): boolean {
  const character = text.charCodeAt(offset);
  return character === lineFeed || (character === carriageReturn && text.charCodeAt(offset + 1) !== lineFeed);
}

const lineFeed = 10;
const carriageReturn = 13;

function orderedCaptures(captures: Captures): Captures {
  const ordered: Partial<Record<CaptureName, string>> = {};
  for (const name of captureNames) {
    const value = captures[name];
    if (value !== undefined) ordered[name] = value;
  }
  return ordered;
}
