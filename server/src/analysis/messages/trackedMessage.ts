/** What is known of one message while the rows about it are collected. */

import { Fate } from './messageFate.ts';

/** So many recipients are looked for one by one. */
const few = 12;

/** A message while its rows are collected. */
export class TrackedMessage {
  /** As it is written, with its brackets. */
  messageId = '';
  networkId = '';
  sender = 0;
  /** Whether the tracking log says the sender: a session's MAIL command may have another. */
  isSenderSure = false;
  /** Whether rows of a tracking log are about it: they name all whom something happens to. */
  isTracked = false;
  isProbe = false;
  /** What happened to the message as a whole. */
  common: Fate | undefined;
  fates: readonly Fate[] = [];
  private index: Map<number, Fate> | undefined;

  fate(address: number): Fate {
    const known = this.index ? this.index.get(address) : this.fates.find((one) => one.address === address);
    if (known) return known;
    const fate = new Fate(address);
    // An array that grows by itself has room for 16 more, and most messages have one recipient.
    if (this.fates.length > few) (this.fates as Fate[]).push(fate);
    else this.fates = [...this.fates, fate];
    if (!this.index && this.fates.length > few) this.index = new Map(this.fates.map((one) => [one.address, one]));
    this.index?.set(address, fate);
    return fate;
  }

  /** The same with the numbers that another table has for its texts. */
  renumbered(number: (own: number) => number): TrackedMessage {
    const copy = new TrackedMessage();
    Object.assign(copy, this, { sender: number(this.sender), fates: this.fates.map((fate) => fate.renumbered(number)), index: undefined });
    copy.common = this.common?.renumbered(number);
    return copy;
  }

  join(other: TrackedMessage): void {
    this.messageId ||= other.messageId;
    this.networkId ||= other.networkId;
    if (this.sender === 0 || (other.isSenderSure && !this.isSenderSure)) this.sender = other.sender || this.sender;
    this.isSenderSure ||= other.isSenderSure;
    this.isTracked ||= other.isTracked;
    this.isProbe ||= other.isProbe;
    for (const fate of other.fates) this.fate(fate.address).join(fate);
    if (other.common) {
      this.common ??= new Fate(0);
      this.common.join(other.common);
    }
  }
}
