/** The lines of a bounce's text: which recipient each is about, which host they name, and where the returned message begins. */

import { commandOf, reportedCommand } from '../../smtp/command.ts';
import { addressPattern } from '../../smtp/replyWords.ts';
import { lineEnd, nextLine } from '../../text/lines.ts';
import type { Captures, CommandName } from '../../values.ts';

/** A line of the text. */
export interface Line {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The recipient that the line names as one. */
  readonly about?: string;
  /** Where the line goes on after the recipient. */
  readonly rest: number;
}

const aloneOnLine = new RegExp(`^[\\s>*•-]*(?:<|"|')?(${addressPattern})(?:>|"|')?(?:\\s?<(?:mailto:)?${addressPattern}>)?\\s*(?:\\([^()]{0,200}\\))?:?\\s*$`);
const beforeText = new RegExp(`^[\\s>*•-]*(?:(?:<|"|')(${addressPattern})(?:>|"|'):?|(${addressPattern})(?::|(?=\\s+(?:\\[|on |[A-Z]))))\\s*(?=\\S)`);
const afterWords = new RegExp(
  `(?:recipient|RCPT TO|deliver\\w*|message|mail|address|user\\w*|mailbox|account|size|attempts?|reach(?:ed)?|Nachricht|remettre|remise?|entreg\\w*|mensaje|recapit\\w*|messaggio|bericht|mensagem)[^\\n<@]{0,60}?[\\s:<"'](${addressPattern})>?`,
  'i',
);

const deferral = new RegExp(`-{3,} <(${addressPattern})>\\.\\.\\. Deferred: (?=\\S)`);

/** @param places Recipients that are no addresses, such as a file or a program. */
export function readBounceLines(text: string, places: readonly string[]): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; start = nextLine(text, start)) {
    const end = lineEnd(text, start);
    const line = text.slice(start, Math.min(end, start + 1_000));
    const place = places.find((name) => line.includes(name));
    const named = place ? { address: place, rest: line.length } : line.includes('@') ? nameRecipient(line) : undefined;
    lines.push({ index: lines.length, start, end, text: line, rest: start, ...(named && { about: named.address, rest: start + named.rest }) });
  }
  return lines;
}

function nameRecipient(line: string): { readonly address: string; readonly rest: number } | undefined {
  const alone = aloneOnLine.exec(line);
  if (alone?.[1]) return { address: alone[1], rest: line.length };
  // Sendmail's transcript, where it stands in one line.
  const deferred = deferral.exec(line);
  if (deferred?.[1]) return { address: deferred[1], rest: deferred.index + deferred[0].length };
  // A line with a reply is about the one it names only if it begins with the address.
  const before = beforeText.exec(line);
  const address = before?.[1] ?? before?.[2];
  if (before && address) return { address, rest: before[0].length };
  if (/(?:^|[^\d])[45]\d\d[ -]|MAIL FROM|^\s*(?:From|To|Cc|Sender|Reply-To|Subject|(?:Final|Original)-Recipient):/i.test(line)) return undefined;
  const after = afterWords.exec(line);
  return after?.[1] ? { address: after[1], rest: line.length } : undefined;
}

/** A line that begins something else than the rest of a reply. */
export function isOther(line: Line, said: string): boolean {
  return (
    line.about !== undefined ||
    /^(?:#?[45]\d\d[ -]|>>>|<<<|Giving up|Warning: message |Will keep trying|I'm not going|\(Other MX|\[[A-Z_]+\]$|[-=_*]{3}|--|while talking|[A-Z][a-z]+-[A-Za-z-]+:|(?:Message rejected|DSN generated|Sent) by[ \t]*:|Remote server[ \t]*:)/i.test(
      said,
    )
  );
}

/**
 * The host that the reply is from, as the line names it or one above: none above the recipient's own line, since what stands there is about
 * another recipient, and none above an empty line.
 */
export function hostAround(lines: readonly Line[], line: Line): Captures {
  for (let index = line.index; index >= Math.max(0, line.index - 3); index--) {
    const here = lines[index] as Line;
    const above = lines[index - 1]?.text ?? '';
    // Where a line was wrapped, the word that makes the name a host stands above it.
    const isWrapped = /\b(?:host|server|Server|Server at)[ \t]*$/.test(above);
    const named = namedHost(isWrapped ? `${above.trimEnd()} ${here.text.replace(/^[\s>]+/, '')}` : here.text, index === line.index - 1);
    if (named?.[1]) {
      if (/^[0-9.]+$/.test(named[1])) return { remoteAddress: named[1] };
      return { remoteHost: named[1], ...(named[2] && { remoteAddress: named[2] }) };
    }
    if (index < line.index && here.text.trim() === '') return {};
    if (here.about !== undefined && !isWrapped && beginsWithAddress(here)) return {};
  }
  return {};
}

const beginsWithAddress = ({ text, about = '' }: Line): boolean => text.replace(/^[\s>*•-]*[<"']?/, '').startsWith(about);

function namedHost(said: string, isAlone: boolean): RegExpExecArray | null | undefined {
  return (
    /\b(?:host:?|talking to) ?([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10})\.?(?:\s?[[(]([0-9A-Fa-f.:]{7,45})[\])])?/i.exec(said) ??
    /\bServer at ([A-Za-z][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,10}|[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}) \(([0-9A-Fa-f.:]{7,45})\) returned '/.exec(said) ??
    /^\s*([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10})() #[45<]/.exec(said) ??
    // Where a reply of several lines was folded, its codes can stand in front of an address.
    /(?:^|\s)(?![45]\d\d-[45]\.\d)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10})\s?\[([0-9A-Fa-f.:]{7,45})\] /.exec(said) ??
    /^([0-9]{1,3}(?:\.[0-9]{1,3}){3})() (?:does not like|failed after)/.exec(said) ??
    (isAlone ? /^[ \t>]*([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10})[ \t]*$/.exec(said) : undefined)
  );
}

/**
 * What the reply answers: the line above tells it, or the reply itself in another line of the same paragraph. A transcript without a command
 * quotes the banner. Sendmail shows the command that it sent last (its `reply()`): where it has sent several at once that is DATA, whichever
 * of them is refused, and a server that refuses DATA names nobody.
 * @param named What is answered by a reply that begins with an address.
 */
export function commandAround(lines: readonly Line[], line: Line, named: CommandName | false): CommandName | undefined {
  for (let index = line.index; index >= Math.max(0, line.index - 3); index--) {
    const said = (lines[index] as Line).text;
    const sent = /^(?:[ \t>]*(?:>>>|Sent <<<)|.{0,40}? -->)[ \t]?/.exec(said)?.[0];
    if (sent !== undefined) {
      const last = commandOf(said.slice(sent.length));
      return last === 'DATA' && named ? named : last;
    }
    if (/^\s*(?:\.\.\. ?)?while talking to /i.test(said)) return index === line.index - 1 ? 'connection' : undefined;
    const command = reportedCommand(said);
    if (command || said.trim() === '') return command;
  }
  return undefined;
}

const announcement =
  /^[ \t>*#=-]*(?:(?:this|below|included|enclosed|here)\b[^\n]{0,60}\bcop(?:y|ies) of [^\n]{0,60}|(?:the )?headers? of the original[^\n]{0,60}|(?:original|returned|unsent|undelivered) message(?: headers?)?(?: (?:follows?|text|as received|is [a-z]{1,12}))?|message (?:headers?|text|body) follows?|content of (?:the )?(?:original )?message[^\n]{0,40})[ \t.:*=-]*$/im;

/**
 * Where the returned message begins, of which nothing is a finding: at its own headers, or at the line that announces it.
 * @returns the text's length where nothing is returned.
 */
export function returnedMessageStart(text: string): number {
  const announced = announcement.exec(text);
  const headers = /^(?:Return-Path|Received|X-Received|Delivered-To|DKIM-Signature|X-Google-DKIM-Signature|Message-ID): ?\S/im.exec(text);
  return Math.min(announced?.index ?? text.length, headers?.index ?? text.length);
}

/**
 * Whether a bounce's own words say that the message is still being tried: those of Exim, Sendmail, Postfix, Exchange and Gmail.
 * A subject can be the sender's, so it says nothing here.
 */
export function isDelay(text: string): boolean {
  return delayWords.test(text.slice(0, longestIntroduction));
}

const delayWords =
  /\b(?:has been delayed|delivery is delayed|not yet been delivered|n['\u2019]t been delivered yet|still undelivered after|warning message only|warning only|(?:will be|still being) retried|will retry for|will keep trying|delivery attempts will continue)\b/i;

/** What a mail system says itself stands above and around the replies. */
const longestIntroduction = 10_000;
