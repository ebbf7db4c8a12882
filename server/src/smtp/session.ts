/** An SMTP session while it is read, whichever log wrote it down: which command each reply answers, and whom it is about. */

import { RecentValue } from '../text/recent.ts';
import type { CommandName } from '../values.ts';
import { commandAddress } from './address.ts';
import { commandOf, isSignIn } from './command.ts';

/** What a reply answers, as far as the log tells it. */
export interface Answered {
  readonly command: CommandName | undefined;
  /** The recipient of the command, or the last one that was named before another command; the empty text for the null path. */
  readonly recipient: string | undefined;
}

/** A command that waits for its reply. */
interface Waiting {
  readonly at: number;
  readonly line: string;
  /** A reply of 3yz has asked for more: the answer to a challenge, or the message. */
  isContinued: boolean;
}

/**
 * Places are offsets of the text that is read, and come in its order. What stands farther above than the reach is forgotten. Which command
 * a reply answers is known only from a place near above where surely nothing waited: so what is told does not depend on where a text was
 * cut, and where the rows of a session are far apart nothing is told instead of something wrong.
 */
export class Session {
  private readonly reach: number;
  /** Oldest first: with PIPELINING several commands wait, and replies come in their order (RFC 2920, 3.1). */
  private readonly waiting: Waiting[] = [];
  /** Each MAIL command begins them anew. */
  private readonly senders: RecentValue<string>;
  private readonly recipients: RecentValue<string>;
  private recipientCount = 0;
  /** Whether the connection was opened, and nothing has been asked since. */
  private readonly opened: RecentValue<true>;
  /** The code of a positive reply whose last line has not come yet. */
  private open: string | undefined;
  /** Where nothing waited for a reply. */
  private settledAt = Number.NEGATIVE_INFINITY;
  private lastAt = Number.NEGATIVE_INFINITY;
  private isLastReply = false;

  constructor(reach: number) {
    this.reach = reach;
    this.senders = new RecentValue(reach);
    this.recipients = new RecentValue(reach);
    this.opened = new RecentValue(reach);
  }

  /** The connection has been opened: what is said before the first command is about the connection itself. */
  begin(at: number): void {
    this.opened.remember(at, true);
    this.settle(at);
  }

  /** Takes a line of the client. One that answers a challenge, or belongs to the message, is no command. */
  command(at: number, line: string): void {
    this.forget(at);
    this.open = undefined;
    const first = this.waiting[0];
    if (first?.isContinued) {
      if (!isCommand(line)) return;
      // Behind a message the next commands may follow at once (RFC 2920, 3.1); a sign-in that was asked for more has ended unanswered.
      if (isSignIn(commandOf(first.line))) this.waiting.shift();
    }
    const settled = this.settledBefore(at, line);
    if (settled !== undefined) this.settle(settled);
    this.opened.remember(at, undefined);
    this.waiting.push({ at, line, isContinued: false });
    this.see(at, false);
    const named = commandAddress(line);
    if (named?.verb === 'RCPT') {
      this.recipients.remember(at, named.address);
      this.recipientCount += 1;
    } else if (named) this.beginTransaction(at, named.address);
    else if (/^RSET(?![A-Z])/i.test(line)) this.beginTransaction(at, undefined);
  }

  /** What still waits is answered nowhere. */
  forgetAsked(at: number): void {
    this.settle(at);
  }

  /** What a reply at a place answers, before it is taken: for a positive one this is asked only by who wants to know it. */
  answered(at: number): Answered {
    const [first] = this.waiting;
    if (!this.isSure(at)) return { command: undefined, recipient: this.onlyRecipient(at) };
    if (!first || at - first.at > this.reach) return { command: this.opened.recall(at) && 'connection', recipient: this.recipients.recall(at) };
    return this.answeredBy(first, at);
  }

  /** Takes a line of a positive reply, with its code. Only its first line takes a command away. */
  accept(at: number, code: string, goesOn: boolean): void {
    const isFirst = this.open !== code;
    this.open = goesOn ? code : undefined;
    this.see(at, true);
    if (!isFirst) return;
    this.forget(at);
    if (code === '334' || code === '354') {
      // Neither is sent while other commands wait (RFC 4954, 4; RFC 5321, 4.1.1.4).
      const asked = this.waiting[0]?.line ?? '';
      this.settle(at);
      this.waiting.push({ at, line: code === '354' ? 'DATA' : commandOf(asked) === 'X-EXPS' ? asked : 'AUTH', isContinued: true });
    } else this.waiting.shift();
  }

  /**
   * Takes a reply that refuses something.
   * @param text Where it names the recipient of a command that waits, it answers that one.
   */
  refuse(at: number, text: string): Answered {
    this.open = undefined;
    this.see(at, true);
    this.forget(at);
    const named = this.named(text);
    const [answered] = this.waiting.splice(Math.max(0, named), 1);
    if (!this.isSure(at) && named < 0) return { command: undefined, recipient: this.onlyRecipient(at) };
    if (!answered) return { command: this.opened.recall(at) && 'connection', recipient: this.recipients.recall(at) };
    return this.answeredBy(answered, at);
  }

  /** The sender of the message that is being handed over. */
  sender(at: number): string | undefined {
    return this.senders.recall(at);
  }

  /** The recipient that was named last. */
  recipient(at: number): string | undefined {
    return this.recipients.recall(at);
  }

  /** Whether no command is known to wait for its reply. */
  isIdle(at: number): boolean {
    return this.waiting.length === 0 || !this.isSure(at);
  }

  private answeredBy({ line, isContinued }: Waiting, at: number): Answered {
    const name = commandOf(line);
    const about = commandAddress(line);
    return {
      command: name === 'DATA' && isContinued ? 'message' : name,
      recipient: about?.verb === 'RCPT' ? about.address : this.recipients.recall(at),
    };
  }

  private beginTransaction(at: number, sender: string | undefined): void {
    this.senders.remember(at, sender);
    this.recipients.remember(at, undefined);
    this.recipientCount = 0;
  }

  /** Whoever has but one recipient has it whatever is answered. */
  private onlyRecipient(at: number): string | undefined {
    return this.recipientCount === 1 && this.senders.recall(at) !== undefined ? this.recipients.recall(at) : undefined;
  }

  private isSure(at: number): boolean {
    return at - this.settledAt <= this.reach / 3;
  }

  private settle(at: number): void {
    this.settledAt = at;
    this.waiting.length = 0;
  }

  private see(at: number, isReply: boolean): void {
    this.lastAt = at;
    this.isLastReply = isReply;
  }

  /**
   * Where nothing waited for a reply any more before a command was sent: at the reply before it, since who sends several commands at once
   * reads all their replies before the next; at a command that is sent only then; or where nothing was said for long.
   */
  private settledBefore(at: number, line: string): number | undefined {
    if (at - this.lastAt > (2 * this.reach) / 3) return at;
    if (this.waiting.length > 0 && this.isSure(at)) return undefined;
    if (this.isLastReply) return this.lastAt;
    return beginsGroup.test(line) ? at : undefined;
  }

  /** Which command that waits has a recipient that the reply names; -1 where none has. */
  private named(text: string): number {
    if (!text.includes('@')) return -1;
    const said = text.toLowerCase();
    return this.waiting.findIndex(({ line }) => {
      const about = commandAddress(line);
      return about?.verb === 'RCPT' && about.address !== '' && said.includes(`<${about.address.toLowerCase()}>`);
    });
  }

  private forget(at: number): void {
    while (this.waiting[0] && at - this.waiting[0].at > this.reach) this.waiting.shift();
  }
}

/** Commands that no other is sent before without waiting for its reply. */
const beginsGroup = /^(?:[EHL]HLO|HELO|AUTH|X-EXPS|STARTTLS|MAIL)(?![A-Z])/i;

/** Whether a client's line is surely a command, in the middle of a sign-in or a message. */
function isCommand(line: string): boolean {
  return commandOf(line) !== undefined || /^(?:QUIT|RSET|NOOP)\s*$/i.test(line);
}
