/** The rows about a name, as an editor goes to them. */

import type { Location } from 'vscode-languageserver-types';
import type { KeptStep } from '../analysis/messages/messageTable.ts';

/** A row about a name, with what stands in it. */
export interface NamedRow {
  readonly uri: string;
  /** Zero-based; characters in the encoding that was agreed. */
  readonly line: number;
  /** Where the name stands; nowhere where the row is about it and does not say it. */
  readonly start: number;
  readonly end: number;
  /** The row's length. */
  readonly length: number;
  /** What it tells of a message; absent where it tells nothing of one. */
  readonly step?: KeptStep;
}

export function getReferences(rows: readonly NamedRow[]): Location[] {
  return rows.map(({ uri, line, start, end }) => ({ uri, range: { start: { line, character: start }, end: { line, character: end } } }));
}

/** Where a message entered, or where a session, a connector or an address is met first. */
export function getDefinition(rows: readonly NamedRow[]): Location | undefined {
  return getReferences(rows.slice(0, 1))[0];
}
