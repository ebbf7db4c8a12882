/** The local times of one file: where some of them are placed depends on what all dates of the file show. */

import { placeFinding } from '../analysis/findings.ts';
import type { Part } from '../analysis/textReader.ts';
import { isOpenIn, joinOrders, noOrders, type Orders, ordersOf } from '../analysis/times/recordTimes.ts';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { Finding } from '../failures.ts';

/** Takes the parts of a file in their order. Without a zone nothing is placed, and nothing is ever waited for. */
export class FileTimes {
  /** Whether a finding has been met for which what stands farther below can matter. */
  isOpen = false;
  private orders: Orders = noOrders;
  private isComplete = false;
  private readonly zone: TimeZone | undefined;
  private readonly isWanted: (finding: Finding) => boolean;

  /** @param isWanted For the others nothing is waited for. */
  constructor(zone: TimeZone | undefined, isWanted: (finding: Finding) => boolean) {
    this.zone = zone;
    this.isWanted = isWanted;
  }

  learn({ records }: Part): void {
    if (this.zone && !this.isComplete) this.orders = joinOrders(this.orders, ordersOf(records));
  }

  /** All of the file has been learnt: now everything has its place, or never will have. */
  complete(): void {
    this.isComplete = true;
    this.isOpen = false;
  }

  /**
   * The findings of a part, placed.
   * @param canWait Whether they are to end above the first one for which what stands farther below can matter.
   */
  place(findings: Iterable<Finding>, canWait: boolean): Iterable<Finding> {
    return this.zone ? this.placeEach(findings, canWait, this.zone) : findings;
  }

  private *placeEach(findings: Iterable<Finding>, canWait: boolean, zone: TimeZone): Generator<Finding> {
    for (const finding of findings) {
      const placed = placeFinding(finding, this.orders, zone);
      const isSure = placed.record.time !== undefined && !placed.record.isOrderOfOthers;
      if (!isSure && !this.isComplete && isOpenIn(this.orders, finding.record) && this.isWanted(finding)) {
        this.isOpen = true;
        if (canWait) return;
      }
      yield placed;
    }
  }
}
