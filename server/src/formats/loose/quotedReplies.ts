/**
 * Replies that somebody quotes in a sentence, or that a program puts behind its own words: `we get "550 User does not exist" since Monday`.
 * The quotation says where the reply begins, and its words or those in front of it say that it is one of a mail server.
 */

import { recipientCaptures } from '../../smtp/address.ts';
import { addressPattern } from '../../smtp/replyWords.ts';
import { textAbove } from '../../text/lineEnds.ts';
import { type AnchoredReply, isOfWeb } from './anchors.ts';
import { refuses } from './loneReply.ts';
import { hasCodeBefore, isEscaped, isListed, quotationOf } from './quotations.ts';

/** Words of which nearly every refusal has one. Most of them stand behind no code, which is seen at once. */
export const quotedLiterals = [
  'essage ',
  ' failed',
  ' detect',
  ' accept',
  ' destin',
  'xceeds ',
  ' Denied',
  "oesn't ",
  'oes not ',
  ' is full',
  'o longer',
  'ecipient',
  'ailbox ',
  'as spam',
  'be spam',
  'is spam',
  'ejected',
  'locked ',
  'refused',
  ' denied',
  ' address',
  'ccount ',
  ' listed ',
  'lacklist',
  'eputation',
  'navailable',
  'ot exist',
  'ot found',
  'unknown',
  'xceeded',
  'uthentic',
  'oo many ',
  'oo large',
  'ry again',
  'o such ',
  'ot allow',
  'ot accept',
  'ot permit',
  'isabled',
  'nvalid ',
  'emporar',
  'requency',
  'nsolicited',
  'omain of ',
  'usuario ',
  // German, French, Spanish and Italian.
  'unbekannt',
  'abgelehnt',
  'erweigert',
  'ostfach ',
  'inconnu',
  ' pleine',
  'introuvable',
  'desconocid',
  'rechazad',
  'denegad',
  'n lleno',
  'a llena',
  'sconosciut',
  'rifiutat',
];

const codes = '421|43[0-2]|45[0-9]|471|521|523|53[0-9]|541|55[0-9]|57[0-2]';
/** What opens a quotation, a bracket, and the colon behind the words of a program. */
const opening = new RegExp(
  `(^|[\\s(>*_:]| (?:err|error|reason|cause)=)(["'\`“”„«‘]|\\\\")[\\u00A0\\u202F ]?(?=(?:${codes})(?: |-| - )[^\\s\\d])|(?:(?<=[\\s*_])(\\()|(?<!\\d): {1,2}(?:\\*\\*)?)(?=(?:${codes})(?: |-| - )[A-Z<"'])`,
  'g',
);

/**
 * The reply that begins in front of the words at an offset.
 * @param isAlone Whether the text is one by itself, and not several that are searched as one.
 */
export function replyInQuotation(text: string, offset: number, isAlone: boolean): AnchoredReply | undefined {
  if (!hasCodeBefore(text, offset, longestBetween)) return undefined;
  const above = textAbove(text, offset, longestLead);
  const line = above.slice(above.lastIndexOf('\n') + 1);
  // A reply may begin with the word that it was found by.
  const found = Array.from(`${line}${text.slice(offset, offset + 2)}`.matchAll(opening)).at(-1);
  if (!found) return undefined;
  const at = found.index + found[0].length;
  const start = offset - line.length + at;
  if (line.length - at > longestBetween || isOfWeb(text, start) || toldElsewhere.test(line.slice(0, at))) return undefined;
  const quotation = quotationOf(text, start, found[2] ? line.slice(0, at).trimEnd() : line.slice(0, at), found[2] ?? found[3]);
  if (!quotation || !refuses(quotation.said) || (isAlone && isListed(text, start, line.slice(0, at)))) return undefined;
  const { end } = quotation;
  const repeats = /\bCaused by: [\w.$]{3,120}: $/.test(line.slice(0, at)) ? 'cause' : 'error';
  return {
    start,
    anchor: start,
    captures: recipientCaptures(recipient.exec(line.slice(0, at))?.[1]),
    repeats,
    ...(end !== undefined && { end }),
    ...(isEscaped(text, start) && { isJson: true }),
  };
}

/** Whether an enhanced status code stands at the beginning of such a quotation, the reply code left out: `Error sending email: 5.7.1 Relaying denied`. */
export function isQuotedCode(text: string, at: number, end: number): boolean {
  if (!/^ {1,2}[A-Z<]/.test(text.slice(end, end + 3))) return false;
  const above = textAbove(text, at, longestLead);
  const lead = above.slice(above.lastIndexOf('\n') + 1);
  const found = /(?:^|[\s(>*_:])(["'`“”„«‘]|\\")$|(?<!\d): {1,2}$/.exec(lead);
  const quotation = found ? quotationOf(text, at, lead, found[1]) : undefined;
  return quotation !== undefined && refusing.test(quotation.said);
}

/** Outlook numbers the recipient, and has the whole reply behind its sentence; PHPMailer has the words in front of the code. */
const toldElsewhere = /'\d{1,6}' \($|SMTP code: $/;

/** `sending to bob@fabrikam.com failed: 550 …` */
const recipient = new RegExp(`\\b(?:to|recipient|rcpt)\\b(?: address)?[ :=]{1,3}["'<]?(${addressPattern})`, 'i');

const longestLead = 300;
const longestBetween = 100;

/** What no number of a version is followed by. */
const refusing =
  /reject|denied|block|refus|unknown|\bnot |unavailable|invalid|fail|disabled|required|exceed|\bfull\b|\btoo |spam|error|unable|can(?:no|')t|closed|relay|temporar|expired|suspended|does(?:n't| not)|no such/i;
