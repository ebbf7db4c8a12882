/** Replies that a program has taken apart: the code stands in one place, the text in another. PHPMailer, PEAR's Net_SMTP and Roundcube; lettre, of Rust, has digits of the code. */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { addressPattern } from '../../smtp/replyWords.ts';
import { offsetAbove, offsetBelow, textAbove } from '../../text/lineEnds.ts';
import { lineEnd } from '../../text/lines.ts';
import type { Captures } from '../../values.ts';
import type { AnchoredReply } from './anchors.ts';

export const detailLiterals = [
  'SMTP code: 4',
  'SMTP code: 5',
  'received from server (code: ',
  // Roundcube's sentence in the languages that begin with the protocol, and in those that end with it: `Erreur SMTP (550) : …`.
  'SMTP Error (',
  'SMTP-Fehler (',
  'SMTP-fout (',
  'SMTP-fel (',
  'SMTP-fejl (',
  'SMTP-feil (',
  'SMTP Fehler (',
  'SMTP (4',
  'SMTP (5',
  'severity: PermanentNegativeCompletion',
  'severity: TransientNegativeCompletion',
];

/** So long a line of these is at most. */
const longestDetail = 1_500;

/** The reply whose code, or what stands before it, begins at an offset. */
export function replyInDetails(text: string, offset: number): AnchoredReply | undefined {
  const line = text.slice(offset, lineEnd(text, offset, Math.min(text.length, offset + longestDetail)));
  if (line.startsWith('severity')) return digitsOf(text, offset);
  return line.startsWith('SMTP code') ? detailBefore(text, offset, line) : detailBehind(text, offset, line);
}

/** `… Detail: No such user here SMTP code: 550 Additional SMTP info: 5.1.1`. */
function detailBefore(text: string, offset: number, line: string): AnchoredReply | undefined {
  const codes = /^SMTP code: ([45][0-57]\d)(?!\d)(?:,? {0,2}Additional SMTP info: ([45]\.\d{1,3}\.\d{1,3})(?![\d.]))?/.exec(line);
  const detail = /(?:Detail: |SMTP server error: )(?!Detail: )((?:(?!Detail: )[^\n]){1,1000}?(?:\n(?![ \t>]*\n)(?:(?!Detail: )[^\n]){1,300}?){0,4}?),?(?:\s|>){0,6}$/.exec(
    textAbove(text, offset, longestDetail),
  );
  if (!codes || !detail?.[1]) return undefined;
  const start = offsetAbove(text, offset, detail[0].length - detail[0].lastIndexOf(detail[1]));
  return { start, anchor: start, end: offsetBelow(text, start, detail[1].length), captures: {}, prefix: codes.slice(1).filter(Boolean).join(' '), repeats: 'error' };
}

/** `Failed to add recipient: bob@fabrikam.com [SMTP: … (code: 550, response: 5.1.1 …)]`, `SMTP Error (550): Failed to add recipient "bob@fabrikam.com" (5.1.1 …)`. */
function detailBehind(text: string, offset: number, line: string): AnchoredReply | undefined {
  const found =
    /^received from server \(code: ([45][0-57]\d), response: (?=\S)/.exec(line) ?? /^SMTP[ \w-]{0,7} ?\(([45][0-57]\d)\)[\s\u00A0\u202F]?: [^\n()]{0,600}\((?=\S)/.exec(line);
  if (!found?.[1]) return translated(text, offset, line);
  const start = offset + found[0].length;
  const close = line.lastIndexOf(')');
  const captures = namedIn(`${textAbove(text, offset, 200)}${found[0]}`);
  return { start, anchor: offset, end: close > found[0].length ? offset + close : offset + line.length, captures, prefix: found[1] };
}

/** `SMTP-Fehler (535): Authentifizierung fehlgeschlagen`: the code and what Roundcube makes of it, in the reader's language. English words are known as a server's. */
function translated(text: string, offset: number, line: string): AnchoredReply | undefined {
  // Where the server gave another code, or none, Roundcube's own words say what failed.
  const found = /^SMTP([- ](?:Fehler|fout|fel|fejl|feil|Error))? \(((?:[45][0-57]\d)|-1|2\d\d|334)\)[\s\u00A0\u202F]?: (?=\p{L}{3})/u.exec(line);
  const isNamed = found?.[1] !== undefined || /\p{L}{4,8}(?: de)? $/u.test(textAbove(text, offset, 14));
  const words = found && isNamed ? /^[^\n"<>{}]{3,160}?(?=[.!]?(?:["'\u201C\u201D\u00BB]|\s*$|\. ))/u.exec(line.slice(found[0].length))?.[0] : undefined;
  if (!found?.[2] || words === undefined) return undefined;
  const start = offset + found[0].length;
  return { start, anchor: offset, end: start + words.length, captures: {}, ...(/^[45]/.test(found[2]) ? { prefix: found[2] } : { isWords: true as const }), repeats: 'error' };
}

/** `Code { severity: PermanentNegativeCompletion, category: Unspecified3, detail: Five }` is 535, in one line or in several: each word is a digit (lettre, response.rs). */
function digitsOf(text: string, offset: number): AnchoredReply | undefined {
  const above = text.slice(Math.max(0, offset - 110), offset);
  const lead = /Code\s{0,8}\{\s{0,80}$/.exec(above)?.[0];
  const found = /^severity: (Permanent|Transient)NegativeCompletion,\s{1,80}category: ([A-Z][a-z]{5,11}\d?|MailSystem),\s{1,80}detail: ([A-Z][a-z]{2,4}),?\s{1,80}\}/.exec(
    text.slice(offset, offset + longestDetail),
  );
  const category = categories.indexOf(found?.[2] ?? '');
  const detail = details.indexOf(found?.[3] ?? '');
  if (lead === undefined || !found || category < 0 || detail < 0) return undefined;
  const code = { start: offset - lead.length, end: offset + found[0].length };
  // lettre has the words as the source of its error, async-smtp as the lines of the response.
  const source = /^(?:\)?, source: "|,?\s{1,40}message: \[\s{0,40}")(?=[^"\n]{3})/.exec(text.slice(code.end, code.end + 40))?.[0].length;
  const start = source === undefined ? code.start : code.end + source;
  const close = source === undefined ? code.end : text.indexOf('"', start);
  const prefix = `${found[1] === 'Permanent' ? 5 : 4}${category}${detail}`;
  const end = close < 0 || close > start + longestDetail ? lineEnd(text, start, Math.min(text.length, start + longestDetail)) : close;
  return { start, anchor: code.start, end, captures: {}, prefix, repeats: 'error' };
}

const categories = ['Syntax', 'Information', 'Connections', 'Unspecified3', 'Unspecified4', 'MailSystem'];
const details = ['Zero', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

const failed = new RegExp(`\\b(add recipient|set sender)s?:? "?<?(${addressPattern})[^\\n]{0,300}$`, 'i');
/** In other languages the address is the one in quotation marks, and the sender's where the sentence has a word for that. */
const quotedAddress = new RegExp(`["\u201C\u201E\u00AB]\\s?(${addressPattern})\\s?["\u201D\u201C\u00BB][^\\n"]{0,60}$`);
const ofSender = /sender|absender|afsender|avsend|afzender|exp[ée]diteur|remitente|remetente|mittente/i;

function namedIn(words: string): Captures {
  const found = failed.exec(words);
  if (found) return /sender/i.test(found[1] ?? '') ? stated({ sender: found[2] }) : recipientCaptures(found[2]);
  const line = words.slice(words.lastIndexOf('\n') + 1);
  const quoted = quotedAddress.exec(line)?.[1];
  return ofSender.test(line) ? stated({ sender: quoted }) : recipientCaptures(quoted);
}
