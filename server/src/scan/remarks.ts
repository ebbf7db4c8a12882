/** What the user must be told about a scan beside what it has found. */

import type { FoundPart } from './fileScan.ts';

/** Made of what is said of the parts. */
export class Remarks {
  /** How many findings were kept although their times could not be compared, by the reason. */
  private readonly untimed = new Map<string, number>();
  private isReadOnce = false;

  take({ doubts = {}, isReadOnce }: Pick<FoundPart, 'doubts' | 'isReadOnce'>): void {
    for (const [doubt, count] of Object.entries(doubts)) this.untimed.set(doubt, (this.untimed.get(doubt) ?? 0) + count);
    this.isReadOnce ||= isReadOnce === true;
  }

  /** undefined where there is nothing to say. */
  text(): string | undefined {
    const sentences = [this.isReadOnce ? readOnce : undefined, keptUntimed(this.untimed)].filter((sentence) => sentence !== undefined);
    return sentences.length === 0 ? undefined : sentences.join(' ');
  }
}

const readOnce = 'Standard input and pipes cannot be read twice: where a date leaves open which number is the day, only the dates above it could tell.';

function keptUntimed(untimed: ReadonlyMap<string, number>): string | undefined {
  const count = [...untimed.values()].reduce((sum, one) => sum + one, 0);
  if (count === 0) return undefined;
  const reasons = [...untimed].map(([why, times]) => (untimed.size > 1 ? `${times} ${why}` : why));
  return `${count} ${count === 1 ? 'finding was' : 'findings were'} kept whatever --since and --until say, because the time in UTC is not known: ${reasons.join('; ')}.`;
}
