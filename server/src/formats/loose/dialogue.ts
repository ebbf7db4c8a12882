/**
 * Conversations that somebody has held by hand or had shown by a program: telnet, openssl s_client, swaks, curl -v, PHPMailer's debug output.
 * A line that is only a reply answers the line above that is only a command.
 */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { commanded } from '../../smtp/command.ts';
import { type Answered, Session } from '../../smtp/session.ts';
import { LineAround } from '../../text/lineAround.ts';
import { offsetAbove } from '../../text/lineEnds.ts';
import { lineEnd, lineStartAfter, longestFirstLine, nextLine } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { reachAbove } from '../../text/seam.ts';
import type { Captures, CommandName, Span } from '../../values.ts';
import { type AnchoredReply, isOfWeb } from './anchors.ts';
import { isAnswer } from './loneReply.ts';

/** What whoever leaves out the commands still puts in front of what the server says. */
const marksOfServer = ['<<< ', '<-- ', '<** ', 'S: ', 'RSP: ', 'rsp: ', 'Recv: '];
const codesOfRefusals = '421 450 451 452 454 471 500 501 502 503 504 521 523 530 534 535 541 550 551 552 553 554 556 557 571'.split(' ');

/** What telnet says, of Windows and of others, when the server hangs up: what stands above is the last that the server has said. */
const closings = ['Connection to host lost', 'Connection closed by foreign host'];

/** The commands that no other text has in a line of its own; what is said before the first one is said to who connects. */
export const dialogueLiterals = [
  ...marksOfServer.flatMap((mark) => codesOfRefusals.flatMap((code) => [`${mark}${code} `, `${mark}${code}-`])),
  'MAIL FROM:',
  'MAIL From:',
  'mail from:',
  'Mail From:',
  'rcpt TO:',
  'mail FROM:',
  'RCPT TO:',
  'RCPT To:',
  'rcpt to:',
  'Rcpt To:',
  'AUTH LOGIN',
  'AUTH PLAIN',
  'STARTTLS',
  'Escape character is',
  ...closings,
];

/**
 * The refusals in the conversations of a text.
 * @param offsets Where a literal stands.
 * @param isAlone Whether the text is one by itself, and not several that are searched as one: the lines of those do not answer each other.
 */
export function dialogueReplies(text: string, offsets: readonly number[], occurrences: Occurrences, isAlone: boolean): AnchoredReply[] {
  const replies: AnchoredReply[] = [];
  if (offsets.length === 0) return replies;
  const line = new LineAround(text, occurrences);
  let end = 0;
  for (const offset of offsets) {
    if (offset < end) continue;
    line.moveTo(offset);
    if (offset - line.start > longestMark) continue;
    const last = isAlone && closings.some((words) => text.startsWith(words, offset)) ? lastSaid(text, line.start, end) : undefined;
    if (last) replies.push(last);
    const read = readLine(text, line.start);
    if (isAlone && (read?.command !== undefined || isConnected(text, line.start))) end = readConversation(text, line.start, replies);
    else if (read?.reply && isMarkedRefusal(text, line.start, read.reply)) {
      const lines = replyLines(text, read.reply, line.start);
      replies.push({ start: read.reply.start, anchor: read.reply.start, lines, captures: {} });
      if (isAlone) end = (lines.at(-1) as Span).end;
    }
  }
  return replies;
}

/** The refusal directly above a line, which may have several lines itself. */
function lastSaid(text: string, line: number, from: number): AnchoredReply | undefined {
  const written = text.slice(offsetAbove(text, line, farthestLine, from), line);
  const found = /(?:^|\n)[ \t>]{0,40}(?=([45]\d\d)[ -])((?:\1-[^\n]{0,1000}\n[ \t>]{0,40}){0,20}\1 [^\n]{1,1000})\s{1,20}$/.exec(written);
  if (!found?.[2]) return undefined;
  const first = line - written.length + found.index + found[0].indexOf(found[2]);
  const reply = readLine(text, lineStartAfter(text, first, Math.max(0, first - longestMark)) ?? 0)?.reply;
  // Servers of files and news hang up in the same words.
  if (!reply || reply.start !== first || !isRefusal(text, reply) || !found[2].split('\n').some((said) => isAnswer(said.trim())) || /ftp|news|\blog ?in\b|\bPASS\b/i.test(found[2]))
    return undefined;
  return { start: first, anchor: first, lines: replyLines(text, reply, first), captures: {} };
}

/** So much stands before a command at most: a time, a session, an arrow. */
const longestMark = 160;
/** So many lines and characters of something else stand between the lines of a conversation. */
const mostOtherLines = 12;
const farthestLine = 1_500;

function readConversation(text: string, start: number, replies: AnchoredReply[]): number {
  const session = new Session(reachAbove);
  let isAnswered = false;
  let isOpened = false;
  let isMessage = false;
  let refused: CommandName | undefined;
  let mark = '';
  let last = start;
  let others = 0;
  for (let at = start; at < text.length && at - last <= farthestLine && others <= mostOtherLines; ) {
    const line = readLine(text, at);
    const next = nextLine(text, at);
    if (isMessage && !(mark !== '' && line?.reply && markOf(text, at, line.reply) === mark)) {
      isMessage = !/^.{0,160}?(?:^|\s)\.\s*$/.test(text.slice(at, Math.min(next, at + 200))) && next - start <= longestConversation;
      last = at;
    } else if (line?.reply) {
      const lines = replyLines(text, line.reply, at);
      const code = text.slice(line.reply.start, line.reply.start + 3);
      const isAsked = isOpened || !session.isIdle(at);
      const isOurs = isAsked ? isRefusal(text, line.reply) : isMarkedRefusal(text, at, line.reply);
      if (/^[45]/.test(code)) {
        const said = lines.map(({ start, end }) => text.slice(start, end)).join(' ');
        const sender = session.sender(at);
        const answered = session.refuse(at, said);
        const isConsequence = refused !== undefined && code === '503' && followsFrom(refused, answered.command, said);
        if (isOurs)
          replies.push({
            start: line.reply.start,
            anchor: line.reply.start,
            lines,
            repeats: 'transcript',
            ...(isAsked ? about(answered, sender) : { captures: {} }),
            ...(isConsequence && { isConsequence }),
          });
        if (isOurs) refused ??= answered.command;
      } else {
        session.accept(at, code, false);
        if (code.startsWith('2')) refused = undefined;
      }
      isAnswered = true;
      isOpened = false;
      isMessage = code === '354';
      if (isMessage) mark = markOf(text, at, line.reply);
      last = (lines.at(-1) as Span).end;
      others = 0;
      at = nextLine(text, last);
      continue;
    } else if (line?.command !== undefined || isConnected(text, at)) {
      // Whoever sends several at once reads all their replies before the next: what has none was left out by who shows it.
      if (isAnswered) session.forgetAsked(at);
      isAnswered = false;
      isOpened = line?.command === undefined;
      if (line?.command === undefined) session.begin(at);
      else session.command(at, line.command);
      last = at;
      others = 0;
    } else others += 1;
    at = next;
  }
  return last + 1;
}

/** What stands before a reply, such as an arrow: whoever leaves out the message still shows with it who answers. */
function markOf(text: string, line: number, reply: Span): string {
  return /\S{0,24}\s*$/.exec(text.slice(line, reply.start))?.[0].trim() ?? '';
}

/** Whether a command is out of order only because one before it was refused (RFC 5321, 4.1.4): it needs that one, or the reply says so. */
function followsFrom(refused: CommandName, command: CommandName | undefined, reply: string): boolean {
  const isNext = command === 'RCPT' || command === 'DATA' || command === 'message';
  return isNext && (refused === 'MAIL' || /\bneed|\bRCPT\b|\bMAIL\b|recipient|sender|precede|first/i.test(reply));
}

/** Whether a line is a refusal by its mark alone: nobody has asked above, and the words are those of a mail server. */
function isMarkedRefusal(text: string, line: number, reply: Span): boolean {
  const mark = markOf(text, line, reply);
  return marksOfServer.some((sign) => mark.endsWith(sign.trimEnd())) && isRefusal(text, reply) && isAnswer(text.slice(reply.start, reply.end));
}

/** A message that somebody has typed is short; what is longer is no message any more. */
const longestConversation = 6_000;

/** A reply to another command than these is about no message. */
const ofMessage: ReadonlySet<CommandName> = new Set(['RCPT', 'DATA', 'message']);

function about({ command, recipient }: Answered, sender: string | undefined): { readonly captures: Captures; readonly command?: CommandName } {
  const isOfMessage = command !== undefined && ofMessage.has(command);
  const captures = isOfMessage || command === 'MAIL' ? { ...stated({ sender }), ...(isOfMessage && recipientCaptures(recipient)) } : {};
  return { captures, ...commanded(command) };
}

/** After `Escape character is '^]'.` telnet shows what the server says first. */
function isConnected(text: string, line: number): boolean {
  return text.startsWith('Escape character is ', line);
}

const mark =
  '(?:(?:.{0,120}\\s)?(?:[<>=~*|-]{1,4}|(?:[CSRT]|[Cc]lient|[Ss]erver|[Ss]ent|[Ss]end|[Rr]ecv|[Rr]eceived|[Gg]ot|CMD|RSP|cmd|rsp|CLIENT -> SERVER|SERVER -> CLIENT):|(?<=^[ \\t>]{0,20})[CS](?= (?:[2-5]\\d\\d[ -]|[A-Z]{4})))[ \\t]{1,8}|[ \\t]{0,40}(?:└─{1,3} ?)?|(?:send|reply): b?["\'])';
const commandLine = new RegExp(
  `^${mark}((?:MAIL FROM|RCPT TO):\\s?(?:<[^<>\\r\\n\\\\]{0,320}>|<?[^<>\\s\\\\]{0,320}>?)(?: [A-Z][A-Z0-9-]{1,20}(?:=[^\\s=]{1,200})?){0,6}|(?:EHLO|HELO|LHLO) [\\w.:[\\]-]{1,255}|AUTH [A-Z0-9-]{3,20}(?: [A-Za-z0-9+/=*<>]{1,2000})?|STARTTLS|DATA|QUIT|RSET|NOOP|VRFY \\S{1,320}|BDAT \\d{1,12}(?: LAST)?)[ \\t]*(?:\\\\r\\\\n["'])?$`,
  'i',
);
const replyLine = new RegExp(`^(${mark})([2-5]\\d\\d)(?:[ -].{0,1000})?$`);

/** What a line of a conversation is; undefined where it is none. */
function readLine(text: string, start: number): { readonly command?: string; readonly reply?: Span } | undefined {
  const end = lineEnd(text, start, Math.min(text.length, start + longestFirstLine));
  const line = text.slice(start, Math.min(end, start + 2_400));
  const command = commandLine.exec(line)?.[1];
  if (command !== undefined) return { command };
  const reply = replyLine.exec(line);
  return reply ? { reply: { start: start + (reply[1] ?? '').length, end: Math.min(end, start + withoutNotation(line)) } } : undefined;
}

/** Where a line's own text ends: Python shows the line end and the quotation mark behind it. */
function withoutNotation(line: string): number {
  const found = /^reply: /.test(line) ? line.search(/(?:\\r)?\\n["']\s*$/) : -1;
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}

/** The lines of a reply, the marks before them left out. */
function replyLines(text: string, first: Span, line: number): Span[] {
  const lines = [first];
  const code = text.slice(first.start, first.start + 3);
  let at = line;
  for (let last = first; text[last.start + 3] === '-' && lines.length < mostReplyLines; ) {
    at = nextLine(text, at);
    const reply = at < text.length ? readLine(text, at)?.reply : undefined;
    if (!reply || !text.startsWith(code, reply.start)) break;
    lines.push(reply);
    last = reply;
  }
  return lines;
}

const mostReplyLines = 60;

/** A number of three digits alone says nothing, and the status lines of HTTP are no replies. */
function isRefusal(text: string, { start, end }: Span): boolean {
  return /^[45][0-57]\d[ -].{0,40}[A-Za-z]{2}/.test(text.slice(start, Math.min(end, start + 60))) && !isOfWeb(text, start);
}
