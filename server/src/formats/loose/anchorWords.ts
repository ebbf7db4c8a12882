/** What the words of mail programs are put together from: the shapes of hosts and addresses in them, and what may stand between them and a reply. */

import type { Repeats } from './repeatedReplies.ts';

/** Words of a program, and how the reply is to be read behind them. */
export interface Anchor {
  readonly literals: readonly string[];
  /** From a literal up to the reply, which may stand in a line below; its groups name what they capture. */
  readonly words: RegExp;
  /** What must stand directly above the literal, or names more. */
  readonly above?: RegExp;
  readonly isAboveNeeded?: true;
  /** Whether what stands above is said too. */
  readonly isAboveSaid?: true;
  /** Whether the program tells a reply more than once. */
  readonly repeats?: Repeats;
  /** Whether the program leaves out the reply code. */
  readonly isWords?: true;
  /** What ends the reply within its line. */
  readonly end?: RegExp;
  /** What the program makes of the reply directly behind it. */
  readonly restated?: RegExp;
}

export const host = '(?<host>[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63}){1,10})\\.?';
export const address = '(?<address>[0-9A-Fa-f.:]{7,45})';
/** What stands for an address that a page, or whoever pasted the text, keeps to itself; it names nobody. */
const maskedAddress = '\\[email[ \\u00A0]protected\\]|\\*{2,40}|<?(?:[Rr]edacted|REDACTED|[Hh]idden|[Rr]emoved|e-?mail(?: address)?)>?';
export const recipient = `(?:(?<recipient>[^\\s<>()"']{1,64}@[^\\s<>()"',:;]{1,255})|${maskedAddress})`;
/** A mail program may have wrapped the words anywhere, a forum doubled the line ends, and a quotation marks its lines. */
export const gap = '(?:[ \\t]{0,80}(?:\\r?\\n[ \\t>]{0,80}){0,3})';
export const opening = '(?:\\*{1,3}|_{1,2}|`)?(?:\\\\?["\'“„«‚‘]|b["\'])?';
export const reply = `${gap}${opening}(?=[45][0-57]\\d(?![\\d.]))`;

export const starts = (words: string): RegExp => new RegExp(words, 'y');
export const ends = (words: string, flags = ''): RegExp => new RegExp(`${words}$`, flags);
