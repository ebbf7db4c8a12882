/** Replies as Python's smtplib keeps them: a pair of code and text, for each recipient that was refused; and what Odoo makes of such a pair. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { textAbove, textBelow } from '../../text/lineEnds.ts';
import { standsAt } from '../../text/occurrences.ts';
import type { AnchoredReply } from './anchors.ts';
import { serverOfOdoo } from './programAnchors.ts';
import { longestReply } from './replyLines.ts';

/** All reply codes of failures (RFC 5321, 4.2.1): written out, since only long literals are found in one pass. */
const codes = [400, 500].flatMap((hundreds) => [0, 1, 2, 3, 4, 5, 7].flatMap((tens) => Array.from({ length: 10 }, (_, digit) => hundreds + 10 * tens + digit)));

/** A dictionary of refused recipients, by the name of its exception or, where somebody has printed it, by its first pair. */
export const pairLiterals = ['SMTPRecipientsRefused', ...codes.map((code) => `': (${code}`)];

/** The name of a recipient is quoted once, or twice where it has a name before it; Python 2 marks it as text. */
const key = 'u?[\'"]{1,2}((?:[^\'"\\s]{1,320}@[^\'"\\s]{1,255})?)[\'"]{1,2}';
const pair = new RegExp(`\\s{0,8}(${key}: \\()(?=[45][0-57]\\d, [bu]?['"])`, 'y');
const opening = /SMTPRecipientsRefused(?:: |\()\{/y;
const openingAbove = new RegExp(`\\{(?=${key}$)`);

/** `SMTPRecipientsRefused: {'bob@fabrikam.com': (550, b'…'), …}`: one for each recipient. */
export function pairedReplies(text: string, offset: number): AnchoredReply[] {
  const from = dictionaryStart(text, offset);
  if (
    from === undefined ||
    (/^\{u?(['"])\1/.test(text.slice(from - 1, from + 3)) && !aboutMail.test(`${textAbove(text, offset, longestKey)}${textBelow(text, offset, longestKey)}`))
  )
    return [];
  const server = serverOfOdoo.exec(textAbove(text, offset, 200))?.groups?.['host'];
  const replies = new Map<string, AnchoredReply>();
  for (let at = from; replies.size < mostPairs; ) {
    pair.lastIndex = at;
    const found = pair.exec(text);
    const recipient = found?.[2];
    if (!found || recipient === undefined) break;
    const start = pair.lastIndex;
    const end = /\)(?:,|\})/.exec(text.slice(start, start + longestReply))?.index;
    const reply: AnchoredReply = {
      start,
      anchor: Math.min(offset, from),
      told: start - (found[1] ?? '').length,
      captures: { ...stated({ remoteHost: server }), ...recipientCaptures(recipient || undefined) },
      command: 'RCPT',
      repeats: 'error',
      ...(end !== undefined && { end: start + end }),
    };
    // The same one can stand there with its name and without, directly behind each other.
    const key = recipient.toLowerCase();
    const same = replies.get(key);
    replies.set(key, same && end !== undefined ? { ...same, next: start + end } : (same ?? reply));
    if (end === undefined) break;
    at = start + end + '),'.length;
  }
  return [...replies.values()];
}

/** A recipient that is empty tells nothing of mail. */
const aboutMail = /smtp|recipient|\be?-?mail/i;

const mostPairs = 100;

/** Where the first pair begins of the dictionary that an offset names, or whose first pair it stands in. */
function dictionaryStart(text: string, offset: number): number | undefined {
  if (text.startsWith('SMTP', offset)) return standsAt(text, opening, offset) ? opening.lastIndex : undefined;
  const above = textAbove(text, offset, longestKey);
  const found = openingAbove.exec(`${above}'`);
  return found && !/SMTPRecipientsRefused(?:: |\()$/.test(above.slice(0, found.index)) ? offset - (above.length - found.index - 1) : undefined;
}

const longestKey = 700;
