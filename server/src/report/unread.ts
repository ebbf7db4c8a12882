/** What a reader must know of a scan that has not read, or does not tell, everything. */

import type { ReadTotals } from '../analysis/tally.ts';

/** Clauses without a full stop: "1 file could not be read, 2 only in part", "3 files are no text". None where all was read. */
export function unreadClauses({ unreadable, leftOut, interruption, hasIgnored }: ReadTotals): string[] {
  const inPart = unreadable.filter(({ isPartial }) => isPartial).length;
  const missed = unreadable.length - inPart;
  const clauses: string[] = [];
  if (missed > 0) clauses.push(`${plural(missed, 'file')} could not be read${inPart > 0 ? `, ${inPart} only in part` : ''}`);
  else if (inPart > 0) clauses.push(`${plural(inPart, 'file')} could be read only in part`);
  if (leftOut > 0) clauses.push(leftOut === 1 ? '1 file is no text' : `${leftOut} files are no text`);
  if (hasIgnored) clauses.push('failures that the settings ignore are left out');
  if (interruption !== undefined) clauses.push('the scan was interrupted before its end');
  return clauses;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
