/** What a user is told whose scratch script is open where something would be inserted. */

import type { ExtendScriptResult } from '../protocol/editor.ts';
import type { ScriptStretch } from './powershellCursor.ts';
import type { PowerShellReading } from './powershellReading.ts';

/** Inserts nothing, says why, and leads to where the slip probably is. */
export function leaveOpen(script: string, { stretches, open }: Required<PowerShellReading>): ExtendScriptResult {
  const lineOf = (offset: number): number => script.slice(0, offset).match(/\r\n|\r|\n/g)?.length ?? 0;
  const line = lineOf(open.start);
  // A quote too few turns strings and code around from there on, and what is open at the end is only the last of them.
  const first = stretches.find(({ kind }) => kind === 'quotation')?.start ?? open.start;
  const suspected = lineOf(Math.min(first, open.start));
  const advice = open.kind === 'escaped line end' ? 'Remove it' : 'Close it';
  const elsewhere = suspected === line ? '' : ` Look at line ${suspected + 1} first: a quotation that begins there goes over the end of its line.`;
  return {
    insertions: [],
    line: suspected,
    warning: `Nothing was inserted, because the scratch script is open: ${faults[open.kind](line + 1)}. ${advice} before you run anything, then insert the runbook again.${elsewhere}`,
  };
}

const faults: Readonly<Record<ScriptStretch['kind'], (line: number) => string>> = {
  quotation: (line) => `the quotation that begins in line ${line} is never closed`,
  'here-string': (line) => `the here-string that begins in line ${line} is never closed`,
  'block comment': (line) => `the block comment that begins in line ${line} is never closed`,
  'name in braces': (line) => `the name in braces that begins in line ${line} is never closed`,
  subexpression: (line) => `the $( that begins in line ${line} is never closed`,
  'escaped line end': (line) => `line ${line} ends with a backtick, which joins the next line to it`,
};
