/** The messages of a fold and their steps, as columns: which names belong to one message, and what is known of it. */

import { CountColumn, Names, NumberColumn } from '../text/columns.ts';
import type { What } from '../values.ts';
import { Fate } from './messageFate.ts';

/** What is kept of a step. */
export interface KeptStep {
  readonly message: number;
  /** Milliseconds since 1970; NaN where only the local time is known. */
  readonly time: number;
  readonly localTime: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly what: TrackedWhat;
  readonly detail: string;
  readonly server: string | undefined;
  readonly session: string | undefined;
  readonly connector: string | undefined;
  readonly remoteHost: string | undefined;
}

/** What a step says of a message: `sent` and `sending` to another server, `received` from one. */
export const trackedWhats = ['noted', 'received', 'sending', 'sent', 'delivered', 'expanded', 'redirected', 'deferred', 'failed'] as const satisfies readonly (What | string)[];
export type TrackedWhat = (typeof trackedWhats)[number];

/** A message while its rows are collected. */
export class TrackedMessage {
  /** As it is written, with its brackets. */
  messageId = 0;
  networkId = 0;
  sender = 0;
  /** Whether the tracking log says the sender: a session's MAIL command may have another. */
  isSenderSure = false;
  /** Whether rows of a tracking log are about it: they name all whom something happens to. */
  isTracked = false;
  isProbe = false;
  /** What happened to the message as a whole. */
  common: Fate | undefined;
  readonly fates: Fate[] = [];
  private index: Map<number, Fate> | undefined;

  fate(address: number): Fate {
    const known = this.index ? this.index.get(address) : this.fates.find((one) => one.address === address);
    if (known) return known;
    const fate = new Fate(address);
    this.fates.push(fate);
    if (!this.index && this.fates.length > 12) this.index = new Map(this.fates.map((one) => [one.address, one]));
    this.index?.set(address, fate);
    return fate;
  }

  /** The same with the numbers that another table has for its texts. */
  renumbered(number: (own: number) => number): TrackedMessage {
    const copy = new TrackedMessage();
    Object.assign(copy, this, { messageId: number(this.messageId), networkId: number(this.networkId), sender: number(this.sender), fates: [], index: undefined });
    copy.fates.push(...this.fates.map((fate) => fate.renumbered(number)));
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

export class MessageTable {
  readonly names = new Names();
  readonly messages: TrackedMessage[] = [];
  /** To which message each was joined; its own number where to none. */
  private readonly parents: number[] = [];
  private readonly keys = new Map<string, number>();
  readonly message = new CountColumn();
  readonly time = new NumberColumn();
  readonly localTime = new CountColumn();
  readonly file = new CountColumn();
  readonly line = new CountColumn();
  readonly what = new CountColumn();
  readonly detail = new CountColumn();
  readonly server = new CountColumn();
  readonly session = new CountColumn();
  readonly connector = new CountColumn();
  readonly remoteHost = new CountColumn();

  get length(): number {
    return this.time.length;
  }

  /**
   * The message that a step's ids name, made where it is new.
   * @param local Ids of one server, which count where none is common to all.
   * @param isNew Whether the server has given its id just now: what was known by it is another message.
   */
  find(common: readonly string[], local: readonly string[], isNew = false): number {
    let found = -1;
    for (const key of common) {
      const known = this.known(key);
      if (known >= 0) found = found < 0 ? known : this.unite(found, known);
    }
    if (common.length === 0) for (const key of local) if (found < 0) found = this.known(key);
    if (isNew && found >= 0 && this.get(found).messageId !== 0) found = -1;
    if (common.length > 0) for (const key of local) found = this.adopt(key, found);
    if (found < 0) {
      found = this.messages.push(new TrackedMessage()) - 1;
      this.parents.push(found);
    }
    for (const key of common) this.bind(key, found);
    for (const key of local) this.bind(key, found);
    return found;
  }

  /** The number of the message with a key; -1 where there is none. */
  known(key: string): number {
    const known = this.keys.get(key);
    return known === undefined ? -1 : this.root(known);
  }

  root(message: number): number {
    let at = message;
    while (this.parents[at] !== at) at = this.parents[at] as number;
    // The way is made short for the next time.
    for (let next = message; next !== at; ) {
      const above = this.parents[next] as number;
      this.parents[next] = at;
      next = above;
    }
    return at;
  }

  get(message: number): TrackedMessage {
    return this.messages[this.root(message)] as TrackedMessage;
  }

  addStep(step: KeptStep): void {
    const { names } = this;
    this.message.push(step.message);
    this.time.push(step.time);
    this.localTime.push(names.number(step.localTime));
    this.file.push(names.number(step.file));
    this.line.push(step.line);
    this.what.push(trackedWhats.indexOf(step.what));
    this.detail.push(names.number(step.detail));
    this.server.push(names.number(step.server));
    this.session.push(names.number(step.session));
    this.connector.push(names.number(step.connector));
    this.remoteHost.push(names.number(step.remoteHost));
  }

  keptStep(index: number): KeptStep {
    const { names } = this;
    const optional = (column: CountColumn): string | undefined => names.text(column.at(index)) || undefined;
    return {
      message: this.root(this.message.at(index)),
      time: this.time.at(index),
      localTime: optional(this.localTime),
      file: names.text(this.file.at(index)),
      line: this.line.at(index),
      what: trackedWhats[this.what.at(index)] as TrackedWhat,
      detail: names.text(this.detail.at(index)),
      server: optional(this.server),
      session: optional(this.session),
      connector: optional(this.connector),
      remoteHost: optional(this.remoteHost),
    };
  }

  /** Takes all messages and steps of another table, whose files come behind those of this one. */
  append(other: MessageTable): void {
    const own = (number: number): number => this.names.number(other.names.text(number));
    const keys = new Map<number, { readonly common: string[]; readonly local: string[] }>();
    for (const [key, message] of other.keys) {
      const root = other.root(message);
      const known = keys.get(root) ?? { common: [], local: [] };
      keys.set(root, known);
      (/^[mn] /.test(key) ? known.common : known.local).push(key);
    }
    const moved = new Map<number, number>();
    const move = (root: number): number => {
      const known = moved.get(root);
      if (known !== undefined) return known;
      const { common = [], local = [] } = keys.get(root) ?? {};
      const message = this.find(common, local);
      moved.set(root, message);
      this.get(message).join(other.get(root).renumbered(own));
      return message;
    };
    for (let index = 0; index < other.length; index += 1) {
      const step = other.keptStep(index);
      this.addStep({ ...step, message: move(step.message) });
    }
  }

  private bind(key: string, message: number): void {
    if (this.keys.get(key) !== message) this.keys.set(key.length > 12 ? (JSON.parse(JSON.stringify(key)) as string) : `${key}`, message);
  }

  /** A local id that belonged to a message without an id of its own is this message's; one of another message is used again. */
  private adopt(key: string, message: number): number {
    const known = this.known(key);
    if (known < 0 || known === message || this.get(known).messageId !== 0) return message;
    return message < 0 ? known : this.unite(message, known);
  }

  private unite(one: number, other: number): number {
    if (one === other) return one;
    const [kept, joined] = one < other ? [one, other] : [other, one];
    this.parents[joined] = kept;
    (this.messages[kept] as TrackedMessage).join(this.messages[joined] as TrackedMessage);
    // What was joined is not needed any more.
    this.messages[joined] = this.messages[kept] as TrackedMessage;
    return kept;
  }
}
