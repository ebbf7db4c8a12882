/** Enhanced status codes in any text, and whether what stands around them makes them sure. */

import {
  apostrophe,
  blank,
  carriageReturn,
  colon,
  digit4,
  digit5,
  doubleQuote,
  equalsSign,
  graveAccent,
  greaterThan,
  hyphen,
  isDigit,
  leftDoubleQuote,
  leftQuote,
  lineFeed,
  numberSign,
  wideColon,
} from '../../text/characters.ts';
import { textAbove } from '../../text/lineEnds.ts';
import { lineEnd, lineStart, nextLine } from '../../text/lines.ts';
import type { Span } from '../../values.ts';

/** The enhanced status codes of a text that can belong to a response. How far the search has come is kept, since it is asked for one stretch after another. */
export class Triples {
  private readonly text: string;
  private searched = 0;
  /** The first full stop behind `searched` that can be one of a code. */
  private stop = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The first one that begins at or after an offset and above an end. */
  from(offset: number, end: number): Span | undefined {
    const { text } = this;
    // A full stop is rarer than a digit, and fast to find.
    let stop = this.searched <= offset && offset < this.stop ? this.stop : stopAfter(text, offset);
    let found: Span | undefined;
    // A full stop directly behind another has no digit before it.
    for (; stop <= end; stop = stopAfter(text, stop + 1)) {
      found = tripleAt(text, stop - 1);
      if (found) break;
    }
    this.searched = offset;
    this.stop = stop;
    return found;
  }
}

/** Where the next full stop stands; behind the end of the text where there is none. */
function stopAfter(text: string, offset: number): number {
  const stop = text.indexOf('.', offset + 1);
  return stop < 0 ? text.length + 1 : stop;
}

function tripleAt(text: string, start: number): Span | undefined {
  if (!isFailureDigit(text.charCodeAt(start)) || !isIntroduced(text, start)) return undefined;
  triplePattern.lastIndex = start;
  return triplePattern.test(text) ? { start, end: triplePattern.lastIndex } : undefined;
}

/** Whether a code's first digit stands behind what can be a reply code or the end of a label, or begins a line: most numbers with two full stops are versions, addresses and chapters. */
function isIntroduced(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  // Where no sign of ASCII stands there, it is a blank, or one of those below.
  if (before > blank && before < 0x7f) return endsLabel(before);
  // What begins a line may be Exchange's own words, whatever stands above.
  if (before === lineFeed) return true;
  const end = isWideSign(before) ? start - 1 : endOfWords(text, start);
  const sign = text.charCodeAt(end - 1);
  return isDigit(sign) ? isFailureDigit(text.charCodeAt(end - 3)) : endsLabel(sign) || isWideSign(sign) || isWideSign(before);
}

/** A full-width colon, or what opens a quotation of word processors. */
function isWideSign(code: number): boolean {
  return code === wideColon || code === leftQuote || code === leftDoubleQuote;
}

/** Where the words end before an offset: a line may have been wrapped there, and quoted. */
function endOfWords(text: string, start: number): number {
  let end = start;
  let isWrapped = false;
  // Of CRLF one character counts.
  for (let left = longestGap; left > 0 && end > 0; end--) {
    const code = text.charCodeAt(end - 1);
    if (code === lineFeed) isWrapped = true;
    else if (code !== greaterThan || isWrapped) if (code > blank && code !== noBreakSpace) break;
    if (code !== carriageReturn) left--;
  }
  return end;
}

const longestGap = 80;
const noBreakSpace = 0xa0;

/** What the codes of failures begin with, those of three digits and those of three numbers (RFC 5321, 4.2.1, and RFC 3463, 3). */
export function isFailureDigit(code: number): boolean {
  return code === digit4 || code === digit5;
}

function endsLabel(code: number): boolean {
  return code === colon || code === equalsSign || code === numberSign || code === hyphen || code === doubleQuote || code === apostrophe || code === graveAccent || isWideSign(code);
}

const triplePattern = /[45]\.\d{1,3}\.\d/y;

/** The enhanced status code that begins at an offset; `"451 4.4.0*"` is what a script looks for. */
export function tripleOf(text: string, at: number): string | undefined {
  return /^[45]\.\d{1,3}\.\d{1,3}(?![\d/_]|\.\d|-[a-z0-9]|\*["'])/.exec(text.slice(at, at + 16))?.[0];
}

/** Where the reply code begins that an enhanced status code stands behind; a mail program may have wrapped the line between them. */
export function replyCodeBefore(text: string, at: number, end: number, stretch: Span): number | undefined {
  const close = textAbove(text, at, 9, stretch.start);
  const reply = /(^|[^\w./$€:-]|[:=#;]\s?)([45][0-57]\d)(?: #|[ -]|, b?['"\u2018\u2019\u201C\u201D])$/.exec(close);
  // A stack trace of PHP has the beginnings of its arguments.
  if (reply && /\w\('$/.test(textAbove(text, at - close.length + reply.index + (reply[1] ?? '').length, 3, stretch.start))) return undefined;
  if (reply && (/[ #]/.test(text[at - 1] ?? '') || /^[ \t]\S/.test(text.slice(end, end + 2)))) return at - close.length + reply.index + (reply[1] ?? '').length;
  const words = endOfWords(text, at);
  if (words - 3 <= stretch.start || !text.slice(words, at).includes('\n')) return undefined;
  // Where it stands alone in its line, it may be a number of a list.
  const before = text.slice(Math.max(stretch.start, words - 6), words);
  const isReply =
    text[words - 3] === text[at] && (/['"(<:=[][ \t]?[45][0-57]\d$/.test(before) || (/[a-z]{2} [45][0-57]\d$/.test(before) && /^ [A-Z<[]/.test(text.slice(end, end + 2))));
  return isReply && !/[\d.]/.test(text[words - 4] ?? '') ? words - 3 : undefined;
}

/** Whether a reply is what a server is set to answer: `reject 550 5.1.1 "User unknown"`, as maddy and others have it in their files. */
export function isSetting(text: string, start: number, end: number): boolean {
  return /^ "[^"\n]{0,300}"[ \t]*(?:\r?\n|$)/.test(text.slice(end, end + 310)) && /(?:^|\n)[ \t>]*(?:reject|deny|defer|refuse|return)[ \t]+$/i.test(textAbove(text, start, 60));
}

/** Where the reply begins whose enhanced status code stands behind its words, as qmail writes it: `553 sorry, that domain is not … (#5.7.1)`. */
export function replyCodeFarBefore(text: string, at: number, stretch: Span): number | undefined {
  if (!text.startsWith('(#', at - 2)) return undefined;
  const above = textAbove(text, at, longestSentence, stretch.start);
  const line = above.slice(above.lastIndexOf('\n') + 1);
  const found = new RegExp(`(?:^[\\s>]{0,40}|[:"'>] ?|[a-z] )(${text[at]}[0-57]\\d)[ -][A-Za-z<][^(]{2,400}\\(#$`).exec(line);
  return found ? at - line.length + found.index + found[0].indexOf(found[1] as string) : undefined;
}

/** Whether a code without its reply code stands behind words that only mail programs write, or is told by a server of Exchange Online. */
export function isLabelled(text: string, at: number, end: number, stretch: Span): boolean {
  const above = textAbove(text, at, longestLabel, stretch.start);
  if (above.endsWith('#')) return isMarked(above, text.slice(end, end + longestType));
  // A console breaks its sentences at its width.
  const before = above.replace(/\s+/g, ' ');
  if (labels.test(before)) return true;
  const behind = text.slice(end, end + longestLabel);
  if (/(?:(?:^|\n|:[ \t]{1,4})[ \t>]*(?:["'`\u2018\u201C]|b(?=')){0,3}|\p{L} ["'`\u2018\u201C]{1,2})$/u.test(above) && (ofExchange.test(behind) || component.test(behind)))
    return true;
  return (
    (before.endsWith(': ') || /(?:^|\n)[ \t>]*["'\u201C]$/.test(above)) && exchangeOnline.test(text.slice(end, lineEnd(text, end, Math.min(stretch.end, end + longestSentence))))
  );
}

const longestLabel = 120;
/** So far a code may stand from the kind of its report: ` smtp;`, ` X-Unix;`. */
const longestType = 44;
const longestSentence = 600;

/** What a code without its reply code stands behind: of a reply .NET keeps all but the reply code, `The server response was: 5.7.1 …`, in its own language, and MailKit too; Visual Studio shows an exception with its properties below its name. */
const labels =
  /(?:\bdsn=|\bStatus code: ?|(?:\bserver response (?:wa|i)s|Serverantwort (?:war|lautete)|du serveur était|del servidor fue|do servidor foi|Risposta del server|van de server was|Odpowiedź serwera|Ответ сервера|サーバー応答|服务器响应为)\s?[:：]\s?|MailKit\.(?:Net\.Smtp\.SmtpCommandException|Security\.AuthenticationException)(?:: (?:[A-Za-z]{1,60}: )?| HResult=0x[\dA-F]{8} Message=))$/i;

/** The server that answered, as Exchange Online puts it behind its replies. */
const exchangeOnline = /^ .{0,500}\[[A-Z0-9]{8,20}\.[a-z0-9-]{3,20}\.prod\.(?:protection\.)?(?:outlook|exchangelabs)\.com\b/i;

/** What Exchange says in its own words, alone in a line or a quotation: MailKit and others keep all of a reply but its reply code. */
const ofExchange =
  /^ (?:SMTP; )?(?:Client (?:was )?not authenticated(?: to send (?:anonymous )?mail(?: during MAIL FROM)?)?|Unable to relay(?: for \S{1,255})?|Client does not have permissions to send as this sender|Authentication unsuccessful|Unrecognized authentication type|Insufficient system resources|Message size exceeds fixed maximum message size|Cannot achieve Exchange Server authentication|Temporary server error\. Please try again later|Access denied, (?:please try again later|traffic not accepted from this IP|bad outbound sender|banned send(?:er|ing IP)|spam abuse detected|tenant has exceeded threshold)|Server busy[.,] [Pp]lease try again later(?: from \[[^\]\s]{2,64}\])?)\s{0,4}(?=$|[\n.["'`\u2019\u201D])/;

/** Which of its parts Exchange refuses in, `5.1.1 RESOLVER.ADR.RecipNotFound; not found`, or what it calls the words of others. */
const component =
  /^ (?:AGENT|APPROVAL|CAT|DSNGENERATION|MAPIDELIVERY|POISON|QUEUE|RESOLVER|ROUTING|SMTPSEND|STOREDRV|TRANSPORT)\.[A-Za-z]{2,40}(?:[.:][A-Za-z]{2,60}){0,4}; ?[A-Za-z]|^ [xX]-(?:unix|Unix|UNIX); ?[A-Za-z]/;

/** `(#5.1.1)` as qmail writes it, `<EX01.contoso.com #5.1.1>` and `#5.1.1 smtp;…` as Exchange does, the first without its brackets where a program took them for an element, or without its server behind the sentence; `](#5.1.1)` is a link. */
function isMarked(before: string, after: string): boolean {
  if (/dministrator\.\s{1,20}#$/.test(before)) return /^[ \t]*(?:$|\r?\n)/.test(after);
  if (/(?:^|[^\]])\(#$/.test(before)) return after.startsWith(')');
  if (/(?:^|\n)[ \t>]{0,40}[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[A-Za-z]{2,24} #$/.test(before) && /^[ \t]*(?:$|\r?\n)/.test(after)) return true;
  return /(?:^|[\s<]|<[\w.-]{1,110})#$/.test(before) && /^(?:>| (?:smtp|x-?[\w.&-]{1,38});)/i.test(after);
}

/** Where a labelled reply ends that a console has broken at its width: above the place in the script, which PowerShell tells next. */
export function labelledEnd(text: string, start: number, end: number, stretch: Span): number {
  const line = end < stretch.end && end - lineStart(text, start) >= narrowestConsole ? nextLine(text, end) : stretch.end;
  if (line >= stretch.end || !/^[A-Za-z[(\d]/.test(text.slice(line, line + 1)) || isScriptPlace(text, line)) return end;
  const below = lineEnd(text, line, Math.min(stretch.end, line + longestSentence));
  return isScriptPlace(text, nextLine(text, below)) ? below : end;
}

/** `At line:1 char:1`, in any language. */
function isScriptPlace(text: string, line: number): boolean {
  return /^[A-Z]\p{L}{1,20} \P{L}?.{1,300}:\d{1,6} .{1,20}:\d{1,5}[ \t]*(?:[\r\n]|$)/u.test(text.slice(line, line + 360));
}

const narrowestConsole = 70;
