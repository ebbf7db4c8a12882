/** What a runbook insertion carries from a finding, and what of it is believed when it comes back. */

import type { Failure, Finding } from '../failures.ts';
import type { PlacedRunbook, RunbookArguments, RunbookPart } from '../protocol/editor.ts';
import { visible } from '../text/visible.ts';
import { type Captures, captureNames } from '../values.ts';

/** Where a log stands, and which of its lines, counted from 0, an offset stands in. */
interface LogPlace {
  readonly uri: string;
  lineAt(offset: number): number;
}

/** All that an insertion needs. The evidence says where the failure was seen and what the log said. */
export function runbookArguments(document: LogPlace, finding: Finding, failure: Failure, part: RunbookPart): RunbookArguments {
  const { record } = finding;
  const { time, localTime, response } = record;
  return {
    failure: failure.id,
    captures: record.captures,
    part,
    ...(finding.part !== undefined && { situation: finding.part }),
    evidence: evidenceText(fileName(document.uri), document.lineAt(record.mark.start) + 1, time ?? localTime, response?.text ?? finding.title),
  };
}

/** Where a failure was seen, when, and what the log said, on one line. */
export function evidenceText(file: string, line: number, when: string | undefined, said: string): string {
  return visible(`${file} line ${line}${when ? `, ${when}` : ''}: ${said}`);
}

/**
 * Reads the arguments of an insertion. A command can be called by any document with any argument, so nothing is taken
 * on trust: what has not the right form is left out, and without a failure's id there is nothing to insert.
 */
export function readRunbookArguments(value: unknown): RunbookArguments | undefined {
  const { failure, captures, part, situation, evidence } = (value ?? {}) as Record<string, unknown>;
  if (typeof failure !== 'string' || (part !== 'evidence' && part !== 'full')) return undefined;
  return {
    failure,
    captures: readCaptures(captures),
    part,
    ...(typeof situation === 'string' && { situation }),
    evidence: typeof evidence === 'string' ? evidence.slice(0, 4_000) : '',
  };
}

/** Reads a runbook with its log, which comes back with a code action or a command. Whether there is such a log is for the reader to see. */
export function readPlacedRunbook(value: unknown): PlacedRunbook | undefined {
  const { insertion, document } = (value ?? {}) as Record<string, unknown>;
  const read = readRunbookArguments(insertion);
  return read && typeof document === 'string' ? { insertion: read, document } : undefined;
}

function readCaptures(value: unknown): Captures {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const entries = captureNames.flatMap((name) => {
    const text = Object.hasOwn(given, name) ? given[name] : undefined;
    return typeof text === 'string' && text !== '' ? [[name, text] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** The name of a file as its address has it. */
export function fileName(uri: string): string {
  const last = uri.slice(uri.lastIndexOf('/') + 1).replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(last);
  } catch {
    // A name with a stray percent sign is shown as it stands.
    return last;
  }
}
