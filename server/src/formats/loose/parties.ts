/** Whom a reply in any text names: the recipient or the sender, where its words say which. */

import { recipientCaptures } from '../../smtp/address.ts';
import { addressPattern } from '../../smtp/replyWords.ts';
import type { Captures, Response } from '../../values.ts';

const first = new RegExp(`^(?:[45]\\d\\d[ -])?(?:[45]\\.\\d{1,3}\\.\\d{1,3} )?<?(${addressPattern})>?(?::|\\.\\.\\.) (.{0,80})`);
const relayed = new RegExp(`\\brelay(?:ing)?(?: mail)? (?:for|to) (?:recipient )?<?(${addressPattern})`, 'i');

const delivered = new RegExp(
  `\\b(?:deliver (?:the |this |your )?(?:(?:e-?)?mail|message) (?:for|to)|(?:(?:e-?)?mail|messages?) for|no such (?:user|recipient|mailbox|account|address)|\\b(?:mailbox|user|recipient)) <(${addressPattern})>`,
  'i',
);

/** `550 5.1.1 <bob@fabrikam.com>: Recipient address rejected`, `550 Unable to relay for bob@fabrikam.com`. */
export function partiesOf({ text, command }: Response): Captures {
  if (!text.includes('@')) return {};
  const named = first.exec(text);
  if (!named?.[1]) return recipientCaptures(relayed.exec(text)?.[1] ?? delivered.exec(text)?.[1]);
  const words = named[2] ?? '';
  if (command === 'MAIL' || /\bsender\b|^(?:from|domain of)\b/i.test(words)) return { sender: named[1] };
  return command === 'RCPT' || /recipient|\buser|mailbox|account|relay|no such|unknown|does not exist|inactive|disabled|quota|\bfull\b/i.test(words)
    ? recipientCaptures(named[1])
    : {};
}
