/** Finds the reply behind the words of a program, and what these words name of it. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { commandOf, reportedCommand } from '../../smtp/command.ts';
import { textAbove } from '../../text/lineEnds.ts';
import { lineEnd } from '../../text/lines.ts';
import { standsAt } from '../../text/occurrences.ts';
import type { Captures, CommandName, Span } from '../../values.ts';
import { clientAnchors } from './clientAnchors.ts';
import { codelessAnchors } from './codelessAnchors.ts';
import { libraryAnchors } from './libraryAnchors.ts';
import { mailerAnchors } from './mailerAnchors.ts';
import { anchors as programAnchors } from './programAnchors.ts';
import type { Repeats } from './repeatedReplies.ts';
import { longestReply } from './replyLines.ts';

/** A place where a reply surely begins. */
export interface AnchoredReply {
  readonly start: number;
  /** Where the words begin that make it sure. */
  readonly anchor: number;
  /** What these words name. */
  readonly captures: Captures;
  readonly command?: CommandName;
  /** Where its lines stand, if other characters stand between them. */
  readonly lines?: readonly Span[];
  /** Where it surely ends. */
  readonly end?: number;
  /** Where the words end that the program makes of it. */
  readonly next?: number;
  /** The reply code, where it stands apart from its text. */
  readonly prefix?: string;
  /** Whether it stands in a string of JSON, whose escapes are to be undone. */
  readonly isJson?: true;
  /** Who may have told it above already. */
  readonly repeats?: Repeats;
  /** Whether it only follows from the refusal above it: a command out of order (RFC 5321, 4.1.4). */
  readonly isConsequence?: true;
  /** Whether its reply code has been left out. */
  readonly isWords?: true;
  /** Where begins what is the same wherever it is told, if that is not the reply alone. */
  readonly told?: number;
}

const anchors = [...programAnchors, ...libraryAnchors, ...clientAnchors, ...mailerAnchors, ...codelessAnchors];

/** What is looked for with the literals of all forms. */
export const anchorLiterals = [...new Set(anchors.flatMap(({ literals }) => literals))];

/** The reply that an anchor at an offset leads to; undefined where the words go on otherwise. */
export function replyBehind(text: string, offset: number): AnchoredReply | undefined {
  for (const { literals, words, above, isAboveNeeded, repeats, isWords, isAboveSaid, end, restated } of anchors) {
    if (!literals.some((literal) => text.startsWith(literal, offset)) || !standsAt(text, words, offset)) continue;
    words.lastIndex = offset;
    const found = words.exec(text);
    if (!found) continue;
    const written = textAbove(text, offset, longestAbove);
    const before = above?.exec(written);
    if (isAboveNeeded && !before) continue;
    const start = isAboveSaid ? offset - (before?.[0].length ?? 0) : offset + found[0].length;
    if (isOfWeb(text, start)) continue;
    const groups = { ...definedOf(before?.groups), ...envelopeOf(found[0]), ...definedOf(found.groups) };
    const command = reportedCommand(found[0]) ?? commandOf(/(?:send(?:ing)? (?:SMTP )?|issue |SMTP ERROR: )([A-Z]{4,8})/.exec(written.slice(-40))?.[1] ?? '');
    const prefix = [groups['code'], groups['enhanced']?.replace(/^[^45].*/, '')].filter(Boolean).join(' ');
    const close = end && endWithin(text, start, end);
    return {
      start,
      anchor: offset - (before?.[0].length ?? 0),
      captures: capturesOf(groups),
      ...(command && { command }),
      ...(repeats && { repeats }),
      ...(isWords && { isWords }),
      ...(prefix && { prefix }),
      ...(close !== undefined && { end: close }),
      ...(close !== undefined && restated && standsAt(text, restated, close) && { next: restated.lastIndex }),
    };
  }
  return undefined;
}

function endWithin(text: string, start: number, end: RegExp): number | undefined {
  const line = text.slice(start, lineEnd(text, start, Math.min(text.length, start + longestReply)));
  const found = end.exec(line);
  return found ? start + found.index : undefined;
}

/** So far above a literal the words of its anchor begin. */
const longestAbove = 500;

function definedOf(groups: Record<string, string | undefined> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** The command in the words of Exim has the address: `after RCPT TO:<bob@fabrikam.com>`. */
function envelopeOf(words: string): Record<string, string> {
  const found = /\b(MAIL FROM|RCPT TO): ?<([^<>\s]{1,320})>/i.exec(words);
  return found?.[2] ? { [found[1]?.[0]?.toUpperCase() === 'R' ? 'recipient' : 'sender']: found[2] } : {};
}

function capturesOf(groups: Record<string, string | undefined>): Captures {
  return {
    ...stated({ sender: groups['sender'], server: groups['server'], remoteHost: groups['host'] ?? groups['named'], remoteAddress: groups['address'] }),
    ...recipientCaptures(groups['recipient']),
  };
}

/** The status lines of HTTP, which libraries report in the same words (RFC 9110, 15.5 and 15.6). No mail server has the codes from 401 to 419 alone. */
export function isOfWeb(text: string, start: number): boolean {
  return standsAt(text, webStatus, start);
}

const webStatus =
  /(?:400[ -]Bad Request|(?:40[1-9]|41\d)(?!\d|[ -]#?[45]\.\d)|421[ -]Misdirected|422[ -]Unprocessable|429[ -]Too Many Requests|451[ -]Unavailable For Legal|500[ -]Internal Server Error|501[ -]Not Implemented|502[ -]Bad Gateway|503[ -]Service (?:Temporarily )?Unavailable\W{0,3}(?:\n|\r|$)|504[ -]Gateway Time-?out|508[ -]Loop Detected)/iy;
