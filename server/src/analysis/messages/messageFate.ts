/** What became of one recipient of a message: facts that can come in any order, and the status that they add up to. */

/** The statuses of a recipient; part of the command line's contract. The worst of a message's recipients comes first. */
export const recipientStatuses = ['failed', 'delayed', 'in-transit', 'recovered', 'delivered', 'expanded', 'redirected'] as const;
export type RecipientStatus = (typeof recipientStatuses)[number];

/** Why it failed or waits: numbers of texts, and when it was said. */
export interface Reason {
  readonly at: number;
  /** What a server answered; 0 where nothing is known but that it failed. */
  readonly response: number;
  /** The failure in the knowledge base; 0 where it has none. */
  readonly failure: number;
  /** The connector or the destination. */
  readonly target: number;
}

/** Times are milliseconds since 1970, NaN where the log does not say the zone; undefined where it did not happen. */
export class Fate {
  /** The number of the address. */
  readonly address: number;
  /** A row names it as a recipient. */
  isNamed = false;
  /** Others have taken its place. */
  replacement: 'expanded' | 'redirected' | undefined;
  deliveredAt: number | undefined;
  handedAt: number | undefined;
  /** The hash of the key by which the next server knows the message that it was handed; 0 where it need not be asked for. */
  next = 0;
  deferredAt: number | undefined;
  failedAt: number | undefined;
  reason: Reason | undefined;

  constructor(address: number) {
    this.address = address;
  }

  deliver(at: number): void {
    this.deliveredAt = later(this.deliveredAt, at);
  }

  hand(at: number, next: number): void {
    const latest = later(this.handedAt, at);
    if (latest !== this.handedAt) this.next = next;
    this.handedAt = latest;
  }

  defer(at: number, reason?: Reason): void {
    this.deferredAt = later(this.deferredAt, at);
    this.keep(reason);
  }

  fail(at: number, reason?: Reason): void {
    this.failedAt = later(this.failedAt, at);
    this.keep(reason);
  }

  /** The same with the numbers that another table has for its texts. */
  renumbered(number: (own: number) => number): Fate {
    const copy = new Fate(number(this.address));
    const { reason } = this;
    return Object.assign(copy, {
      isNamed: this.isNamed,
      replacement: this.replacement,
      deliveredAt: this.deliveredAt,
      handedAt: this.handedAt,
      next: this.next,
      deferredAt: this.deferredAt,
      failedAt: this.failedAt,
      reason: reason && { at: reason.at, response: number(reason.response), failure: number(reason.failure), target: number(reason.target) },
    });
  }

  /** Takes what another log says of the same recipient. */
  join(other: Fate): void {
    this.isNamed ||= other.isNamed;
    if (other.replacement === 'expanded' || this.replacement === undefined) this.replacement = other.replacement ?? this.replacement;
    if (other.deliveredAt !== undefined) this.deliver(other.deliveredAt);
    if (other.handedAt !== undefined) this.hand(other.handedAt, other.next);
    if (other.deferredAt !== undefined) this.defer(other.deferredAt);
    if (other.failedAt !== undefined) this.fail(other.failedAt);
    this.keep(other.reason);
  }

  /** What was said last decides; of what was said at once, what says more. */
  private keep(reason: Reason | undefined): void {
    const known = this.reason;
    if (!reason) return;
    const isLater = !known || reason.at > known.at || (Number.isNaN(known.at) && !Number.isNaN(reason.at));
    const isSame = known !== undefined && (reason.at === known.at || Number.isNaN(reason.at));
    if (isLater || (isSame && rank(reason) > rank(known))) this.reason = reason;
  }
}

/** A known failure says more than none, and a reply more than no reply. */
const rank = ({ failure, response }: Reason): number => (failure > 0 ? 2 : 0) + (response > 0 ? 1 : 0);

function later(known: number | undefined, at: number): number {
  return known === undefined || Number.isNaN(known) || at > known ? at : known;
}

/** What else is known of the message. */
interface Context {
  /** What happened to the message as a whole, where no row says to whom. */
  readonly common?: Fate | undefined;
  /** Whether logs that say the zone of their times tell of it too. */
  readonly isDated?: boolean;
}

/** A delivery whose time has no place among the others may stand before what they tell: a message can come back under the same id. */
function decisive(at: number | undefined, isDated: boolean | undefined): number | undefined {
  return isDated && at !== undefined && Number.isNaN(at) ? undefined : at;
}

/**
 * The status that the facts add up to.
 * @param isHandedOn Whether the logs show what became of the message at the server that it was handed to.
 */
export function statusOfFate(fate: Fate, isHandedOn: (next: number) => boolean, { common, isDated }: Context = {}): RecipientStatus {
  const { failedAt, next } = fate;
  const deliveredAt = decisive(fate.deliveredAt, isDated);
  const handedAt = decisive(fate.handedAt, isDated);
  const deferredAt = fate.deferredAt ?? common?.deferredAt;
  if (deliveredAt !== undefined) return deferredAt === undefined ? 'delivered' : 'recovered';
  const isHanded = handedAt !== undefined && !(next > 0 && isHandedOn(next));
  if (failedAt !== undefined && !(isHanded && handedAt > failedAt)) return 'failed';
  if (isHanded) return deferredAt === undefined ? 'delivered' : deferredAt > handedAt ? 'delayed' : 'recovered';
  if (common?.failedAt !== undefined && !fate.replacement) return 'failed';
  if (deferredAt !== undefined) return 'delayed';
  return fate.replacement ?? 'in-transit';
}
