/** What of a session decides what became of its messages: commands and answers, each told by its step alone. */

import { commandOf } from '../../smtp/command.ts';
import { type CommandName, isRecord, type Step } from '../../values.ts';

/** One thing that was asked or answered. */
export interface Turn {
  readonly kind: 'asked' | 'answered' | 'announced';
  /** Where it stands: a line or an offset. */
  readonly at: number;
  /** What was asked, or is known to be answered. */
  readonly command: CommandName | 'QUIT' | 'RSET' | undefined;
  /** Of a command whom it names, of an answer its words, of an announcement the message's id. */
  readonly text: string;
  /** Whom an answer to RCPT is about. */
  readonly recipient?: string;
  /** Who sends the message that an answer is about, where no command stands for itself. */
  readonly sender?: string;
  /** Of an answer, its first digit; 0 for what failed without a reply. */
  readonly digit?: number;
  /** Of an answer, that more is to be said: 334 asks for the next word of a sign-in, 354 for the message. */
  readonly code?: number;
  /** Of a part of a message, that others follow (RFC 3030, 2). */
  readonly isUnfinished?: true;
  /** It is what a client says in the middle of a sign-in. */
  readonly isNoCommand?: true;
}

/** The turn of a step; undefined for one that asks and answers nothing. */
export function turnOf(step: Step, at: number): Turn | undefined {
  if (isRecord(step)) {
    const { response, captures } = step;
    const code = response?.replyCode ?? 0;
    return answer(at, step.command ?? response?.command, response?.text ?? '', code, captures.recipient, captures.sender);
  }
  const { said = '', command, captures } = step;
  if (step.what === 'asked') return ask(at, said, command, captures.sender ?? captures.recipient);
  if (step.what === 'noted') return step.ids?.message === undefined ? undefined : { kind: 'announced', at, command: undefined, text: step.ids.message };
  if (step.what !== 'accepted' || step.isFurtherLine) return undefined;
  const code = /^[23]\d\d/.exec(said)?.[0];
  // IIS tells the command and that it was accepted, and not the words.
  if (code === undefined) return answer(at, command, '', 250, captures.recipient, captures.sender);
  return answer(at, command, said[3] === '-' ? `${code} ${said.slice(4)}` : said, Number(code), captures.recipient, captures.sender);
}

function ask(at: number, said: string, command: CommandName | undefined, named: string | undefined): Turn {
  const plain = command ?? (/^QUIT\s*$/i.test(said) ? 'QUIT' : /^RSET\s*$/i.test(said) ? 'RSET' : undefined);
  const turn: Turn = { kind: 'asked', at, command: plain, text: named ?? '' };
  if (command === 'message') return /\bLAST\s*$/i.test(said) ? turn : { ...turn, isUnfinished: true };
  return plain === undefined && !/^(?:NOOP|VRFY|EXPN|HELP|X[-A-Z]+)(?![a-z])/i.test(said) && commandOf(said) === undefined ? { ...turn, isNoCommand: true } : turn;
}

function answer(at: number, command: CommandName | undefined, text: string, code: number, recipient: string | undefined, sender: string | undefined): Turn {
  const turn: Turn = { kind: 'answered', at, command, text, code, digit: Math.floor(code / 100) };
  if (command === 'RCPT' && recipient !== undefined) return sender === undefined ? { ...turn, recipient } : { ...turn, recipient, sender };
  return sender === undefined ? turn : { ...turn, sender };
}
