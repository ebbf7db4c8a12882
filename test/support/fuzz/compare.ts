/** Says how two readings differ, the kind first and the particulars below it. */

import type { Located } from '../../../server/src/analysis/located.ts';
import type { Finding } from '../../../server/src/failures.ts';
import { locatorOf } from '../findings.ts';

/** The findings with their lines and columns. */
export function locateAll(text: string, findings: readonly Finding[]): Located[] {
  const locator = locatorOf('a.log', text);
  return findings.map((finding) => locator.locate(finding));
}

/** The first difference of two lists of findings; undefined where they are the same. */
export function difference(expected: readonly Located[], found: readonly Located[]): string | undefined {
  for (let index = 0; index < Math.max(expected.length, found.length); index += 1) {
    const [one, other] = [expected[index], found[index]];
    if (one && other && JSON.stringify(one) === JSON.stringify(other)) continue;
    return `${kindOf(one, other)}\nexpected ${tell(one)}\nfound    ${tell(other)}`;
  }
  return undefined;
}

function kindOf(one: Located | undefined, other: Located | undefined): string {
  if (one && other && comparePlaces(one, other) === 0) {
    const names = Object.keys({ ...one, ...other }).filter((name) => JSON.stringify(one[name as keyof Located]) !== JSON.stringify(other[name as keyof Located]));
    return `${one.format}: another ${names.join(', ')}`;
  }
  return one && (!other || comparePlaces(one, other) < 0) ? `${one.format}: a finding is missing` : `${other?.format}: a finding too many`;
}

function comparePlaces(one: Located, other: Located): number {
  return one.startLine - other.startLine || one.startColumn - other.startColumn;
}

function tell(located: Located | undefined): string {
  return located ? clipped(JSON.stringify(located)) : 'nothing';
}

/** As much of a text as a reader looks at. */
export function clipped(text: string): string {
  return text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text;
}
