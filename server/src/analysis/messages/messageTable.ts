/** The messages of a fold and their steps, as columns: which names belong to one message, and what is known of it. */

import { CountColumn, Names, NumberColumn } from '../../text/columns.ts';
import { hashOf } from '../../text/hashes.ts';
import type { FormatId, What } from '../../values.ts';
import { TrackedMessage } from './trackedMessage.ts';

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
  readonly remoteAddress: string | undefined;
  readonly format: FormatId;
}

/** What a step says of a message: `sent` and `sending` to another server, `received` from one. */
export const trackedWhats = ['noted', 'received', 'sending', 'sent', 'delivered', 'expanded', 'redirected', 'deferred', 'failed'] as const satisfies readonly (What | string)[];
export type TrackedWhat = (typeof trackedWhats)[number];

export class MessageTable {
  readonly names = new Names();
  readonly messages: TrackedMessage[] = [];
  /** To which message each was joined; its own number where to none. */
  private readonly parents: number[] = [];
  /** The messages by the hashes of their ids: those that mean one message everywhere, and those that a server has given. */
  private readonly common = new Map<number, number>();
  private readonly local = new Map<number, number>();
  private readonly message = new CountColumn();
  private readonly time = new NumberColumn();
  private readonly line = new CountColumn();
  /** What many steps have in common: a text of names, each once. */
  private readonly kind = new CountColumn();
  private readonly kinds = new Names();
  private readonly session = new NumberColumn();
  /** The sessions whose ids are no numbers, and the local times, by the numbers of their steps. */
  private readonly oddSessions = new Map<number, number>();
  private readonly localTimes = new Map<number, number>();

  get length(): number {
    return this.time.length;
  }

  /**
   * The message that a step's ids name, made where it is new.
   * @param local Ids of one server, which count where none is common to all.
   * @param isNew Whether the server has given its id just now: what was known by it is another message.
   */
  find(common: readonly string[], local: readonly string[], isNew = false): number {
    return this.findByHashes(common.map(hashOf), local.map(hashOf), isNew);
  }

  private findByHashes(common: readonly number[], local: readonly number[], isNew: boolean): number {
    let found = -1;
    for (const hash of common) {
      const known = this.commonAt(hash);
      if (known >= 0) found = found < 0 ? known : this.unite(found, known);
    }
    if (common.length === 0) for (const hash of local) if (found < 0) found = this.localAt(hash);
    if (isNew && found >= 0 && this.get(found).messageId !== '') found = -1;
    if (common.length > 0) for (const hash of local) found = this.adopt(hash, found);
    if (found < 0) {
      found = this.messages.push(new TrackedMessage()) - 1;
      this.parents.push(found);
    }
    for (const hash of common) this.common.set(hash, found);
    for (const hash of local) this.local.set(hash, found);
    return found;
  }

  /** The message that ids name, as `find` takes them; -1 where none is known. */
  known(common: readonly string[], local: readonly string[]): number {
    for (const key of common) if (this.commonAt(hashOf(key)) >= 0) return this.commonAt(hashOf(key));
    for (const key of local) if (this.localAt(hashOf(key)) >= 0) return this.localAt(hashOf(key));
    return -1;
  }

  /** The steps of a session, by their numbers. */
  stepsOfSession(session: string): number[] {
    const found: number[] = [];
    const number = sessionNumber(session);
    const odd = isUsualSession(session) ? undefined : this.names.find(session);
    for (let index = 0; index < this.length; index += 1) {
      if (number < 0 ? odd !== undefined && this.oddSessions.get(index) === odd : this.session.at(index) === number && this.oddSessions.get(index) === odd) found.push(index);
    }
    return found;
  }

  /** The steps whose common texts fit, by their numbers. @param isWanted Asked once for all steps that have the same ones. */
  stepsLike(isWanted: (step: Pick<KeptStep, 'file' | 'server' | 'connector' | 'remoteHost' | 'remoteAddress'>) => boolean): number[] {
    const wanted = new Map<number, boolean>();
    const found: number[] = [];
    for (let index = 0; index < this.length; index += 1) {
      const kind = this.kind.at(index);
      const known = wanted.get(kind) ?? isWanted(this.keptStep(index));
      wanted.set(kind, known);
      if (known) found.push(index);
    }
    return found;
  }

  /** Whether a server has given a message this id. @param hash That of the key. */
  hasLocal(hash: number): boolean {
    return this.local.has(hash);
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

  addStep({ message, time, localTime, file, line, what, detail, server, session, connector, remoteHost, remoteAddress, format }: KeptStep): void {
    const index = this.length;
    this.message.push(message);
    this.time.push(time);
    this.line.push(line);
    this.kind.push(this.kinds.number([file, what, detail, server, connector, remoteHost, remoteAddress, format].map((text) => (text ?? '').replaceAll('\n', ' ')).join('\n')));
    // An id of Exchange is a number of 60 bits, of which a column keeps 53: the rest stands beside it.
    this.session.push(sessionNumber(session));
    if (session !== undefined && !isUsualSession(session)) this.oddSessions.set(index, this.names.number(session));
    if (localTime !== undefined) this.localTimes.set(index, this.names.number(localTime));
  }

  messageAt(index: number): number {
    return this.root(this.message.at(index));
  }

  timeAt(index: number): number {
    return this.time.at(index);
  }

  keptStep(index: number): KeptStep {
    const { names } = this;
    const [file = '', what, detail = '', server, connector, remoteHost, remoteAddress, format = ''] = this.kinds.text(this.kind.at(index)).split('\n');
    const odd = this.oddSessions.get(index);
    const session = this.session.at(index);
    const localTime = this.localTimes.get(index);
    return {
      message: this.messageAt(index),
      time: this.time.at(index),
      localTime: localTime === undefined ? undefined : names.text(localTime),
      file,
      line: this.line.at(index),
      what: what as TrackedWhat,
      detail,
      server: server || undefined,
      session: odd !== undefined ? names.text(odd) : session < 0 ? undefined : `${usualSession}${session.toString(16).toUpperCase().padStart(13, '0')}`,
      connector: connector || undefined,
      remoteHost: remoteHost || undefined,
      remoteAddress: remoteAddress || undefined,
      format,
    };
  }

  /** Takes all messages and steps of another table, whose files come behind those of this one. */
  append(other: MessageTable): void {
    const own = (number: number): number => this.names.number(other.names.text(number));
    const keys = new Map<number, { readonly common: number[]; readonly local: number[] }>();
    for (const name of ['common', 'local'] as const) {
      for (const [hash, message] of other[name]) {
        const root = other.root(message);
        const known = keys.get(root) ?? { common: [], local: [] };
        keys.set(root, known);
        known[name].push(hash);
      }
    }
    const moved = new Map<number, number>();
    const move = (root: number): number => {
      const known = moved.get(root);
      if (known !== undefined) return known;
      const { common = [], local = [] } = keys.get(root) ?? {};
      const message = this.findByHashes(common, local, false);
      moved.set(root, message);
      this.get(message).join(other.get(root).renumbered(own));
      return message;
    };
    for (let index = 0; index < other.length; index += 1) {
      const step = other.keptStep(index);
      this.addStep({ ...step, message: move(step.message) });
    }
  }

  /** The message with an id, by the hash of its key; -1 where there is none. */
  commonAt(hash: number): number {
    const known = this.common.get(hash);
    return known === undefined ? -1 : this.root(known);
  }

  localAt(hash: number): number {
    const known = this.local.get(hash);
    return known === undefined ? -1 : this.root(known);
  }

  /** A local id that belonged to a message without an id of its own is this message's; one of another message is used again. */
  private adopt(hash: number, message: number): number {
    const known = this.localAt(hash);
    if (known < 0 || known === message || this.get(known).messageId !== '') return message;
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

/** With this begin the ids of sessions in our years: they count from the ticks of a service's start. */
const usualSession = '08D';

const isUsualSession = (session: string): boolean => session.startsWith(usualSession) && sessionNumber(session) >= 0;

function sessionNumber(session: string | undefined): number {
  return session !== undefined && /^0[0-9A-F]{15}$/.test(session) ? Number.parseInt(session.slice(3), 16) : -1;
}
