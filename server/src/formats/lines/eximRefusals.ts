/**
 * What Exim refuses of its clients, and the sessions that it ends itself, as its main log tells them (exim-4.98/src: smtp_in.c, receive.c,
 * daemon.c, tls.c, deliver.c). A reply code stands there only where an access control list has brought one: mostly the words decide.
 */

import { endpointAddress, recipientCaptures } from '../../smtp/address.ts';
import { stated } from '../../smtp/captures.ts';
import { withChanges } from '../../text/withChanges.ts';
import type { Captures, CommandName, Span } from '../../values.ts';

/** Where such a line has its sign. */
export const refusalLiterals = [
  ' rejected ',
  ' authenticator failed for ',
  ' refused: too many connections',
  ' refused: load average ',
  'refused connection from ',
  ' dropped: too many ',
  'SMTP command timeout on ',
  'SMTP data timeout (',
  'TLS error on connection from ',
  'too many recipients: ',
  'SMTP protocol ',
  'SMTP syntax error in "',
  ' lost while reading message data',
  'spool directory space check failed',
  ' Frozen',
  ' frozen by ',
  'essage is frozen',
];

/** What a line says of a client that was refused or dropped, or of a message that stays. */
export interface EximRefusal {
  readonly words: Span;
  readonly captures: Captures;
  readonly command?: CommandName | undefined;
  /** Strangers do this all day. */
  readonly isNoted?: boolean;
}

/**
 * Reads the refusal that a line states.
 * @param at Behind the time, the message's id and the details, such as `H=mail.fabrikam.com [203.0.113.25] F=<bob@fabrikam.com>`.
 * @param details Where the details begin.
 */
export function readEximRefusal(line: string, details: number, at: number): EximRefusal | undefined {
  const said = line.slice(at);
  const found = readRejected(said) ?? readSignIn(line.slice(details)) ?? readEnded(said) ?? readFrozen(said);
  if (!found) return undefined;
  const start = found.isFromDetails ? details : at;
  const written = `${line.slice(details, at)} ${found.about}`;
  return {
    words: { start: start + found.start, end: found.end === undefined ? line.length : start + found.end },
    captures: withChanges(hostOf(written), stated({ sender: senderOf(written) }), recipientCaptures(found.recipient)),
    command: found.command,
    isNoted: found.isNoted ?? false,
  };
}

/** Where the words stand in the rest of a line, and what of it names the client and the addresses. */
interface Found {
  readonly start: number;
  readonly end?: number;
  readonly about: string;
  readonly recipient?: string | undefined;
  readonly command?: CommandName | undefined;
  readonly isNoted?: boolean;
  readonly isFromDetails?: boolean;
}

/** `rejected RCPT <…>: reason`, `rejected MAIL FROM:<…> H=… [IP]: …`, `temporarily rejected connection in "connect" ACL`: without a reason all of it is the words. */
function readRejected(said: string): Found | undefined {
  const opening = /^(?:temporarily )?rejected (?=[A-Z]|after |by |during |connection |from )/.exec(said);
  if (!opening) return undefined;
  const rest = said.slice(opening[0].length);
  // An address may have a colon between quotes; one that never ends is a character.
  const object = (/^(?:"(?:[^"\\]|\\.){0,400}"|<(?:"(?:[^"\\]|\\.){0,320}"|[^<>"]){0,320}>|[^\s<"]|\s){0,600}?(?=: \S|$)/.exec(rest) ?? /^.{0,600}?(?=: \S|$)/.exec(rest))?.[0];
  if (object === undefined) return undefined;
  const end = opening[0].length + object.length;
  const recipient = /^RCPT <?((?:"[^"]{0,64}"@)?[^<>\s"]{1,320})/.exec(object)?.[1];
  return { start: end < said.length ? end + ': '.length : 0, about: object, recipient, command: refusedCommand(object) };
}

function refusedCommand(object: string): CommandName | undefined {
  const verb = /^(?:RCPT|MAIL|DATA|AUTH|STARTTLS|EHLO|HELO|connection|after DATA|during )/.exec(object)?.[0];
  switch (verb) {
    case undefined:
      return undefined;
    case 'HELO':
      return 'EHLO';
    case 'connection':
      return 'connection';
    case 'after DATA':
    case 'during ':
      return 'message';
    default:
      return verb as CommandName;
  }
}

/** `login authenticator failed for (mail) [198.51.100.66]: 535 Incorrect authentication data (set_id=anna)`. */
function readSignIn(said: string): Found | undefined {
  const found = /^[\w-]{1,80} authenticator failed for (.{0,600}?\[[^\]]{1,64}\].{0,300}?): (?=[45]\d\d[ -])/.exec(said);
  return found ? { start: found[0].length, about: found[1] ?? '', command: 'AUTH', isNoted: true, isFromDetails: true } : undefined;
}

/** `mail.fabrikam.com (helo.fabrikam.com) [203.0.113.25]:49152`, the name and what the client called itself only where they are known; or a user of this host. */
const client = String.raw`(?<about>(?:H=)?(?:[A-Za-z0-9._-]{1,255} )?(?:\([^()]{0,255}\) )?\[[^\]\s]{1,64}\]\S{0,8}(?: U=\S{1,64})?|[\w.-]{1,64})`;

const endings: readonly { readonly pattern: RegExp; readonly isNoted?: boolean }[] = [
  { pattern: new RegExp(`^Connection from ${client} refused: (?<words>(?:too many connections|load average).*)`) },
  { pattern: new RegExp(`^(?<words>refused connection from ${client} .*)`) },
  { pattern: new RegExp(`^SMTP call from ${client}(?: \\S{1,200}){0,3}? dropped: (?<words>too many [a-z ]{1,60})`) },
  { pattern: /^(?<words>SMTP (?:command timeout|data timeout \(message abandoned\)) on (?:TLS )?connection) from (?<about>.*)/, isNoted: true },
  { pattern: /^(?<words>SMTP protocol (?:violation: )?synchronization error \([^()]{1,200}\)): rejected (?<about>.{0,1000}?)(?: (?:next )?input=|\s*$)/ },
  { pattern: new RegExp(`^SMTP (?:protocol|syntax) error in "(?:[^"\\\\]|\\\\.){0,600}" ${client}(?: [A-Z]=\\S{1,200}){0,3} (?<words>\\S.*)`) },
  { pattern: new RegExp(`^(?<words>(?:TLS )?SMTP connection from ${client} lost while reading message data)`) },
  { pattern: /^(?<words>spool directory space check failed)(?<about>): / },
  { pattern: new RegExp(`^(?<words>TLS error on connection from ${client} .*)`) },
  { pattern: /^(?<words>too many recipients: (?:message|excess(?: temporarily)?) rejected): (?<about>.*)/ },
];

/** Sessions and connections that Exim ends or does not begin. */
function readEnded(said: string): Found | undefined {
  for (const { pattern, isNoted } of endings) {
    const found = pattern.exec(said)?.groups;
    if (!found) continue;
    const words = found['words'] ?? '';
    const start = said.indexOf(words);
    return { start, end: start + words.length, about: found['about'] ?? '', isNoted: isNoted ?? false };
  }
  return undefined;
}

/** A message that is tried no more until somebody thaws it; at each run of the queue Exim says once more that it still is. */
function readFrozen(said: string): Found | undefined {
  if (/^(?:\*\*\* )?Frozen(?: \(|\s*$)/.test(said)) return { start: 0, about: '' };
  return /^(?:Message is frozen|frozen by \S{1,64})\s*$/.test(said) ? { start: 0, about: '', isNoted: true } : undefined;
}

/** `H=mail.fabrikam.com (helo.fabrikam.com) [203.0.113.25]:49152`: the name in parentheses is what the client called itself, and no host. */
export function hostOf(written: string): Captures {
  const found = /(?:^|[ =])(?:([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,20}\.[A-Za-z][A-Za-z0-9-]{0,62}) )?(?:\([^()]{0,255}\) )?\[([^\]\s]{1,64})\]/.exec(written);
  return stated({ remoteHost: found?.[1], remoteAddress: endpointAddress(found?.[2] ?? '') });
}

const senderOf = (written: string): string | undefined => /(?:\b[FP]=|\bMAIL |\bFROM:|\bsender=|\bfrom )<([^<>\r\n]{1,320})>/.exec(written)?.[1];
