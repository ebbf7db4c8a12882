/** Locates what a scan has found, and keeps what is wanted. */

import { type Located, Locator } from '../analysis/located.ts';
import type { Part } from '../analysis/textReader.ts';
import type { FoundPart } from './fileScan.ts';
import { type AppliedFilter, applyFilter, type Filter } from './filter.ts';

/** So many findings are told at once: more of them would live on until they are put out, and cost the collector of garbage time. */
const mostAtOnce = 256;

/** Keeps and locates the findings of one text, part by part. */
export class PartLocator {
  private readonly locator: Locator;
  private readonly sieve: AppliedFilter;
  private left: number;
  /** So many lines have begun behind the first one where the last part ended. */
  lines = 0;

  constructor(file: string, filter: Filter = {}, skipped = 0) {
    this.locator = new Locator(file);
    this.sieve = applyFilter(filter);
    this.left = skipped;
  }

  /** @param end What begins from here on is not wanted. */
  *locate(part: Part, bytes: number, end = Number.POSITIVE_INFINITY): Generator<FoundPart> {
    const { locator, sieve } = this;
    let findings: Located[] = [];
    let doubts: Record<string, number> | undefined;
    locator.begin(part);
    for (const finding of part.findings) {
      if (finding.record.mark.start >= end || !sieve.keeps(finding)) continue;
      if (this.left > 0) {
        this.left -= 1;
        continue;
      }
      const doubt = sieve.doubt(finding);
      if (doubt !== undefined) {
        doubts ??= {};
        doubts[doubt] = (doubts[doubt] ?? 0) + 1;
      }
      findings.push(locator.locate(finding));
      if (findings.length < mostAtOnce) continue;
      yield { findings, bytes, ...(doubts && { doubts }) };
      findings = [];
      doubts = undefined;
    }
    this.lines = locator.end(Math.min(end, part.end)) - 1;
    yield { findings, bytes, ...(doubts && { doubts }) };
  }
}
