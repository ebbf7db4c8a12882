/** Reads what a bounce says to people: the replies it quotes and whom they are about, or the sentence that states the reason. */

import { noticePattern } from '../../smtp/notice.ts';
import { addressPattern, codesOf, readQuotedReply, type Statement } from '../../smtp/replyWords.ts';
import { type Excerpt, joinRuns, placeSpan, type Run, sliceExcerpt } from '../../text/excerpt.ts';
import { commandAround, hostAround, isOther, type Line, readBounceLines } from './lines.ts';
import { firstParagraph, saysMore, statedReason } from './sentence.ts';
import { reasonsBelowHeading } from './unreachedList.ts';

/**
 * How sure it is what a text is: certainly one bounce, so that a sentence without codes counts; one bounce or something like it;
 * or what somebody pasted, where several can stand one below the other and every reply counts.
 */
export type BounceKind = 'certain' | 'likely' | 'pasted';

/**
 * The statements of a bounce's text, in order; of one bounce at most one a recipient.
 * @param known The failed recipients as far as headers and reports name them.
 */
export function readBounceText(text: Excerpt, known: readonly string[], kind: BounceKind): Statement[] {
  const lines = readBounceLines(text.text, known.length <= 8 ? known.filter((address) => /[\s/|]/.test(address)) : []);
  const found = quotedReplies(text, lines);
  const assigned = assign(found, known, kind !== 'pasted');
  if (kind !== 'certain') return assigned;
  const listed = assigned.length === 0 ? reasonsBelowHeading(text) : [];
  if (listed.length > 0) return listed;
  const told = new Set(assigned.map(({ recipient }) => recipient?.toLowerCase()));
  const failed = new Set(known.map((address) => address.toLowerCase()));
  if (assigned.some(({ recipient }) => recipient === undefined)) return assigned;
  const silent = lines.filter(({ about }) => about !== undefined && !told.has(about.toLowerCase()) && (failed.size === 0 || failed.has(about.toLowerCase())));
  const reasons = [...silent.filter(saysMore), ...silent.filter((line) => !saysMore(line))].flatMap((line) => statedReason(text, lines, line) ?? []);
  if (assigned.length === 0 && reasons.length === 0) return known.length === 1 ? firstParagraph(text, lines, known) : [];
  return [...assigned, ...onePerRecipient(reasons)];
}

/** A reply in the text: where it begins, and in whose paragraph. */
interface Quoted {
  readonly statement: Statement;
  /** The recipient that the lines above name; the reply itself may name another, such as the sender. */
  readonly about?: string;
  /** The address that the reply begins with. */
  readonly names?: string;
}

/** Replies at the beginning of a line, behind the words and signs that announce one, and codes in parentheses as qmail writes them. */
const replyPattern =
  /^(?:[ \t>]*(?:<<<[ \t]?|Received >>>[ \t]?)?#?([45][0-57]\d)(?=[ \t]+[^\s\d]|[ -][45]\.\d|-[^\s\d]|: ?[^\s\d]|:? ?\d\.\d\.\d|[ \t]*$)|[ \t]*#?([45]\.\d{1,2}\.\d{1,3})(?=[ \t]))|(?:[:;(>=,#[]|said|erver returned|->|<--|['"(<])[ \t]?['"]?#?(?:smtp;[ \t]?)?([45][0-57]\d)(?=(?: \d{3})?[ -]#?['"]?[45]\.\d{1,3}\.\d|[ -][A-Za-z<[(#*_]| - [A-Za-z]|: ?[A-Za-z<\d]|, |[ \t]*$)|(?:^|[\s<'"(])#(?:<[^\s<>#]{0,255} #)?([45]\.\d{1,3}\.\d{1,3})(?![\d.])|\bResponseCode ([45][0-57]\d)\b/gim;

const namedFirst = new RegExp(`^[45]\\d\\d[ -](?:[45]\\.\\d+\\.\\d+ )?<?(${addressPattern})>?(?:\\.\\.\\.|:|\\s)`);
const mailFrom = new RegExp(`\\bMAIL FROM: ?<(${addressPattern})>`, 'gi');

function quotedReplies(text: Excerpt, lines: readonly Line[]): Quoted[] {
  const senders = new Set(Array.from(text.text.matchAll(mailFrom), ([, sender]) => (sender as string).toLowerCase()));
  const found: Quoted[] = [];
  let about: string | undefined;
  let line = 0;
  let from = 0;
  let isToldOf = false;
  for (const match of text.text.matchAll(replyPattern)) {
    const code = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? '';
    const start = match.index + match[0].lastIndexOf(code);
    if (start < from) continue;
    for (; line < lines.length && (lines[line] as Line).start <= start; line++) {
      about = aboutAfter(lines[line] as Line, about);
      isToldOf &&= (lines[line] as Line).about === undefined;
    }
    const here = lines[line - 1];
    if (!here || /^\s*(?:Giving up|\(Other)/.test(here.text)) continue;
    const isAttempt = attempt.test(text.text.slice(Math.max(0, start - longestAttempt), start).replace(/\s+/g, ' '));
    // Below the reply that ended the delivery Exchange lists the attempts before it. They say why a message has waited or expired.
    if (isAttempt && isToldOf && !isNotice(found.at(-1)?.statement)) continue;
    // The excerpt begins before a gateway's own code, so that what it quotes is read; a code alone stands below its sentence.
    const isBare = match[4] !== undefined && /^(?:\s*[>)]|[ \t]*(?:\n|$))/.test(text.text.slice(match.index + match[0].length, match.index + match[0].length + 8));
    const excerpt = isBare ? sentenceAbove(text, lines, here) : quotation(text, lines, here, match[4] === undefined ? start : Math.max(match.index, here.start));
    const read = readQuotedReply(excerpt);
    if (!read) continue;
    from = isBare ? here.end : Math.min(text.text.length, start + excerpt.text.length);
    const named = namedFirst.exec(read.response.text)?.[1];
    const names = named && !senders.has(named.toLowerCase()) ? named : undefined;
    const captures = { ...read.captures, ...hostAround(lines, here) };
    isToldOf = true;
    const command = read.response.command ?? commandAround(lines, here, named !== undefined && (senders.has(named.toLowerCase()) ? 'MAIL' : 'RCPT'));
    const words = `${read.response.text}${agentWords(lines, here, read.response.text)}`;
    const response = { ...read.response, text: words, ...(command && { command }) };
    const statement = { read: { ...read, response, captures }, place: placeSpan(excerpt, 0, excerpt.text.length) };
    const isDelay = isAttempt && isToldOf && found.pop()?.statement.read.response.replyCode === 400;
    found.push({ statement: { ...statement, ...(isAttempt && { isAttempt }), ...(isDelay && { isDelay }) }, ...(about && { about }), ...(names && { names }) });
  }
  return withTranscript(found);
}

/** Sendmail turns the exit status of a delivery agent into words of its own, which say nothing; what the agent said stands in the line above. */
function agentWords(lines: readonly Line[], { index }: Line, reply: string): string {
  if (!/\.\.\. (?:Can't create output|Insufficient permission|Service unavailable|unknown mailer error \d{1,3}|I\/O error)$/i.test(reply)) return '';
  const above = lines[index - 1]?.text.trim() ?? '';
  return /^[a-z][\w./-]{1,40}: \S/i.test(above) ? ` (${above})` : '';
}

/** `1/15/2026 3:20:14 AM - Remote Server at mx.fabrikam.com (203.0.113.25) returned '441 4.4.1 …'`. */
const attempt = /\d.{0,20} - (?:Remote )?Server (?:at [^']{1,300} )?returned '$/;
const longestAttempt = 400;

/** Whether a reply only says that the message waits, or has waited too long. */
export function isNotice(statement: Statement | undefined): boolean {
  const { enhancedCode, text = '' } = statement?.read.response ?? {};
  return /^[45]\.4\.7$/.test(enhancedCode ?? '') || noticePattern.test(text);
}

/** What the summary repeats, the transcript below it tells with the command and the host: `(reason: 554 …)` and `>>> RCPT To:<…>`, `<<< 554 …`. */
function withTranscript(found: readonly Quoted[]): Quoted[] {
  const told = new Map(found.flatMap(({ statement: { read } }) => (read.response.command ? [[read.response.text, read] as const] : [])));
  const hosts = new Map(found.flatMap(({ statement: { read }, about }) => (read.captures.remoteHost && about ? [[`${about} ${read.response.text}`, read.captures] as const] : [])));
  return found.map((quoted) => {
    const { read } = quoted.statement;
    const command = read.response.command ?? told.get(read.response.text)?.response.command;
    const captures = read.captures.remoteHost ? read.captures : { ...hosts.get(`${quoted.about} ${read.response.text}`), ...read.captures };
    return { ...quoted, statement: { ...quoted.statement, read: { ...read, response: { ...read.response, ...(command && { command }) }, captures } } };
  });
}

/** `>>> DATA` is about all recipients, and so is a new conversation. */
function aboutAfter(line: Line, about: string | undefined): string | undefined {
  if (line.about !== undefined) return line.about;
  return /^\s*(?:>>> ?(?!RCPT)[A-Z]|(?:\.\.\. )?while talking to )/i.test(line.text) ? undefined : about;
}

const longestQuotation = 40;
const longestReply = 2_000;

/** A quoted reply with the lines it goes on in: up to what closes it, to the end of its paragraph, or to the line that begins something else. */
function quotation(text: Excerpt, lines: readonly Line[], line: Line, start: number): Excerpt {
  const marker = /^[ \t>]*<<<[ \t]?/.exec(line.text)?.[0] ?? '';
  const lineLimit = Math.min(line.end, start + longestReply);
  const runs: Run[] = [{ text: text.text.slice(start, lineLimit), start, end: lineLimit, literal: true }];
  let goesOn = /^[45]\d\d-/.test(text.text.slice(start, start + 4));
  const code = text.text.slice(start, start + 3);
  const isClosed = /##|#SMTP#/.test(text.text.slice(start, lineLimit)) || (isInBrackets(text.text, start) && text.text.slice(start, lineLimit).trimEnd().endsWith('>'));
  const closedAt = closingPlace(text.text, start);
  for (let index = line.index + 1; !isClosed && index < Math.min(lines.length, line.index + longestQuotation); index++) {
    const next = lines[index] as Line;
    if (next.end - start > longestReply || next.start > (closedAt ?? next.start)) break;
    const said = next.text.replace(/^[ \t>]*(?:<<<[ \t]?)?/, '');
    if (said === '' && closedAt !== undefined) continue;
    if (said === '') break;
    const repeats = said.startsWith(code) && /^[ -]/.test(said[3] ?? ' ');
    if (closedAt === undefined && (repeats ? !goesOn : (marker !== '' && !isWrapped(lines[index - 1], said)) || (isOther(next, said) && !isFolded(lines, line, next)))) break;
    goesOn = repeats ? said[3] === '-' : goesOn;
    const from = next.end - (text.text.slice(next.start, next.end).length - (next.text.length - said.length));
    runs.push({ text: ' ', start: (runs.at(-1) as Run).end, end: from, literal: false }, { text: text.text.slice(from, next.end), start: from, end: next.end, literal: true });
  }
  const joined = joinRuns(runs);
  const close = closingBracket(text.text, start, joined.text);
  const bounded = sliceExcerpt(joined, 0, close);
  return { text: bounded.text, place: (index) => text.place(bounded.place(index)) };
}

/**
 * Where a reply is closed that has an opening: `returned '…'` of Exchange, and from `said:` to `(in reply to … command)` of Postfix.
 * Up to there it is one reply, whatever has folded it or put empty lines between its lines.
 */
function closingPlace(text: string, start: number): number | undefined {
  const before = text.slice(Math.max(0, start - 40), start).replace(/[\s>]+/g, ' ');
  const below = text.slice(start, start + longestReply);
  if (/returned '$/.test(before.trimEnd())) {
    const close = /'(?![A-Za-z])(?=[^\n'"]{0,80}(?:\n|$))/.exec(below);
    return close && !/\n[^\n]{0,300}returned '|\n\s*\n\s*\n/.test(below.slice(0, close.index)) ? start + close.index : undefined;
  }
  if (!/(?:said|to me): $/.test(before)) return undefined;
  const close = /\(in[\s>]{1,40}reply[\s>]{1,40}to[\s>]{1,40}[A-Za-z][A-Za-z \r\n\t>-]{2,60}\bcommand\)/.exec(below);
  return close && !/said:|to me:|\n[ \t>]*<[^<>\s]{1,320}>: /.test(below.slice(0, close.index)) ? start + close.index + close[0].length : undefined;
}

/** A line of a transcript begins with its mark, unless a mail program has wrapped it: then its first word had no place above. */
function isWrapped(above: Line | undefined, said: string): boolean {
  return above !== undefined && above.text.length + said.search(/\s|$/) >= narrowestWrap && !/^\.{3}/.test(said);
}

const narrowestWrap = 60;

/** Postfix folds its lines by indentation: such a line can begin with an address and still belongs to the reply above. */
function isFolded(lines: readonly Line[], line: Line, next: Line): boolean {
  if (next.about === undefined || !/^ {4}\S/.test(next.text)) return false;
  let first = line;
  for (let above = line.index - 1; above >= Math.max(0, line.index - 3) && /^ {4}\S/.test(first.text); above--) first = lines[above] as Line;
  return /^\S/.test(first.text) && (first === line || first.about !== undefined);
}

/** `< mail.contoso.com #5.0.0 X-Postfix; unknown user>`, as Exchange 2003 writes what others reported. */
const isInBrackets = (text: string, start: number): boolean => /< ?[^\s<>#]{1,255} ?$/.test(text.slice(Math.max(0, start - 260), start));

/** `(reason: 550 …)` and `'550 …'` end where they are closed. */
function closingBracket(text: string, start: number, quoted: string): number {
  const gateway = /\s?##|> ?#SMTP#/.exec(quoted);
  if (gateway) return gateway.index + (gateway[0].startsWith('>') ? 1 : 0);
  const before = text.slice(Math.max(0, start - 24), start);
  if (isInBrackets(text, start) && quoted.trimEnd().endsWith('>')) return quoted.lastIndexOf('>');
  const open = /\((?:reason|expanded from)[^()]*$|['"]$/i.exec(before)?.[0];
  if (!open) return quoted.length;
  const close = open === "'" ? quoted.search(/'(?![A-Za-z])/) : open === '"' ? quoted.lastIndexOf('"') : quoted.lastIndexOf(')');
  return close > 0 ? close : quoted.length;
}

/** Exchange 2003 writes the sentence below the recipient, and `<EX01.contoso.com #5.1.1>` below the sentence. */
function sentenceAbove(text: Excerpt, lines: readonly Line[], line: Line): Excerpt {
  let start = line.start;
  for (let index = line.index - 1; index >= Math.max(0, line.index - 8); index--) {
    const above = lines[index] as Line;
    if (above.about !== undefined || above.text.trim() === '') break;
    start = above.start;
  }
  return sliceExcerpt(text, start, line.end);
}

/**
 * Gives each reply its recipient and keeps the first reply of each: later ones repeat it or follow from it.
 * In a transcript the remote server's reply comes before the line that names the recipient.
 */
function assign(found: readonly Quoted[], known: readonly string[], isOne: boolean): Statement[] {
  const statements: Statement[] = [];
  let waiting: Statement[] = [];
  const failed = new Set(known.map((address) => address.toLowerCase()));
  const only = known.length === 1 ? known[0] : undefined;
  for (const { statement, about, names } of found) {
    const own = names !== undefined && (failed.size === 0 || failed.has(names.toLowerCase())) ? names : undefined;
    const recipient = about ?? own ?? only;
    if (recipient === undefined) {
      waiting.push(statement);
      continue;
    }
    const first = waiting[0];
    if (first && own) statements.push({ ...first, recipient });
    waiting = own ? [] : waiting;
    statements.push({ ...statement, recipient });
  }
  const codes = new Set(statements.map(({ read }) => codesOf(read)));
  if (!isOne) return onePerRecipient([...statements, ...waiting.filter(({ read }) => !codes.has(codesOf(read)))], (statement) => codesOf(statement.read));
  const assigned = onePerRecipient(statements);
  return assigned.length > 0 || !waiting[0] ? assigned : [waiting[0]];
}

function onePerRecipient(statements: readonly Statement[], detail: (statement: Statement) => string = () => ''): Statement[] {
  const kept = new Map<string, Statement>();
  for (const statement of statements) {
    const key = `${statement.recipient?.toLowerCase() ?? ''} ${detail(statement)}`;
    const held = kept.get(key);
    if (!held || (held.read.response.replyCode === undefined && statement.read.response.replyCode !== undefined)) kept.set(key, statement);
  }
  return [...kept.values()];
}
