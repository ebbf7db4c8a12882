/** Finds the replies that a response hands on: what decides is what was said first, and by whom it was passed on hardly matters. */

import type { Response } from '../values.ts';

/**
 * The replies inside of a response, the innermost first, without the response itself. Exchange puts them behind an arrow (`451 4.4.397 Error
 * communicating with target host. -> 421 4.4.2 Connection dropped`), into `[Message=…]` and, where it has given up, into round brackets
 * (`550 5.4.317 Message expired, cannot connect to remote server(452 4.3.1 Insufficient system resources)`).
 */
export function innerReplies({ text }: Response): Response[] {
  if (!mayWrap.test(text)) return [];
  const replies: Response[] = [];
  for (const found of text.slice(0, longestText).matchAll(opening)) {
    const start = found.index + found[0].length;
    const reply = readReply(text.slice(start, closing(text, start, found[0])).trim());
    if (reply && replies.push(reply) === mostReplies) break;
  }
  return replies.reverse();
}

/** Hardly any response has one of these. */
const mayWrap = /->|\[Message=[45]|[(:][45]\d\d[ -]/;

/**
 * Behind an arrow words are enough, since they are what the program itself met. A bracket opens a reply where both codes begin it, behind
 * the recipient's address perhaps, or where it stands behind the server that it is the answer of.
 */
const opening = /->\s{0,4}|\[Message=(?=[45]\d\d[ -])|\((?:[^\s():]{1,320}:)?(?=[45]\d\d[ -]#?[45]\.\d{1,3}\.\d)|(?<=remote server ?)\((?=[45]\d\d[ -])/gi;

const longestText = 4_000;
const mostReplies = 8;

/** Where a reply ends that something has opened: at the bracket that closes it, however many stand in it. */
function closing(text: string, start: number, opened: string): number {
  const pair = opened.startsWith('(') ? '()' : opened.startsWith('[') ? '[]' : undefined;
  if (!pair) return text.length;
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === pair[0]) depth += 1;
    else if (text[at] === pair[1] && --depth === 0) return at;
  }
  return text.length;
}

/** The codes that a reply begins with, if it has any. */
function readReply(text: string): Response | undefined {
  const [, reply, enhancedCode] = /^(?:([45]\d\d)(?!\d)[ -]?)?#?([45]\.\d{1,3}\.\d{1,3}(?![\d/_]|\.\d))?/.exec(text) ?? [];
  if (!/[A-Za-z]/.test(text) && reply === undefined) return undefined;
  return { ...(reply && { replyCode: Number(reply) }), ...(enhancedCode && { enhancedCode }), text };
}
