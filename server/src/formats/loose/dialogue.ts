/**
 * Conversations that somebody has held by hand or had shown by a program: telnet, openssl s_client, swaks, curl -v, PHPMailer's debug output.
 * A line that is only a reply answers the line above that is only a command.
 */

import { recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { commanded } from '../../smtp/command.ts';
import { type Answered, Session } from '../../smtp/session.ts';
import { LineAround } from '../../text/lineAround.ts';
import { lineEnd, longestFirstLine, nextLine } from '../../text/lines.ts';
import type { Occurrences } from '../../text/occurrences.ts';
import { reachAbove } from '../../text/seam.ts';
import type { Captures, CommandName, Span } from '../../values.ts';
import { type AnchoredReply, isOfWeb } from './anchors.ts';

/** The commands that no other text has in a line of its own; what is said before the first one is said to who connects. */
export const dialogueLiterals = ['MAIL FROM:', 'mail from:', 'Mail From:', 'RCPT TO:', 'rcpt to:', 'Rcpt To:', 'AUTH LOGIN', 'AUTH PLAIN', 'STARTTLS', 'Escape character is'];

/** The refusals in the conversations of a text. @param offsets Where a literal stands. */
export function dialogueReplies(text: string, offsets: readonly number[], occurrences: Occurrences): AnchoredReply[] {
  const replies: AnchoredReply[] = [];
  if (offsets.length === 0) return replies;
  const line = new LineAround(text, occurrences);
  let end = 0;
  for (const offset of offsets) {
    if (offset < end) continue;
    line.moveTo(offset);
    if (offset - line.start > longestMark) continue;
    if (readLine(text, line.start)?.command !== undefined || isConnected(text, line.start)) end = readConversation(text, line.start, replies);
  }
  return replies;
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
      if (/^[45]/.test(code)) {
        const sender = session.sender(at);
        const answered = session.refuse(at, lines.map(({ start, end }) => text.slice(start, end)).join(' '));
        if (isAsked && isRefusal(text, line.reply)) replies.push({ start: line.reply.start, anchor: line.reply.start, lines, ...about(answered, sender) });
      } else session.accept(at, code, false);
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

const mark = '(?:(?:.{0,120}\\s)?(?:[<>=~*|-]{1,4}|(?:[CSRT]|[Cc]lient|[Ss]erver|[Ss]ent|[Ss]end|[Rr]ecv|[Rr]eceived|CLIENT -> SERVER|SERVER -> CLIENT):)[ \\t]{1,8}|[ \\t]{0,40})';
const commandLine = new RegExp(
  `^${mark}((?:MAIL FROM|RCPT TO):\\s?<?[^<>\\s]{0,320}>?(?: [A-Z][A-Z0-9-]{1,20}(?:=[^\\s=]{1,200})?){0,6}|(?:EHLO|HELO|LHLO) [\\w.:[\\]-]{1,255}|AUTH [A-Z0-9-]{3,20}(?: [A-Za-z0-9+/=*<>]{1,2000})?|STARTTLS|DATA|QUIT|RSET|NOOP|VRFY \\S{1,320}|BDAT \\d{1,12}(?: LAST)?)[ \\t]*$`,
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
  return reply ? { reply: { start: start + (reply[1] ?? '').length, end } } : undefined;
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
