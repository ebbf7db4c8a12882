/** What tells the words of a mail server that somebody quotes from the same words in a program, a setting, a comment or a manual. */

import { isDigit, lineFeed } from '../../text/characters.ts';
import { textAbove, textBelow } from '../../text/lineEnds.ts';
import { lineEnd } from '../../text/lines.ts';
import { isFailureDigit } from './triples.ts';

/** Whether what can be a reply code stands in the line before an offset, not farther than a reach: before most words none does, and that is to be seen at once. */
export function hasCodeBefore(text: string, offset: number, reach: number): boolean {
  const limit = Math.max(0, offset - reach);
  for (let at = offset - 1; at >= limit; at--) {
    const sign = text.charCodeAt(at);
    if (sign === lineFeed) return false;
    if (isDigit(sign) && isDigit(text.charCodeAt(at - 1)) && isFailureDigit(text.charCodeAt(at - 2)) && /^(?:[^\d.]|^)\d{3}[ ):,-]/.test(text.slice(at - 3, at + 2))) return true;
  }
  return false;
}

/** What is said in a quotation, or behind a colon, if it is about mail and no part of a program; where it ends, if its mark is closed in the line. */
export function quotationOf(text: string, start: number, lead: string, mark: string | undefined): { readonly said: string; readonly end?: number } | undefined {
  const line = text.slice(start, lineEnd(text, start, Math.min(text.length, start + longestSaid)));
  const closing = mark === undefined ? undefined : (closings.get(mark) ?? mark);
  const close = closing === undefined ? -1 : closing === "'" ? line.search(/'(?![A-Za-z])/) : closing === '"' ? line.search(/(?<![\\<])"(?!>)/) : line.indexOf(closing);
  const said = close < 0 ? line : line.slice(0, close);
  if (mark === undefined || mark === '(' ? !failing.test(lead) : !isProse(lead, close < 0 ? '' : line.slice(close))) return undefined;
  if (ofFiles.test(said) || ofProgram.test(lead) || isWritten(lead, lead.length)) return undefined;
  if (!ofMail.test(said) && !aboutMail.test(`${textAbove(text, start, longestContext)}${textBelow(text, start, longestContext)}`)) return undefined;
  return { said, ...(close > 0 && { end: start + close }) };
}

const longestSaid = 400;
/** So far around a reply its author says that it is about mail. */
const longestContext = 500;

/** Whether a quotation stands in a sentence and not in a program, where it is an argument, a value or what a function returns. */
function isProse(lead: string, behind: string): boolean {
  const before = lead.replace(/\\?.$/u, '');
  if (/^[\s>]*[-*]\s+$/.test(before) && !lead.endsWith('`')) return false;
  const isValue = /[\p{L}\p{N}"'`] *[=({[,+?|&:] *$|[=({[,+?|&]$|[=-]>\s*$/u.test(before);
  if (isValue && !/(?:\p{L}{2,} ){2}[^"'`=({[]{0,60}:\s*$/u.test(before) && !failing.test(before.slice(-40))) return false;
  return !/^\\?.\s*(?:[+%\]]|\)\s*[;,{]|;\s*(?:$|\/\/)|,\s*$)/.test(behind);
}

const closings = new Map([
  ['(', ')'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['‘', '’'],
]);

/** What stands in front of a string in a program, or in front of the name of a test. */
const ofProgram =
  /\b(?:return|reply|respond|push|write|print|puts|echo|die|throw|raise|case|when|yield|const|let|var|it|test|describe|should|expect|assert\w*)[ (]+[^ ]{0,20}["'`]$|\b(?:it|test|describe|expect|assert\w*)\b ?\(/;
/** What a program says in front of a reply, or somebody of it. */
const failing =
  /error|fail|reject|bounce|refus|denied|exception|warn|could not|can(?:no|')t|unable|smtp|\be?mail\b|server (?:said|says|replied|responded|answered)|respon[sd]|repl(?:y|ied)|fehler|erreur|errore|ошибк|错误|错|エラー|błąd|fout/i;
const ofMail =
  /\be?-?mail|message|smtp|\bspam|recipient|sender|mailbox|\buser\b|\brelay|quota|gr[ae]ylist|\bhops?\b|\bRBL\b|DNSBL|\bSPF\b|DKIM|DMARC|reputation|blacklist|block ?list|postmaster|unsolicited|\bHELO\b|\bEHLO\b|\bAUTH\b|authenticat|\bPTR\b|[Rr]everse DNS|\brDNS\b|\bIP\b|client host|\bdomain\b|deliver|address|\baccount|attachment|adresse|correo|usuario|destinat|courriel|utilisateur|bo[iî]te|buz[oó]n|casella|utente|benutzer|nachricht|absender|empf[aä]nger|postfach|почт|письм/i;
const aboutMail = /\bsmtp|\be-?mail|\bmail|bounce|postfix|exim|sendmail|\bMTA\b|рассылк|почт|邮件|メール/i;

/** The same codes of FTP (RFC 959, 5.4). */
const ofFiles =
  /\bno such file|\bfile (?:not|unavailable|exists|busy)|failed to open|(?:open|create|get|delete|rename|change) (?:file|director)|not logged in|login incorrect|\bFTP|\bPASV|data connection|^\d{3}[ -]Permission denied\W*$/i;

/** Whether the code is written in a program, a setting or a comment rather than told: an argument, a value that is given but that of an error in a log, an entry of an access table. */
export function isWritten(line: string, at: number): boolean {
  const before = line.slice(0, at);
  return (
    /^\s*(?:\/\/|\/\*|#(?!\d)|;|--\s| +\*\s)/.test(line) ||
    /(?:[(,+?]|(?<! (?:err|error|reason|cause))=|\b(?:return|reply|push|write|print|throw|raise|case))\s{0,4}["'`]$/.test(before) ||
    /^[ \t]*(?=\S*[A-Za-z])[^\s:]*[@./=][^\s:]*[ \t]+["']?$/.test(before) ||
    /\b(?:REJECT|ERROR:?|DISCARD|DEFER|\$#error\b.*)\s{0,4}["']?$/.test(before)
  );
}

/** Whether the reply stands in a list of replies, as manuals have them: each line another code. */
export function isListed(text: string, start: number, before: string): boolean {
  if (/[\p{L}\d]/u.test(before)) return false;
  const code = text.slice(start, start + 3);
  const above = textAbove(text, start - before.length, 400).trimEnd();
  const below = textBelow(text, start, 600);
  const neighbours = [above.slice(above.lastIndexOf('\n') + 1), /\n\s*(\S[^\n]{0,80})/.exec(below)?.[1] ?? ''];
  if (neighbours.some((line) => /^[^\p{L}\d]*[2-5]\d\d(?!\d)/u.test(line) && !line.includes(code))) return true;
  // Where an explanation stands below each, the codes begin paragraphs.
  const paragraphs = `${above}\n${below.slice(below.indexOf('\n') + 1)}`.match(/(?:^|\n)[ \t]*\r?\n[ \t]{0,8}[45][0-57]\d [^\n]{2,80}(?=\n[ \t]*\S)/g) ?? [];
  return paragraphs.some((paragraph) => !paragraph.includes(code));
}

/** Whether the ends of a reply's lines are escaped, since it stands in a string: behind each its code begins again, or its enhanced status code alone. */
export function isEscaped(text: string, start: number): boolean {
  const line = text.slice(start, lineEnd(text, start, Math.min(text.length, start + longestEscaped)));
  if (!line.includes('\\n')) return false;
  const code = /^(\d{3})[ -](?:#?([45]\.\d{1,3}\.\d{1,3}))?/.exec(line);
  return code !== null && new RegExp(`\\\\n(?:${code[1]}[ -]${code[2] ? `|${code[2].replaceAll('.', '\\.')} ` : ''})`).test(line);
}

const longestEscaped = 1_500;
