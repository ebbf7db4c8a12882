/**
 * What Postfix says of itself and of clients where no message is named: a service, a table or a disk that it cannot work without, itself
 * as the next host, hosts that it did not reach, and clients that broke off in the middle of a message or do not keep to the protocol.
 */

import { textBelow } from '../../text/lineEnds.ts';
import { lineEnd } from '../../text/lines.ts';
import type { Captures, Span } from '../../values.ts';
import { type Code, hostCaptures } from './lineLog.ts';

/** What a line of Postfix says of a failure, and where. */
export interface PostfixPart {
  readonly words: Span;
  readonly code: Code | undefined;
  readonly captures: Captures;
  readonly isNoted?: true;
}

export const troubleLiterals = [
  ']: connect to ',
  ': connect to transport ',
  ': connect to Milter service ',
  ': connect to TCP map ',
  ': connect to mysql server ',
  ': connect to pgsql server ',
  ': problem talking to ser',
  ': table lookup problem',
  ': dict_ldap_',
  ': fatal: bind ',
  ': milter inet:',
  ': milter unix:',
  ' greeted me with my own ',
  ': mail_queue_enter: ',
  ': no SASL authentication mechanisms',
  ': open database ',
  ': open lock file ',
  'message file too big',
  'improper command pipelining after ',
  'too many errors after ',
  'SSL_accept error from ',
  'lost connection after ',
  ': timeout after ',
];

/** Strangers connect and go all day: only who breaks off within a message is looked at. */
export const troubleAnchor =
  /\]: connect to \S|: connect to (?:transport|Milter service|TCP map|mysql server|pgsql server) |: problem talking to ser(?:ver|vice) |: table lookup problem|: dict_ldap_\w{2,30}: [Uu]nable to|: fatal: bind (?=\S{1,80} port \d)|: milter (?:inet|unix):|(?<=\bhost \S{1,300}) greeted me with my own |: mail_queue_enter: |: no SASL authentication mechanisms|: open (?:database|lock file) |message file too big|(?:improper command pipelining|too many errors) after [A-Z]|SSL_accept error from |(?:lost connection|: timeout) after (?:DATA|BDAT|END-OF-MESSAGE)/y;

/** A fault of its own (trivial-rewrite, smtpd, cleanup, postdrop, master), and one of a client, which has its host behind `from`. */
const ownFault =
  /\bpostfix\S{0,60}: (?:warning|fatal|error|panic): (?=connect to (?:transport|Milter service|TCP map|mysql server|pgsql server) \S|problem talking to ser(?:ver|vice) \S|[^\n]{1,200}: table lookup problem|dict_ldap_\w{2,30}: [Uu]nable to|bind \S{1,80} port \d|milter \S{1,200}: (?:can't|error|unreasonable)|host \S{1,300} greeted me with my own |mail_queue_enter: |no SASL authentication mechanisms|open (?:database|lock file) \S|\S{1,320}: message file too big)/;
const clientFault =
  /\bpostfix\S{0,60}: (?:warning: )?(?=(?:(improper command pipelining|too many errors) after [A-Z-]{2,20}|(SSL_accept error)|(?:lost connection|timeout) after (?:DATA|BDAT|END-OF-MESSAGE)(?: \(\d{1,12} bytes\))?) from (\S{1,300}\]))/;

const attempt = /\bpostfix[^\s[]{0,60}\/smtp\[(\d{1,10})\]: (?=connect to (\S{1,300}\](?::\d{1,5})?): [A-Z])/;

/**
 * Whether a line says that a host was not reached, and what became of the message stands in one of the next lines of the same process: its
 * status has the last host's fault, or another host has taken it.
 */
export function isToldByStatus(text: string, { start, end }: Span): boolean {
  const process = attempt.exec(text.slice(start, Math.min(end, start + longestHead)))?.[1];
  if (process === undefined) return false;
  const below = textBelow(text, end, farthestStatus);
  const head = `[${process}]: `;
  for (let at = below.indexOf(head); at >= 0; at = below.indexOf(head, at + head.length)) {
    if (below.slice(at, lineEnd(below, at, below.length)).includes(' status=')) return true;
  }
  return false;
}

const longestHead = 400;
const farthestStatus = 16_000;

export function readTrouble(line: string): PostfixPart | undefined {
  const unreached = attempt.exec(line);
  if (unreached) {
    const start = unreached.index + unreached[0].length;
    return { words: { start, end: line.trimEnd().length }, code: undefined, captures: hostCaptures(unreached[2]) };
  }
  const own = ownFault.exec(line);
  if (own) return { words: { start: own.index + own[0].length, end: line.length }, code: undefined, captures: {} };
  const client = clientFault.exec(line);
  if (!client) return undefined;
  const start = client.index + client[0].length;
  const end = line.indexOf(client[3] ?? '', start) + (client[3] ?? '').length;
  return { words: { start, end }, code: undefined, captures: hostCaptures(client[3]), ...((client[1] ?? client[2]) !== undefined && { isNoted: true as const }) };
}
