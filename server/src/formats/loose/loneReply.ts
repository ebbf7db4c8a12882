/** Replies that stand by themselves: what tells the answer of a mail server from a number and its words. */

import { type AnchoredReply, isOfWeb } from './anchors.ts';
import { longestReply } from './replyLines.ts';

/** A text that is a reply of a mail server and nothing else. It begins with the text, so that the end of a longer one is none. */
export function onlyReply(text: string): AnchoredReply[] {
  if (text.length > longestReply || !loneReply.test(text) || !isAnswer(text)) return [];
  const start = text.search(/\d/);
  return isOfWeb(text, start) ? [] : [{ start, anchor: start, captures: {} }];
}

/** Whether a line that begins with a reply code says what a mail server says. */
export function isAnswer(line: string): boolean {
  return wordsOfMail.test(line) && refuses(line);
}

/** Whether a line that begins with a reply code refuses something, and does not count it. */
export function refuses(line: string): boolean {
  return refusal.test(line) && !counted.test(line);
}

const codesOfMail = '(?:4(?:21|3\\d|5\\d|71)|5(?:2\\d|3\\d|41|5\\d|7[0-2]))';
const loneReply = new RegExp(`^\\uFEFF?(?=(${codesOfMail})[ -])(?:\\1-.{0,600}\\r?\\n){0,20}\\1[ -].{0,1000}\\s{0,8}$`);
const wordsOfMail =
  /e-?mail|message|smtp|spam|recipient|sender|mailbox|address|\buser|account|relay|reject|denied|block|refus|prohibit|auth|quota|virus|polic|greylist|\bhops?\b|too many|deliver|not (?:allowed|accept|permit)|bloquee|content|service|transaction|\bRBL\b|\bIP\b|postfach|benutzer|empf[aä]nger|absender|nachricht|adresse|bo[iî]te|utilisateur|destinat|exp[ée]diteur|correo|buz[oó]n|usuario|casella|utente/i;

/** German counts with large letters. */
const counted = /^\uFEFF?\d{3} (?:Nachrichten|E-?Mails?|Mails|Postf\u00E4cher|Adressen|Kunden|Personen|Leute|Euro|Mitarbeiter|St\u00FCck)(?![\p{L}-])/u;

/** What begins with a small letter counts things, as in `450 messages processed`, unless it refuses something. */
const refusal =
  /^\uFEFF?\d{3}[ -](?:[^a-z]|.{0,300}(?:reject|denied|block|refus|fail|error|spam|auth|unknown|prohibit|too many|quota|virus|invalid|no such|no valid|not |unavailable|exceed|blacklist|timeout|restart|full\b|limit|unable|can(?:no|')t|doesn't|loop|bad |insufficient|no space|out of|too |exhaust|expired|suspended|closed|forbid|junk|deny|violat|retry|later|disabled|bloquee|unbekannt|abgelehnt|verweigert|\bvoll\b|inconnu|rejet|pleine|introuvable|desconocid|rechazad|denegad|llen[oa]|sconosciut|rifiutat))/;
