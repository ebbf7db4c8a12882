/** The messages that a session handed over, put together from what was asked and answered. */

import type { CommandName } from '../../values.ts';
import type { Turn } from './turns.ts';

/** One MAIL command and what became of it (RFC 5321, 3.3). The names are part of the command line's contract. */
export interface Transaction {
  readonly sender: string | null;
  readonly messageId: string | null;
  readonly recipients: readonly TransactionRecipient[];
  readonly outcome: TransactionOutcome;
  /** The answer that decided. */
  readonly response: string | null;
  /** Where it stands. */
  readonly at: number | null;
  /** The client has given it up before it handed over a message, by QUIT, RSET or another EHLO. */
  readonly isAbandoned: boolean;
}

/** `incomplete`: no answer came. Refused for good is `refused`, for now `deferred`. */
export type TransactionOutcome = 'accepted' | 'partial' | 'refused' | 'deferred' | 'incomplete';

export interface TransactionRecipient {
  readonly address: string;
  readonly accepted: boolean;
  readonly response: string | null;
  /** Where the answer stands; else the command. */
  readonly at: number;
}

/** The transactions of a session, from its turns in their order. */
export function transactionsOf(turns: readonly Turn[]): Transaction[] {
  const reading = new TransactionReading();
  for (const turn of turns) reading.take(turn);
  return reading.transactions.map(summaryOf);
}

interface OpenRecipient {
  readonly address: string;
  readonly asked: number;
  answer: Turn | undefined;
}

interface OpenTransaction {
  sender: string | undefined;
  messageId: string | undefined;
  readonly recipients: OpenRecipient[];
  /** The answers to MAIL, to DATA where it refused, and to the message. */
  mail: Turn | undefined;
  data: Turn | undefined;
  message: Turn | undefined;
  isAbandoned: boolean;
}

/** A command that waits for its answer. */
interface Waiting {
  readonly turn: Turn;
  readonly command: CommandName | 'QUIT' | 'RSET' | undefined;
  readonly transaction: OpenTransaction | undefined;
  readonly recipient?: OpenRecipient;
}

/** Where a step could not say what it answers, answers come in the order of the commands (RFC 2920, 3.1). */
class TransactionReading {
  readonly transactions: OpenTransaction[] = [];
  private waiting: Waiting[] = [];
  private current: OpenTransaction | undefined;
  private announced: string | undefined;
  private isChallenged = false;

  take(turn: Turn): void {
    if (turn.kind === 'announced') this.announced = turn.text;
    else if (turn.kind === 'asked') this.ask(turn);
    else this.answer(turn);
  }

  private ask(turn: Turn): void {
    const { command, text } = turn;
    if (turn.isNoCommand && this.isChallenged) return;
    this.isChallenged = false;
    if (command === 'MAIL') this.begin(text);
    else if (command === 'QUIT' || command === 'RSET' || command === 'EHLO') this.abandon();
    const transaction = command === 'RCPT' || command === 'DATA' || command === 'message' ? (this.current ?? this.begin(undefined)) : this.current;
    if (command !== 'RCPT' || !transaction) {
      this.waiting.push({ turn, command, transaction });
      return;
    }
    const recipient = { address: text, asked: turn.at, answer: undefined };
    transaction.recipients.push(recipient);
    this.waiting.push({ turn, command, transaction, recipient });
  }

  private answer(turn: Turn): void {
    if (turn.code === 334) {
      this.isChallenged = true;
      return;
    }
    this.isChallenged = false;
    const index = this.answered(turn);
    const [waiting] = index < 0 ? [] : this.waiting.splice(index, 1);
    const command = waiting?.command ?? turn.command;
    if (waiting && command === 'DATA' && turn.code === 354) {
      this.waiting.unshift({ ...waiting, command: 'message' });
      return;
    }
    if (command === 'MAIL') (waiting?.transaction ?? this.begin(turn.sender)).mail = turn;
    else if (command === 'RCPT') this.answerRecipient(turn, waiting);
    else if (command === 'DATA' || command === 'message') this.answerMessage(turn, command, waiting);
  }

  /** Which command that waits is answered; -1 where none is. */
  private answered({ command, recipient }: Turn): number {
    if (command === undefined) return this.waiting.length > 0 ? 0 : -1;
    if (command === 'connection') return -1;
    const named = recipient?.toLowerCase();
    const same = named === undefined ? -1 : this.waiting.findIndex((one) => one.command === command && one.recipient?.address.toLowerCase() === named);
    return same >= 0 ? same : this.waiting.findIndex((one) => one.command === command);
  }

  private answerRecipient(turn: Turn, waiting: Waiting | undefined): void {
    if (waiting?.recipient) {
      waiting.recipient.answer = turn;
      return;
    }
    if (turn.recipient === undefined) return;
    const transaction = this.current ?? this.begin(turn.sender);
    transaction.recipients.push({ address: turn.recipient, asked: turn.at, answer: turn });
  }

  private answerMessage(turn: Turn, command: 'DATA' | 'message', waiting: Waiting | undefined): void {
    if (turn.code === 354) return;
    const transaction = waiting?.transaction ?? this.current ?? this.begin(turn.sender);
    if (command === 'DATA' && turn.digit !== 2) {
      transaction.data = turn;
      return;
    }
    // Of a message in several parts the first refusal decides; a part that others follow is no message yet.
    if (transaction.message && transaction.message.digit !== 2) return;
    if (turn.digit === 2 && waiting?.turn.isUnfinished) return;
    transaction.message = turn;
  }

  private begin(sender: string | undefined): OpenTransaction {
    const begun: OpenTransaction = { sender, messageId: this.announced, recipients: [], mail: undefined, data: undefined, message: undefined, isAbandoned: false };
    this.announced = undefined;
    this.current = begun;
    this.transactions.push(begun);
    return begun;
  }

  /** Where the message has been sent, its answer can still come. */
  private abandon(): void {
    const { current } = this;
    this.current = undefined;
    if (current && !this.waiting.some((one) => one.command === 'message' && one.transaction === current)) current.isAbandoned = true;
  }
}

function summaryOf(open: OpenTransaction): Transaction {
  const { sender, recipients, isAbandoned } = open;
  const { outcome, answer } = outcomeOf(open);
  return {
    sender: sender ?? null,
    messageId: open.messageId ?? messageIdIn(open.message) ?? null,
    recipients: recipients.map((one) => ({ address: one.address, accepted: one.answer?.digit === 2, response: one.answer?.text || null, at: one.answer?.at ?? one.asked })),
    outcome,
    response: answer?.text || null,
    at: answer?.at ?? null,
    isAbandoned: isAbandoned && outcome === 'incomplete',
  };
}

function outcomeOf({ mail, data, message, recipients }: OpenTransaction): { readonly outcome: TransactionOutcome; readonly answer: Turn | undefined } {
  const refused = recipients.filter(({ answer }) => answer !== undefined && answer.digit !== 2).map(({ answer }) => answer as Turn);
  const isAccepted = recipients.some(({ answer }) => answer?.digit === 2);
  if (message?.digit === 2) return { outcome: refused.length > 0 ? 'partial' : 'accepted', answer: message };
  if (message) return { outcome: refusal([message]), answer: message };
  if (mail && mail.digit !== 2) return { outcome: refusal([mail]), answer: mail };
  // With all recipients refused, DATA is refused in their wake.
  if (data && (isAccepted || refused.length === 0)) return { outcome: refusal([data]), answer: data };
  if (refused.length > 0 && refused.length === recipients.length) return { outcome: refusal(refused), answer: refused[0] };
  return { outcome: 'incomplete', answer: undefined };
}

/** What is refused for now for one of them will be tried again. */
function refusal(answers: readonly Turn[]): 'refused' | 'deferred' {
  return answers.every(({ digit }) => digit === 5) ? 'refused' : 'deferred';
}

/** As Exchange names the message that it has taken: `250 2.6.0 <…> [InternalId=…` or `250 2.0.0 OK <…> [Hostname=…`. */
function messageIdIn(message: Turn | undefined): string | undefined {
  return message?.digit === 2 ? /^250 (?:2\.\d\.\d )?(?:OK )?(<[^<>\s]{1,998}>) \[/.exec(message.text)?.[1] : undefined;
}
